//! A run of the program. It is killed if it takes too long, if it keeps running after a wrong
//! request, or if its test ends.

use super::expected_requests::Records;
use rustix::process::{Pid, PidfdFlags, Signal, pidfd_open, pidfd_send_signal};
use std::ops::{Deref, DerefMut};
use std::process::Child;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How often the watching thread checks for wrong requests.
const STEP: Duration = Duration::from_millis(20);

/// How long the program may keep running after a wrong request.
const GRACE: Duration = Duration::from_millis(500);

/// The running program. A thread watches it, so that no test waits forever.
pub struct Process {
    child: Child,
    finished: Sender<()>,
    watch: Option<JoinHandle<Option<String>>>,
}

impl Process {
    /// How long a run may take unless its test sets another limit.
    pub const TIME_LIMIT: Duration = Duration::from_secs(10);

    /// Kills the program if it takes longer than this.
    pub fn watch(child: Child, time_limit: Duration) -> Process {
        let handle = pidfd_open(Pid::from_child(&child), PidfdFlags::empty()).unwrap();
        let stand_ins = Records::of_this_thread();
        let (finished, is_finished) = channel();
        let watch = move || {
            let start = Instant::now();
            let mut wrong_since = None;
            while is_finished.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                if wrong_since.is_none() && stand_ins.is_any_wrong() {
                    wrong_since = Some(Instant::now());
                }
                let reason = if wrong_since.is_some_and(|since| since.elapsed() > GRACE) {
                    format!("the program ran on for {GRACE:?} after a wrong request")
                } else if start.elapsed() > time_limit {
                    format!("the program did not end within {time_limit:?}")
                } else {
                    continue;
                };
                // This fails if the program has already ended.
                _ = pidfd_send_signal(&handle, Signal::KILL);
                return Some(reason);
            }
            None
        };
        Process {
            child,
            finished,
            watch: Some(std::thread::spawn(watch)),
        }
    }
}

impl From<Child> for Process {
    fn from(child: Child) -> Process {
        Process::watch(child, Process::TIME_LIMIT)
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
        // Both do nothing if the program has already ended.
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
    /// Waits until the program ends. Fails if it had to be killed.
    #[track_caller]
    pub fn of(process: impl Into<Process>, command: String) -> Run {
        let mut process = process.into();
        let stdout = reader(process.stdout.take());
        let stderr = reader(process.stderr.take());
        let status = process.wait().unwrap();
        // The watching thread may have ended already.
        _ = process.finished.send(());
        let killed = process.watch.take().unwrap().join().unwrap();
        let run = Run {
            // There is no exit code after a signal, and the program itself never exits with -1.
            code: status.code().unwrap_or(-1),
            stdout: stdout.join().unwrap(),
            stderr: stderr.join().unwrap(),
            command,
        };
        if let Some(reason) = killed
            && status.code().is_none()
        {
            run.fail(&format!("the program to end, but {reason}"));
        }
        run
    }

    /// Fails with all details of the run if `holds` is false.
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
