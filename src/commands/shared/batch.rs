//! The same work on one target after another: one that fails does not stop the rest, unless the
//! server cannot be reached.

use crate::api::authorizations::By;
use crate::cli::args::Args;
use crate::client::Client;
use crate::commands::shared::targets::Targets;
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::layout::{Layout, Record};
use crate::output::report::{Counter, Report};
use crate::output::rows::{OutputShape, Rows};
use crate::output::stdout;
use crate::settings::Settings;
use std::io::Write;

/// What is done about one target. It returns the row to print.
pub type Work<'w> = dyn Fn(&Client, By, &str) -> Result<Box<dyn Record>, Error> + 'w;

/// Does `work` on every target that was given.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn run(args: &Args, layout: &'static Layout, work: &Work) -> Result<Code, Error> {
    let targets = Targets::from_args(args)?;
    run_on(args, targets, Settings::resolve(args)?, layout, work)
}

/// The same on these targets, with these settings.
///
/// # Errors
/// As for [`run`].
pub fn run_on(
    args: &Args,
    mut targets: Targets,
    settings: Settings,
    layout: &'static Layout,
    work: &Work,
) -> Result<Code, Error> {
    targets.require()?;
    let client = Client::open(settings)?;
    let shape = match targets.several {
        true => OutputShape::Several,
        false => OutputShape::One,
    };
    let (format, redactor) = (Format::from_args(args), client.redactor());
    let rows = Rows::new(stdout::open()?, format, shape, layout, redactor);
    let by = targets.by;
    Ok(each(targets, rows, |target| work(&client, by, target)))
}

/// Does `work` on every target, prints what it returns, and reports what it could not do. Returns
/// the exit code: that of the failures where they share one, else 1.
fn each(
    mut targets: Targets,
    mut rows: Rows<impl Write>,
    mut work: impl FnMut(&str) -> Result<Box<dyn Record>, Error>,
) -> Code {
    let mut report = Report::default();
    let mut counter = Counter::new(targets.left() != Some(0));
    let mut code = Code::Done;
    let mut done = 0;
    while let Some(target) = targets.next() {
        match target.and_then(|target| work(&target)) {
            Ok(row) => rows.push(&*row),
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
