//! The requests that scripted servers and proxies still expect, and their failures, for the
//! messages of failing tests.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

thread_local! {
    /// The records of the servers that this thread started. A failing test prints them.
    static RECORDS: RefCell<Vec<Weak<Mutex<Record>>>> = const { RefCell::new(Vec::new()) };
}

/// The requests that a scripted server or proxy still expects, and its failure.
pub struct Record {
    pub name: &'static str,
    /// The requests that have not arrived yet.
    pub expected: VecDeque<String>,
    pub connections: usize,
    /// The connection that is being served.
    pub open: Option<TcpStream>,
    /// The message about a wrong request.
    pub wrong: Option<String>,
    /// Whether a failing test has already printed the failure.
    pub printed: bool,
    /// Whether the test has ended.
    pub finished: bool,
}

impl Record {
    /// Creates a record and registers it for the test that runs on this thread.
    pub fn start(name: &'static str, expected: VecDeque<String>) -> Arc<Mutex<Record>> {
        let record = Arc::new(Mutex::new(Record {
            name,
            expected,
            connections: 0,
            open: None,
            wrong: None,
            printed: false,
            finished: false,
        }));
        RECORDS.with_borrow_mut(|records| records.push(Arc::downgrade(&record)));
        record
    }

    /// The message about a wrong request, or about missing requests if no request was wrong.
    pub fn failure(&mut self) -> Option<String> {
        self.printed = true;
        if let Some(wrong) = &self.wrong {
            return Some(wrong.clone());
        }
        let first = self.expected.front()?;
        Some(format!(
            "the {} expected the request\n{first}\nbut got\nnothing\n(requests missing: {}, connections made: {})\n",
            self.name,
            self.expected.len(),
            self.connections
        ))
    }
}

/// The records of all scripted servers and proxies of a test.
pub struct Records(Vec<Weak<Mutex<Record>>>);

impl Records {
    /// The records of the servers and proxies that this thread started and that still run.
    pub fn of_this_thread() -> Records {
        RECORDS.with_borrow_mut(|records| {
            records.retain(|record| record.strong_count() > 0);
            Records(records.clone())
        })
    }

    /// Whether there was a wrong request.
    pub fn is_any_wrong(&self) -> bool {
        let mut records = self.0.iter().filter_map(Weak::upgrade);
        records.any(|record| lock(&record).wrong.is_some())
    }

    /// All failures, for the message of a failing test.
    pub fn failures(&self) -> String {
        let mut text = String::new();
        for record in self.0.iter().filter_map(Weak::upgrade) {
            if let Some(failure) = lock(&record).failure() {
                _ = write!(text, "\n{failure}");
            }
        }
        text
    }
}

/// Locks a record even if another thread has panicked, because a record is always consistent.
pub fn lock(record: &Mutex<Record>) -> MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}
