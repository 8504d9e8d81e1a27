//! What scripted servers and proxies still expect and what went wrong, for the messages of failing tests.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

thread_local! {
    /// The records of the servers that this thread started. A failing test prints them.
    static RECORDS: RefCell<Vec<Weak<Mutex<Record>>>> = const { RefCell::new(Vec::new()) };
}

/// What a scripted server or proxy still expects, and what went wrong.
pub struct Record {
    pub name: &'static str,
    /// The requests that are still to come.
    pub expected: VecDeque<String>,
    pub connections: usize,
    /// The connection that is being served.
    pub open: Option<TcpStream>,
    pub wrong: Option<String>,
    /// Whether a failing test has printed it already.
    pub printed: bool,
    /// Whether the test has ended.
    pub over: bool,
}

impl Record {
    /// A new record, which the tests of this thread know.
    pub fn start(name: &'static str, expected: VecDeque<String>) -> Arc<Mutex<Record>> {
        let record = Arc::new(Mutex::new(Record {
            name,
            expected,
            connections: 0,
            open: None,
            wrong: None,
            printed: false,
            over: false,
        }));
        RECORDS.with_borrow_mut(|records| records.push(Arc::downgrade(&record)));
        record
    }

    /// The message about a wrong request, or else about the requests that are missing.
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
    /// The records of those that this thread started and that are still running.
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

/// Locks a record. It is always consistent, so a panic in another thread does no harm.
pub fn lock(record: &Mutex<Record>) -> MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}
