//! What variables give, where flags give nothing.

use super::args::{Args, Origin};
use super::flag::Flag;
use super::parse::Line;
use crate::error::Error;
use std::ffi::OsString;

impl Line {
    /// Takes from the environment what no flag overrides.
    pub(super) fn environment(
        &self,
        args: &mut Args,
        given: &[&Flag],
        env: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<(), Error> {
        let overridden = |flag: &Flag| {
            let overrides = |other: &&Flag| {
                other.long == flag.long
                    || (flag.overrides.is_some() && other.overrides == flag.overrides)
            };
            given.iter().any(overrides)
        };
        for flag in self.command().flags() {
            let Some(name) = flag.env.filter(|_| !overridden(flag)) else {
                continue;
            };
            let Some(value) = env(name).filter(|value| !value.is_empty()) else {
                continue;
            };
            let origin = Origin::Variable(name);
            match value.to_str() {
                Some(list) if flag.env_is_list => {
                    for one in list.split(',').filter(|one| !one.trim().is_empty()) {
                        self.keep(flag, args, one.into(), origin)?;
                    }
                }
                Some(text) if flag.env_trims => match text.trim_end() {
                    "" => {
                        let reason = "holds nothing but white space";
                        return Err(Error::usage(format!("{origin}: {reason}")));
                    }
                    text => self.keep(flag, args, text.into(), origin)?,
                },
                _ => self.keep(flag, args, value, origin)?,
            }
        }
        Ok(())
    }
}
