//! The declaration of a flag. Parsing, help, completion, the manual page and the README check use
//! it.

use super::values::boolean;
use std::borrow::Cow;
use std::ffi::OsStr;

/// The value name of flags that take a duration.
pub const DURATION: &str = "DURATION";

/// Boolean flags that share a prefix and are declared together, such as `--read-tasks` and
/// `--read-users`.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// The placeholder for the suffix in the help.
    pub placeholder: &'static str,
    /// The suffixes.
    pub members: &'static [&'static str],
}

/// What kind of value a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `--flag`, `--flag=true` or `--flag=false`.
    Bool,
    /// A family of boolean flags. The flag's name is their prefix. If its help ends with a colon,
    /// the help lists the members.
    BoolFamily(&'static Family),
    /// UTF-8 text. The string is the value's name in the help.
    Text(&'static str),
    /// A path, which need not be UTF-8. The string is the value's name in the help.
    Path(&'static str),
}

/// What completion offers for a value. For a path, it always offers files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// These words. They must not need quotes in a shell.
    Words(&'static [&'static str]),
    /// The output of the program with these arguments, one candidate per line.
    Printed(&'static str),
}

/// Flags that override each other's environment variables. If one of them is given, the variables
/// of the whole group are ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideGroup {
    Token,
    Target,
    Organization,
    Password,
}

/// Checks a value. The error says what is wrong, without the flag's name and without the value.
pub type Check = fn(&str) -> Result<(), String>;

/// Flags, in the order of the help. Each flag is declared once, and all lists refer to it.
pub type Flags = &'static [&'static Flag];

#[derive(Clone, Copy)]
pub struct Flag {
    /// The name after `--`. It is also accepted after a single `-`.
    pub long: &'static str,
    /// The letter after `-`.
    pub short: Option<char>,
    /// The environment variable that is used if the flag is not given. An empty variable is
    /// ignored.
    pub env: Option<&'static str>,
    /// The variable contains several values, separated by commas.
    pub env_is_list: bool,
    /// Trailing white space of the variable is removed. Tools that set it from a file often leave a
    /// line break at the end.
    pub env_trims: bool,
    pub takes: Takes,
    /// Sentences for the help, without the last period. The default comes last, in parentheses. The
    /// short help and the completions use the first sentence.
    pub help: &'static str,
    /// Left out of the help and the completions.
    pub hidden: bool,
    /// The value is a secret or may contain one, so errors do not show it.
    pub secret: bool,
    pub may_be_empty: bool,
    /// All values are used, not just the last one.
    pub repeatable: bool,
    /// The value `-` means standard input.
    pub reads_stdin: bool,
    pub overrides: Option<OverrideGroup>,
    pub candidates: Option<&'static Candidates>,
    pub check: Option<Check>,
}

/// The defaults, for `..BASE`.
pub const BASE: Flag = Flag {
    long: "",
    short: None,
    env: None,
    env_is_list: false,
    env_trims: false,
    takes: Takes::Bool,
    help: "",
    hidden: false,
    secret: false,
    may_be_empty: false,
    repeatable: false,
    reads_stdin: false,
    overrides: None,
    candidates: None,
    check: None,
};

pub static HELP: Flag = Flag {
    long: "help",
    short: Some('h'),
    help: "Print this help",
    ..BASE
};

pub static VERSION: Flag = Flag {
    long: "version",
    short: Some('V'),
    help: "Print the version",
    ..BASE
};

/// Flags that every command and group takes.
pub static GLOBAL: [&Flag; 2] = [&HELP, &VERSION];

impl Flag {
    /// Returns `Some` if the flag has this name. For a member of a family, the text is the suffix.
    /// For all other flags, it is empty.
    pub fn match_name(&self, name: &str) -> Option<&'static str> {
        if let Takes::BoolFamily(family) = self.takes {
            let suffix = name.strip_prefix(self.long)?;
            return family
                .members
                .iter()
                .copied()
                .find(|member| *member == suffix);
        }
        (name == self.long).then_some("")
    }

    /// All names of the flag. Only a family has more than one.
    pub fn names(&self) -> Vec<String> {
        match self.takes {
            Takes::BoolFamily(family) => {
                let members = family.members.iter();
                members
                    .map(|suffix| format!("{}{suffix}", self.long))
                    .collect()
            }
            _ => vec![self.long.to_string()],
        }
    }

    /// The flag as the help shows it: `--name VALUE`.
    pub fn usage(&self) -> String {
        let long = self.long;
        match self.takes {
            Takes::Bool => format!("--{long}"),
            Takes::BoolFamily(family) => format!("--{long}{}", family.placeholder),
            Takes::Text(value) | Takes::Path(value) => format!("--{long} {value}"),
        }
    }

    /// The first sentence of the help, without the default.
    pub fn summary(&self) -> &'static str {
        let end = self.help.find(". ").unwrap_or(self.help.len());
        let end = self.help.find(" (default").unwrap_or(end).min(end);
        &self.help[..end]
    }

    /// The help. If it ends with a colon, the members of the family follow.
    pub fn full_help(&self) -> Cow<'static, str> {
        match self.takes {
            Takes::BoolFamily(family) if self.help.ends_with(':') => {
                format!("{} {}", self.help, family.members.join(", ")).into()
            }
            _ => self.help.into(),
        }
    }

    pub fn takes_value(&self) -> bool {
        self.value_name().is_some()
    }

    /// The name of the value in the help, if the flag takes one.
    pub fn value_name(&self) -> Option<&'static str> {
        match self.takes {
            Takes::Bool | Takes::BoolFamily(_) => None,
            Takes::Text(name) | Takes::Path(name) => Some(name),
        }
    }

    /// Checks a value. As with [`Check`], the error contains neither the flag's name nor the value.
    pub fn check(&self, value: &OsStr) -> Result<(), String> {
        if let Takes::Path(_) = self.takes {
            return Ok(());
        }
        let text = value.to_str().ok_or("is not UTF-8")?;
        if self.takes_value() {
            self.check.map_or(Ok(()), |check| check(text))
        } else {
            boolean(text).map(drop)
        }
    }
}
