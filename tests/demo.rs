//! `make demo`: runs the program named by the first argument against a stand-in InfluxDB on loopback,
//! which keeps state, and fails where what it was told does not hold afterwards. With `serve` for
//! an argument it is the server alone, until standard input ends.
#![allow(clippy::print_stdout, reason = "printing is its job")]

use serde_json::{Value, json};
use std::error::Error;
use std::ffi::OsStr;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::{Command, ExitCode};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

const TOKEN: &str = "demo-token";
const PATH: &str = "/private/legacy/authorizations";
/// ID and username of what the server holds at the start, all of it active.
const HELD: [(&str, &str); 3] = [
    ("0e1f2a3b4c5d6001", "telegraf"),
    ("0e1f2a3b4c5d6002", "grafana"),
    ("0e1f2a3b4c5d6003", "collector"),
];
const UNKNOWN: &str = "0e1f2a3b4c5d6fff";

fn main() -> ExitCode {
    match demo() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            println!("demo failed: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns whether all went as told.
fn demo() -> Result<bool, Box<dyn Error>> {
    let binary = std::env::args_os().nth(1);
    let binary = binary.ok_or("the path of the program is missing: demo PATH")?;
    let server = Server::start()?;
    if binary == "serve" {
        println!("{}\n{TOKEN}\n{}", server.url, HELD[0].0);
        io::copy(&mut io::stdin(), &mut io::sink())?;
        server.stop()?;
        return Ok(true);
    }
    println!("A stand-in InfluxDB listens on {} and holds:\n", server.url);
    print!("{}", server.table());
    println!("\nINFLUX_HOST and INFLUX_TOKEN are set, so that no flag has to give them.");

    let (by_id, by_name) = (HELD[0], HELD[1]);
    let mut good = true;
    let mut run = |about: &str, flags: &[&str], code: i32| -> io::Result<()> {
        println!(
            "\n# {about}\n$ influx v1 auth set-inactive {}",
            flags.join(" ")
        );
        let ended = influx(&binary, &server.url, flags)?;
        println!(
            "exit code {}",
            ended.map_or("unknown".into(), |code| code.to_string())
        );
        if ended != Some(code) {
            println!("demo failed: the exit code should be {code}");
            good = false;
        }
        Ok(())
    };
    run("By ID", &["--id", by_id.0], 0)?;
    run(
        "By username, as JSON",
        &["--username", by_name.1, "--json"],
        0,
    )?;
    run(
        "Once more: already inactive is success",
        &["--id", by_id.0],
        0,
    )?;
    run("An ID that the server does not know", &["--id", UNKNOWN], 6)?;
    let flags = ["--id", HELD[2].0, "--token", "not-the-token"];
    run("A token that the server refuses", &flags, 5)?;

    println!("\nThe server holds now:\n");
    print!("{}", server.table());
    for ((id, name), status) in HELD.iter().zip(["inactive", "inactive", "active"]) {
        if server.status(id).as_deref() != Some(status) {
            println!("\ndemo failed: {name} should be {status}");
            good = false;
        }
    }
    server.stop()?;
    if good {
        println!(
            "\nAs told: telegraf and grafana are inactive, collector is not. The server is stopped."
        );
    }
    Ok(good)
}

/// Runs the program with both streams passed on; returns its exit code.
fn influx(binary: &OsStr, url: &str, flags: &[&str]) -> io::Result<Option<i32>> {
    let mut command = Command::new(binary);
    // Nothing of the caller's own InfluxDB takes part.
    command
        .env_clear()
        .env("INFLUX_HOST", url)
        .env("INFLUX_TOKEN", TOKEN);
    command.args(["v1", "auth", "set-inactive"]).args(flags);
    Ok(command.status()?.code())
}

type Rows = Arc<Mutex<Vec<Value>>>;

/// The stand-in server, a thread.
struct Server {
    url: String,
    address: SocketAddr,
    rows: Rows,
    over: Arc<AtomicBool>,
    thread: JoinHandle<()>,
}

impl Server {
    fn start() -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let rows: Rows = Arc::new(Mutex::new(HELD.iter().map(row).collect()));
        let over = Arc::new(AtomicBool::new(false));
        let (held, ended) = (rows.clone(), over.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if ended.load(Ordering::SeqCst) {
                    return;
                }
                // One client at a time is all there is; one that breaks off is its own problem.
                _ = stream.and_then(|stream| converse(stream, &held));
            }
        });
        Ok(Server {
            url: format!("http://{address}"),
            address,
            rows,
            over,
            thread,
        })
    }

    fn stop(self) -> Result<(), Box<dyn Error>> {
        self.over.store(true, Ordering::SeqCst);
        // Wakes it from its wait for a connection.
        drop(TcpStream::connect(self.address)?);
        self.thread
            .join()
            .map_err(|_| "the server's thread panicked".into())
    }

    fn status(&self, id: &str) -> Option<String> {
        let rows = self.rows.lock().unwrap_or_else(PoisonError::into_inner);
        let row = rows.iter().find(|row| row["id"] == id)?;
        row["status"].as_str().map(String::from)
    }

    fn table(&self) -> String {
        let mut table = format!("  {:<18}{:<12}{}\n", "ID", "Username", "Status");
        for (id, name) in HELD {
            let status = self.status(id).unwrap_or_default();
            table += &format!("  {id:<18}{name:<12}{status}\n");
        }
        table
    }
}

