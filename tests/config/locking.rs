//! Commands that change the configs file wait for each other, but only for five seconds.

use crate::harness::{Dir, Test, binary};
use crate::support::config_runs::TWO;
use crate::test_requirements::is_installed;
use std::fs::{self, File};
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::thread;
use std::time::Duration;

#[test]
fn a_lock_that_is_not_released_within_five_seconds_is_an_error() {
    let test = Test::new(["config", "b"]).configs(TWO);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    let held = File::open(file.parent().unwrap()).unwrap();
    held.lock().unwrap();
    let said = format!(
        "Error: cannot write the configs file {}: another command has been changing it for 5 seconds\n\
         Hint: nothing was changed; try again\n",
        file.display()
    );
    test.stderr(said).code(3);
    assert_eq!(fs::read_to_string(file).unwrap(), TWO);
}

#[test]
fn a_command_waits_until_the_lock_is_released() {
    let test = Test::new(["config", "b"]).configs(TWO);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    let held = File::open(file.parent().unwrap()).unwrap();
    held.lock().unwrap();
    let waiting = test.spawn();
    thread::sleep(Duration::from_millis(300));
    assert_eq!(fs::read_to_string(&file).unwrap(), TWO);
    drop(held);
    let run = crate::harness::Run::of(waiting, "config b".to_string());
    run.assert(run.code == 0, "success");
    assert!(fs::read_to_string(&file).unwrap() != TWO);
}

/// On NFS, a directory cannot be locked.
#[test]
fn a_lock_file_is_used_if_the_directory_cannot_be_locked() {
    if !is_installed("strace") {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let log = dir.path().join("log");
    let status = Command::new("strace")
        .args(["-o", log.to_str().unwrap(), "-e", "trace=flock"])
        .args(["-e", "inject=flock:error=EBADF:when=1"])
        .arg(binary())
        .args(["config", "b"])
        .env_clear()
        .env("HOME", dir.path())
        .output()
        .unwrap()
        .status;
    assert!(status.success());
    assert!(fs::read_to_string(&file).unwrap() != TWO);
    let log = fs::read_to_string(log).unwrap();
    assert_eq!(log.matches("flock(").count(), 2, "{log}");
    let beside = file.with_file_name(".configs.lock");
    let mode = fs::metadata(beside).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
}
