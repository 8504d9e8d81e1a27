//! Which entry of the configs file is used, and the errors when that is unclear.

use crate::fixtures::*;
use crate::harness::{TOKEN, Test};

/// Each case has the content of the file, the flags, and the token that must be sent. `URL` is the
/// server's.
#[test]
fn sends_the_token_of_the_active_or_named_entry() {
    let two = "[a]\nurl = \"URL\"\ntoken = \"of-a\"\nactive = true\n\
               [b]\nurl = \"URL\"\ntoken = \"of-b\"\nprevious = true\n";
    let cases: &[(&str, &[&str], &str)] = &[
        ("[a]\nurl = \"URL\"\ntoken = \"of-a\"\n", &[], "of-a"),
        (
            "[a]\nurl = \"URL\"\ntoken = \"of-a\"\nactive = false\n",
            &[],
            "of-a",
        ),
        (two, &[], "of-a"),
        (two, &["-c", "a"], "of-a"),
        (two, &["-c", "b"], "of-b"),
        (two, &["-cb"], "of-b"),
        (two, &["-c", "-"], "of-b"),
        (two, &["--active-config=-"], "of-b"),
        // A name may be any TOML key.
        (
            "['x y']\nurl = 'URL'\ntoken = 'of-x'\n[\"\"]\nactive = true\n",
            &["-c", "x y"],
            "of-x",
        ),
        ("a.url = 'URL'\na.token = 'of-a'\n", &[], "of-a"),
        ("a = { url = 'URL', token = 'of-a' }\n", &[], "of-a"),
        // Unknown keys of any type, and wrong values that the command does not use.
        (
            "[a]\nurl = 'URL'\ntoken = 'of-a'\nactive = true\norg = 3\nnew = [1, { x = 2 }]\nwhen = 1979-05-27\n\
             [a.more]\nactive = 1\n[b]\ntoken = 4\n",
            &[],
            "of-a",
        ),
        // An empty string counts as missing.
        ("[a]\nurl = 'URL'\ntoken = ''\ncookie = ''\n", &[], ""),
        ("[a]\nurl = 'URL'\n", &[], ""),
        // Written on Windows.
        (
            "\u{feff}[a]\r\nurl = \"URL\"\r\ntoken = \"of-a\"\r\n",
            &[],
            "of-a",
        ),
        (
            "# a comment\n\n[a] # another\n  url = \"URL/\" # a third\n  token = \"of-a\"",
            &[],
            "of-a",
        ),
    ];
    for (content, args, token) in cases {
        println!("{args:?} of {content}");
        let server = with_token(token);
        by_id()
            .args(args.to_vec())
            .configs(content.replace("URL", &server.url()))
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn missing_settings_use_their_defaults() {
    for content in ["", "\n# nothing\n", "\u{feff}", "[a]\n", "[a]\nurl = ''\n"] {
        let run = by_id()
            .args(["-t", "none-at-all", "--timeout", "2s"])
            .configs(content)
            .run();
        let named = run.stderr.contains("cannot reach http://localhost:8086: ");
        run.assert(named || run.code == 5, "the default host");
    }
}

#[test]
fn token_flag_overrides_the_session_cookie() {
    let server = with_token("given");
    by_id()
        .args(["-t", "given"])
        .configs(format!(
            "[a]\nurl = '{}'\ncookie = 'not base64'\n",
            server.url()
        ))
        .stdout(deactivated_row())
        .code(0);
}

#[test]
fn a_missing_named_entry_exits_with_3_despite_host_and_token() {
    for (args, variable) in [(&["-c", "a"][..], ""), (&[], "a")] {
        let test = by_id()
            .args(["--host", "http://127.0.0.1:1", "-t", TOKEN])
            .args(args.to_vec())
            .env("INFLUX_ACTIVE_CONFIG", variable);
        let said = "Error: the configs file HOME/.influxdbv2/configs has no entry \"a\"\n\
                    Hint: it is missing or empty; --configs-path selects another file\n";
        fails(test, said);
    }
}

/// The run must end with exit code 3 and this message. `HOME` in it is replaced by the home directory.
#[track_caller]
fn fails(test: Test, stderr: &str) {
    let stderr = stderr.replace("HOME", test.home().to_str().unwrap());
    test.stderr(stderr).code(3);
}

/// The hint if several entries have the same mark.
const SEVERAL: &str =
    "Hint: remove the mark from all but one, or choose one with --active-config NAME";

/// The hint if none of several entries is active.
const NONE_ACTIVE: &str =
    "Hint: `config NAME` makes one active; --active-config NAME chooses one for one command";

#[test]
fn unclear_or_unknown_entries_exit_with_3() {
    let many = "[a]\nactive = true\n[b]\n['c\"\\']\nactive = true\n";
    let entries = "Hint: its entries are \"a\", \"b\", \"c\\\"\\\\\"\n";
    for (content, args, said) in [
        (
            many,
            &[][..],
            format!("marks several entries as active: \"a\", \"c\\\"\\\\\"\n{SEVERAL}\n"),
        ),
        (
            "[b]\n[a]\nactive = false\n",
            &[],
            format!("does not mark any of \"a\", \"b\" as active\n{NONE_ACTIVE}\n"),
        ),
        (
            many,
            &["-c", "zz\n"],
            format!("has no entry \"zz\\n\"\n{entries}"),
        ),
        (many, &["-c", "A"], format!("has no entry \"A\"\n{entries}")),
        (many, &["-c", "-"], "has no entry marked as previous\n".into()),
        // A single entry is active by default, but never previous.
        ("[a]\n", &["-c", "-"], "has no entry marked as previous\n".into()),
        ("", &["-c", "-"], "has no entry marked as previous\n".into()),
        (
            "[a]\nprevious = true\n[b]\nprevious = true\n",
            &["-c", "-"],
            format!("marks several entries as previous: \"a\", \"b\"\n{SEVERAL}\n"),
        ),
        (
            "",
            &["-c", "a"],
            "has no entry \"a\"\nHint: it is missing or empty; --configs-path selects another file\n"
                .into(),
        ),
    ] {
        println!("{args:?} of {content}");
        let test = by_id().args(args.to_vec()).configs(content);
        fails(
            test,
            &format!("Error: the configs file HOME/.influxdbv2/configs {said}"),
        );
    }
}

#[test]
fn messages_name_at_most_ten_entries() {
    let names = |from: char, to: char| {
        let names: Vec<_> = (from..=to).map(|name| format!("\"{name}\"")).collect();
        names.join(", ")
    };
    let all = |last: char, mark: &str| -> String {
        let entries = ('a'..=last).map(|name| format!("[{name}]\n{mark}\n"));
        entries.collect()
    };
    for (last, named) in [
        ('j', names('a', 'j')),
        ('k', names('a', 'j') + " and 1 more"),
        ('z', names('a', 'j') + " and 16 more"),
    ] {
        let file = "Error: the configs file HOME/.influxdbv2/configs";
        for (content, args, said) in [
            (
                all(last, ""),
                &["-c", "A"][..],
                format!("{file} has no entry \"A\"\nHint: its entries are {named}\n"),
            ),
            (
                all(last, ""),
                &[],
                format!("{file} does not mark any of {named} as active\n{NONE_ACTIVE}\n"),
            ),
            (
                all(last, "active = true"),
                &[],
                format!("{file} marks several entries as active: {named}\n{SEVERAL}\n"),
            ),
        ] {
            fails(by_id().args(args.to_vec()).configs(content), &said);
        }
    }
}
