//! Holds the README against the program: its table of flags, its exit codes, its commands, and the
//! files it names.

use crate::harness::Test;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Where nothing can be reached.
const NOWHERE: &str = "http://127.0.0.1:9";

fn readme() -> String {
    fs::read_to_string(repository().join("README.md")).unwrap()
}

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn help() -> String {
    let run = Test::new(["v1", "auth", "set-inactive", "--help"]).run();
    run.assert(run.code == 0, "the help");
    run.stdout
}

/// The cells of the table that begins with the header cells `headers`, less its two first lines.
fn table(readme: &str, headers: [&str; 2]) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_matches('|');
        inner.split('|').map(|cell| cell.trim().into()).collect()
    };
    let mut lines = readme.lines();
    lines
        .find(|line| line.starts_with('|') && cells(line)[..2] == headers)
        .unwrap_or_else(|| panic!("no table {headers:?}"));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    rows.map(cells).collect()
}

/// What a flag is said to be.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    /// With its dash.
    short: Option<String>,
    value: Option<String>,
    env: Option<String>,
}

/// `-t, --token TOKEN` taken apart: the long name, the letter, the value.
fn spelled(text: &str) -> (String, Option<String>, Option<String>) {
    let (short, rest) = match text.split_once(", ") {
        Some((short, rest)) => (Some(short.to_string()), rest),
        None => (None, text),
    };
    let (long, value) = match rest.split_once(' ') {
        Some((long, value)) => (long, Some(value.to_string())),
        None => (rest, None),
    };
    assert!(long.starts_with("--"), "not a flag: {text}");
    (long.to_string(), short, value)
}

/// The flags that commands share, as a help has them, by long name.
fn flags_of_help(help: &str) -> BTreeMap<String, Said> {
    let mut rows: Vec<(String, String)> = Vec::new();
    let section = help.lines().skip_while(|line| *line != "COMMON FLAGS:");
    for line in section.skip(1).take_while(|line| !line.ends_with("S:")) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if text.starts_with('-') && indent <= 8 {
            let (name, body) = text.split_once("  ").unwrap_or((text, ""));
            rows.push((name.trim().into(), body.trim().into()));
        } else if indent > 8 {
            let (_, body) = rows.last_mut().expect("a flag before its text");
            *body += &format!(" {text}");
        }
    }
    let between = |text: &str, start: &str, end: &str| {
        let (_, rest) = text.split_once(start)?;
        Some(rest.split_once(end)?.0.to_string())
    };
    let rows = rows.iter().map(|(name, body)| {
        let (long, short, value) = spelled(name);
        let env = between(body, "[INFLUX_", "]").map(|rest| format!("INFLUX_{rest}"));
        let said = Said { short, value, env };
        (long, said)
    });
    rows.collect()
}

/// The flags of the README's table, by long name, and whether they are marked as hidden.
fn flags_of_readme(readme: &str) -> BTreeMap<String, (Said, bool)> {
    let rows = table(readme, ["flag", "variable"]).into_iter().map(|row| {
        let [flag, env, meaning] = &row[..] else {
            panic!("not three cells: {row:?}");
        };
        let plain = |cell: &str| Some(cell.replace('`', "")).filter(|cell| !cell.is_empty());
        let (long, short, value) = spelled(flag.trim_matches('`'));
        assert!(!meaning.is_empty(), "{long} has no meaning");
        let said = Said {
            short,
            value,
            env: plain(env),
        };
        (long, (said, meaning.ends_with("not in the help")))
    });
    rows.collect()
}

#[test]
fn flags_are_those_of_the_help() {
    let helped = flags_of_help(&help());
    let mut told = flags_of_readme(&readme());
    assert!(helped.len() > 15, "the help is not understood: {helped:?}");
    for (long, said) in helped {
        let (row, hidden) = told
            .remove(&long)
            .unwrap_or_else(|| panic!("{long} is not in the README"));
        assert!(!hidden, "{long} is not hidden");
        assert_eq!(row, said, "{long}: the README, then the help");
    }
    for (long, (row, hidden)) in told {
        assert!(hidden, "{long} is in the README, but not in the help");
        let value = row.value.expect("hidden flags have values").to_lowercase();
        let env = row.env.expect("hidden flags have variables");
        // Taken as a flag, and as a variable where only a wrong value shows that it is looked at.
        reaches_nothing(&[&["v1", "auth", "set-inactive", "-i", "1", &long, &value]]);
        let wrong = Test::new(["v1", "auth", "set-inactive", "-i", "1"]).env(&env, "a\nb");
        let run = wrong.run();
        run.assert(run.code == 2 && run.stderr.contains(&env), "a variable");
    }
}

#[test]
fn it_is_short() {
    let readme = readme();
    let lines = readme.lines().count();
    assert!(lines <= 350, "{lines} lines");
    for line in readme.lines() {
        assert!(line.chars().count() <= 120, "too wide: {line}");
    }
}

#[test]
fn exit_codes_are_those_of_the_help() {
    let help = help();
    let (_, section) = help.split_once("EXIT CODES:\n").expect("exit codes");
    let mut helped: Vec<Vec<String>> = Vec::new();
    for line in section.lines().take_while(|line| !line.is_empty()) {
        match line.trim().split_once("   ") {
            Some((code, text)) => helped.push(vec![code.into(), text.trim().into()]),
            None => helped.last_mut().unwrap()[1] += &format!(" {}", line.trim()),
        }
    }
    assert_eq!(helped.len(), 8);
    assert_eq!(table(&readme(), ["code", "meaning"]), helped);
}

