//! The same work on one target after another: one that fails does not stop the rest, unless the
//! server cannot be reached.

use crate::args::Args;
use crate::client::Client;
use crate::error::{Code, Error};
use crate::model::Authorization;
use crate::output::{Of, Rows};
use crate::report::{Counter, Report};
use crate::settings::{Format, Settings};
use crate::stdout::Stdout;
use crate::targets::{By, Targets};
use std::io::Write;

/// What a command does about one target: it returns the row to print.
pub type Act<'a> = dyn Fn(&Client, By, &str) -> Result<Authorization, Error> + 'a;

/// Does `act` on every target that was given. `deleted`: the rows are what was removed.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn on_targets(args: &Args, deleted: bool, act: &Act) -> Result<Code, Error> {
    let mut targets = Targets::from_args(args)?;
    let settings = Settings::resolve(args)?;
    targets.require()?;
    let client = Client::open(settings)?;
    let of = match targets.several {
        true => Of::Several,
        false => Of::One,
    };
    let redactor = client.redactor();
    let rows = Rows::new(Stdout::default(), Format::from_args(args), of, redactor);
    let by = targets.by;
    Ok(run(targets, rows.deleted(deleted), |target| {
        act(&client, by, target)
    }))
}

/// Does `act` on every target, prints what it returns, and reports what it could not do. Returns
/// the exit code: that of the failures where they share one, else 1.
fn run(
    mut targets: Targets,
    mut rows: Rows<impl Write>,
    mut act: impl FnMut(&str) -> Result<Authorization, Error>,
) -> Code {
    let mut report = Report::default();
    let mut counter = Counter::new(targets.left() != Some(0));
    let mut code = Code::Done;
    let mut done = 0;
    while let Some(target) = targets.next() {
        match target.and_then(|target| act(&target)) {
            Ok(row) => rows.push(&row),
            Err(error) => {
                let unreachable = error.code == Code::Unreachable;
                code = both(code, error.code);
                counter.clear();
                if unreachable {
                    report.error(&not_tried(error, &targets));
                    break;
                }
                report.error(&error);
            }
        }
        done += 1;
        counter.show(done);
    }
    counter.clear();
    if let Err(error) = rows.finish() {
        code = both(code, error.code);
        report.error(&error);
    }
    code
}

/// The error that ends a run, with what it leaves undone.
fn not_tried(error: Error, targets: &Targets) -> Error {
    match targets.left() {
        Some(0) => error,
        Some(1) => error.and("the target after it was not tried"),
        Some(left) => error.and(&format!("the {left} targets after it were not tried")),
        None => error.and("no target after it was tried"),
    }
}

/// The exit code of failures so far and one more.
fn both(so_far: Code, failure: Code) -> Code {
    match so_far {
        Code::Done => failure,
        same if same == failure => same,
        _ => Code::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_that_share_a_code_keep_it() {
        assert_eq!(both(Code::Done, Code::NotFound), Code::NotFound);
        assert_eq!(both(Code::NotFound, Code::NotFound), Code::NotFound);
        assert_eq!(both(Code::NotFound, Code::Refused), Code::Other);
        assert_eq!(both(Code::Other, Code::NotFound), Code::Other);
    }
}
