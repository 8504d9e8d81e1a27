//! Deactivates, activates or deletes the targets that flags name or that `--match` finds.

use super::Group;
use crate::api::collection::Collection;
use crate::api::credential::{By, Credential, Status};
use crate::cli::args::Args;
use crate::commands::shared::job::Job;
use crate::commands::shared::matching::{DRY_RUN, Pattern, YES, require_consent};
use crate::commands::shared::targets::Targets;
use crate::error::{Code, Error};
use crate::output::layout::Record;
use crate::settings::Settings;

#[derive(Clone, Copy)]
pub enum Change {
    /// Prints each target with its new status.
    Status(Status),
    /// Prints each target as it was before the deletion.
    Deletion,
}

/// Applies the change to each target. With `--dry-run`, prints the targets as they are instead.
pub fn change<T: Credential + Record>(
    args: &Args,
    group: &'static Group,
    change: Change,
) -> Result<Code, Error> {
    let needs_consent = match change {
        Change::Status(Status::Active) => group.consent_to_activate,
        Change::Status(Status::Inactive) => group.consent_to_deactivate,
        Change::Deletion => true,
    };
    if needs_consent {
        require_consent(args)?;
    }
    let dry_run = args.is_on(&DRY_RUN);
    let pattern = Pattern::from_args(args)?;
    let missing = || Error::usage(group.target_required).hint(group.target_hint);
    let targets = Targets::from_args(args, group.name_flag)?.ok_or_else(missing)?;
    let layout = match change {
        Change::Deletion if !dry_run => group.deleted,
        _ => group.layout,
    };
    let mut job = Job::start(args, targets, Settings::resolve(args)?, layout)?;
    let api: Collection<T> = Collection::new(job.client, group.kind);
    let deactivates = matches!(change, Change::Status(Status::Inactive));
    if group.protects_own_user && deactivates && !dry_run && !args.is_on(&YES) {
        job.protect_own_user()?;
    }
    if let Some(pattern) = pattern {
        // Targets that already have the status are skipped.
        let skipped_status = match change {
            Change::Status(status) => Some(status),
            Change::Deletion => None,
        };
        let mut ids = Vec::new();
        pattern.find(
            &api,
            group.match_fields,
            skipped_status,
            &mut |entry: &T| {
                if dry_run {
                    return job.show(entry);
                }
                ids.push(entry.id().to_string());
                true
            },
        )?;
        job.add_ids(ids);
    }
    Ok(job.run(|by, target| match change {
        Change::Status(_) if dry_run => api.get(by, target),
        Change::Status(status) => api.set_status(by, target, status),
        Change::Deletion if dry_run => get_for_deletion(&api, by, target),
        Change::Deletion => delete_one(&api, by, target),
    }))
}

fn delete_one<T: Credential>(api: &Collection<T>, by: By, target: &str) -> Result<T, Error> {
    let found = get_for_deletion(api, by, target)?;
    api.remove(found.id()).map_err(|error| {
        let described = api.describe(by, target);
        error.context(&format!("could not remove {described}"))
    })?;
    Ok(found)
}

/// Gets an authorization before it is deleted. If its organization or user is gone, the server
/// cannot show it. It can still be deleted, and only this frees its username.
fn get_for_deletion<T: Credential>(api: &Collection<T>, by: By, target: &str) -> Result<T, Error> {
    match api.get(by, target) {
        Err(error) if error.is_owner_gone() && by == By::Id => Ok(T::from_id(target)),
        found => found,
    }
}
