//! The suggestions for words that people know from other tools.

use crate::cli::parse::Suggestions;

/// Commands that are missing from groups that only have `list`.
const READ_ONLY: &[&str] = &["create", "delete", "update", "members", "retention"];

pub static SUGGESTIONS: Suggestions = Suggestions {
    commands: &[
        (&["deactivate", "disable", "inactivate"], "inactive"),
        (&["activate", "enable"], "active"),
        // Groups without the commands above may have these.
        (
            &["deactivate", "disable", "inactivate", "inactive"],
            "set-inactive",
        ),
        (&["activate", "enable", "active"], "set-active"),
        (&["remove", "rm"], "delete"),
        (&["dbrps", "mapping", "mappings"], "dbrp"),
        (&["health", "ready"], "ping"),
    ],
    other_program: &[
        (
            "influx",
            &[
                "apply",
                "backup",
                "bucket-schema",
                "dashboards",
                "delete",
                "export",
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
                "write",
            ],
        ),
        ("org", READ_ONLY),
        ("bucket", READ_ONLY),
        ("user", &["create", "delete", "update"]),
    ],
    other_program_hint: "InfluxData's client has this command; this program manages credentials only",
    flags: &[
        (&["user", "u", "name"], "username", ""),
        (
            &["username", "user", "u", "name", "description", "d"],
            "match",
            "did you mean --match, a pattern for descriptions?",
        ),
        (&["name"], "config-name", ""),
        (&["host", "url"], "host-url", ""),
        (
            &["bucket"],
            "read-bucket",
            "did you mean --read-bucket or --write-bucket?",
        ),
        (&["database"], "db", ""),
        (&["retention-policy"], "rp", ""),
        (
            &["port"],
            "host",
            "the port is part of the address, as in --host http://localhost:8086",
        ),
        (&["insecure", "k"], "skip-verify", ""),
        (&["output=json", "format=json", "o=json"], "json", ""),
        (&["v"], "version", ""),
    ],
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command::Command;
    use crate::commands::ROOT;

    fn any(command: &'static Command, is: &dyn Fn(&'static Command) -> bool) -> bool {
        is(command) || command.children().iter().any(|child| any(child, is))
    }

    #[test]
    fn suggested_commands_and_flags_exist() {
        for (_, suggested) in SUGGESTIONS.commands {
            assert!(any(&ROOT, &|command| command.name == *suggested));
        }
        for (typed, suggested, _) in SUGGESTIONS.flags {
            let lacks_typed = |command: &'static Command| {
                let is_flag = |name: &str| command.flags().any(|flag| flag.long == name);
                is_flag(suggested) && !typed.iter().any(|typed| is_flag(typed))
            };
            assert!(any(&ROOT, &lacks_typed), "--{suggested}");
        }
    }

    #[test]
    fn commands_of_the_other_program_do_not_exist_here() {
        for (group, words) in SUGGESTIONS.other_program {
            let exists_here = |command: &'static Command| {
                let mut children = command.children().iter();
                command.name == *group
                    && children.any(|child| words.iter().any(|word| child.has_name(word)))
            };
            assert!(!any(&ROOT, &exists_here), "{group}");
        }
    }
}
