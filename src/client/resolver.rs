//! Looks up host names: each one once per run, within the time limit, and `localhost` without asking
//! anyone.

use super::progress::Progress;
use crate::error::io_reason;
use rustix::io::Errno;
use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, UdpSocket};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::time::Duration;
use std::vec;
use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// The most addresses of one host that ureq takes.
const MAX_ADDRESSES: usize = 16;

/// Looks up names for ureq, which itself would ask again for every request.
#[derive(Debug)]
pub struct Names {
    progress: Arc<Progress>,
    found: Mutex<Vec<(String, Vec<IpAddr>)>>,
}

impl Names {
    pub fn new(progress: Arc<Progress>) -> Names {
        Names {
            progress,
            found: Mutex::default(),
        }
    }

    fn look_up(&self, host: &str) -> Result<Vec<IpAddr>, Error> {
        if let Some(addresses) = without_asking(host) {
            return Ok(addresses);
        }
        let mut found = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        if self.progress.start_over.happened() {
            found.clear();
        }
        if let Some((_, addresses)) = found.iter().find(|(name, _)| name == host) {
            return Ok(addresses.clone());
        }
        let addresses = look_up(host, self.progress.deadline.left())?;
        found.push((host.to_string(), addresses.clone()));
        Ok(addresses)
    }
}

/// The system's look-up of a name failed, for this reason.
#[derive(Debug)]
pub struct LookUpFailed(pub String);

impl fmt::Display for LookUpFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LookUpFailed {}

impl Resolver for Names {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default();
        let default_port = if uri.scheme_str() == Some("https") {
            443
        } else {
            80
        };
        let port = uri.port_u16().unwrap_or(default_port);
        let mut addresses = self.look_up(host)?;
        // ureq gives up at an address of a family that the kernel does not have.
        let mixed = addresses.iter().any(IpAddr::is_ipv4) && addresses.iter().any(IpAddr::is_ipv6);
        if mixed && !has_ipv6() {
            addresses.retain(IpAddr::is_ipv4);
        }
        if addresses.is_empty() {
            return Err(Error::HostNotFound);
        }
        let mut sockets = self.empty();
        for address in addresses.into_iter().take(MAX_ADDRESSES) {
            sockets.push(SocketAddr::new(address, port));
        }
        Ok(sockets)
    }
}

/// Asks the system. Its look-up cannot be interrupted, so with a limit it runs in a thread, which is
/// abandoned when the time is over.
fn look_up(host: &str, limit: Option<Duration>) -> Result<Vec<IpAddr>, Error> {
    let name = host.to_string();
    let ask = move || (name.as_str(), 0).to_socket_addrs();
    let Some(limit) = limit else {
        return addresses(ask());
    };
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().spawn(move || {
        // This fails if the time is over and nobody waits any longer.
        _ = sender.send(ask());
    })?;
    let found = receiver.recv_timeout(limit);
    addresses(found.map_err(|_| Error::Timeout(ureq::Timeout::Resolve))?)
}

fn addresses(found: io::Result<vec::IntoIter<SocketAddr>>) -> Result<Vec<IpAddr>, Error> {
    match found {
        Ok(sockets) => Ok(sockets.map(|socket| socket.ip()).collect()),
        Err(error) => {
            let reason = io_reason(&error);
            // The standard library's introduction says nothing more.
            let bare = reason.strip_prefix("failed to lookup address information: ");
            let reason = bare.unwrap_or(&reason).to_string();
            Err(Error::Other(Box::new(LookUpFailed(reason))))
        }
    }
}

/// The addresses of a host that is an address itself or `localhost`. Without an `/etc/hosts`, musl
/// would ask the network for `localhost` and believe the answer.
fn without_asking(host: &str) -> Option<Vec<IpAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return Some(vec![address]);
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    if !name.eq_ignore_ascii_case("localhost") {
        return None;
    }
    let (four, six) = (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into());
    // IPv4 comes again at the end because the last error is shown. Without IPv6, that of ::1 would say
    // nothing about the server.
    Some(vec![four, six, four])
}

fn has_ipv6() -> bool {
    let error = UdpSocket::bind((Ipv6Addr::UNSPECIFIED, 0)).err();
    let errno = error.as_ref().and_then(Errno::from_io_error);
    errno != Some(Errno::AFNOSUPPORT)
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
}
