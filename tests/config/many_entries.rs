//! The time that a command takes grows linearly with the size of the file.

use crate::harness::Test;
use std::fs;
use std::time::Duration;

const COUNT: usize = 20_000;

/// In a debug build, linear work takes about a second. Quadratic work takes far longer than this.
const TIME_LIMIT: Duration = Duration::from_secs(15);

fn file() -> String {
    let entry = |number| {
        format!("[n{number:05}]\n  url = \"http://h:8086\"\n  token = \"t\"\n  org = \"o\"\n\n")
    };
    let mut file: String = (0..COUNT).map(entry).collect();
    file.push_str("[last]\n  url = \"http://h:8086\"\n  active = true\n");
    file
}

#[test]
fn commands_take_linear_time_with_20_000_entries() {
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
        let run = test.configs(&file).time_limit(TIME_LIMIT).run();
        run.assert(run.code == 0, "success");
    }
}

#[test]
fn removing_20_000_entries_takes_linear_time() {
    let names = (0..COUNT).map(|number| format!("n{number:05}"));
    let test = Test::new(["config", "rm"]).args(names).configs(file());
    let home = test.keep();
    let run = test.time_limit(TIME_LIMIT).run();
    run.assert(run.code == 0, "success");
    let left = fs::read_to_string(home.path().join(".influxdbv2/configs")).unwrap();
    assert_eq!(left, "[last]\n  url = \"http://h:8086\"\n  active = true\n");
}
