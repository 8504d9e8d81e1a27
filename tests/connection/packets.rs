//! How a request leaves: in one piece, whatever it goes through, and whatever comes between.

use crate::fixtures::*;
use crate::harness::{Run, set_inactive};
use crate::server::{Reply, Server, exchange, read_request};
use crate::tls_server::{Identity, pem};
use rustix::process::{Pid, Signal, kill_process};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::io::{IoSlice, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;

/// What a server read each time it did.
type Pieces = JoinHandle<Vec<Vec<u8>>>;

/// Remembers what each read took.
struct Recorded {
    stream: TcpStream,
    pieces: Vec<Vec<u8>>,
}

impl Read for Recorded {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = self.stream.read(buffer)?;
        if length > 0 {
            self.pieces.push(buffer[..length].to_vec());
        }
        Ok(length)
    }
}

impl Write for Recorded {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.stream.write(bytes)
    }

    /// The server's part of a handshake leaves in one piece too: with a part of it, the client would
    /// begin to answer.
    fn write_vectored(&mut self, pieces: &[IoSlice]) -> std::io::Result<usize> {
        self.stream.write_vectored(pieces)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A server on one connection; `converse` says what it does. Returns its port.
fn serve(converse: impl FnOnce(&mut Recorded) + Send + 'static) -> (u16, Pieces) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let pieces = std::thread::spawn(move || {
        let (stream, pieces) = (listener.accept().unwrap().0, Vec::new());
        let mut stream = Recorded { stream, pieces };
        converse(&mut stream);
        stream.pieces
    });
    (port, pieces)
}

fn answer_with(stream: &mut impl Write, reply: Reply) {
    match reply {
        Reply::Send(bytes) => stream.write_all(&bytes).unwrap(),
        _ => unreachable!("done() sends"),
    }
}

/// The same request as it goes to this port.
fn to(port: u16, request: &str) -> Vec<u8> {
    request.replace("HOST", &format!("127.0.0.1:{port}")).into()
}

fn texts(pieces: impl IntoIterator<Item = Vec<u8>>) -> Vec<String> {
    let pieces = pieces.into_iter();
    pieces
        .map(|piece| String::from_utf8(piece).unwrap())
        .collect()
}

#[test]
fn head_and_body_arrive_in_one_read() {
    // So many that none of them arrives whole by chance alone.
    let ids: Vec<String> = (0..50).map(|number| format!("{number:016x}")).collect();
    let targets = ids.clone();
    let (port, pieces) = serve(move |stream| {
        for id in &targets {
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            answer_with(stream, done(id));
        }
    });
    let run = set_inactive(&format!("http://127.0.0.1:{port}"))
        .args(ids.iter().flat_map(|id| ["--id", id]))
        .run();
    run.assert(run.code == 0, "success");
    let requests = ids.iter().map(|id| to(port, &patch(id, "inactive")));
    assert_eq!(texts(pieces.join().unwrap()), texts(requests));
}

#[test]
fn so_do_a_look_up_and_what_a_proxy_is_asked() {
    let (port, pieces) = serve(|stream| {
        let mut tunnel = |reply: Reply| {
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            answer_with(stream, reply);
        };
        tunnel(Reply::Send(b"HTTP/1.1 200 OK\r\n\r\n".to_vec()));
        let list = listed(&[authorization(ID, "telegraf", "active")]);
        tunnel(crate::server::json("200 OK", &list));
        tunnel(done(ID));
    });
    let run = set_inactive("http://influx.test:8086")
        .args(["--username", "telegraf"])
        .env("HTTP_PROXY", format!("http://127.0.0.1:{port}"))
        .run();
    run.assert(run.code == 0, "success");
    let pieces = texts(pieces.join().unwrap());
    let at_host = |request: String| request.replace("HOST", "influx.test:8086");
    assert!(pieces[0].starts_with("CONNECT influx.test:8086 HTTP/1.1\r\n"));
    assert!(pieces[0].ends_with("\r\n\r\n"));
    let requests = [get("telegraf"), patch(ID, "inactive")].map(at_host);
    assert_eq!(pieces[1..], requests);
}

/// How many pieces a server of this kind reads of a run, and that the run does its work.
#[track_caller]
fn pieces_over_tls(config: Arc<ServerConfig>) -> usize {
    let (port, pieces) = serve(move |stream| {
        let connection = ServerConnection::new(config).unwrap();
        let mut stream = StreamOwned::new(connection, stream);
        let port = stream.sock.stream.local_addr().unwrap().port();
        let request = read_request(&mut stream).unwrap();
        assert_eq!(texts([request]), texts([to(port, &patch(ID, "inactive"))]));
        answer_with(&mut stream, done(ID));
    });
    let run = set_inactive(&format!("https://127.0.0.1:{port}"))
        .args(["--id", ID, "--tls-ca", &pem("root")])
        .run();
    run.assert(run.code == 0, "success");
    pieces.join().unwrap().len()
}

#[test]
fn over_tls_the_request_leaves_with_the_end_of_the_handshake() {
    // The hello, and all the rest.
    assert_eq!(pieces_over_tls(Identity::of("server").config()), 2);
    let old = Identity {
        old: true,
        ..Identity::of("server")
    };
    // There the server has the last word of the handshake.
    assert_eq!(pieces_over_tls(old.config()), 3);
}

/// The state of a process: `S` where it waits, `T` where it is stopped.
fn state(id: u32) -> char {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
    let behind_the_name = &stat[stat.rfind(')').unwrap() + 2..];
    behind_the_name.chars().next().unwrap()
}

/// Waits until a process is in this state.
fn until(id: u32, wanted: char) {
    while state(id) != wanted {
        std::thread::yield_now();
    }
}

#[test]
fn a_run_that_is_stopped_and_continued_goes_on_waiting() {
    let (asked, request) = mpsc::channel();
    let (go, answer) = mpsc::channel();
    let reply = Reply::Do(Box::new(move |stream| {
        asked.send(()).unwrap();
        answer.recv().unwrap();
        answer_with(stream, done(ID));
    }));
    let server = Server::start([exchange(patch(ID, "inactive"), reply)]);
    let test = set_inactive(&server.url()).args(["--id", ID]);
    let child = test.spawn();
    let (id, pid) = (child.id(), Pid::from_child(&child));
    request.recv().unwrap();
    // The kernel interrupts the wait for an answer that has an end.
    until(id, 'S');
    kill_process(pid, Signal::STOP).unwrap();
    until(id, 'T');
    kill_process(pid, Signal::CONT).unwrap();
    until(id, 'S');
    go.send(()).unwrap();
    let run = Run::of(child, "a run that is stopped".into());
    run.assert(run.code == 0, "success");
    run.assert(
        run.stdout == table(&[(ID, "telegraf", "inactive")]),
        "its row",
    );
}
