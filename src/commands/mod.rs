//! The tree of commands, declared once: parsing, help, completion and the manual read it. The folders
//! are the words of a command; its file is named for what it does.

mod auth;
mod config;
mod manual;
mod ping;
mod shared;
pub mod suggestions;
mod v1;

use crate::cli::command::{Body, Command};
use crate::cli::{completion, man};

/// The program itself.
pub static ROOT: Command = Command {
    name: "influx",
    aliases: &[],
    summary: "Manage the credentials of InfluxDB 2.x",
    details: "",
    examples: "v1 auth list\n\
               help v1 auth",
    body: Body::Group(&[
        v1::V1,
        auth::AUTH,
        config::CONFIG,
        ping::PING,
        Command {
            name: "version",
            aliases: &[],
            summary: "Print the version",
            details: "",
            examples: "version",
            body: Body::Version,
        },
        Command {
            name: "help",
            aliases: &[],
            summary: "Print the help of a command",
            details: "",
            examples: "help v1 auth set-inactive",
            body: Body::Help,
        },
        Command {
            name: "completion",
            aliases: &[],
            summary: "Print a script for completion in a shell",
            details: "",
            examples: "completion bash",
            body: Body::Group(&[
                shell(
                    "bash",
                    "Print the script for bash, to be sourced",
                    "completion bash",
                    completion::bash,
                ),
                shell(
                    "zsh",
                    "Print the script for zsh, to be sourced",
                    "completion zsh",
                    completion::zsh,
                ),
                shell(
                    "fish",
                    "Print the script for fish, to be sourced",
                    "completion fish",
                    completion::fish,
                ),
            ]),
        },
        Command {
            name: "man",
            aliases: &[],
            summary: "Print the manual page, which man -l - shows",
            details: "",
            examples: "man",
            body: Body::Print(|root| man::page(root, &manual::MANUAL)),
        },
    ]),
};

const fn shell(
    name: &'static str,
    summary: &'static str,
    example: &'static str,
    script: fn(&'static Command) -> String,
) -> Command {
    Command {
        name,
        aliases: &[],
        summary,
        details: "",
        examples: example,
        body: Body::Print(script),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::flag::{Flag, Takes};
    use std::collections::HashSet;

    fn walk(command: &'static Command, visit: &mut impl FnMut(&'static Command)) {
        visit(command);
        for child in command.children() {
            walk(child, visit);
        }
    }

    #[test]
    fn words_are_unique_in_their_group() {
        walk(&ROOT, &mut |command| {
            let mut words = HashSet::new();
            for child in command.children() {
                for word in [&child.name].into_iter().chain(child.aliases) {
                    assert!(words.insert(*word), "{word} twice in {}", command.name);
                }
            }
        });
    }

    #[test]
    fn every_command_has_examples_that_fit_and_are_its_own() {
        fn check(command: &Command, words: &str) {
            assert!(!command.examples.is_empty(), "{words}");
            for example in command.examples.lines() {
                assert!(example.starts_with(words), "{words}: {example}");
                // The help puts four spaces, `influx` and a space in front.
                assert!(example.len() <= 69, "{example}");
            }
            for child in command.children() {
                check(child, [words, " ", child.name].concat().trim_start());
            }
        }
        check(&ROOT, "");
    }

    #[test]
    fn flags_are_unique_in_their_command() {
        walk(&ROOT, &mut |command| {
            let mut names = HashSet::new();
            for flag in command.flags() {
                for name in flag.names() {
                    assert!(names.insert(name), "--{} twice", flag.long);
                }
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
    fn flags_in_front_of_a_command_are_its_own_too() {
        walk(&ROOT, &mut |command| {
            if command.words().is_none() {
                return;
            }
            for child in command.children() {
                for flag in command.flags() {
                    let mut taken = child.flags();
                    assert!(
                        taken.any(|other| other.long == flag.long),
                        "--{} of {}",
                        flag.long,
                        child.name
                    );
                }
            }
        });
    }

    #[test]
    fn rows_are_well_formed() {
        walk(&ROOT, &mut |command| command.flags().for_each(well_formed));
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
            // Its members are told apart by their names alone.
            let alone = flag.short.is_none() && flag.env.is_none();
            assert!(
                alone || !matches!(flag.takes, Takes::BoolFamily(_)),
                "{}",
                flag.long
            );
            assert!(
                flag.value_name().is_none_or(|name| !name.is_empty()),
                "{}",
                flag.long
            );
        }
    }
}
