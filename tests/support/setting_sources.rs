//! The sources of a setting: a flag, an environment variable, and the configs file.

use crate::harness::Test;

/// The source of the value that the program uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Winner {
    Flag,
    Variable,
    Config,
    Default,
}

/// The sources that are set in a run.
#[derive(Clone, Copy, Debug)]
pub struct Sources {
    pub flag: bool,
    /// `None` if the variable is not set, `Some(false)` if it is empty.
    pub variable: Option<bool>,
    pub config: bool,
}

impl Sources {
    /// The header line with the token of the winning source.
    pub fn credentials(&self) -> &'static str {
        match self.winner() {
            Winner::Flag => "authorization: Token by-flag\r\n",
            Winner::Variable => "authorization: Token by-variable\r\n",
            Winner::Config => "authorization: Token by-config\r\n",
            Winner::Default => "",
        }
    }

    /// Every combination of sources.
    pub fn all() -> Vec<Sources> {
        let mut all = Vec::new();
        for flag in [false, true] {
            for variable in [None, Some(false), Some(true)] {
                for config in [false, true] {
                    all.push(Sources {
                        flag,
                        variable,
                        config,
                    });
                }
            }
        }
        all
    }

    /// Every combination without the configs file, for settings that the file does not support.
    pub fn without_config() -> Vec<Sources> {
        let mut all = Sources::all();
        all.retain(|sources| !sources.config);
        all
    }

    pub fn winner(self) -> Winner {
        match self {
            Sources { flag: true, .. } => Winner::Flag,
            Sources {
                variable: Some(true),
                ..
            } => Winner::Variable,
            Sources { config: true, .. } => Winner::Config,
            _ => Winner::Default,
        }
    }

    /// Adds the flag and the variable to the test if this combination has them.
    pub fn give(self, test: Test, flag: &[&str], variable: (&str, &str)) -> Test {
        let test = match self.variable {
            None => test,
            Some(full) => test.env(variable.0, if full { variable.1 } else { "" }),
        };
        test.args(if self.flag { flag } else { &[] }.iter().copied())
    }
}
