//! What stand-ins wait for and what was wrong, for the messages of tests that fail.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::fmt::Write as _;
use std::net::TcpStream;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

thread_local! {
    /// The records of the stand-ins that this thread started: a failing test prints them.
    static RECORDS: RefCell<Vec<Weak<Mutex<Record>>>> = const { RefCell::new(Vec::new()) };
}

/// What a stand-in waits for, and what was wrong.
pub struct Record {
    pub name: &'static str,
    /// The requests that have yet to come.
    pub expected: VecDeque<String>,
    pub connections: usize,
    /// The connection that is served.
    pub open: Option<TcpStream>,
    pub wrong: Option<String>,
    /// Whether the message of a failing test has it already.
    pub printed: bool,
    /// Whether the test is at its end.
    pub over: bool,
}

impl Record {
    /// A record for a stand-in of this name, known to the tests of this thread.
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

    /// The wrong request, or else the requests that are missing.
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

/// The records of the stand-ins of a test.
pub struct Records(Vec<Weak<Mutex<Record>>>);

impl Records {
    /// Those of the stand-ins that this thread started and that still run.
    pub fn of_this_thread() -> Records {
        RECORDS.with_borrow_mut(|records| {
            records.retain(|record| record.strong_count() > 0);
            Records(records.clone())
        })
    }

    /// Whether a wrong request has come.
    pub fn is_any_wrong(&self) -> bool {
        let mut records = self.0.iter().filter_map(Weak::upgrade);
        records.any(|record| lock(&record).wrong.is_some())
    }

    /// All failures, for the message of a test that fails.
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

/// A record is whole at any time, so a panic elsewhere does not spoil it.
pub fn lock(record: &Mutex<Record>) -> MutexGuard<'_, Record> {
    record.lock().unwrap_or_else(PoisonError::into_inner)
}