/// The command lines in the README's code blocks, without the program's name.
///
/// They are: what begins with `influx` where a line, cut at `|`, `;` and `&`, begins (`$ ` in front
/// and `\` at the end are understood), without redirections; what stands behind the image `influx`
/// of a `docker run`; and what stands in brackets behind `command:`, `args:` or `CMD`. Quotes are
/// taken off; a `$variable` counts as the word it is.
fn commands(readme: &str) -> Vec<Vec<String>> {
    let blocks = readme.split("\n```").skip(1).step_by(2);
    // Pictures.
    let blocks = blocks.filter(|block| !block.starts_with("text\n"));
    let mut found = Vec::new();
    for block in blocks {
        let joined = block.replace("\\\n", " ");
        for line in joined.lines().skip(1).map(str::trim) {
            let list = ["command:", "args:", "CMD"]
                .iter()
                .find_map(|key| line.strip_prefix(key));
            if let Some(list) = list {
                let words = serde_json::from_str(list.trim());
                found.push(words.unwrap_or_else(|error| panic!("{line}: {error}")));
                continue;
            }
            for part in line.trim_start_matches("$ ").split(['|', ';', '&']) {
                let part = match part.starts_with("docker run ") {
                    true => part.find(" influx ").map_or("", |at| &part[at..]),
                    false => part,
                };
                if let Some(words) = part.trim().strip_prefix("influx ") {
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

/// Runs command lines, whatever host they name, where no server is: none may be a usage error.
fn reaches_nothing<W: AsRef<str>, L: AsRef<[W]>>(lines: &[L]) {
    for line in lines {
        let mut words: Vec<&str> = line.as_ref().iter().map(AsRef::as_ref).collect();
        if words.starts_with(&["v1"]) || words.starts_with(&["auth"]) {
            // The last one wins, but the one before is checked too.
            words.extend(["--host", NOWHERE]);
        }
        if words.starts_with(&["ping"]) {
            words.extend(["--host", NOWHERE, "--wait", "0"]);
        }
        // As the services of the Compose file have it.
        let test = Test::new(words).env("INFLUX_ORG", "acme");
        let run = test.stdin("0e1f2a3b4c5d6001\n").run();
        let fits = matches!(run.code, 0 | 3 | 4);
        run.assert(fits, "a command line that is understood");
    }
}

#[test]
fn commands_are_understood() {
    let found = commands(&readme());
    assert!(found.len() >= 15, "few commands found: {found:?}");
    for word in [
        "set-inactive",
        "set-active",
        "list",
        "create",
        "inactive",
        "ping",
    ] {
        let is_there = |line: &Vec<String>| line.iter().any(|other| other == word);
        assert!(found.iter().any(is_there), "no line has {word}");
    }
    reaches_nothing(&found);
}

/// Behind the first command of a row, the words of another take the place of its last.
#[test]
fn commands_of_the_table_exist() {
    let mut count = 0;
    for row in table(&readme(), ["command", "what it does"]) {
        let mut path: Vec<&str> = Vec::new();
        for name in row[0].split('`').skip(1).step_by(2) {
            path.pop();
            path.extend(name.strip_prefix("influx ").unwrap_or(name).split(' '));
            let run = Test::new(path.iter().copied().chain(["--help"])).run();
            let usage = format!("influx {}", path.join(" "));
            run.assert(run.code == 0 && run.stdout.contains(&usage), "its help");
            count += 1;
        }
    }
    assert_eq!(count, 25);
}

#[test]
fn commands_are_found_in_code_blocks_only() {
    let text = "influx no\n\n```sh\n$ influx a -x \"b\" < in > out 2> err\ncat f | influx c \\\n  d\ndocker run --rm influx f\n```\ninflux no\n\n```yaml\n  args: [\"e\"]\n```\n";
    let found = commands(text);
    assert_eq!(
        found,
        [vec!["a", "-x", "b"], vec!["c", "d"], vec!["f"], vec!["e"]]
    );
}

/// Words in backticks and targets of links.
fn named(readme: &str) -> BTreeSet<&str> {
    let outside = readme.split("\n```").step_by(2);
    let words = outside.flat_map(|text| text.split('`').skip(1).step_by(2));
    let links = readme.split("](").skip(1);
    words
        .chain(links.filter_map(|rest| rest.split(')').next()))
        .collect()
}

#[test]
fn files_and_targets_exist() {
    let readme = readme();
    let makefile = fs::read_to_string(repository().join("Makefile")).unwrap();
    let targets: BTreeSet<_> = makefile
        .lines()
        .filter(|line| !line.starts_with(['\t', '#', '.']))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(names, _)| names.split_whitespace())
        .collect();
    let folders = ["src/", "tests/", ".ci/", ".cargo/"];
    let (mut files, mut made) = (0, 0);
    for word in named(&readme) {
        if let Some(target) = word.strip_prefix("make ") {
            let target = target.split(' ').next().unwrap();
            assert!(targets.contains(target), "no make target {target}");
            made += 1;
        }
        let file = folders.iter().any(|folder| word.starts_with(folder))
            || [".md", ".rs"].iter().any(|ending| word.ends_with(ending));
        if file {
            assert!(repository().join(word).exists(), "there is no {word}");
            files += 1;
        }
        if let Some(anchor) = word.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
            let heading = |line: &str| {
                let text = line.trim_start_matches('#').trim().to_lowercase();
                line.starts_with('#') && text.replace([',', '\''], "").replace(' ', "-") == anchor
            };
            assert!(readme.lines().any(heading), "no heading for #{anchor}");
            files += 1;
        }
    }
    assert!(made >= 4 && files >= 2, "few names found: {made}, {files}");
}
