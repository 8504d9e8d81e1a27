//! Runs the built binary with an empty environment, a new home directory, and empty standard input.
//! Standard output and standard error must be empty unless a test sets other expectations. If
//! `INFLUX_TEST_BINARY` is set, it is the path of the binary to test.

pub use super::process::{Process, Run};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::rc::Rc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The token that tests use. It is long enough not to occur in any output by chance.
pub const TOKEN: &str = "t0ken-of-the-tests-000000000000000000000000000000==";

/// The binary under test.
pub fn binary() -> PathBuf {
    match std::env::var_os("INFLUX_TEST_BINARY") {
        Some(path) => path.into(),
        None => env!("CARGO_BIN_EXE_influx").into(),
    }
}

/// A temporary directory, which is removed when this is dropped.
pub struct Dir(PathBuf);

impl Dir {
    pub fn new() -> Dir {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("influx-test-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Dir(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file, creates the directories that it needs, and returns its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// A run of the program: its input and its expected result.
#[must_use = "nothing runs until the exit code is checked"]
pub struct Test {
    args: Vec<OsString>,
    env: Vec<(OsString, OsString)>,
    stdin: Vec<u8>,
    program: PathBuf,
    home: Rc<Dir>,
    stdout: String,
    stderr: String,
    time_limit: Duration,
}

/// `influx v1 auth set-inactive` with the host and token of the tests in the environment.
pub fn set_inactive(host: &str) -> Test {
    Test::new(["v1", "auth", "set-inactive"])
        .env("INFLUX_HOST", host)
        .env("INFLUX_TOKEN", TOKEN)
}

impl Test {
    pub fn new<A: Into<OsString>>(args: impl IntoIterator<Item = A>) -> Test {
        Test {
            args: args.into_iter().map(Into::into).collect(),
            env: Vec::new(),
            stdin: Vec::new(),
            program: binary(),
            home: Rc::new(Dir::new()),
            stdout: String::new(),
            stderr: String::new(),
            time_limit: Process::TIME_LIMIT,
        }
    }

    pub fn args<A: Into<OsString>>(mut self, args: impl IntoIterator<Item = A>) -> Test {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    pub fn env(mut self, name: impl Into<OsString>, value: impl Into<OsString>) -> Test {
        self.env.push((name.into(), value.into()));
        self
    }

    pub fn stdin(mut self, content: impl Into<Vec<u8>>) -> Test {
        self.stdin = content.into();
        self
    }

    /// Runs the program under another name.
    pub fn with_program_name(mut self, name: &str) -> Test {
        let link = self.home.path().join(name);
        std::os::unix::fs::symlink(&self.program, &link).unwrap();
        self.program = link;
        self
    }

    /// Writes the configs file to its default path.
    pub fn configs(self, content: impl AsRef<[u8]>) -> Test {
        self.home.file(".influxdbv2/configs", content);
        self
    }

    /// Sets how long the run may take before it is killed.
    pub fn time_limit(mut self, limit: Duration) -> Test {
        self.time_limit = limit;
        self
    }

    /// Keeps the HOME of this run until the returned value is dropped.
    pub fn keep(&self) -> Rc<Dir> {
        self.home.clone()
    }

    /// The HOME of this run.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    pub fn stdout(mut self, expected: impl Into<String>) -> Test {
        self.stdout = expected.into();
        self
    }

    pub fn stderr(mut self, expected: impl Into<String>) -> Test {
        self.stderr = expected.into();
        self
    }

    /// Runs the program, and checks its exit code, standard output and standard error.
    #[track_caller]
    pub fn code(mut self, code: i32) {
        let (stdout, stderr) = (
            std::mem::take(&mut self.stdout),
            std::mem::take(&mut self.stderr),
        );
        let run = self.run();
        run.assert(run.code == code, &format!("exit code {code}"));
        run.assert(run.stdout == stdout, &format!("standard output:\n{stdout}"));
        run.assert(run.stderr == stderr, &format!("standard error:\n{stderr}"));
    }

    /// The command that starts the program, with its streams piped.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.args)
            .env_clear()
            .env("HOME", self.home.path())
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .current_dir(self.home.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts the program and leaves its standard input open.
    pub fn spawn(&self) -> Process {
        Process::watch(self.command().spawn().unwrap(), self.time_limit)
    }

    /// Runs with standard error on a terminal, and also returns the terminal's content.
    #[track_caller]
    pub fn run_on_terminal(self) -> (Run, String) {
        let (master, name) = pseudo_terminal();
        let terminal = open_terminal(&name);
        let child = self.command().stderr(terminal).spawn().unwrap();
        let mut child = Process::watch(child, self.time_limit);
        child.stdin.take().unwrap().write_all(&self.stdin).unwrap();
        let run = Run::of(child, format!("{:?}", self.args));
        (run, shown_on(master))
    }

    /// Runs the program and returns the result, for tests that only check parts of it.
    #[track_caller]
    pub fn run(self) -> Run {
        let mut child = self.spawn();
        let mut stdin = child.stdin.take().unwrap();
        let given = self.stdin.clone();
        let feeder = std::thread::spawn(move || {
            // The program may end without reading it.
            _ = stdin.write_all(&given);
        });
        let run = Run::of(child, format!("{:?}", self.args));
        feeder.join().unwrap();
        run
    }
}

/// A new pseudo-terminal: the user's end, and the path of the program's end.
pub fn pseudo_terminal() -> (OwnedFd, String) {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    (master, name.into_string().unwrap())
}

/// The program's end of a pseudo-terminal, for one of its streams.
pub fn open_terminal(name: &str) -> Stdio {
    let file = fs::OpenOptions::new().read(true).write(true).open(name);
    file.unwrap().into()
}

/// Everything that was written to a terminal. Reading ends with an error after the last writer has
/// closed it.
pub fn shown_on(master: OwnedFd) -> String {
    let mut shown = Vec::new();
    _ = fs::File::from(master).read_to_end(&mut shown);
    String::from_utf8(shown).unwrap()
}
