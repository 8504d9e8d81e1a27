//! Runs every command line of the README, and compares its table of commands with the program.

use crate::harness::Test;
use crate::support::readme::{in_backticks, readme, split_code_blocks, table};
use std::collections::BTreeSet;

/// The command lines in the README's code blocks, without the program's name.
///
/// A line is split at `|`, `;` and `&`. A part is a command line if it begins with `influx`, a path
/// to it, or `$ influx`. So are the arguments after the image `influx` in a `docker run`, and the
/// list after `command:`, `args:` or `CMD`. A `\` at the end of a line continues it. Redirections
/// and quotes are removed, and a `$variable` is not expanded.
fn commands(readme: &str) -> Vec<Vec<String>> {
    let (blocks, _) = split_code_blocks(readme);
    let mut found = Vec::new();
    for block in blocks.iter().filter(|block| block.language != "text") {
        let joined = block.lines.join("\n").replace("\\\n", " ");
        for line in joined.lines().map(str::trim) {
            let mut keys = ["command:", "args:", "CMD", "HEALTHCHECK CMD"].iter();
            if let Some(list) = keys.find_map(|key| line.strip_prefix(key)) {
                let words: Result<Vec<String>, _> = serde_json::from_str(list.trim());
                let mut words = words.unwrap_or_else(|error| panic!("{line}: {error}"));
                words.retain(|word| word != "/influx");
                found.push(words);
                continue;
            }
            for part in line.trim_start_matches("$ ").split(['|', ';', '&']) {
                let part = match part.starts_with("docker run ") {
                    true => part.find(" influx ").map_or("", |at| &part[at..]),
                    false => part,
                };
                let (program, words) = part.trim().split_once(' ').unwrap_or_default();
                if program == "influx" || program.ends_with("/influx") {
                    found.push(without_redirections(words));
                }
            }
        }
    }
    found
}

fn without_redirections(text: &str) -> Vec<String> {
    assert!(
        !text.contains("$(") && !text.contains(['`', '\\']),
        "a line that the test cannot read: {text}"
    );
    let mut words = Vec::new();
    let mut split = text.split_whitespace();
    while let Some(word) = split.next() {
        if matches!(word, "<" | ">" | ">>" | "2>") {
            split.next();
        } else {
            words.push(word.trim_matches(['"', '\'']).to_string());
        }
    }
    words
}

#[test]
fn command_lines_are_only_found_in_code_blocks() {
    let text = "influx no\n\n```sh\n$ influx a -x \"b\" < in > out 2> err\ncat f | /bin/influx c \\\n  d\ndocker run --rm influx f\n```\ninflux no\n\n```yaml\n  args: [\"e\"]\n```\n\n```dockerfile\nHEALTHCHECK CMD [\"/influx\", \"g\"]\n```\n";
    let expected = [&["a", "-x", "b"][..], &["c", "d"], &["f"], &["e"], &["g"]];
    assert_eq!(commands(text), expected);
}

/// Without a server, no command line can change anything. None may be a usage error.
#[test]
fn no_command_line_is_a_usage_error() {
    let found = commands(&readme());
    assert!(found.len() >= 15, "few commands found: {found:?}");
    for word in ["set-inactive", "list", "create", "inactive", "ping"] {
        let is_there = |line: &Vec<String>| line.iter().any(|other| other == word);
        assert!(found.iter().any(is_there), "no line has {word}");
    }
    for line in &found {
        let mut words: Vec<&str> = line.iter().map(String::as_str).collect();
        let is_local = matches!(
            words[0],
            "config" | "completion" | "man" | "help" | "version"
        );
        if !is_local {
            // The last --host is used. Nothing listens there.
            words.extend(["--host", "http://127.0.0.1:9"]);
        }
        if words[0] == "ping" {
            words.extend(["--wait", "0"]);
        }
        // The services of the Compose file get the organization from the environment.
        let test = Test::new(words).env("INFLUX_ORG", "acme");
        let run = test.stdin("0e1f2a3b4c5d6001\n").run();
        let accepted = matches!(run.code, 0 | 3 | 4);
        run.assert(accepted, "no usage error");
    }
}

/// Checks the command words in running text, up to the first flag or placeholder.
#[test]
fn every_command_in_running_text_exists() {
    let mut count = 0;
    for text in in_backticks(&readme()) {
        let Some(rest) = text.strip_prefix("influx ") else {
            continue;
        };
        let is_word = |word: &&str| word.starts_with(|c: char| c.is_ascii_lowercase() || c == '1');
        let words: Vec<_> = rest.split(' ').take_while(is_word).collect();
        let run = Test::new(words).args(["--help"]).run();
        run.assert(run.code == 0, &format!("the help for `{text}`"));
        count += 1;
    }
    assert!(count >= 5, "few commands found: {count}");
}

/// The commands of the README's table. If a row has several commands, each one replaces the last
/// word of the previous one.
fn commands_of_readme() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for row in table(&readme(), ["command", "what it does"]) {
        let mut path: Vec<&str> = Vec::new();
        for name in row[0].split('`').skip(1).step_by(2) {
            path.pop();
            path.extend(name.strip_prefix("influx ").unwrap_or(name).split(' '));
            found.insert(path.join(" "));
        }
    }
    found
}

/// Adds all subcommands of this command to `found`, and the command itself if it can be run.
fn collect_commands(path: &[&str], found: &mut BTreeSet<String>) {
    let run = Test::new(path.to_vec()).args(["--help"]).run();
    run.assert(run.code == 0, "the help");
    let section = run.stdout.lines().skip_while(|line| *line != "COMMANDS:");
    let names: Vec<_> = section
        .skip(1)
        .take_while(|line| line.starts_with("    "))
        // An indented line without a name continues the text of the previous line.
        .filter(|line| !line.starts_with("     "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let usage = format!("influx {} [", path.join(" "));
    // The help of `completion` lists the shells like commands.
    let is_leaf = names.is_empty() || path == ["completion"];
    if is_leaf || run.stdout.contains(&usage) {
        found.insert(path.join(" "));
    }
    for name in names.iter().filter(|_| !is_leaf) {
        collect_commands(&[path, &[name]].concat(), found);
    }
}

#[test]
fn the_readmes_table_has_every_command() {
    let mut found = BTreeSet::new();
    collect_commands(&[], &mut found);
    assert!(found.len() >= 25, "few commands found: {found:?}");
    assert_eq!(commands_of_readme(), found);
}
