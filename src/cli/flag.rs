//! A flag: one row that parsing, help, completion, the manual and the README check read.

use super::values::boolean;
use super::word_list::WordList;
use std::borrow::Cow;

/// What a value that is a duration is called.
pub const DURATION: &str = "DURATION";

/// Switches whose names begin alike, declared in one row.
#[derive(Debug, PartialEq, Eq)]
pub struct Family {
    /// What stands for any of their ends in the help.
    pub name: &'static str,
    /// The ends of their names.
    pub members: WordList,
}

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `--flag`, `--flag=true` or `--flag=false`.
    Switch,
    /// Text in UTF-8, by this name in the help.
    Text(&'static str),
    /// The row stands for a family of switches: the name is what theirs begin with, and a help that
    /// ends with a colon is followed by all of their ends.
    Family(&'static Family),
    /// A path, which need not be UTF-8, by this name in the help.
    Path(&'static str),
}

/// What completion offers for a value, beside files where it is a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// These words, which need no quoting.
    Words(WordList),
    /// The lines that the program prints for these words of a command line.
    Printed(&'static str),
}

/// Flags that override each other's variables: one of them given, no variable of the others counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverrideGroup {
    /// The token.
    Token,
    /// The authorization.
    Target,
    /// The organization.
    Organization,
    /// The password.
    Password,
}

/// Says what is wrong with a text.
pub type Check = fn(&str) -> Result<(), String>;

/// Flags, in the order of the help. A row stands once in the program, and every table that has it
/// points to it.
pub type Flags = &'static [&'static Flag];

/// One flag.
#[derive(Clone, Copy)]
pub struct Flag {
    /// The name behind `--`, also taken behind a single `-`.
    pub long: &'static str,
    /// The letter behind `-`.
    pub short: Option<char>,
    /// The environment variable that stands in for it; set to the empty string it counts as unset.
    pub env: Option<&'static str>,
    /// The variable holds several values, separated by commas.
    pub env_is_list: bool,
    /// White space at the end of the variable's value is dropped, as of a file: tools that fill both
    /// end their output with a line break.
    pub env_trims: bool,
    /// What it takes.
    pub takes: Takes,
    /// One sentence for the help, which ends with the default where there is one.
    pub help: &'static str,
    /// Left out of the help and the completions.
    pub hidden: bool,
    /// No error shows the value: it is a secret, or may hold one.
    pub secret: bool,
    /// The value may be empty.
    pub may_be_empty: bool,
    /// Every value counts, not just the last one.
    pub repeatable: bool,
    /// The value `-` means standard input.
    pub reads_stdin: bool,
    /// The flags whose variables it overrides, and whose it is overridden by.
    pub overrides: Option<OverrideGroup>,
    /// What completion offers for its value.
    pub candidates: Option<&'static Candidates>,
    /// Checks a text, where not every text will do. The reason it returns names neither flag nor value.
    pub check: Option<Check>,
}

/// A row with nothing special about it, to be completed by `..BASE`.
pub const BASE: Flag = Flag {
    long: "",
    short: None,
    env: None,
    env_is_list: false,
    env_trims: false,
    takes: Takes::Switch,
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

/// `--help`.
pub static HELP: Flag = Flag {
    long: "help",
    short: Some('h'),
    help: "Print this help",
    ..BASE
};

/// `--version`.
pub static VERSION: Flag = Flag {
    long: "version",
    short: Some('V'),
    help: "Print the version",
    ..BASE
};

/// What is taken at every level.
pub static EVERYWHERE: [&Flag; 2] = [&HELP, &VERSION];

impl Flag {
    /// Whether the flag is called `name`: what it returns is then the end of that name where the row
    /// is a family, else nothing.
    pub fn called(&self, name: &str) -> Option<&'static str> {
        match self.takes {
            Takes::Family(family) => family.members.find(name.strip_prefix(self.long)?),
            _ => (name == self.long).then_some(""),
        }
    }

    /// Hands all names it has to `each`.
    pub fn each_name(&self, each: &mut dyn FnMut(String)) {
        match self.takes {
            Takes::Family(family) => {
                let ends = family.members.iter();
                ends.for_each(|end| each([self.long, end].concat()));
            }
            _ => each(self.long.to_string()),
        }
    }

    /// The name that the help shows, with that of its value: `--name VALUE`.
    pub fn shown(&self) -> String {
        let end = match self.takes {
            Takes::Family(family) => family.name,
            _ => "",
        };
        let (blank, value) = self.value_name().map_or(("", ""), |value| (" ", value));
        ["--", self.long, end, blank, value].concat()
    }

    /// The whole of the help.
    pub fn text(&self) -> Cow<'static, str> {
        match self.takes {
            Takes::Family(family) if self.help.ends_with(':') => {
                [self.help, " ", &family.members.join(", ")].concat().into()
            }
            _ => self.help.into(),
        }
    }

    /// Whether a value follows the name.
    pub fn takes_value(&self) -> bool {
        self.value_name().is_some()
    }

    /// The name of the value for the help, where there is one.
    pub fn value_name(&self) -> Option<&'static str> {
        match self.takes {
            Takes::Switch | Takes::Family(_) => None,
            Takes::Text(name) | Takes::Path(name) => Some(name),
        }
    }

    /// Checks a value.
    ///
    /// # Errors
    /// Says what is wrong with it, and names neither flag nor value.
    pub fn check(&self, value: &std::ffi::OsStr) -> Result<(), String> {
        if let Takes::Path(_) = self.takes {
            return Ok(());
        }
        let text = value.to_str().ok_or("is not UTF-8")?;
        match self.takes {
            Takes::Switch | Takes::Family(_) => boolean(text).map(drop),
            _ => self.check.map_or(Ok(()), |check| check(text)),
        }
    }
}
