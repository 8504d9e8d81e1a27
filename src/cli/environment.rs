//! Values from environment variables, for flags that are not given.

use super::args::{Args, Origin};
use super::flag::Flag;
use super::parse::Line;
use crate::error::Error;
use std::ffi::OsString;

impl Line {
    /// Reads the variables of the command's flags. Skips the variables of `given` flags, and of all
    /// flags in the same override group.
    pub(super) fn read_environment(
        &self,
        args: &mut Args,
        given: &[&Flag],
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<(), Error> {
        for flag in self.command().flags() {
            let is_overridden = given.iter().any(|other| {
                let same_group = flag.overrides.is_some() && other.overrides == flag.overrides;
                other.long == flag.long || same_group
            });
            if let Some(name) = flag.env
                && !is_overridden
                && let Some(value) = env(name)
                && !value.is_empty()
            {
                add_variable(flag, args, value, name)?;
            }
        }
        Ok(())
    }
}

fn add_variable(
    flag: &'static Flag,
    args: &mut Args,
    value: OsString,
    name: &'static str,
) -> Result<(), Error> {
    let origin = Origin::Variable(name);
    match value.to_str() {
        Some(list) if flag.env_is_list => {
            for value in list.split(',').filter(|value| !value.trim().is_empty()) {
                args.add(flag, value.into(), origin)?;
            }
            Ok(())
        }
        Some(text) if flag.env_trims => {
            let text = text.trim_end();
            if text.is_empty() {
                let what = format!("{origin}: contains only white space");
                return Err(Error::usage(what));
            }
            args.add(flag, text.into(), origin)
        }
        _ => args.add(flag, value, origin),
    }
}
