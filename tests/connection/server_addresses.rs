//! The server's URL: `localhost`, IPv6, several addresses, unknown names, ports and paths.

use crate::fixtures::*;
use crate::harness::{Run, TOKEN, Test, set_inactive};
use crate::scripted_proxy::relay;
use crate::scripted_server::{Exchange, Server, exchange};
use crate::support::chroot::Root;
use crate::support::expected_failures::not_updated;
use crate::support::ping_requests::{PASS, up};
use crate::support::scripted_listener::{Once, serve_once};
use crate::test_requirements::report_skipped;
use rustix::net::{AddressFamily, SocketType, bind, listen, socket};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::os::fd::OwnedFd;
use std::time::Duration;

/// Binds an address without listening on it, so that connections are refused.
fn bind_without_listening(address: SocketAddr) -> Option<OwnedFd> {
    let family = match address {
        SocketAddr::V4(_) => AddressFamily::INET,
        SocketAddr::V6(_) => AddressFamily::INET6,
    };
    let socket = socket(family, SocketType::STREAM, None).unwrap();
    bind(&socket, &address).ok().map(|()| socket)
}

/// Listens on one address, and refuses connections to another address with the same port. Forwards
/// one connection to a server.
struct TwoAddresses {
    port: u16,
    listener: TcpListener,
    other: OwnedFd,
}

impl TwoAddresses {
    /// `None` if the machine does not have the address because it has no IPv6.
    fn new(address: impl Into<IpAddr>, other: impl Into<IpAddr>) -> Option<TwoAddresses> {
        let (address, other) = (address.into(), other.into());
        loop {
            let listener = TcpListener::bind((address, 0)).ok()?;
            let port = listener.local_addr().unwrap().port();
            if let Some(other) = bind_without_listening((other, port).into()) {
                return Some(TwoAddresses {
                    port,
                    listener,
                    other,
                });
            }
        }
    }

    fn on_ipv6() -> Option<TwoAddresses> {
        TwoAddresses::new(Ipv6Addr::LOCALHOST, Ipv4Addr::LOCALHOST)
    }

    /// The other address stays bound until the thread ends.
    fn forward_to(self, server: &Server) -> Once<OwnedFd> {
        let address = server.host();
        serve_once(self.listener, move |mut stream| {
            let socket = stream.try_clone().unwrap();
            relay(&mut stream, &socket, &address);
            self.other
        })
    }
}

/// The exchange that deactivates [`ID`] at this host and port.
fn deactivated_at(authority: &str) -> Exchange {
    exchange(
        patch(ID, "inactive").replace("HOST", authority),
        deactivated_reply(ID),
    )
}

#[test]
fn localhost_tries_both_loopback_addresses() {
    for name in ["localhost", "LocalHost", "localhost."] {
        let lower = name.to_ascii_lowercase();
        // Keeps other programs from listening on this port of ::1.
        let server = Server::start([deactivated().with_host_name(&lower)]);
        let port = server.host().rsplit(':').next().unwrap().parse().unwrap();
        let _six = bind_without_listening((Ipv6Addr::LOCALHOST, port).into());
        set_inactive(&format!("http://{name}:{port}"))
            .args(["--id", ID])
            .stdout(deactivated_row())
            .code(0);

        let Some(six) = TwoAddresses::on_ipv6() else {
            report_skipped("no IPv6");
            continue;
        };
        let port = six.port;
        let server = Server::start([deactivated_at(&format!("{lower}:{port}"))]);
        let relayed = six.forward_to(&server);
        set_inactive(&format!("http://{name}:{port}"))
            .args(["--id", ID])
            .stdout(deactivated_row())
            .code(0);
        relayed.join().unwrap();
    }
}

#[test]
fn localhost_without_a_listener_exits_with_4() {
    let four = bind_without_listening((Ipv4Addr::LOCALHOST, 0).into()).unwrap();
    let port = match rustix::net::getsockname(&four).unwrap().try_into() {
        Ok(SocketAddr::V4(address)) => address.port(),
        _ => panic!("not an IPv4 address"),
    };
    let _six = bind_without_listening((Ipv6Addr::LOCALHOST, port).into());
    let cause = format!("cannot reach http://localhost:{port}: Connection refused");
    set_inactive(&format!("http://localhost:{port}"))
        .args(["--id", ID])
        .stderr(not_updated(&cause) + crate::support::expected_failures::UNREACHABLE_HINT)
        .code(4);
}

#[test]
fn connects_to_an_ipv6_address() {
    for (written, sent) in [("[::1]", "[::1]"), ("[0:0::0:1]", "[0:0::0:1]")] {
        let Some(six) = TwoAddresses::on_ipv6() else {
            return report_skipped("no IPv6");
        };
        let port = six.port;
        let request = patch(ID, "inactive")
            .replace("HOST", &format!("{sent}:{port}"))
            .replace("/private", "/a/b/private");
        let server = Server::start([exchange(request, deactivated_reply(ID))]);
        let relayed = six.forward_to(&server);
        set_inactive(&format!("http://{written}:{port}/a/b/"))
            .args(["--id", ID])
            .stdout(deactivated_row())
            .code(0);
        relayed.join().unwrap();
    }
}

