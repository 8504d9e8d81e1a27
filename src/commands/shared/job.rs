//! Applies the same operation to one target after another. If a target fails, the others are still
//! processed, unless the server cannot be reached.

use crate::api::credential::{By, Credential};
use crate::api::me::own_user;
use crate::cli::args::Args;
use crate::client::Client;
use crate::commands::shared::targets::Targets;
use crate::error::{Code, Error};
use crate::output::counter::Counter;
use crate::output::format::Format;
use crate::output::layout::{Layout, Record};
use crate::output::report::Report;
use crate::output::rows::{OutputShape, Rows};
use crate::settings::Settings;

/// The targets of a command, the server they are on, and the rows that report what was done.
pub struct Job {
    pub client: &'static Client,
    targets: Targets,
    rows: Rows,
}

impl Job {
    /// Checks the output flags and opens the client. If standard input is read, it must contain a
    /// target. The only request is a sign-in, if the settings require one.
    pub fn start(
        args: &Args,
        mut targets: Targets,
        settings: Settings,
        layout: &'static Layout,
    ) -> Result<Job, Error> {
        let format = Format::from_args(args, layout)?;
        targets.require_input()?;
        let client = Client::open(settings)?;
        let shape = if targets.several {
            OutputShape::Several
        } else {
            OutputShape::One
        };
        let rows = Rows::new(format, shape, layout);
        Ok(Job {
            client,
            targets,
            rows,
        })
    }

    /// Adds targets that the server listed.
    pub fn add_ids(&mut self, ids: Vec<String>) {
        self.targets.add_ids(ids);
    }

    /// Checks that the user who owns the token in use is not a target.
    ///
    /// Exit code 2 if the user is a target, and 5 if the token may not read its user.
    pub fn protect_own_user(&mut self) -> Result<(), Error> {
        let user = own_user(self.client).map_err(|error| {
            error
                .context("could not find the user that the token in use belongs to")
                .append("nothing was changed")
                .hint("--yes deactivates users without this check")
        })?;
        self.targets.protect_user(user.id(), user.name())
    }

    /// Prints a row, for `--dry-run`. Returns false if output can no longer be written.
    pub fn show(&mut self, row: &dyn Record) -> bool {
        self.rows.push(row);
        self.rows.is_open()
    }

    /// Calls `work` for each target, prints the row that it returns, and reports failures as they
    /// occur. If all failures have the same exit code, the result is that code, else 1.
    pub fn run<R: Record>(mut self, mut work: impl FnMut(By, &str) -> Result<R, Error>) -> Code {
        let by = self.targets.by;
        let mut report = Report::default();
        let mut counter = Counter::new();
        let mut code = Code::Done;
        let mut done = 0;
        while let Some(target) = self.targets.next() {
            match target.and_then(|target| work(by, &target)) {
                Ok(row) => self.rows.push(&row),
                Err(error) => {
                    code = combined(code, error.code);
                    counter.clear();
                    self.rows.break_line();
                    if error.code == Code::Unreachable {
                        report.error(&not_tried(error, self.targets.left()));
                        break;
                    }
                    report.error(&error);
                }
            }
            done += 1;
            counter.show(done, self.targets.left());
        }
        counter.clear();
        if let Err(error) = self.rows.finish() {
            code = combined(code, error.code);
            report.error(&error);
        }
        code
    }
}

/// Appends the number of targets that were not tried to the error that ended the run.
fn not_tried(error: Error, left: Option<usize>) -> Error {
    match left {
        Some(0) => error,
        Some(1) => error.append("the target after it was not tried"),
        Some(left) => error.append(&format!("the {left} targets after it were not tried")),
        None => error.append("the targets after it were not tried"),
    }
}

/// Combines the exit code of the failures so far with the exit code of another failure.
fn combined(so_far: Code, failure: Code) -> Code {
    if so_far == Code::Done || so_far == failure {
        failure
    } else {
        Code::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_that_share_a_code_keep_it() {
        assert_eq!(combined(Code::Done, Code::NotFound), Code::NotFound);
        assert_eq!(combined(Code::NotFound, Code::NotFound), Code::NotFound);
        assert_eq!(combined(Code::NotFound, Code::Refused), Code::Other);
        assert_eq!(combined(Code::Other, Code::NotFound), Code::Other);
    }
}
