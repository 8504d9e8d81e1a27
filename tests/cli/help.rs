//! The help of the program and of every command, in every form.

use crate::support::help_texts::{COMMANDS, ROOT, prints, succeeds};

#[test]
fn no_arguments_and_help_print_the_same_help() {
    prints(&[], ROOT);
    prints(&["help"], ROOT);
}

#[test]
fn every_command_is_tested() {
    for level in COMMANDS {
        let text = succeeds(&[level, &["--help"]].concat()).stdout;
        let Some((_, section)) = text.split_once("\nCOMMANDS:\n") else {
            continue;
        };
        for row in section.lines().take_while(|line| !line.is_empty()) {
            let name = row.split_whitespace().next().unwrap();
            let command = [level, &[name]].concat();
            let is_continued = row.starts_with("        ");
            assert!(
                is_continued || COMMANDS.contains(&&command[..]),
                "{command:?}"
            );
        }
    }
}

#[test]
fn every_form_of_help_prints_the_same_text() {
    for level in COMMANDS {
        let text = succeeds(&[level, &["--help"]].concat()).stdout;
        let usage = format!("\nUSAGE:\n    {}", [&["influx"], level].concat().join(" "));
        assert!(text.contains(&usage), "{text}");
        assert!(
            text.lines()
                .all(|line| line.len() <= 80 && line.trim_end() == line),
            "{text}"
        );
        prints(&[level, &["-help"]].concat(), &text);
        prints(&[&["help"], level].concat(), &text);
    }
}

/// The long names of the command's own flags.
fn command_flags(help: &str) -> Vec<&str> {
    let Some((_, section)) = help.split_once("\nFLAGS:\n") else {
        return Vec::new();
    };
    let rows = section.lines().take_while(|line| line.starts_with(' '));
    rows.filter(|row| !row.starts_with("         "))
        .filter_map(|row| row.split(' ').find(|word| word.starts_with("--")))
        .collect()
}

#[test]
fn short_help_has_usage_command_flags_and_an_example() {
    for level in COMMANDS {
        let run = succeeds(&[level, &["-h"]].concat());
        let long = succeeds(&[level, &["--help"]].concat()).stdout;
        for line in run.stdout.lines() {
            run.assert(line.len() <= 80 && line.trim_end() == line, line);
            run.assert(!line.ends_with("..."), "complete sentences");
        }
        run.assert(
            command_flags(&run.stdout) == command_flags(&long),
            "all of the command's own flags",
        );
        run.assert(run.stdout.contains("\n\nUSAGE:\n"), "usage");
        run.assert(
            run.stdout.contains("\n\nEXAMPLES:\n    influx "),
            "an example",
        );
        let more = "\n\n--help prints more.\n";
        run.assert(
            run.stdout.ends_with(more) != (run.stdout == long),
            "a reference to --help if it prints more",
        );
    }
}

#[test]
fn every_example_parses() {
    for level in COMMANDS {
        let text = succeeds(&[level, &["--help"]].concat()).stdout;
        let (_, section) = text.split_once("\nEXAMPLES:\n").expect("examples");
        for line in section.lines().take_while(|line| !line.is_empty()) {
            let line = line.replace('\'', "");
            let words: Vec<_> = line.split_whitespace().skip(1).collect();
            succeeds(&[&words[..], &["--help"]].concat());
        }
    }
}

#[test]
fn groups_without_a_command_print_their_help() {
    for level in [
        COMMANDS[0],
        COMMANDS[1],
        COMMANDS[2],
        COMMANDS[3],
        &["auth"],
    ] {
        let text = succeeds(&[level, &["--help"][..]].concat()).stdout;
        prints(level, &text);
        prints(&[level, &["--"][..]].concat(), &text);
    }
}

#[test]
fn aliases_have_the_same_help() {
    let text = succeeds(&["v1", "auth", "set-inactive", "--help"]).stdout;
    prints(&["v1", "authorization", "set-inactive", "--help"], &text);
    prints(&["help", "v1", "authorization", "set-inactive"], &text);
    let text = succeeds(&["auth", "inactive", "--help"]).stdout;
    prints(&["authorization", "set-inactive", "--help"], &text);
    prints(&["help", "auth", "set-inactive"], &text);
}

/// Two rows describe 50 flags.
#[test]
fn flags_that_differ_only_in_the_resource_share_a_row() {
    let run = succeeds(&["auth", "create", "--help"]);
    let joined = run.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        " --read-RESOURCE Allow reading all resources of this type in the organization. RESOURCE is one of: authorizations, buckets, dashboards, orgs,",
        " notificationRules, notificationEndpoints,",
        " flows, functions, subscriptions --write-RESOURCE Allow creating, changing and deleting all resources of this type in the organization --operator ",
    ] {
        run.assert(joined.contains(part), part);
    }
    run.assert(
        !joined.contains("--read-tasks"),
        "no row for a single resource",
    );
}

#[test]
fn help_lists_flags_variables_and_exit_codes() {
    for leaf in ["set-inactive", "set-active"] {
        let run = succeeds(&["v1", "auth", leaf, "--help"]);
        for (flag, variable) in [
            ("-i, --id ID", ""),
            ("    --username NAME", "[INFLUX_USERNAME]"),
            ("    --host URL", "[INFLUX_HOST]"),
            ("-t, --token TOKEN", "[INFLUX_TOKEN]"),
            ("    --token-file PATH", "[INFLUX_TOKEN_FILE]"),
            ("-c, --active-config NAME", "[INFLUX_ACTIVE_CONFIG]"),
            ("    --configs-path PATH", "[INFLUX_CONFIGS_PATH]"),
            ("    --skip-verify ", "[INFLUX_SKIP_VERIFY]"),
            ("    --tls-ca PATH", "[INFLUX_TLS_CA]"),
            ("    --timeout DURATION", "[INFLUX_TIMEOUT]"),
            ("    --json ", "[INFLUX_OUTPUT_JSON]"),
            ("    --hide-headers ", "[INFLUX_HIDE_HEADERS]"),
            ("    --http-debug ", ""),
            ("-h, --help ", ""),
            ("-V, --version ", ""),
        ] {
            run.assert(run.stdout.contains(&format!("\n    {flag}")), flag);
            run.assert(run.stdout.contains(variable), variable);
        }
        for code in 0..=7 {
            run.assert(
                run.stdout.contains(&format!("\n    {code}   ")),
                "every exit code",
            );
        }
        for hidden in [
            "trace-debug-id",
            "extra-http-header",
            "INFLUX_TRACE_DEBUG_ID",
            "INFLUX_EXTRA",
        ] {
            run.assert(!run.stdout.contains(hidden), "no hidden flag");
        }
    }
}
