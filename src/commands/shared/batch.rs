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
use crate::settings::Settings;
use std::io::Write;

/// Lists the targets that are not named one by one: returns their IDs, each ended by a line break.
/// What is only to be shown is handed on, as long as that returns true.
pub type List<'l> =
    dyn Fn(&Client, &mut dyn FnMut(&dyn Record) -> bool) -> Result<String, Error> + 'l;

/// What is done about one target. It returns the row to print.
pub type Work<'w> = dyn Fn(&Client, By, &str) -> Result<Box<dyn Record>, Error> + 'w;

/// Does `work` on every one of `targets`, or on those that `list` lists.
///
/// # Errors
/// What is wrong before the first change, or with the sign-in.
pub fn run(
    args: &Args,
    mut targets: Targets,
    settings: Settings,
    layout: &'static Layout,
    list: Option<&List>,
    work: &Work,
) -> Result<Code, Error> {
    let format = Format::from_args(args, layout)?;
    if list.is_none() {
        targets.require()?;
    }
    let client = Client::open(settings)?;
    let shape = match targets.several {
        true => OutputShape::Several,
        false => OutputShape::One,
    };
    let mut rows = Rows::new(format, shape, layout);
    let by = targets.by;
    if let Some(list) = list {
        let ids = list(client, &mut |row| {
            rows.push(row);
            rows.is_open()
        })?;
        targets.add(ids);
    }
    Ok(each(targets, rows, |target| work(client, by, target)))
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
                code = combined(code, error.code);
                counter.clear();
                rows.break_line();
                if unreachable {
                    report.error(&not_tried(error, &targets));
                    break;
                }
                report.error(&error);
            }
        }
        done += 1;
        counter.show(done, &|| targets.left());
    }
    counter.clear();
    if let Err(error) = rows.finish() {
        code = combined(code, error.code);
        report.error(&error);
    }
    code
}

/// The error that ends a run, with what it leaves undone.
fn not_tried(error: Error, targets: &Targets) -> Error {
    match targets.left() {
        Some(0) => error,
        Some(1) => error.append("the target after it was not tried"),
        Some(left) => error.append(&format!("the {left} targets after it were not tried")),
        None => error.append("no target after it was tried"),
    }
}

/// The exit code of failures so far and one more.
fn combined(so_far: Code, failure: Code) -> Code {
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
        assert_eq!(combined(Code::Done, Code::NotFound), Code::NotFound);
        assert_eq!(combined(Code::NotFound, Code::NotFound), Code::NotFound);
        assert_eq!(combined(Code::NotFound, Code::Refused), Code::Other);
        assert_eq!(combined(Code::Other, Code::NotFound), Code::Other);
    }
}
