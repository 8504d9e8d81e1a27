//! `influx v1 auth set-inactive` and `set-active`.

use crate::args::Args;
use crate::authorizations::{self, Status};
use crate::batch;
use crate::client::Client;
use crate::error::{Code, Error};
use crate::output::Rows;
use crate::settings::{Format, Settings};
use crate::stdout;
use crate::targets::{By, Targets, describe};

/// Deactivates.
///
/// # Errors
/// What is wrong before the first request, or with the sign-in.
pub fn set_inactive(args: &Args) -> Result<Code, Error> {
    set(args, Status::Inactive)
}

/// Activates, the undo.
///
/// # Errors
/// As for [`set_inactive`].
pub fn set_active(args: &Args) -> Result<Code, Error> {
    set(args, Status::Active)
}

fn set(args: &Args, status: Status) -> Result<Code, Error> {
    let mut targets = Targets::from_args(args)?;
    let settings = Settings::resolve(args)?;
    targets.require()?;
    let client = Client::open(settings)?;
    let redactor = client.redactor().clone();
    let rows = Rows::new(
        stdout::open()?,
        Format::from_args(args),
        targets.several,
        redactor,
    );
    let by = targets.by;
    Ok(batch::run(targets, rows, |target| {
        let described = describe(by, &client.redactor().clean(target));
        let id = match by {
            By::Id => target.to_string(),
            By::Username => authorizations::find(&client, target)
                .map_err(|error| error.context(&format!("could not find {described}")))?,
        };
        authorizations::set_status(&client, &id, status)
            .map_err(|error| error.context(&format!("failed to update status of {described}")))
    }))
}
