//! Host names: looked up once a run, within the time given, and `localhost` without asking anyone.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks a name up once a run, in a thread of its own only where there is something to wait for.
#[derive(Default)]
pub struct Names {
    found: Mutex<Vec<(String, Vec<IpAddr>)>>,
}

debug_by_name!(Names);

impl Names {
    fn look_up(&self, host: &str, limit: Option<Duration>) -> Result<Vec<IpAddr>, Error> {
        if let Some(addresses) = without_asking(host) {
            return Ok(addresses);
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, addresses)) = found.iter().find(|(name, _)| name == host) {
            return Ok(addresses.clone());
        }
        let addresses = look_up(host, limit)?;
        found.push((host.to_string(), addresses.clone()));
        Ok(addresses)
    }
}

impl Resolver for Names {
    fn resolve(
        &self,
        uri: &Uri,
        _: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default();
        let port = uri.port_u16().unwrap_or(match uri.scheme_str() {
            Some("https") => 443,
            _ => 80,
        });
        let limit = (!timeout.after.is_not_happening()).then_some(*timeout.after);
        let mut sockets = self.empty();
        for address in self.look_up(host, limit)?.into_iter().take(16) {
            sockets.push(SocketAddr::new(address, port));
        }
        if sockets.is_empty() {
            return Err(Error::HostNotFound);
        }
        Ok(sockets)
    }
}

fn look_up(host: &str, limit: Option<Duration>) -> Result<Vec<IpAddr>, Error> {
    let name = host.to_string();
    let ask = move || -> std::io::Result<Vec<IpAddr>> {
        let sockets = (name.as_str(), 0).to_socket_addrs()?;
        Ok(sockets.map(|socket| socket.ip()).collect())
    };
    let Some(limit) = limit else {
        return Ok(ask()?);
    };
    // The system's look-up cannot be interrupted: past the limit, the thread is left behind.
    let found = Arc::new((Mutex::new(None), Condvar::new()));
    let shared = found.clone();
    std::thread::Builder::new().spawn(move || {
        let answer = ask();
        *shared.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
        shared.1.notify_one();
    })?;
    let waiting = found.0.lock().unwrap_or_else(PoisonError::into_inner);
    let (mut answer, _) = found
        .1
        .wait_timeout_while(waiting, limit, |answer| answer.is_none())
        .unwrap_or_else(PoisonError::into_inner);
    match answer.take() {
        Some(answer) => Ok(answer?),
        None => Err(Error::Timeout(ureq::Timeout::Resolve)),
    }
}

/// Addresses need no look-up, and `localhost` gets none: without an `/etc/hosts` musl would ask
/// the network for it, and believe the answer.
fn without_asking(host: &str) -> Option<Vec<IpAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return Some(vec![address]);
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let (four, six) = (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into());
    // The error shown is that of the last attempt. Where there is no IPv6, that of ::1 would
    // say nothing about the server.
    name.eq_ignore_ascii_case("localhost")
        .then(|| vec![four, six, four])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn localhost_and_addresses_need_no_look_up() {
        let (four, six) = (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into());
        let local: Vec<IpAddr> = vec![four, six, four];
        for host in ["localhost", "LocalHost", "localhost."] {
            assert_eq!(without_asking(host), Some(local.clone()), "{host}");
        }
        assert_eq!(
            without_asking("[::1]"),
            Some(vec![Ipv6Addr::LOCALHOST.into()])
        );
        assert_eq!(
            without_asking("127.0.0.1"),
            Some(vec![Ipv4Addr::LOCALHOST.into()])
        );
        assert_eq!(without_asking("localhost.example"), None);
    }

    #[test]
    fn a_name_is_looked_up_once() {
        let names = Names::default();
        let planted = vec![IpAddr::from([192, 0, 2, 1])];
        names
            .found
            .lock()
            .unwrap()
            .push(("once.invalid".into(), planted.clone()));
        let found = names.look_up("once.invalid", None).unwrap();
        assert_eq!(found, planted);
    }
}
