//! `influx v1 auth set-password`.

use super::GROUP;
use crate::api::authorizations::Authorizations;
use crate::cli::args::Args;
use crate::cli::flag::Flags;
use crate::client::Client;
use crate::commands::shared::password::{PASSWORD, PASSWORD_FILE, Source};
use crate::commands::shared::targets::{ID, Targets, USERNAME};
use crate::error::{Code, Error};
use crate::settings::Settings;

pub const FLAGS: Flags = &[&ID, &USERNAME, &PASSWORD, &PASSWORD_FILE];

pub fn set_password(args: &Args) -> Result<Code, Error> {
    let (by, target) = Targets::single(args)?;
    let source = Source::from_args(args)?;
    let mut settings = Settings::resolve(args)?;
    let described = GROUP.kind.describe(by, target);
    let password = source.read(&described)?;
    settings.redactor.add(password.expose());
    let client = Client::open(settings)?;
    let authorizations = Authorizations::new(client, GROUP.kind);
    let id = authorizations.id_of(by, target)?;
    authorizations
        .set_password(&id, &password)
        .map_err(|error| error.context(&format!("failed to set the password of {described}")))?;
    Ok(Code::Done)
}
