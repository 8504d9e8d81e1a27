//! `--tls-ca`, `--skip-verify` and their variables.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::support::scripted_listener::serve_once;
use std::io::Read;
use std::net::TcpListener;

#[test]
fn tls_ca_precedence() {
    for (args, variable, path) in [
        (&["--tls-ca", "flag.pem"][..], None, "flag.pem"),
        (&["--tls-ca", "flag.pem"], Some("variable.pem"), "flag.pem"),
        (&["--tls-ca", "a.pem", "--tls-ca", "b.pem"], None, "b.pem"),
        (&["-tls-ca=flag.pem"], Some(""), "flag.pem"),
        (&[], Some("variable.pem"), "variable.pem"),
    ] {
        let test = set_inactive("https://127.0.0.1:1")
            .args(["--id", ID])
            .args(args.to_vec());
        let test = match variable {
            Some(value) => test.env("INFLUX_TLS_CA", value),
            None => test,
        };
        test.stderr(format!(
            "Error: cannot read certificates from {path}: No such file or directory\n"
        ))
        .code(3);
    }
    // Without either, the program uses the built-in roots and tries to connect.
    set_inactive("https://127.0.0.1:1")
        .args(["--id", ID])
        .env("INFLUX_TLS_CA", "")
        .stderr(format!(
            "Error: failed to update status of authorization with ID \"{ID}\": cannot reach https://127.0.0.1:1: Connection refused\n\
             Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n"
        ))
        .code(4);
}

/// This needs no TLS server. A client that skips verification also offers SHA-1 signatures, which
/// are 0x0201 in the extension `signature_algorithms` (13) of its first handshake message.
#[test]
fn skip_verify_precedence() {
    for (args, variable, skips) in [
        (&[][..], None, false),
        (&[], Some(""), false),
        (&[], Some("true"), true),
        (&["--skip-verify"], None, true),
        (&["--skip-verify"], Some("false"), true),
        (&["--skip-verify=false"], Some("true"), false),
        (&["--skip-verify", "--skip-verify=0"], None, false),
    ] {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("https://{}", listener.local_addr().unwrap());
        let hello = serve_once(listener, |mut stream| {
            let mut head = [0; 5];
            stream.read_exact(&mut head).unwrap();
            let mut hello = vec![0; usize::from(u16::from_be_bytes([head[3], head[4]]))];
            stream.read_exact(&mut hello).unwrap();
            hello
        });
        let test = set_inactive(&url).args(["--id", ID]).args(args.to_vec());
        let test = match variable {
            Some(value) => test.env("INFLUX_SKIP_VERIFY", value),
            None => test,
        };
        let run = test.run();
        run.assert(run.code == 4, "exit code 4");
        let offers = signature_algorithms(&hello.join().unwrap()).contains(&0x0201);
        assert_eq!(offers, skips, "{args:?} {variable:?}");
    }
}

fn signature_algorithms(hello: &[u8]) -> Vec<u16> {
    let number = |at: usize| u16::from_be_bytes([hello[at], hello[at + 1]]);
    let length = |at: usize| usize::from(number(at));
    // Skips type, length, version and random, then the session, the ciphers and the compressions.
    let mut at = 4 + 2 + 32;
    at += 1 + usize::from(hello[at]);
    at += 2 + length(at);
    at += 1 + usize::from(hello[at]);
    at += 2;
    while number(at) != 13 {
        at += 4 + length(at + 2);
    }
    let end = at + 4 + length(at + 2);
    (at + 6..end).step_by(2).map(number).collect()
}
