//! The tree of commands, declared once: dispatch, help and completions read it.

use crate::args::Args;
use crate::error::{Code, Error};
use crate::flags::{self, Flag};
use crate::{completion, create, delete, list, man, program, set_password, set_status};

/// A word of the command line that is a command.
pub struct Command {
    /// The word.
    pub name: &'static str,
    /// Other words for it.
    pub aliases: &'static [&'static str],
    /// What it does, in a line of its group's help.
    pub summary: &'static str,
    /// A paragraph for its own help.
    pub details: &'static str,
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
        own: &'static [Flag],
        /// Flags it shares with the others.
        common: &'static [Flag],
        /// Does the work. What it returns is the exit code once errors of single targets, already
        /// printed, are counted in; an error is printed by the caller.
        run: fn(&Args) -> Result<Code, Error>,
    },
    /// Prints the help of the command named behind it.
    Help,
    /// Prints the version.
    Version,
    /// Prints a text.
    Print(fn() -> String),
}

/// The program itself.
pub const ROOT: Command = Command {
    name: "influx",
    aliases: &[],
    summary: "Manage InfluxDB's 1.x-compatible authorizations",
    details: "",
    body: Body::Group(&[
        Command {
            name: "v1",
            aliases: &[],
            summary: "Commands for InfluxDB's 1.x-compatible API",
            details: "",
            body: Body::Group(&[AUTH]),
        },
        Command {
            name: "version",
            aliases: &[],
            summary: "Print the version",
            details: "",
            body: Body::Version,
        },
        Command {
            name: "help",
            aliases: &[],
            summary: "Print the help of a command",
            details: "",
            body: Body::Help,
        },
        Command {
            name: "completion",
            aliases: &[],
            summary: "Print a script for completion in a shell",
            details: "",
            body: Body::Group(&[
                shell(
                    "bash",
                    "Print the script for bash, to be sourced",
                    completion::bash,
                ),
                shell(
                    "zsh",
                    "Print the script for zsh, to be sourced",
                    completion::zsh,
                ),
                shell(
                    "fish",
                    "Print the script for fish, to be sourced",
                    completion::fish,
                ),
            ]),
        },
        Command {
            name: "man",
            aliases: &[],
            summary: "Print the manual page, which man -l - shows",
            details: "",
            body: Body::Print(man::page),
        },
    ]),
};

const fn shell(name: &'static str, summary: &'static str, script: fn() -> String) -> Command {
    Command {
        name,
        aliases: &[],
        summary,
        details: "",
        body: Body::Print(script),
    }
}

const AUTH: Command = Command {
    name: "auth",
    aliases: &["authorization"],
    summary: "Authorizations: the usernames and passwords of 1.x clients",
    details: "",
    body: Body::Group(&[
        Command {
            name: "set-inactive",
            aliases: &[],
            summary: "Deactivate authorizations",
            details: "Exit code 0 means that the server said of each authorization that it is inactive now. \
                      One that was inactive before is success. Tokens of the v2 API are not touched.",
            body: Body::Leaf {
                own: flags::TARGETS,
                common: flags::COMMON,
                run: set_status::set_inactive,
            },
        },
        Command {
            name: "set-active",
            aliases: &[],
            summary: "Activate authorizations, the undo of set-inactive",
            details: "Exit code 0 means that the server said of each authorization that it is active now.",
            body: Body::Leaf {
                own: flags::TARGETS,
                common: flags::COMMON,
                run: set_status::set_active,
            },
        },
        Command {
            name: "list",
            aliases: &["ls", "find"],
            summary: "List authorizations",
            details: "Every flag of its own narrows the list. A username, user or organization that there \
                      is not ends with exit code 6; a list that is merely empty, with 0.",
            body: Body::Leaf {
                own: list::FLAGS,
                common: flags::COMMON,
                run: list::list,
            },
        },
        Command {
            name: "create",
            aliases: &[],
            summary: "Create an authorization",
            details: "A username, an organization and a bucket are required. Where the password cannot be \
                      set, the new authorization is removed again.",
            body: Body::Leaf {
                own: create::FLAGS,
                common: flags::COMMON,
                run: create::create,
            },
        },
        Command {
            name: "delete",
            aliases: &[],
            summary: "Remove authorizations for good",
            details: "Prints what was removed. There is no undo: set-inactive cuts an authorization off \
                      and keeps it.",
            body: Body::Leaf {
                own: flags::TARGETS_TO_DELETE,
                common: flags::COMMON,
                run: delete::delete,
            },
        },
        Command {
            name: "set-password",
            aliases: &[],
            summary: "Set the password of an authorization",
            details: "The authorization is named by its ID or its username. Success prints nothing.",
            body: Body::Leaf {
                own: set_password::FLAGS,
                common: flags::COMMON,
                run: set_password::set_password,
            },
        },
    ]),
};

