//! A run of the program. It is killed if it takes too long, if it does not end after a wrong request, or if its
//! test has ended.

use super::record::Records;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::ops::{Deref, DerefMut};
use std::process::Child;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often the watching thread looks for wrong requests.
const STEP: Duration = Duration::from_millis(20);

/// How long the program may take to end after a wrong request.
const GRACE: Duration = Duration::from_millis(500);

/// The program while it runs. A thread watches it, so that no test waits for it forever.
pub struct Process {
    child: Child,
    over: Sender<()>,
    watch: Option<JoinHandle<Option<String>>>,
}

impl Process {
    /// How long a run may take unless its test says otherwise.
    pub const PATIENCE: Duration = Duration::from_secs(10);

    /// Kills the program if it takes longer than this.
    pub fn watch(child: Child, patience: Duration) -> Process {
        let handle = pidfd_open(Pid::from_child(&child), PidfdFlags::empty()).unwrap();
        let stand_ins = Records::of_this_thread();
        let (over, is_over) = channel();
        let watch = move || {
            let start = Instant::now();
            let mut wrong_since = None;
            while is_over.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                if wrong_since.is_none() && stand_ins.is_any_wrong() {
                    wrong_since = Some(Instant::now());
                }
                let reason = if wrong_since.is_some_and(|since| since.elapsed() > GRACE) {
                    format!("the program ran on for {GRACE:?} after a wrong request")
                } else if start.elapsed() > patience {
                    format!("the program did not end within {patience:?}")
                } else {
                    continue;
                };
                // This fails if it has ended by now.
                _ = pidfd_send_signal(&handle, Signal::KILL);
                return Some(reason);
            }
            None
        };
        Process {
            child,
            over,
            watch: Some(std::thread::spawn(watch)),
        }
    }
}

impl From<Child> for Process {
    fn from(child: Child) -> Process {
        Process::watch(child, Process::PATIENCE)
    }
}

impl Deref for Process {
    type Target = Child;

    fn deref(&self) -> &Child {
        &self.child
    }
}

impl DerefMut for Process {
    fn deref_mut(&mut self) -> &mut Child {
        &mut self.child
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both do nothing if it has ended.
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

/// The result of a run.
#[derive(Debug)]
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
    command: String,
}

impl Run {
    /// Waits for the end of the program. Fails if it had to be killed.
    #[track_caller]
    pub fn of(process: impl Into<Process>, command: String) -> Run {
        let mut process = process.into();
        let stdout = reader(process.stdout.take());
        let stderr = reader(process.stderr.take());
        let status = process.wait().unwrap();
        // The watching thread may have ended.
        _ = process.over.send(());
        let killed = process.watch.take().unwrap().join().unwrap();
        let run = Run {
            // A signal ended it, and the program has no such exit code.
            code: status.code().unwrap_or(-1),
            stdout: stdout.join().unwrap(),
            stderr: stderr.join().unwrap(),
            command,
        };
        if let Some(reason) = killed
            && status.code().is_none()
        {
            run.fail(&format!("an end of the run, but {reason}"));
        }
        run
    }

    /// Fails with everything that is known about the run.
    #[track_caller]
    pub fn assert(&self, holds: bool, expected: &str) {
        if !holds {
            self.fail(expected);
        }
    }

    #[track_caller]
    fn fail(&self, expected: &str) -> ! {
        panic!(
            "\nexpected {expected}\nof {}\nexit code: {}\nstandard output:\n{}\nstandard error:\n{}\n{}",
            self.command,
            self.code,
            self.stdout,
            self.stderr,
            Records::of_this_thread().failures()
        );
    }
}

fn reader(stream: Option<impl std::io::Read + Send + 'static>) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let mut content = Vec::new();
        if let Some(mut stream) = stream {
            stream.read_to_end(&mut content).unwrap();
        }
        String::from_utf8(content).expect("output is UTF-8")
    })
}
