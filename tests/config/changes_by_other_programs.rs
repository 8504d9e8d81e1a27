//! Another program, which ignores the lock, changes the configs file while a command edits it.

use crate::harness::Dir;
use crate::harness::binary;
use crate::support::config_runs::TWO;
use crate::test_requirements::is_installed;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

/// Starts `config b` and delays it before it flushes the new file, so that a test can change the
/// old file.
fn start_delayed(home: &Path) -> Child {
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

/// Waits until the new file exists or the program has exited.
fn wait_for_new_file(child: &mut Child, home: &Path) {
    let new = home.join(".influxdbv2/.configs.new");
    while !new.exists() && child.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(2));
    }
}

#[test]
fn a_concurrent_change_is_not_lost() {
    if !is_installed("strace") {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let mut child = start_delayed(dir.path());
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
fn a_file_that_keeps_changing_is_not_overwritten() {
    if !is_installed("strace") {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let mut child = start_delayed(dir.path());
    let mut last = TWO.to_string();
    wait_for_new_file(&mut child, dir.path());
    while child.try_wait().unwrap().is_none() {
        last = format!("{last}# {}\n", last.len());
        // Like editors, rename the file so that the program never reads a half-written one.
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
    assert_eq!(names.count(), 1, "the new file must be removed");
}