/// An authorization as InfluxDB has it.
fn row((id, username): &(&str, &str)) -> Value {
    let bucket = json!({
        "type": "buckets", "id": "0e1f2a3b4c5d6b01", "orgID": "0e1f2a3b4c5d6a01",
        "name": "metrics", "org": "plant",
    });
    json!({
        "id": id, "token": username, "status": "active", "description": format!("{username} of plant 7"),
        "orgID": "0e1f2a3b4c5d6a01", "org": "plant", "userID": "0e1f2a3b4c5d6c01", "user": "admin",
        "permissions": [{"action": "read", "resource": bucket}],
    })
}

/// Answers the requests of one connection until the client closes it.
fn converse(mut stream: TcpStream, rows: &Rows) -> io::Result<()> {
    // So that a client that hangs cannot hang the demo.
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            match line.trim_end() {
                "" => break,
                text => lines.push(text.to_string()),
            }
        }
        let header = |name: &str| {
            let mut headers = lines.iter().filter_map(|line| line.split_once(": "));
            headers
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        };
        let length = header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        reader.read_exact(&mut body)?;
        let allowed = header("authorization") == Some(&format!("Token {TOKEN}"));
        let (status, answer) = match allowed {
            true => act(lines.first().map_or("", String::as_str), &body, rows),
            false => (
                "401 Unauthorized",
                failure("unauthorized", "unauthorized access"),
            ),
        };
        let answer = answer.to_string();
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {}\r\n\r\n",
            answer.len()
        );
        stream.write_all((head + &answer).as_bytes())?;
    }
}

/// Does what a request line asks for; returns the status and the answer.
fn act(line: &str, body: &[u8], rows: &Rows) -> (&'static str, Value) {
    let not_found = || {
        (
            "404 Not Found",
            failure("not found", "authorization not found"),
        )
    };
    let mut rows = rows.lock().unwrap_or_else(PoisonError::into_inner);
    let mut words = line.split(' ');
    let (method, target) = (words.next(), words.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let id = path
        .strip_prefix(PATH)
        .and_then(|rest| rest.strip_prefix('/'));
    match (method, id) {
        (Some("GET"), None) if path == PATH => {
            let name = query
                .split('&')
                .find_map(|pair| pair.strip_prefix("token="))
                .map(decode);
            let wanted = |row: &&Value| name.as_ref().is_none_or(|name| row["token"] == **name);
            let found: Vec<_> = rows.iter().filter(wanted).collect();
            match found.is_empty() {
                true => not_found(),
                false => (
                    "200 OK",
                    json!({"links": {"self": PATH}, "authorizations": found}),
                ),
            }
        }
        (Some(method @ ("GET" | "PATCH")), Some(id)) => {
            let Some(row) = rows.iter_mut().find(|row| row["id"] == *id) else {
                return not_found();
            };
            if method == "PATCH" {
                let change: Value = serde_json::from_slice(body).unwrap_or_default();
                match change["status"].as_str() {
                    Some(status @ ("active" | "inactive")) => row["status"] = status.into(),
                    _ => return ("400 Bad Request", failure("invalid", "invalid status")),
                }
            }
            ("200 OK", row.clone())
        }
        _ => ("404 Not Found", failure("not found", "path not found")),
    }
}

fn failure(code: &str, message: &str) -> Value {
    json!({"code": code, "message": message})
}

/// The value of a query parameter, percent-decoded.
fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digits = [rest.next().unwrap_or(0), rest.next().unwrap_or(0)];
                let digits = String::from_utf8_lossy(&digits).into_owned();
                u8::from_str_radix(&digits, 16).unwrap_or(b'?')
            }
            other => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
