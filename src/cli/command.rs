//! A command: a word of the command line, its help texts, and what comes behind it.

use super::args::Args;
use super::flag::{EVERYWHERE, Flag, Flags};
use crate::error::{Code, Error};

/// Does the work of a command. What it returns is the exit code once errors of single targets, already
/// printed, are counted in; an error is printed by the caller.
pub type Run = fn(&Args) -> Result<Code, Error>;

/// A word of the command line that is a command.
pub struct Command {
    /// The word.
    pub name: &'static str,
    /// Its aliases.
    pub aliases: &'static [&'static str],
    /// What it does, in a line of its group's help.
    pub summary: &'static str,
    /// A paragraph for its own help.
    pub details: &'static str,
    /// Command lines for its help, without the program's name; the short help shows the first.
    pub examples: &'static str,
    /// What comes behind it.
    pub body: Body,
}

/// What a command consists of.
pub enum Body {
    /// More commands. Without one of them, the help is printed.
    Group(&'static [Command]),
    /// Flags, in the tables that the help shows one after another, and the work.
    Leaf {
        /// Flags of this command alone.
        own: Flags,
        /// Flags it shares with the others.
        common: Flags,
        /// Does the work.
        run: Run,
    },
    /// A leaf behind which words may come that are no flags, such as names.
    Words {
        /// The row of the words: its value name is how the usage shows them, `[NAME]` or `NAME...`.
        /// Every word is kept; the work says how many there may be.
        words: &'static Flag,
        /// Commands that the first word may be instead.
        children: &'static [Command],
        /// Its flags, which each of `children` takes too.
        common: Flags,
        /// Does the work.
        run: Run,
    },
    /// Prints the help of the command named behind it.
    Help,
    /// Prints the version.
    Version,
    /// Prints a text about the whole program, whose tree it is given.
    Print(fn(&'static Command) -> String),
}

impl Command {
    /// Whether `word` names it.
    pub fn is_called(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    /// The commands behind it; none for a leaf.
    pub fn children(&self) -> &'static [Command] {
        match self.body {
            Body::Group(children) | Body::Words { children, .. } => children,
            _ => &[],
        }
    }

    /// The tables of a leaf, its own first; none for the others.
    pub fn tables(&self) -> [Flags; 2] {
        match self.body {
            Body::Leaf { own, common, .. } => [own, common],
            Body::Words { common, .. } => [&[], common],
            _ => [&[], &[]],
        }
    }

    /// The row of the words that it takes, where it takes any.
    pub fn words(&self) -> Option<&'static Flag> {
        match self.body {
            Body::Words { words, .. } => Some(words),
            _ => None,
        }
    }

    /// The function that does its work, where it has work of its own.
    pub fn run(&self) -> Option<Run> {
        match self.body {
            Body::Leaf { run, .. } | Body::Words { run, .. } => Some(run),
            _ => None,
        }
    }

    /// The flags it takes, its own first; `--help` and `--version` are taken everywhere.
    pub fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        let [own, common] = self.tables();
        own.iter().chain(common).copied().chain(EVERYWHERE)
    }
}
