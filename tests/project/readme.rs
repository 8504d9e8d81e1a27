//! Compares the README with the program: the table of flags, the exit codes, and the files it
//! names.

use crate::harness::Test;
use crate::support::readme::{
    anchors, in_backticks, links, readme, repository, split_code_blocks, table,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

fn help() -> String {
    let run = Test::new(["v1", "auth", "set-inactive", "--help"]).run();
    run.assert(run.code == 0, "the help");
    run.stdout
}

/// The properties of a flag in the help or in the README.
#[derive(Debug, PartialEq, Eq)]
struct Flag {
    /// With its dash.
    short: Option<String>,
    value: Option<String>,
    env: Option<String>,
}

/// Splits text such as `-t, --token TOKEN` into the long flag, the short flag and the value.
fn split_flag(text: &str) -> (String, Option<String>, Option<String>) {
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

/// The common flags in a command's help, by long name.
fn flags_of_help(help: &str) -> BTreeMap<String, Flag> {
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
        let (long, short, value) = split_flag(name);
        let env = between(body, "[INFLUX_", "]").map(|rest| format!("INFLUX_{rest}"));
        (long, Flag { short, value, env })
    });
    rows.collect()
}

/// The flags of the README's table, by long name, and whether the row says that the help omits
/// them.
fn flags_of_readme(readme: &str) -> BTreeMap<String, (Flag, bool)> {
    let rows = table(readme, ["flag", "variable"]).into_iter().map(|row| {
        let [flag, env, meaning] = &row[..] else {
            panic!("not three cells: {row:?}");
        };
        let plain = |cell: &str| Some(cell.replace('`', "")).filter(|cell| !cell.is_empty());
        let (long, short, value) = split_flag(flag.trim_matches('`'));
        assert!(!meaning.is_empty(), "{long} has no meaning");
        let env = plain(env);
        let flag = Flag { short, value, env };
        (long, (flag, meaning.ends_with("not in the help")))
    });
    rows.collect()
}

#[test]
fn readme_and_help_have_the_same_flags() {
    let of_help = flags_of_help(&help());
    let mut of_readme = flags_of_readme(&readme());
    assert!(
        of_help.len() > 15,
        "few flags found in the help: {of_help:?}"
    );
    for (long, flag) in of_help {
        let (row, hidden) = of_readme
            .remove(&long)
            .unwrap_or_else(|| panic!("{long} is not in the README"));
        assert!(!hidden, "{long} is in the help");
        assert_eq!(row, flag, "{long}: the README, then the help");
    }
    for (long, (row, hidden)) in of_readme {
        assert!(hidden, "{long} is in the README, but not in the help");
        let value = row.value.expect("hidden flags have values").to_lowercase();
        let env = row.env.expect("hidden flags have variables");
        // The exit code of an unknown flag would be 2.
        let flags = ["-i", "1", &long, &value, "--host", "http://127.0.0.1:9"];
        let run = Test::new(["v1", "auth", "set-inactive"]).args(flags).run();
        run.assert(run.code == 4, "a known flag");
        // An invalid value proves that the program reads the variable.
        let wrong = Test::new(["v1", "auth", "set-inactive", "-i", "1"]).env(&env, "a\nb");
        let run = wrong.run();
        run.assert(
            run.code == 2 && run.stderr.contains(&env),
            "an error about the variable",
        );
    }
}

#[test]
fn readme_and_help_have_the_same_exit_codes() {
    let help = help();
    let (_, section) = help.split_once("EXIT CODES:\n").expect("exit codes");
    let mut of_help: Vec<Vec<String>> = Vec::new();
    for line in section.lines().take_while(|line| !line.is_empty()) {
        match line.trim().split_once("   ") {
            Some((code, text)) => of_help.push(vec![code.into(), text.trim().into()]),
            None => of_help.last_mut().unwrap()[1] += &format!(" {}", line.trim()),
        }
    }
    assert_eq!(of_help.len(), 8);
    assert_eq!(table(&readme(), ["code", "meaning"]), of_help);
}

#[test]
fn files_make_targets_and_headings_in_the_readme_exist() {
    let readme = readme();
    let makefile = fs::read_to_string(repository().join("Makefile")).unwrap();
    let targets: BTreeSet<_> = makefile
        .lines()
        .filter(|line| !line.starts_with(['\t', '#', '.']))
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(names, _)| names.split_whitespace())
        .collect();
    let anchors = anchors(&readme);
    let folders = ["src/", "tests/", ".ci/", ".cargo/"];
    let mut words = in_backticks(&readme);
    words.extend(links(&readme));
    // Each line of the folder tree begins with a path.
    for block in split_code_blocks(&readme)
        .0
        .iter()
        .filter(|block| block.language == "text")
    {
        let paths = block.lines.iter().filter_map(|line| line.split(' ').next());
        words.extend(paths.filter(|path| !path.contains('{')).map(String::from));
    }
    let (mut files, mut made) = (0, 0);
    for word in words {
        if let Some(target) = word.strip_prefix("make ") {
            let target = target.split(' ').next().unwrap();
            assert!(targets.contains(target), "no make target {target}");
            made += 1;
        }
        let file = folders.iter().any(|folder| word.starts_with(folder))
            || [".md", ".rs"].iter().any(|ending| word.ends_with(ending));
        if file {
            assert!(repository().join(&word).exists(), "{word} does not exist");
            files += 1;
        }
        if let Some(anchor) = word.strip_prefix('#').filter(|anchor| !anchor.is_empty()) {
            let is_there = anchors.iter().any(|other| other == anchor);
            assert!(is_there, "no heading for #{anchor}");
            files += 1;
        }
    }
    assert!(made >= 4 && files >= 2, "few names found: {made}, {files}");
}
