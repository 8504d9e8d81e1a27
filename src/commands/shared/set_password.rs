//! Sets the password of one authorization or user. If it succeeds, nothing is printed.

use super::authorizations::Group;
use crate::api::collection::Collection;
use crate::api::credential::Credential;
use crate::cli::args::Args;
use crate::client::Client;
use crate::commands::shared::password::Source;
use crate::commands::shared::targets::Targets;
use crate::error::{Code, Error};
use crate::settings::Settings;

pub fn set_password<T: Credential>(args: &Args, group: &Group) -> Result<Code, Error> {
    let (by, target) = Targets::single(args, group.name_flag)?;
    let source = Source::from_args(args)?;
    let mut settings = Settings::resolve(args)?;
    let described = group.kind.describe(by, target);
    let password = source.read(&described)?;
    settings.redactor.add(password.expose());
    let client = Client::open(settings)?;
    let api: Collection<T> = Collection::new(client, group.kind);
    let id = api.id_of(by, target)?;
    api.set_password(&id, &password)
        .map_err(|error| error.context(&format!("failed to set the password of {described}")))?;
    Ok(Code::Done)
}