#[test]
fn the_path_of_the_url_is_a_prefix_of_every_request() {
    for (written, sent) in [
        ("/prefix/", "/prefix"),
        ("/a/b//", "/a/b"),
        ("/", ""),
        ("/%7Ea%2Fb", "/%7Ea%2Fb"),
    ] {
        let prefixed = |request: String| request.replace("/private", &format!("{sent}/private"));
        let list = listed(&[authorization(ID, "telegraf", "active")]);
        let server = Server::start([
            exchange(
                prefixed(get("telegraf")),
                crate::scripted_server::json("200 OK", &list),
            ),
            exchange(prefixed(patch(ID, "inactive")), deactivated_reply(ID)),
        ]);
        set_inactive(&format!("{}{written}", server.url()))
            .args(["--username", "telegraf"])
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn invalid_ports_in_flags_and_variables_are_rejected() {
    for wrong in ["0", "65536", "", "abc", "-1", "8086x"] {
        let said = "the port is not a number from 1 to 65535\n";
        let url = format!("http://localhost:{wrong}");
        let test = || Test::new(["v1", "auth", "set-inactive", "--id", ID, "-t", TOKEN]);
        test()
            .args(["--host", &url])
            .stderr(format!("Error: --host: {said}"))
            .code(2);
        test()
            .env("INFLUX_HOST", &url)
            .stderr(format!("Error: INFLUX_HOST: {said}"))
            .code(2);
    }
}

#[test]
fn an_ipv6_address_without_brackets_is_rejected() {
    for address in [
        "::1:8086",
        "::1",
        "2001:db8::1",
        "2001:db8:0:0:0:0:0:1:8086/influx",
    ] {
        set_inactive(&format!("http://{address}"))
            .args(["--id", ID])
            .stderr("Error: INFLUX_HOST: an IPv6 address needs brackets, as in http://[::1]:8086\n")
            .code(2);
    }
}

#[test]
fn an_unknown_host_name_exits_with_4() {
    let url = "http://does-not-exist.invalid:8086";
    let run = set_inactive(url)
        .args(["--id", ID, "--timeout", "3s"])
        .run();
    run.assert(
        run.code == 4 && run.stderr.contains(url),
        "exit code 4 and the name",
    );
}

#[track_caller]
fn assert_deactivated(run: &Run) {
    let done = run.code == 0 && run.stdout == deactivated_row() && run.stderr.is_empty();
    run.assert(
        done,
        "the row of the deactivated authorization and no error",
    );
}

#[test]
fn localhost_works_without_etc_hosts() {
    let Some(root) = Root::new(None) else {
        return report_skipped("this user cannot change the root directory");
    };
    let server = Server::start([deactivated().with_host_name("localhost")]);
    let host = server.url().replace("127.0.0.1", "localhost");
    assert_deactivated(&root.run(&["--host", &host, "--timeout", "3s"]));
}

#[test]
fn the_addresses_of_a_name_are_tried_in_turn() {
    // C libraries may sort the addresses, so each of the two is tested as the second.
    for (alive, other) in [(2, 3), (3, 2)] {
        let address = |last| IpAddr::from([127, 0, 0, last]);
        let hosts = "127.0.0.2 db.example\n127.0.0.3 db.example\n";
        let Some(root) = Root::new(Some(hosts)) else {
            return report_skipped("this user cannot change the root directory");
        };
        // The other address refuses connections, or does not respond and uses its share of the
        // timeout.
        for silent in [false, true] {
            let addresses = TwoAddresses::new(address(alive), address(other)).unwrap();
            let port = addresses.port;
            let mut queue = Vec::new();
            if silent {
                listen(&addresses.other, 0).unwrap();
                let at = (address(other), port).into();
                // Once the queue is full, the kernel drops new connections.
                while let Ok(waiting) = TcpStream::connect_timeout(&at, Duration::from_millis(100))
                {
                    queue.push(waiting);
                }
            }
            let server = Server::start([deactivated_at(&format!("db.example:{port}"))]);
            let relayed = addresses.forward_to(&server);
            let host = format!("http://db.example:{port}");
            assert_deactivated(&root.run(&["--host", &host, "--timeout", "1500ms"]));
            relayed.join().unwrap();
        }
    }
}

/// A restarted container may have another address.
#[test]
fn ping_looks_up_the_host_name_for_each_attempt() {
    // No server listens on this address.
    let Some(root) = Root::new(Some("127.0.0.2 db.example\n")) else {
        return report_skipped("this user cannot change the root directory");
    };
    let server = Server::start(up(PASS).map(|exchange| exchange.with_host_name("db.example")));
    let url = server.url().replace("127.0.0.1", "db.example");
    let child = root.spawn(&["ping", "--host", &url, "--wait", "30s"]);
    std::thread::sleep(Duration::from_millis(700));
    root.set_hosts("127.0.0.1 db.example\n");
    let run = Run::of(child, "ping --wait".to_string());
    run.assert(run.code == 0 && run.stdout == "OK\n", "success");
}
