//! A program that knows no lock changes the file between reading and replacing it.

use crate::harness::Dir;
use crate::harness::binary;
use crate::support::configs_files::TWO;
use crate::tools::has;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// Starts `config b`, which waits before it flushes the new file, so that the old one can be changed.
fn start(home: &Path) -> Child {
    Command::new("strace")
        .args(["-o", "log", "-e", "trace=fsync"])
        .args(["-e", "inject=fsync:delay_enter=500000"])
        .arg(binary())
        .args(["config", "b"])
        .env_clear()
        .env("HOME", home)
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .current_dir(home)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until there is a new file beside the old one, or the program has ended.
fn wait_for_new_file(child: &mut Child, home: &Path) {
    let new = home.join(".influxdbv2/.configs.new");
    while !new.exists() && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_change_in_between_is_not_lost() {
    if !has("strace") {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let mut child = start(dir.path());
    wait_for_new_file(&mut child, dir.path());
    fs::write(&file, TWO.replace("acme", "other")).unwrap();
    let run = child.wait_with_output().unwrap();
    assert!(run.status.success(), "{run:?}");
    assert_eq!(
        String::from_utf8(run.stdout).unwrap(),
        "Active\tName\tURL\t\tOrg\n*\tb\thttp://h:8087\tother\n"
    );
    let after = TWO
        .replace("  active = true", "  previous = true")
        .replace("acme\"\n  previous = true", "other\"\n  active = true");
    assert_eq!(fs::read_to_string(&file).unwrap(), after);
}

#[test]
fn a_file_that_keeps_changing_is_left_alone() {
    if !has("strace") {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let mut child = start(dir.path());
    let mut last = TWO.to_string();
    wait_for_new_file(&mut child, dir.path());
    while child.try_wait().unwrap().is_none() {
        last = format!("{last}# {}\n", last.len());
        // In one step, as an editor would: the program must not see half of it.
        let other = dir.file(".influxdbv2/other", &last);
        fs::rename(other, &file).unwrap();
        thread::sleep(Duration::from_millis(50));
    }
    let run = child.wait_with_output().unwrap();
    assert_eq!(run.status.code(), Some(3), "{run:?}");
    let said = format!(
        "Error: cannot write the configs file {}: another program keeps changing it\n\
         Hint: nothing was changed; try again\n",
        file.display()
    );
    assert_eq!(String::from_utf8(run.stderr).unwrap(), said);
    assert_eq!(fs::read_to_string(&file).unwrap(), last);
    let log = fs::read_to_string(dir.path().join("log")).unwrap();
    assert_eq!(log.matches("fsync(").count(), 4, "{log}");
    let names = fs::read_dir(file.parent().unwrap()).unwrap();
    assert_eq!(names.count(), 1, "the new file is removed");
}
