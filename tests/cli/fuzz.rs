//! Runs pseudo-random command lines against a server that accepts every request. The program must
//! not panic, print a secret, or succeed without sending a request or printing help.

use super::fuzz_fragments::{COMMANDS, GREEDY, INVALID, SECRET, VALID};
use crate::fixtures::{ID, authorization};
use crate::harness::{Dir, Run, binary};
use crate::scripted_server::{http_response, read_request};
use std::ffi::{OsStr, OsString};
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

const RUNS: usize = 2000;

/// Marsaglia's xorshift64.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % bound as u64).unwrap()
    }
}

/// A server that sends the same response to every request and counts the requests. It runs until
/// the process ends.
fn server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let counter = requests.clone();
    let body = authorization(ID, "telegraf", "inactive");
    let reply = http_response("200 OK", "application/json", body.as_bytes());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            while read_request(&mut stream).is_some() {
                counter.fetch_add(1, SeqCst);
                _ = stream.write_all(&reply);
            }
        }
    });
    (url, requests)
}

/// Replaces the placeholders in a fragment.
fn argument(template: &[u8], url: &str) -> OsString {
    let mut word = Vec::new();
    let mut rest = template;
    while let Some(byte) = rest.first() {
        let (name, value) = [("SECRET", SECRET), ("URL", url)]
            .into_iter()
            .find(|(name, _)| rest.starts_with(name.as_bytes()))
            .unwrap_or_default();
        match name {
            "" => word.push(*byte),
            _ => word.extend(value.as_bytes()),
        }
        rest = &rest[name.len().max(1)..];
    }
    OsStr::from_bytes(&word).to_owned()
}

/// Most command lines start with a valid command. Otherwise nearly all would fail with an unknown
/// command.
fn command_line(random: &mut Random, url: &str) -> Vec<OsString> {
    let mut words: Vec<&[u8]> = Vec::new();
    let begun = random.below(4) > 0;
    if begun {
        words.extend([&b"v1"[..], b"auth"]);
        words.extend(COMMANDS[random.below(COMMANDS.len())]);
    }
    for _ in 0..random.below(6) {
        let fragments = match random.below(8) {
            0 => INVALID,
            1 => GREEDY,
            _ if begun => VALID,
            _ => INVALID,
        };
        words.extend(fragments[random.below(fragments.len())]);
    }
    words
        .iter()
        .map(|template| argument(template, url))
        .collect()
}

#[test]
fn random_command_lines_do_not_panic_or_leak_secrets() {
    let (url, requests) = server();
    let home = Dir::new();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut seen = [0; 8];
    for _ in 0..RUNS {
        let words = command_line(&mut random, &url);
        let before = requests.load(SeqCst);
        let child = Command::new(binary())
            .args(&words)
            .env_clear()
            .env("HOME", home.path())
            .env("INFLUX_HOST", &url)
            .current_dir(home.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let run = Run::of(child, format!("{words:?}"));
        let asked = requests.load(SeqCst) > before;
        let (stdout, stderr) = (&run.stdout, &run.stderr);
        let about = format!("{words:?}\n{}\n{stdout}\n{stderr}", run.code);

        let code = usize::try_from(run.code).unwrap_or(usize::MAX);
        assert!(code < seen.len(), "unexpected exit code: {about}");
        seen[code] += 1;
        for part in ["hunter2", "Zq9"] {
            assert!(
                takes_a_flag_as_its_value(&words)
                    || !stdout.contains(part) && !stderr.contains(part),
                "a secret was printed: {about}"
            );
        }
        let controls = |text: &str| text.chars().any(|c| c.is_control() && !"\n\t".contains(c));
        assert!(
            !controls(stdout) && !controls(stderr),
            "control characters: {about}"
        );
        match code {
            0 => assert!(
                asked || needs_no_request(&words),
                "success without a request: {about}"
            ),
            2..=4 => {}
            _ => assert!(asked, "no request: {about}"),
        }
        if code == 2 {
            assert!(
                !asked && stdout.is_empty() && stderr.starts_with("Error: "),
                "{about}"
            );
        }
        if code > 0 {
            assert!(stderr.contains("Error: "), "no error message: {about}");
        }
    }
    for code in [0, 2, 3, 4] {
        assert!(
            seen[code] > RUNS / 100,
            "too few runs with exit code {code}: {seen:?}"
        );
    }
}

/// Whether another flag takes a secret flag as its value. Then the argument after it is not a
/// secret.
fn takes_a_flag_as_its_value(words: &[OsString]) -> bool {
    words.windows(2).any(|pair| {
        let greedy = GREEDY.iter().any(|flag| pair[0].as_bytes() == flag[0]);
        greedy && pair[1].as_bytes().starts_with(b"-")
    })
}

/// Whether the command line asks for help or the version, or has no command that sends requests.
fn needs_no_request(words: &[OsString]) -> bool {
    let asks = [
        "--help",
        "-h",
        "-help",
        "help",
        "--version",
        "-V",
        "version",
    ];
    let works = [
        "set-inactive",
        "set-active",
        "list",
        "create",
        "set-password",
        "delete",
        "check",
    ];
    words.iter().any(|word| asks.iter().any(|ask| word == ask))
        || !words
            .iter()
            .any(|word| works.iter().any(|work| word == work))
}
