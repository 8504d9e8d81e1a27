//! Words that people type in place of ours, out of habit or from other tools, and what each means here.

use crate::cli::slips::{FlagSlip, Slips};
use crate::cli::word_list::WordList;

/// All of them.
pub static SLIPS: Slips = Slips {
    commands: &[
        (
            WordList("deactivate disable inactivate inactive"),
            "set-inactive",
        ),
        (WordList("activate enable active"), "set-active"),
        (WordList("remove rm"), "delete"),
        (WordList("dbrps mapping mappings"), "dbrp"),
        (WordList("health ready"), "ping"),
    ],
    others: (
        WordList(
            "apply backup bucket bucket-schema dashboards delete export org organization \
             pkg query remote repl replication restore scripts secret server-config setup \
             stacks task telegrafs template transpile user write",
        ),
        "InfluxData's own `influx` client has that; this program manages credentials",
    ),
    flags: &[
        FlagSlip {
            typed: WordList("user u name"),
            value: None,
            ours: "username",
            hint: "did you mean --username?",
        },
        FlagSlip {
            typed: WordList("username user u name description d"),
            value: None,
            ours: "match",
            hint: "did you mean --match, a pattern of descriptions?",
        },
        FlagSlip {
            typed: WordList("name"),
            value: None,
            ours: "config-name",
            hint: "did you mean --config-name?",
        },
        FlagSlip {
            typed: WordList("host url"),
            value: None,
            ours: "host-url",
            hint: "did you mean --host-url?",
        },
        FlagSlip {
            typed: WordList("bucket"),
            value: None,
            ours: "read-bucket",
            hint: "did you mean --read-bucket or --write-bucket?",
        },
        FlagSlip {
            typed: WordList("database"),
            value: None,
            ours: "db",
            hint: "did you mean --db?",
        },
        FlagSlip {
            typed: WordList("retention-policy"),
            value: None,
            ours: "rp",
            hint: "did you mean --rp?",
        },
        FlagSlip {
            typed: WordList("port"),
            value: None,
            ours: "host",
            hint: "the port is part of the address, as in --host http://localhost:8086",
        },
        FlagSlip {
            typed: WordList("insecure k"),
            value: None,
            ours: "skip-verify",
            hint: "did you mean --skip-verify?",
        },
        FlagSlip {
            typed: WordList("output format o"),
            value: Some("json"),
            ours: "json",
            hint: "did you mean --json?",
        },
        FlagSlip {
            typed: WordList("v"),
            value: None,
            ours: "version",
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
    fn what_is_meant_is_there() {
        for (typed, ours) in SLIPS.commands {
            assert!(has(&ROOT, &|command| command.name == *ours), "{ours}");
            assert!(typed.iter().next().is_some());
        }
        for slip in SLIPS.flags {
            let takes = |command: &'static Command| {
                command.flags().any(|flag| flag.long == slip.ours)
                    && !command
                        .flags()
                        .any(|flag| slip.typed.find(flag.long).is_some())
            };
            assert!(has(&ROOT, &takes), "--{}", slip.ours);
        }
    }

    #[test]
    fn what_influxdata_has_is_no_command_of_ours() {
        for word in SLIPS.others.0.iter() {
            assert!(
                !ROOT.children().iter().any(|child| child.is_called(word)),
                "{word}"
            );
        }
    }
}
