//! A command: its name, its help texts, and its flags or subcommands.

use super::args::Args;
use super::flag::{Flag, Flags, GLOBAL};
use crate::error::{Code, Error};

/// Runs a command and returns the exit code. Errors of single targets are already printed, and only
/// affect the exit code. The caller prints a returned error.
pub type Run = fn(&Args) -> Result<Code, Error>;

pub struct Command {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// One line that says what the command does.
    pub summary: &'static str,
    /// A paragraph for the command's own help. It may be empty.
    pub details: &'static str,
    /// Command lines for the help, without the program's name.
    pub examples: &'static str,
    pub body: Body,
}

/// What kind of command it is.
pub enum Body {
    /// Only subcommands. If no subcommand is given, the help is printed.
    Group(&'static [Command]),
    /// A command that takes flags only.
    Leaf {
        /// Flags of this command alone.
        own: Flags,
        /// Flags that it shares with other commands.
        common: Flags,
        run: Run,
    },
    /// A command that takes positional arguments, such as names.
    Positional {
        /// Describes the arguments. Its value name is how the usage line shows them: `[NAME]` or
        /// `NAME...`. The command itself checks the number of arguments.
        argument: &'static Flag,
        /// Subcommands that the first argument may name instead.
        children: &'static [Command],
        /// Flags of the command. Each subcommand must take them too.
        common: Flags,
        run: Run,
    },
    /// Prints the help of the command whose name follows.
    Help,
    Version,
    /// Prints a text that is generated from the command tree.
    Print(fn(&'static Command) -> String),
}

impl Command {
    pub fn has_name(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    pub fn children(&self) -> &'static [Command] {
        match self.body {
            Body::Group(children) | Body::Positional { children, .. } => children,
            _ => &[],
        }
    }

    /// The command's own flags, then those that it shares with other commands.
    pub fn own_and_common(&self) -> [Flags; 2] {
        match self.body {
            Body::Leaf { own, common, .. } => [own, common],
            Body::Positional { common, .. } => [&[], common],
            _ => [&[], &[]],
        }
    }

    /// The description of its positional arguments, if it takes any.
    pub fn positional(&self) -> Option<&'static Flag> {
        match self.body {
            Body::Positional { argument, .. } => Some(argument),
            _ => None,
        }
    }

    pub fn run(&self) -> Option<Run> {
        match self.body {
            Body::Leaf { run, .. } | Body::Positional { run, .. } => Some(run),
            _ => None,
        }
    }

    /// All its flags, including `--help` and `--version`.
    pub fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        let [own, common] = self.own_and_common();
        own.iter().chain(common).copied().chain(GLOBAL)
    }
}