/// The commands of a path, the root first, as they are typed.
pub fn words(path: &[&Command]) -> String {
    let mut words = program::name();
    for command in &path[1..] {
        words.push(' ');
        words.push_str(command.name);
    }
    words
}

impl Command {
    /// Whether `word` names it.
    pub fn is(&self, word: &str) -> bool {
        self.name == word || self.aliases.contains(&word)
    }

    /// The commands behind it; none for a leaf.
    pub fn children(&self) -> &'static [Command] {
        match self.body {
            Body::Group(children) => children,
            _ => &[],
        }
    }

    /// The tables of a leaf, its own first; none for the others.
    pub fn tables(&self) -> [&'static [Flag]; 2] {
        match self.body {
            Body::Leaf { own, common, .. } => [own, common],
            _ => [&[], &[]],
        }
    }

    /// The flags it takes, its own first; `--help` and `--version` are taken everywhere.
    pub fn flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        let [own, common] = self.tables();
        own.iter()
            .chain(common)
            .chain(flags::HELP)
            .chain(flags::VERSION)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn walk(command: &'static Command, visit: &mut impl FnMut(&'static Command)) {
        visit(command);
        for child in command.children() {
            walk(child, visit);
        }
    }

    #[test]
    fn words_are_unique_in_their_group() {
        const TREE: &Command = &ROOT;
        walk(TREE, &mut |command| {
            let mut words = HashSet::new();
            for child in command.children() {
                for word in [&child.name].into_iter().chain(child.aliases) {
                    assert!(words.insert(*word), "{word} twice in {}", command.name);
                }
            }
        });
    }

    #[test]
    fn flags_are_unique_in_their_command() {
        const TREE: &Command = &ROOT;
        walk(TREE, &mut |command| {
            let mut names = HashSet::new();
            for flag in command.flags() {
                assert!(names.insert(flag.long.to_string()), "--{} twice", flag.long);
                let short = flag.short.map(String::from);
                assert!(
                    short.is_none_or(|short| names.insert(short)),
                    "--{}",
                    flag.long
                );
            }
        });
    }
    #[test]
    fn rows_are_well_formed() {
        const TREE: &Command = &ROOT;
        walk(TREE, &mut |command| command.flags().for_each(well_formed));
    }

    fn well_formed(flag: &Flag) {
        {
            let plain = |c: char| c.is_ascii_lowercase() || c == '-';
            assert!(
                flag.long.len() > 1 && flag.long.chars().all(plain),
                "{}",
                flag.long
            );
            assert!(
                flag.short.is_none_or(|c| c.is_ascii_alphabetic()),
                "{}",
                flag.long
            );
            assert!(
                flag.env.is_none_or(|env| env.starts_with("INFLUX_")),
                "{}",
                flag.long
            );
            assert!(
                !flag.help.is_empty() && !flag.help.ends_with('.'),
                "{}",
                flag.long
            );
            assert!(flag.help.is_ascii(), "{}", flag.long);
            assert!(
                flag.value_name().is_none_or(|name| !name.is_empty()),
                "{}",
                flag.long
            );
        }
    }
}
