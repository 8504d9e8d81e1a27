//! Resolves host names, and caches the results until `Client::start_over`. A lookup ends at the
//! deadline. `localhost` needs no lookup.

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

/// ureq accepts at most this many addresses per host.
const MAX_ADDRESSES: usize = 16;

/// ureq's own resolver would repeat the lookup for every request.
#[derive(Debug)]
pub struct CachingResolver {
    progress: Arc<Progress>,
    found: Mutex<Vec<(String, Vec<IpAddr>)>>,
}

impl CachingResolver {
    pub fn new(progress: Arc<Progress>) -> CachingResolver {
        CachingResolver {
            progress,
            found: Mutex::default(),
        }
    }

    fn look_up(&self, host: &str) -> Result<Vec<IpAddr>, Error> {
        if let Some(addresses) = known_addresses(host) {
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

/// The reason why the system's lookup failed.
#[derive(Debug)]
pub struct LookupFailed(pub String);

impl fmt::Display for LookupFailed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for LookupFailed {}

impl Resolver for CachingResolver {
    fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().unwrap_or_default();
        let default_port = if uri.scheme_str() == Some("https") {
            443
        } else {
            80
        };
        let port = uri.port_u16().unwrap_or(default_port);
        let mut addresses = self.look_up(host)?;
        // If the kernel does not support the address family of one address, ureq fails without trying
        // the others.
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

/// Looks up `host` with the system's resolver. A lookup cannot be interrupted. If there is a time limit,
/// the lookup runs in a thread, which is abandoned after the limit.
fn look_up(host: &str, limit: Option<Duration>) -> Result<Vec<IpAddr>, Error> {
    let name = host.to_string();
    let lookup = move || (name.as_str(), 0).to_socket_addrs();
    let Some(limit) = limit else {
        return addresses(lookup());
    };
    let (sender, receiver) = mpsc::channel();
    std::thread::Builder::new().spawn(move || {
        // This fails if the receiver has timed out.
        _ = sender.send(lookup());
    })?;
    let found = receiver.recv_timeout(limit);
    addresses(found.map_err(|_| Error::Timeout(ureq::Timeout::Resolve))?)
}

fn addresses(found: io::Result<vec::IntoIter<SocketAddr>>) -> Result<Vec<IpAddr>, Error> {
    match found {
        Ok(sockets) => Ok(sockets.map(|socket| socket.ip()).collect()),
        Err(error) => {
            let reason = io_reason(&error);
            // The prefix from the standard library adds no information.
            let without_prefix = reason.strip_prefix("failed to lookup address information: ");
            let reason = without_prefix.unwrap_or(&reason).to_string();
            Err(Error::Other(Box::new(LookupFailed(reason))))
        }
    }
}

/// The addresses of `localhost` or of an IP address. If there is no `/etc/hosts`, musl would query a DNS
/// server for `localhost` and trust its response.
fn known_addresses(host: &str) -> Option<Vec<IpAddr>> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse() {
        return Some(vec![address]);
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    if !name.eq_ignore_ascii_case("localhost") {
        return None;
    }
    let (four, six) = (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into());
    // ureq reports the error of the last address. If the machine has no IPv6, the error for ::1 would be
    // misleading. So IPv4 is tried once more at the end.
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
    fn localhost_and_addresses_need_no_lookup() {
        let (four, six) = (Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into());
        let local: Vec<IpAddr> = vec![four, six, four];
        for host in ["localhost", "LocalHost", "localhost."] {
            assert_eq!(known_addresses(host), Some(local.clone()), "{host}");
        }
        assert_eq!(
            known_addresses("[::1]"),
            Some(vec![Ipv6Addr::LOCALHOST.into()])
        );
        assert_eq!(
            known_addresses("127.0.0.1"),
            Some(vec![Ipv4Addr::LOCALHOST.into()])
        );
        assert_eq!(known_addresses("localhost.example"), None);
    }
}
