//! The words behind "did you mean": what people type out of habit or from other tools.

use crate::cli::did_you_mean::{FlagSuggestion, Suggestions};

pub static SUGGESTIONS: Suggestions = Suggestions {
    commands: &[
        (
            &["deactivate", "disable", "inactivate", "inactive"],
            "set-inactive",
        ),
        (&["activate", "enable", "active"], "set-active"),
        (&["remove", "rm"], "delete"),
        (&["dbrps", "mapping", "mappings"], "dbrp"),
        (&["health", "ready"], "ping"),
    ],
    other_program: (
        &[
            "apply",
            "backup",
            "bucket",
            "bucket-schema",
            "dashboards",
            "delete",
            "export",
            "org",
            "organization",
            "pkg",
            "query",
            "remote",
            "repl",
            "replication",
            "restore",
            "scripts",
            "secret",
            "server-config",
            "setup",
            "stacks",
            "task",
            "telegrafs",
            "template",
            "transpile",
            "user",
            "write",
        ],
        "InfluxData's own `influx` client has that; this program manages credentials",
    ),
    flags: &[
        FlagSuggestion {
            typed: &["user", "u", "name"],
            value: None,
            suggested: "username",
            hint: "did you mean --username?",
        },
        FlagSuggestion {
            typed: &["username", "user", "u", "name", "description", "d"],
            value: None,
            suggested: "match",
            hint: "did you mean --match, a pattern of descriptions?",
        },
        FlagSuggestion {
            typed: &["name"],
            value: None,
            suggested: "config-name",
            hint: "did you mean --config-name?",
        },
        FlagSuggestion {
            typed: &["host", "url"],
            value: None,
            suggested: "host-url",
            hint: "did you mean --host-url?",
        },
        FlagSuggestion {
            typed: &["bucket"],
            value: None,
            suggested: "read-bucket",
            hint: "did you mean --read-bucket or --write-bucket?",
        },
        FlagSuggestion {
            typed: &["database"],
            value: None,
            suggested: "db",
            hint: "did you mean --db?",
        },
        FlagSuggestion {
            typed: &["retention-policy"],
            value: None,
            suggested: "rp",
            hint: "did you mean --rp?",
        },
        FlagSuggestion {
            typed: &["port"],
            value: None,
            suggested: "host",
            hint: "the port is part of the address, as in --host http://localhost:8086",
        },
        FlagSuggestion {
            typed: &["insecure", "k"],
            value: None,
            suggested: "skip-verify",
            hint: "did you mean --skip-verify?",
        },
        FlagSuggestion {
            typed: &["output", "format", "o"],
            value: Some("json"),
            suggested: "json",
            hint: "did you mean --json?",
        },
        FlagSuggestion {
            typed: &["v"],
            value: None,
            suggested: "version",
            hint: "did you mean --version?",
        },
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command::Command;
    use crate::commands::ROOT;

    fn has(command: &'static Command, is: &dyn Fn(&'static Command) -> bool) -> bool {
        is(command) || command.children().iter().any(|child| has(child, is))
    }

    #[test]
    fn what_is_suggested_exists() {
        for (typed, suggested) in SUGGESTIONS.commands {
            assert!(has(&ROOT, &|command| command.name == *suggested));
            assert!(!typed.is_empty());
        }
        for flag in SUGGESTIONS.flags {
            let takes = |command: &'static Command| {
                let is_taken = |name: &str| command.flags().any(|flag| flag.long == name);
                is_taken(flag.suggested) && !flag.typed.iter().any(|typed| is_taken(typed))
            };
            assert!(has(&ROOT, &takes), "--{}", flag.suggested);
        }
    }

    #[test]
    fn commands_of_the_other_program_are_none_of_ours() {
        for word in SUGGESTIONS.other_program.0 {
            let mut children = ROOT.children().iter();
            assert!(!children.any(|child| child.is_called(word)), "{word}");
        }
    }
}
