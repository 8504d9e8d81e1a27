//! The command tree, which parsing, help, completion and the manual page use. Most folders
//! and files are named after their command. `shared` has what several commands use.

mod auth;
mod bucket;
mod config;
pub mod did_you_mean;
mod manual;
mod org;
mod ping;
mod shared;
mod user;
mod v1;

use crate::cli::command::{Body, Command};
use crate::cli::{completion, man};

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
        user::USER,
        org::ORG,
        bucket::BUCKET,
        config::CONFIG,
        ping::PING,
        plain("version", "Print the version", "version", Body::Version),
        plain(
            "help",
            "Print the help of a command",
            "help v1 auth set-inactive",
            Body::Help,
        ),
        plain(
            "completion",
            "Print a completion script for bash, zsh or fish",
            "completion bash",
            Body::Group(&[
                plain(
                    "bash",
                    "Print the completion script for bash, to be sourced",
                    "completion bash",
                    Body::Print(completion::bash),
                ),
                plain(
                    "zsh",
                    "Print the completion script for zsh, to be sourced",
                    "completion zsh",
                    Body::Print(completion::zsh),
                ),
                plain(
                    "fish",
                    "Print the completion script for fish, to be sourced",
                    "completion fish",
                    Body::Print(completion::fish),
                ),
            ]),
        ),
        plain(
            "man",
            "Print the manual page (pipe it into `man -l -`)",
            "man",
            Body::Print(|root| man::page(root, &manual::MANUAL)),
        ),
    ]),
};

const fn plain(
    name: &'static str,
    summary: &'static str,
    examples: &'static str,
    body: Body,
) -> Command {
    Command {
        name,
        aliases: &[],
        summary,
        details: "",
        examples,
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::flag::Takes;
    use std::collections::HashSet;

    /// Visits the command and all its descendants, each with the words that name it.
    fn walk(command: &'static Command, words: &str, visit: &mut dyn FnMut(&'static Command, &str)) {
        visit(command, words);
        for child in command.children() {
            walk(child, format!("{words} {}", child.name).trim_start(), visit);
        }
    }

    #[test]
    fn names_are_unique_in_their_group() {
        walk(&ROOT, "", &mut |command, words| {
            let mut names = HashSet::new();
            for child in command.children() {
                for name in [&child.name].into_iter().chain(child.aliases) {
                    assert!(names.insert(name), "duplicate name {name} in {words}");
                }
            }
        });
    }

    #[test]
    fn every_command_has_examples_that_start_with_its_name_and_fit_a_line() {
        walk(&ROOT, "", &mut |command, words| {
            assert!(!command.examples.is_empty(), "{words}");
            for example in command.examples.lines() {
                assert!(example.starts_with(words), "{words}: {example}");
                // The help adds four spaces, `influx` and a space at the start.
                assert!(example.len() <= 69, "{example}");
            }
        });
    }

    #[test]
    fn flags_are_unique_in_their_command() {
        walk(&ROOT, "", &mut |command, words| {
            let mut names = HashSet::new();
            for flag in command.flags() {
                let short = flag.short.map(String::from);
                for name in flag.names().into_iter().chain(short) {
                    assert!(
                        names.insert(name),
                        "{words}: duplicate name of --{}",
                        flag.long
                    );
                }
            }
        });
    }

    #[test]
    fn subcommands_take_the_flags_of_their_parent() {
        walk(&ROOT, "", &mut |command, words| {
            if command.positional().is_none() {
                return;
            }
            for child in command.children() {
                let taken: HashSet<_> = child.flags().map(|flag| flag.long).collect();
                for flag in command.flags() {
                    let (name, long) = (child.name, flag.long);
                    assert!(taken.contains(long), "{words} {name}: --{long}");
                }
            }
        });
    }

    #[test]
    fn flags_are_well_formed() {
        walk(&ROOT, "", &mut |command, _| {
            for flag in command.flags() {
                let plain = |c: char| c.is_ascii_lowercase() || c == '-';
                let env = flag.env.unwrap_or("INFLUX_");
                let is_family = matches!(flag.takes, Takes::BoolFamily(_));
                let well_formed = flag.long.len() > 1
                    && flag.long.chars().all(plain)
                    && flag.short.is_none_or(|c| c.is_ascii_alphabetic())
                    && env.starts_with("INFLUX_")
                    && !flag.help.is_empty()
                    && !flag.help.ends_with('.')
                    && flag.help.is_ascii()
                    // The members of a family differ only in their names, so they cannot share a
                    // letter or a variable.
                    && (!is_family || flag.short.is_none() && flag.env.is_none())
                    && flag.value_name() != Some("");
                assert!(well_formed, "--{}", flag.long);
            }
        });
    }
}
