//! Creates configs and uses them with a real InfluxDB 2.x (`v1_auth::live` describes the setup).
//! Nothing changes on the server.
#![allow(clippy::print_stdout)]

use crate::harness::{Run, Test};
use crate::support::live_server::{Server, server};
use std::path::Path;

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn configs_work_with_a_real_server() {
    let Server { url, token, .. } = server();
    let first = Test::new(["config"]);
    let home = first.keep();
    let file = home.path().join("configs");
    let influx = |args: &[&str], stdin: &str, code: i32| {
        let run = run(&file, args, stdin);
        run.assert(run.code == code, &format!("exit code {code}"));
        run.assert(!format!("{run:?}").contains(&token), "no token");
    };
    let list = ["v1", "auth", "list", "--quiet"];
    let create = ["config", "create", "-u", &url, "-n"];
    let right = [&create[..], &["right", "--token-file", "-", "-a"]].concat();
    influx(&right, &format!("{token}\n"), 0);
    influx(&list, "", 0);
    influx(
        &[&create[..], &["wrong name", "-t", "wrong-token"]].concat(),
        "",
        0,
    );
    influx(&[&list[..], &["-c", "wrong name"]].concat(), "", 5);
    influx(&["config", "wrong name"], "", 0);
    influx(&list, "", 5);
    influx(&["config", "-"], "", 0);
    influx(&list, "", 0);
    influx(
        &["config", "set", "-n", "wrong name", "--token-file", "-"],
        &token,
        0,
    );
    influx(&["config", "rm", "right"], "", 0);
    // The only entry that is left is used.
    influx(&list, "", 0);
    println!("live test passed: {url}");
}

fn run(file: &Path, args: &[&str], stdin: &str) -> Run {
    Test::new(args.to_vec())
        .env("INFLUX_CONFIGS_PATH", file)
        .stdin(stdin)
        .run()
}
