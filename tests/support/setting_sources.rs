//! The sources of a setting: a flag, a variable, the configs file.

use crate::harness::Test;

/// Where the value comes from that is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Winner {
    Flag,
    Variable,
    Config,
    Default,
}

/// Which sources have a value in a run. If the variable is set, this says whether it is not empty.
#[derive(Clone, Copy, Debug)]
pub struct Sources {
    pub flag: bool,
    pub variable: Option<bool>,
    pub config: bool,
}

impl Sources {
    /// The header line with the token that is used.
    pub fn credentials(&self) -> &'static str {
        match self.winner() {
            Winner::Flag => "authorization: Token by-flag\r\n",
            Winner::Variable => "authorization: Token by-variable\r\n",
            Winner::Config => "authorization: Token by-config\r\n",
            Winner::Default => "",
        }
    }

    /// Every combination.
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

    /// Every combination without the configs file, for settings that it cannot have.
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

    /// Gives the test the flag and the variable, if this combination has them.
    pub fn give(self, test: Test, flag: &[&str], variable: (&str, &str)) -> Test {
        let test = match self.variable {
            None => test,
            Some(full) => test.env(variable.0, if full { variable.1 } else { "" }),
        };
        test.args(if self.flag { flag } else { &[] }.iter().copied())
    }
}
