//! A command that is killed leaves either the old or the new configs file. Concurrent commands all
//! take effect.

use crate::harness::{Dir, Test, binary};
use crate::support::config_runs::TWO;
use crate::test_requirements::is_installed;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CREATE: [&str; 9] = [
    "config",
    "create",
    "-n",
    "c",
    "-u",
    "http://h:1",
    "-t",
    "t0ken",
    "-a",
];

/// Runs the program under strace, with `dir` as HOME.
fn traced(dir: &Path, flags: &[&str], args: &[&str]) -> Output {
    Command::new("strace")
        .args(flags)
        .arg(binary())
        .args(args)
        .env_clear()
        .env("HOME", dir)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .output()
        .unwrap()
}

/// The names of the system calls that a command makes, in order.
fn system_calls(dir: &Dir, args: &[&str]) -> Vec<String> {
    let log = dir.path().join("log");
    let run = traced(dir.path(), &["-o", log.to_str().unwrap()], args);
    assert!(run.status.success(), "{run:?}");
    let log = fs::read_to_string(log).unwrap();
    let names = log.lines().filter_map(|line| line.split_once('('));
    names.map(|(name, _)| name.to_string()).collect()
}

fn home_with(file: Option<&str>) -> Dir {
    let dir = Dir::new();
    if let Some(text) = file {
        dir.file(".influxdbv2/configs", text);
    }
    dir
}

fn text(dir: &Dir) -> Option<String> {
    fs::read_to_string(dir.path().join(".influxdbv2/configs")).ok()
}

#[test]
fn killing_the_first_create_leaves_no_partial_file() {
    kill_at_each_system_call(None, &CREATE);
}

#[test]
fn killing_create_leaves_the_old_or_the_new_file() {
    kill_at_each_system_call(Some(TWO), &CREATE);
}

#[test]
fn killing_a_switch_leaves_the_old_or_the_new_file() {
    kill_at_each_system_call(Some(TWO), &["config", "b"]);
}

#[test]
fn killing_rm_leaves_the_old_or_the_new_file() {
    kill_at_each_system_call(Some(TWO), &["config", "rm", "a", "b"]);
}

/// Kills the command at each of its system calls. Each time, the old or the new file must remain.
fn kill_at_each_system_call(before: Option<&str>, args: &[&str]) {
    if !is_installed("strace") {
        return;
    }
    let dir = home_with(before);
    let calls = system_calls(&dir, args);
    let after = text(&dir);
    assert!(after.is_some() && after.as_deref() != before);
    let at = |name| calls.iter().position(|call| call.starts_with(name));
    let flushed = calls.iter().filter(|call| *call == "fsync").count();
    assert!(at("fsync") < at("rename") && flushed >= 2, "{calls:?}");

    let (mut times, mut olds, mut news) = (BTreeMap::new(), 0, 0);
    // The first system call starts the program.
    for call in calls.iter().skip(1) {
        let nth = times.entry(call).or_insert(0);
        *nth += 1;
        let dir = home_with(before);
        let inject = format!("inject={call}:signal=SIGKILL:when={nth}");
        let run = traced(dir.path(), &["-o", "/dev/null", "-e", &inject], args);
        assert!(!run.status.success(), "{inject}: {run:?}");
        match text(&dir) {
            found if found.as_deref() == before => olds += 1,
            found => {
                assert_eq!(found, after, "{inject}");
                news += 1;
            }
        }
        // The next command must succeed and remove any temporary file.
        let next = ["config", "create", "-n", "next", "-u", "http://h:2"];
        let mut command = Command::new(binary());
        command.args(next).env_clear().env("HOME", dir.path());
        let run = command.output().unwrap();
        assert!(run.status.success(), "{inject}, then: {run:?}");
        let names = fs::read_dir(dir.path().join(".influxdbv2")).unwrap();
        assert_eq!(names.count(), 1, "{inject}: a temporary file is left");
    }
    assert!(olds > 10 && news > 3, "old: {olds}, new: {news}");
}

#[test]
fn fifty_concurrent_creates_all_take_effect() {
    let first = Test::new(["config", "ls", "-q"]).configs(TWO);
    let home = first.keep();
    let children: Vec<_> = (0..50)
        .map(|number| {
            let name = format!("n{number:02}");
            let args = ["config", "create", "-a", "-u", "http://h", "-n", &name];
            let mut command = Command::new(binary());
            command.args(args).env_clear().env("HOME", home.path());
            command.stdout(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let run = first.run();
    let mut names: Vec<_> = run.stdout.lines().collect();
    names.sort_unstable();
    let mut expected = vec!["a".to_string(), "b".to_string()];
    expected.extend((0..50).map(|number| format!("n{number:02}")));
    assert_eq!(names, expected);
    let text = fs::read_to_string(home.path().join(".influxdbv2/configs")).unwrap();
    assert_eq!(text.matches("active = true").count(), 1);
    assert_eq!(text.matches("previous = true").count(), 1);
}
