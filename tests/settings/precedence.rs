//! Precedence: tests every combination of sources of every setting that has several.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Exchange, Server, exchange};
use crate::support::setting_sources::{Sources, Winner};

fn deactivated_with(token: &str) -> Exchange {
    let credentials = format!("authorization: Token {token}\r\n");
    deactivated_with_head(&credentials, "")
}

/// The exchange that deactivates [`ID`] with these header lines and this prefix of the path.
fn deactivated_with_head(credentials: &str, prefix: &str) -> Exchange {
    let target = format!("{prefix}/private/legacy/authorizations/{ID}");
    let request = request_as(credentials, "PATCH", &target, "{\"status\":\"inactive\"}");
    exchange(request, deactivated_reply(ID))
}

#[test]
fn host_precedence() {
    let authorization = "authorization: Token some\r\n";
    for sources in Sources::all() {
        println!("{sources:?}");
        let prefix = match sources.winner() {
            Winner::Flag => "/flag",
            Winner::Variable => "/variable",
            Winner::Config => "/config",
            Winner::Default => continue,
        };
        let server = Server::start([deactivated_with_head(authorization, prefix)]);
        let url = |prefix: &str| format!("{}/{prefix}", server.url());
        let test = by_id().env("INFLUX_TOKEN", "some");
        let test = match sources.config {
            true => test.configs(format!("[a]\nurl = \"{}\"\n", url("config"))),
            false => test,
        };
        let (flag, variable) = (url("flag"), url("variable"));
        sources
            .give(test, &["--host", &flag], ("INFLUX_HOST", &variable))
            .stdout(deactivated_row())
            .code(0);
    }
}

/// If a server listens there, it gets an invalid token and the exit code is 5.
#[test]
fn default_host_is_localhost_8086() {
    for variable in [None, Some(false)] {
        let sources = Sources {
            flag: false,
            variable,
            config: false,
        };
        let test = by_id()
            .args(["--timeout", "2s"])
            .env("INFLUX_TOKEN", "none-at-all");
        let run = sources.give(test, &[], ("INFLUX_HOST", "")).run();
        let named = run.stderr.contains("cannot reach http://localhost:8086: ");
        run.assert(named || run.code == 5, "the default host");
    }
}

#[test]
fn token_precedence() {
    for sources in Sources::all() {
        println!("{sources:?}");
        let server = Server::start([deactivated_with_head(sources.credentials(), "")]);
        let test = by_id().env("INFLUX_HOST", server.url());
        let test = match sources.config {
            true => test.configs("[a]\ntoken = \"by-config\"\n"),
            false => test,
        };
        sources
            .give(test, &["-t", "by-flag"], ("INFLUX_TOKEN", "by-variable"))
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn token_file_precedence() {
    for sources in Sources::all() {
        println!("{sources:?}");
        let server = Server::start([deactivated_with_head(sources.credentials(), "")]);
        let test = by_id().env("INFLUX_HOST", server.url());
        let home = test.keep();
        home.file("flag", "by-flag\n");
        // With a byte order mark, as PowerShell writes it.
        home.file("variable", "\u{feff}by-variable \r\n\n");
        let test = match sources.config {
            true => test.configs("[a]\ntoken = \"by-config\"\n"),
            false => test,
        };
        sources
            .give(
                test,
                &["--token-file", "flag"],
                ("INFLUX_TOKEN_FILE", "variable"),
            )
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn active_config_precedence() {
    for sources in Sources::without_config() {
        println!("{sources:?}");
        let server = Server::start([deactivated_with(match sources.winner() {
            Winner::Flag => "by-flag",
            Winner::Variable => "by-variable",
            _ => "marked",
        })]);
        let configs = "[by-flag]\ntoken = \"by-flag\"\n\
                       [by-variable]\ntoken = \"by-variable\"\n\
                       [marked]\ntoken = \"marked\"\nactive = true\n";
        let test = by_id().env("INFLUX_HOST", server.url()).configs(configs);
        sources
            .give(
                test,
                &["-c", "by-flag"],
                ("INFLUX_ACTIVE_CONFIG", "by-variable"),
            )
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn configs_path_precedence() {
    for sources in Sources::without_config() {
        println!("{sources:?}");
        let server = Server::start([deactivated_with(match sources.winner() {
            Winner::Flag => "by-flag",
            Winner::Variable => "by-variable",
            _ => "usual",
        })]);
        let test = by_id()
            .env("INFLUX_HOST", server.url())
            .configs("[a]\ntoken = \"usual\"\n");
        let home = test.keep();
        home.file("flag", "[a]\ntoken = \"by-flag\"\n");
        home.file("sub/variable", "[a]\ntoken = \"by-variable\"\n");
        sources
            .give(
                test,
                &["--configs-path", "flag"],
                ("INFLUX_CONFIGS_PATH", "~/sub/variable"),
            )
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn json_and_hide_headers_precedence() {
    // Without headers, the columns are no wider than the row.
    let bare = deactivated_row()
        .lines()
        .nth(1)
        .unwrap()
        .replace("\t\t", "\t")
        + "\n";
    let rows = [
        (
            "json",
            "INFLUX_OUTPUT_JSON",
            object(ID, "telegraf", "inactive") + "\n",
        ),
        ("hide-headers", "INFLUX_HIDE_HEADERS", bare),
    ];
    for (flag, variable, on) in rows {
        for sources in Sources::without_config() {
            println!("{sources:?}");
            for (flag_says, variable_says) in
                [(false, true), (true, false), (true, true), (false, false)]
            {
                let stdout = match sources.winner() {
                    Winner::Flag if flag_says => on.clone(),
                    Winner::Variable if variable_says => on.clone(),
                    _ => deactivated_row(),
                };
                let server = Server::start([deactivated()]);
                let flag = format!("--{flag}={flag_says}");
                let value = variable_says.to_string();
                let test = set_inactive(&server.url()).args(["-i", ID]);
                sources
                    .give(test, &[&flag], (variable, &value))
                    .stdout(stdout)
                    .code(0);
            }
        }
    }
}

#[test]
fn trace_debug_id_and_extra_headers_precedence() {
    for sources in Sources::without_config() {
        println!("{sources:?}");
        let (trace, extra) = match sources.winner() {
            Winner::Flag => ("flag", "x-by: flag\r\n"),
            Winner::Variable => ("variable", "x-by: variable\r\nx-too: 1\r\n"),
            _ => ("", ""),
        };
        let traced = match trace {
            "" => String::new(),
            id => format!("influx-debug-id: {id}\r\nzap-trace-span: {id}\r\n"),
        };
        let request = |lines: &str| {
            let request = patch(ID, "inactive").replace("\r\n\r\n", &format!("\r\n{lines}\r\n"));
            exchange(request, deactivated_reply(ID))
        };
        let server = Server::start([request(&traced), request(extra)]);
        let test = || set_inactive(&server.url()).args(["-i", ID]);
        sources
            .give(
                test(),
                &["--trace-debug-id", "flag"],
                ("INFLUX_TRACE_DEBUG_ID", "variable"),
            )
            .stdout(deactivated_row())
            .code(0);
        sources
            .give(
                test(),
                &["--extra-http-header", "X-By: flag"],
                ("INFLUX_EXTRA_HTTP_HEADER", "X-By:variable, X-Too:1,,"),
            )
            .stdout(deactivated_row())
            .code(0);
    }
}
