//! Words that people type in place of ours, out of habit or from other tools, and what each means here.

use crate::values::duration;

/// Commands: what is typed, and ours for it, where the group has that one.
pub const COMMANDS: &[(&[&str], &str)] = &[
    (
        &["deactivate", "disable", "inactivate", "inactive"],
        "set-inactive",
    ),
    (&["activate", "enable", "active"], "set-active"),
    (&["remove", "rm"], "delete"),
];

/// Commands of InfluxData's own client that this program does not have.
pub const OF_INFLUXDATA: &[&str] = &[
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
];

/// What the hint says of those.
pub const INFLUXDATA_HAS_IT: &str =
    "InfluxData's own `influx` client has that; this program manages credentials";

/// A flag that is typed in place of one of ours.
pub struct Flag {
    /// What is typed, without its dashes. A single letter is one behind a single dash.
    pub typed: &'static [&'static str],
    /// It is only meant so with this value.
    pub value: Option<&'static str>,
    /// Long name of ours, which the command must have.
    pub ours: &'static str,
    /// What the hint says.
    pub hint: &'static str,
}

/// All of them.
pub const FLAGS: &[Flag] = &[
    Flag {
        typed: &["user", "u", "name"],
        value: None,
        ours: "username",
        hint: "did you mean --username?",
    },
    Flag {
        typed: &["bucket"],
        value: None,
        ours: "read-bucket",
        hint: "did you mean --read-bucket or --write-bucket?",
    },
    Flag {
        typed: &["port"],
        value: None,
        ours: "host",
        hint: "the port is part of the address, as in --host http://localhost:8086",
    },
    Flag {
        typed: &["insecure", "k"],
        value: None,
        ours: "skip-verify",
        hint: "did you mean --skip-verify?",
    },
    Flag {
        typed: &["output", "format", "o"],
        value: Some("json"),
        ours: "json",
        hint: "did you mean --json?",
    },
    Flag {
        typed: &["v"],
        value: None,
        ours: "version",
        hint: "did you mean --version?",
    },
];

/// What `token` begins with, where it is hardly part of it: what an environment file or a header has
/// around a token.
pub fn in_front_of_token(token: &str) -> Option<&'static str> {
    if token.starts_with(['"', '\'']) {
        return Some("a quotation mark");
    }
    if let Some((name, value)) = token.split_once('=') {
        let name = name.strip_prefix("export ").unwrap_or(name).trim_end();
        let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        // Padding is no value.
        if is_name && !value.trim_matches('=').is_empty() {
            return Some("a variable's name");
        }
    }
    let schemes = [("token ", "`Token `"), ("bearer ", "`Bearer `")];
    let found = schemes.iter().find(|(word, _)| {
        let start = token.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    })?;
    Some(found.1)
}

/// The duration that is meant by a number without its unit.
pub fn duration_meant(value: &str) -> Option<String> {
    let seconds = format!("{value}s");
    duration(&seconds).is_ok().then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::{Command, ROOT};

    fn has(command: &'static Command, is: &dyn Fn(&'static Command) -> bool) -> bool {
        is(command) || command.children().iter().any(|child| has(child, is))
    }

    #[test]
    fn what_is_meant_is_there() {
        const TREE: &Command = &ROOT;
        for (typed, ours) in COMMANDS {
            assert!(has(TREE, &|command| command.name == *ours), "{ours}");
            assert!(!typed.is_empty());
        }
        for slip in FLAGS {
            let takes = |command: &'static Command| {
                command.flags().any(|flag| flag.long == slip.ours)
                    && !command.flags().any(|flag| slip.typed.contains(&flag.long))
            };
            assert!(has(TREE, &takes), "--{}", slip.ours);
        }
    }

    #[test]
    fn what_influxdata_has_is_no_command_of_ours() {
        for word in OF_INFLUXDATA {
            assert!(
                !ROOT.children().iter().any(|child| child.is(word)),
                "{word}"
            );
        }
    }

    #[test]
    fn a_number_alone_means_seconds() {
        assert_eq!(duration_meant("10").as_deref(), Some("10s"));
        for other in ["", "10x", "-1", "1.5", " 1", "99999999999999999999"] {
            assert_eq!(duration_meant(other), None, "{other}");
        }
    }
}
