//! The time that a command takes grows with the file, not faster.

use crate::harness::Test;
use std::fs;
use std::time::Duration;

const COUNT: usize = 20_000;

/// Linear work takes a second in a debug build; anything quadratic takes many.
const PATIENCE: Duration = Duration::from_secs(15);

fn file() -> String {
    let entry = |number| {
        format!("[n{number:05}]\n  url = \"http://h:8086\"\n  token = \"t\"\n  org = \"o\"\n\n")
    };
    let mut file: String = (0..COUNT).map(entry).collect();
    file.push_str("[last]\n  url = \"http://h:8086\"\n  active = true\n");
    file
}

#[test]
fn twenty_thousand_entries() {
    let file = file();
    for args in [
        &[][..],
        &["ls"],
        &["ls", "-q"],
        &["n00000"],
        &["create", "-n", "new", "-u", "http://h", "-a"],
        &["set", "-n", "n10000", "-p", "u:p", "-o", "p", "-a"],
        &["rm", "n10000"],
    ] {
        let test = Test::new(["config"]).args(args.to_vec());
        let run = test.configs(&file).patience(PATIENCE).run();
        run.assert(run.code == 0, "success");
    }
}

#[test]
fn twenty_thousand_names_to_remove() {
    let names = (0..COUNT).map(|number| format!("n{number:05}"));
    let test = Test::new(["config", "rm"]).args(names).configs(file());
    let home = test.keep();
    let run = test.patience(PATIENCE).run();
    run.assert(run.code == 0, "success");
    let left = fs::read_to_string(home.path().join(".influxdbv2/configs")).unwrap();
    assert_eq!(left, "[last]\n  url = \"http://h:8086\"\n  active = true\n");
}
