//! A command: its name, its help texts, and its flags or subcommands.

use super::args::Args;
use super::flag::{EVERYWHERE, Flag, Flags};
use crate::error::{Code, Error};

/// Runs a command. The exit code takes errors of single targets into account, which were printed
/// already; an error that is returned is printed by the caller.
pub type Run = fn(&Args) -> Result<Code, Error>;

pub struct Command {
    pub name: &'static str,
    pub aliases: &'static [&'static str],
    /// What it does, in one line.
    pub summary: &'static str,
    /// A paragraph for its own help.
    pub details: &'static str,
    /// Command lines for its help, without the program's name. The short help shows the first.
    pub examples: &'static str,
    pub body: Body,
}

/// What a command consists of.
pub enum Body {
    /// Subcommands. Without one of them, the help is printed.
    Group(&'static [Command]),
    /// A command that takes flags only.
    Leaf {
        /// Flags of this command alone.
        own: Flags,
        /// Flags it shares with others.
        common: Flags,
        run: Run,
    },
    /// A command that takes positional arguments, such as names.
    Words {
        /// Describes the arguments. Its value name is their form in the usage: `[NAME]` or
        /// `NAME...`. The command itself checks how many there are.
        words: &'static Flag,
        /// Subcommands that the first argument may name instead.
        children: &'static [Command],
        /// Its flags, which each of `children` takes too.
        common: Flags,
        run: Run,
    },
    /// Prints the help of the command that the next words name.
    Help,
    /// Prints the version.
    Version,
    /// Prints a text that is made from the tree of commands.
    Print(fn(&'static Command) -> String),
}

impl Command {
    pub fn is_called(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    pub fn children(&self) -> &'static [Command] {
        match self.body {
            Body::Group(children) | Body::Words { children, .. } => children,
            _ => &[],
        }
    }

    /// Its own flags, and those it shares with others.
    pub fn own_and_common(&self) -> [Flags; 2] {
        match self.body {
            Body::Leaf { own, common, .. } => [own, common],
            Body::Words { common, .. } => [&[], common],
            _ => [&[], &[]],
        }
    }

    /// Describes its positional arguments, if it takes any.
    pub fn words(&self) -> Option<&'static Flag> {
        match self.body {
            Body::Words { words, .. } => Some(words),
            _ => None,
        }
    }

    pub fn run(&self) -> Option<Run> {
        match self.body {
            Body::Leaf { run, .. } | Body::Words { run, .. } => Some(run),
            _ => None,
        }
    }

    /// All its flags, including `--help` and `--version`.
    pub fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        let [own, common] = self.own_and_common();
        own.iter().chain(common).copied().chain(EVERYWHERE)
    }
}
