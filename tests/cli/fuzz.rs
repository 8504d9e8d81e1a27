//! Pseudo-random command lines, assembled from fragments, against a server that accepts
//! any request: no panic, no value of a secret flag on any stream, and no success without a request
//! or help.

use super::fuzz_words::{GREEDY, LEAVES, RIGHT, SECRET, WRONG};
use crate::fixtures::{ID, authorization};
use crate::harness::{Dir, Run, binary};
use crate::scripted_server::{answer, read_request};
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

/// Answers every request in the same way and counts them. It lives as long as the process.
fn server() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let requests = Arc::new(AtomicUsize::new(0));
    let counter = requests.clone();
    let body = authorization(ID, "telegraf", "inactive");
    let reply = answer("200 OK", "application/json", body.as_bytes());
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

fn word(template: &[u8], url: &str) -> OsString {
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

/// Most lines begin correctly. Otherwise nearly all would end with an unknown command.
fn line(random: &mut Random, url: &str) -> Vec<OsString> {
    let mut words: Vec<&[u8]> = Vec::new();
    let begun = random.below(4) > 0;
    if begun {
        words.extend([&b"v1"[..], b"auth"]);
        words.extend(LEAVES[random.below(LEAVES.len())]);
    }
    for _ in 0..random.below(6) {
        let fragments = match random.below(8) {
            0 => WRONG,
            1 => GREEDY,
            _ if begun => RIGHT,
            _ => WRONG,
        };
        words.extend(fragments[random.below(fragments.len())]);
    }
    words.iter().map(|template| word(template, url)).collect()
}

#[test]
fn no_line_does_harm() {
    let (url, requests) = server();
    let home = Dir::new();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut seen = [0; 8];
    for _ in 0..RUNS {
        let words = line(&mut random, &url);
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
        assert!(code < seen.len(), "no code of the program: {about}");
        seen[code] += 1;
        for part in ["hunter2", "Zq9"] {
            assert!(
                swallows_a_flag(&words) || !stdout.contains(part) && !stderr.contains(part),
                "a secret: {about}"
            );
        }
        let controls = |text: &str| text.chars().any(|c| c.is_control() && !"\n\t".contains(c));
        assert!(
            !controls(stdout) && !controls(stderr),
            "control characters: {about}"
        );
        match code {
            0 => assert!(
                asked || wants_text(&words),
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
            assert!(stderr.contains("Error: "), "no reason: {about}");
        }
    }
    for code in [0, 2, 3, 4] {
        assert!(
            seen[code] > RUNS / 100,
            "hardly any exit code {code}: {seen:?}"
        );
    }
}

/// Whether a secret flag is the value of another flag. The word after it is not a secret then.
fn swallows_a_flag(words: &[OsString]) -> bool {
    words.windows(2).any(|pair| {
        let greedy = GREEDY.iter().any(|flag| pair[0].as_bytes() == flag[0]);
        greedy && pair[1].as_bytes().starts_with(b"-")
    })
}

/// Whether a word asks for help or version, or there is no command to run.
fn wants_text(words: &[OsString]) -> bool {
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
    ];
    words.iter().any(|word| asks.iter().any(|ask| word == ask))
        || !words
            .iter()
            .any(|word| works.iter().any(|work| word == work))
}
