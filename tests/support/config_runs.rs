//! Runs of `influx config` with a configs file of two entries.

use crate::harness::Test;
use std::fs;
use std::os::unix::fs::MetadataExt;

/// A configs file with two entries. The first is active, and the second is the previous one.
pub const TWO: &str = "# top\n[a]\n  url = \"http://h:8086\"\n  token = \"t0ken-of-a\"\n  active = true\n\n[b]\n  url = \"http://h:8087\"\n  cookie = \"dTpwYXNzd29yZC1vZi1i\"\n  org = \"acme\"\n  previous = true\n";

/// The header of the table of configs.
pub const HEADER: &str = "Active\tName\tURL\t\tOrg\n";

/// A run of `influx config` with that file.
pub fn config(args: &[&str]) -> Test {
    Test::new(["config"]).args(args.to_vec()).configs(TWO)
}

/// The command must fail with this exit code and message, and must not change the file.
#[track_caller]
pub fn refused(args: &[&str], code: i32, stderr: &str) {
    let test = config(args);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    test.stderr(stderr.replace("FILE", file.to_str().unwrap()))
        .code(code);
    assert_eq!(fs::read_to_string(file).unwrap(), TWO, "{args:?}");
}

/// The command must succeed and print this. Afterwards, the file must have the content `after`.
#[track_caller]
pub fn assert_output_and_file(args: &[&str], stdout: &str, stderr: &str, after: &str) {
    let test = config(args);
    let home = test.keep();
    test.stdout(stdout).stderr(stderr).code(0);
    let file = home.path().join(".influxdbv2/configs");
    assert_eq!(fs::read_to_string(file).unwrap(), after, "{args:?}");
}

/// The command must succeed and print this. It must not write the file, not even with the same
/// content.
#[track_caller]
pub fn unchanged(args: &[&str], stdout: &str, stderr: &str) {
    let test = config(args);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    let number = fs::metadata(&file).unwrap().ino();
    test.stdout(stdout)
        .stderr(stderr.replace("FILE", file.to_str().unwrap()))
        .code(0);
    assert_eq!(fs::metadata(&file).unwrap().ino(), number, "{args:?}");
    assert_eq!(fs::read_to_string(file).unwrap(), TWO, "{args:?}");
}
