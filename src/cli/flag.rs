//! A flag: one row that parsing, help, completion, the manual and the README check read.

use super::values::boolean;
use std::borrow::Cow;
use std::ffi::OsStr;

/// The name of a value that is a duration.
pub const DURATION: &str = "DURATION";

/// Booleans whose names begin alike, declared in one row: `--read-tasks`, `--read-users`.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// The placeholder for the ends of their names in the help.
    pub placeholder: &'static str,
    /// The ends of their names.
    pub members: &'static [&'static str],
}

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `--flag`, `--flag=true` or `--flag=false`.
    Bool,
    /// The flag's name is what those of a family of booleans begin with. If its help ends with a
    /// colon, the members are listed.
    BoolFamily(&'static Family),
    /// UTF-8 text, with its name in the help.
    Text(&'static str),
    /// A path, which need not be UTF-8, with its name in the help.
    Path(&'static str),
}

/// What completion offers for a value. For a path, it offers files anyway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// These words, which need no quoting.
    Words(&'static [&'static str]),
    /// The lines that this command line of the program prints.
    Printed(&'static str),
}

/// Flags that override each other's variables: if one of them is given, the variables of all are
/// ignored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideGroup {
    Token,
    Target,
    Organization,
    Password,
}

/// Says what is wrong with a text. The reason names neither the flag nor the value.
pub type Check = fn(&str) -> Result<(), String>;

/// Flags, in the order of the help. Each is declared once, and every table that has it points to it.
pub type Flags = &'static [&'static Flag];

#[derive(Clone, Copy)]
pub struct Flag {
    /// The name after `--`, which may also follow a single `-`.
    pub long: &'static str,
    /// The letter after `-`.
    pub short: Option<char>,
    /// The environment variable that gives the value if the flag does not. An empty one is ignored.
    pub env: Option<&'static str>,
    /// The variable holds several values, separated by commas.
    pub env_is_list: bool,
    /// White space at the end of the variable's value is dropped. Tools that fill it from a file
    /// often leave a line break there.
    pub env_trims: bool,
    pub takes: Takes,
    /// Sentences for the help, without the last period. The default comes last, in parentheses. The
    /// short help and the completions use the first sentence.
    pub help: &'static str,
    /// Left out of the help and the completions.
    pub hidden: bool,
    /// No error shows the value: it is a secret, or may hold one.
    pub secret: bool,
    pub may_be_empty: bool,
    /// Every value counts, not just the last one.
    pub repeatable: bool,
    /// The value `-` means standard input.
    pub reads_stdin: bool,
    pub overrides: Option<OverrideGroup>,
    pub candidates: Option<&'static Candidates>,
    pub check: Option<Check>,
}

/// A flag with nothing special about it, to be completed by `..BASE`.
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

/// The flags of every command and group.
pub static EVERYWHERE: [&Flag; 2] = [&HELP, &VERSION];

impl Flag {
    /// Whether the flag is called `name`. The result is the end of that name for a member of a
    /// family, else the empty string.
    pub fn called(&self, name: &str) -> Option<&'static str> {
        if let Takes::BoolFamily(family) = self.takes {
            let end = name.strip_prefix(self.long)?;
            return family.members.iter().copied().find(|member| *member == end);
        }
        (name == self.long).then_some("")
    }

    /// Its names: one, or those of all members of a family.
    pub fn names(&self) -> Vec<String> {
        match self.takes {
            Takes::BoolFamily(family) => {
                let members = family.members.iter();
                members.map(|end| format!("{}{end}", self.long)).collect()
            }
            _ => vec![self.long.to_string()],
        }
    }

    /// The name that the help shows, with that of its value: `--name VALUE`.
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

    /// The help, with the members of a family if they are to be listed.
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

    /// Checks a value. The error says what is wrong with it, and names neither the flag nor the
    /// value.
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
