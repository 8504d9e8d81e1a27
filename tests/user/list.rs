//! `list`: its pages, filters and formats.

use crate::fixtures::array;
use crate::scripted_server::{Exchange, Reply, Server, json};
use crate::support::user_requests::{
    ADMIN, KIM, LEE, lists, lists_with, object, table, user, user_command,
};

const ONLY_FIRST_20: &str = "Error: could not list users: the server lists the first 20 users only\n\
    Hint: InfluxDB 2.0 cannot list more; name the others with --id or --name\n";

fn id(number: usize) -> String {
    format!("{number:016x}")
}

/// An active user for each number. The number is the ID and part of the name.
fn users(numbers: std::ops::Range<usize>) -> Vec<String> {
    let user = |number| user(&id(number), &format!("user{number}"), "active");
    numbers.map(user).collect()
}

fn rows(numbers: std::ops::Range<usize>) -> String {
    let rows: Vec<_> = numbers
        .map(|number| (id(number), format!("user{number}")))
        .collect();
    let rows = rows.iter().map(|(id, name)| (&**id, &**name, "active"));
    table(&rows.collect::<Vec<_>>())
}

fn query_after(number: usize) -> String {
    format!("?limit=100&after={}", id(number))
}

fn pages_of_250_users() -> [Exchange; 3] {
    [
        lists("?limit=100", &users(0..100)),
        lists(&query_after(99), &users(100..200)),
        lists(&query_after(199), &users(200..250)),
    ]
}

fn admin_and_kim() -> [String; 2] {
    [user(ADMIN, "admin", "active"), user(KIM, "kim", "inactive")]
}

#[test]
fn reads_all_pages_on_one_connection() {
    let server = Server::start(pages_of_250_users());
    user_command(&server, &["list"])
        .stdout(rows(0..250))
        .code(0);
    assert_eq!(server.connections(), 1);
    let server = Server::start(pages_of_250_users());
    let run = user_command(&server, &["ls", "--json"]).run();
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    let listed: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(listed.as_array().unwrap().len(), 250);
}

#[test]
fn a_full_last_page_is_followed_by_one_more_request() {
    let server = Server::start([
        lists("?limit=100", &users(0..100)),
        lists(&query_after(99), &[]),
    ]);
    user_command(&server, &["list"])
        .stdout(rows(0..100))
        .code(0);
    // A server may have exactly 20 users, which is what 2.0.x sends per page.
    let server = Server::start([
        lists("?limit=100", &users(0..20)),
        lists(&query_after(19), &[]),
    ]);
    user_command(&server, &["list"]).stdout(rows(0..20)).code(0);
    for count in [0, 19, 21, 99] {
        let server = Server::start([lists("?limit=100", &users(0..count))]);
        user_command(&server, &["list"])
            .stdout(rows(0..count))
            .code(0);
    }
}

/// InfluxDB 2.0.x always sends its first 20 users.
#[test]
fn list_exits_with_7_if_the_server_repeats_its_first_users() {
    let repeats = || {
        Server::start([
            lists("?limit=100", &users(0..20)),
            lists(&query_after(19), &users(0..20)),
        ])
    };
    let server = repeats();
    user_command(&server, &["list"])
        .stdout(rows(0..20))
        .stderr(ONLY_FIRST_20)
        .code(7);
    let server = repeats();
    let ids: String = (0..20).map(|number| id(number) + "\n").collect();
    user_command(&server, &["list", "-q"])
        .stdout(ids)
        .stderr(ONLY_FIRST_20)
        .code(7);
    // Incomplete JSON must not look complete.
    let server = repeats();
    let run = user_command(&server, &["list", "--json"])
        .stderr(ONLY_FIRST_20)
        .run();
    run.assert(
        run.code == 7 && run.stderr == ONLY_FIRST_20,
        "exit code 7 and the error",
    );
    let read: Result<serde_json::Value, _> = serde_json::from_str(&run.stdout);
    run.assert(read.is_err(), "unfinished JSON");
    // None of the listed users matches the pattern.
    let server = repeats();
    user_command(&server, &["list", "--match", "kim"])
        .stderr(ONLY_FIRST_20)
        .code(7);
}

#[test]
fn flags_narrow_the_list() {
    let kim = || table(&[(KIM, "kim", "inactive")]);
    let upper = KIM.to_ascii_uppercase();
    let by_id = format!("?id={KIM}&limit=100");
    let by_upper = format!("?id={upper}&limit=100");
    let by_both = format!("?id={KIM}&name=kim&limit=100");
    for (flags, query) in [
        (&["--id", KIM][..], &*by_id),
        (&["-i", &upper], &by_upper),
        (&["--name", "kim"], "?name=kim&limit=100"),
        (&["-n", "kim"], "?name=kim&limit=100"),
        (&["-n", "kim", "--id", KIM], &by_both),
        (&["--status", "inactive"], "?limit=100"),
        (&["--match", "k?m"], "?limit=100"),
        (&["--match", "*", "--status", "inactive"], "?limit=100"),
    ] {
        // The server ignores the filters, so the program applies them.
        let server = Server::start([lists(query, &admin_and_kim())]);
        user_command(&server, &[&["list"], flags].concat())
            .stdout(kim())
            .code(0);
    }
    let server = Server::start([lists(
        "?name=a%26b+%C3%BC&limit=100",
        &[user(LEE, "a&b ü", "active")],
    )]);
    user_command(&server, &["find", "--name", "a&b ü"])
        .stdout(table(&[(LEE, "a&b ü", "active")]))
        .code(0);
    let server = Server::start([lists("?limit=100", &admin_and_kim())]);
    user_command(&server, &["list", "--match", "ki"])
        .stdout("ID\tName\tStatus\n")
        .code(0);
}

#[test]
fn quiet_prints_only_ids_and_columns_selects_columns() {
    for flags in [
        &["-q"][..],
        &["--quiet", "--json"],
        &["-q", "--hide-headers"],
    ] {
        let server = Server::start([lists("?limit=100", &admin_and_kim())]);
        user_command(&server, &[&["list"], flags].concat())
            .stdout(format!("{ADMIN}\n{KIM}\n"))
            .code(0);
    }
    let server = Server::start([lists("?limit=100", &admin_and_kim())]);
    user_command(
        &server,
        &["list", "--columns", "status,name", "--hide-headers"],
    )
    .stdout("active\tadmin\ninactive\tkim\n")
    .code(0);
}

#[test]
fn json_output_is_the_servers_json_with_sorted_keys() {
    let server = Server::start([lists("?limit=100", &admin_and_kim())]);
    user_command(&server, &["list", "--json"])
        .stdout(array(&[
            object(ADMIN, "admin", "active"),
            object(KIM, "kim", "inactive"),
        ]))
        .code(0);
    let server = Server::start([lists("?limit=100", &[])]);
    user_command(&server, &["list", "--json"])
        .stdout("[]\n")
        .code(0);
    let more = user(KIM, "<k&m>\\u001b\\n\\u007f\\u009b", "active")
        .replace("\"id\"", "\"oauthID\":[1.5,null,true,{}],\"id\"");
    let server = Server::start([lists("?limit=100", &[more])]);
    let printed = object(KIM, "<k&m>\\u001b\\n\\u007f\\u009b", "active").replace(
        "\t\"status\"",
        "\t\"oauthID\": [\n\t\t1.5,\n\t\tnull,\n\t\ttrue,\n\t\t{}\n\t],\n\t\"status\"",
    );
    user_command(&server, &["list", "--json"])
        .stdout(array(&[printed]))
        .code(0);
}

#[test]
fn control_characters_in_cells_are_escaped() {
    let server = Server::start([lists(
        "?limit=100",
        &[user(KIM, "k\\tm\\n\\u001b[2J", "active")],
    )]);
    user_command(&server, &["list"])
        .stdout(table(&[(KIM, "k\\tm\\n\\u{1b}[2J", "active")]))
        .code(0);
}

#[test]
fn unknown_user_exits_with_6() {
    let unknown = || {
        json(
            "404 Not Found",
            r#"{"code":"not found","message":"user not found"}"#,
        )
    };
    for (flag, value) in [("--name", "nobody"), ("--id", LEE)] {
        let query = format!("?{}={value}&limit=100", &flag[2..]);
        let server = Server::start([lists_with(&query, unknown())]);
        user_command(&server, &["list", flag, value])
            .stderr("Error: could not list users: 404 Not Found: user not found\n")
            .code(6);
    }
    // The same response to a list without a name or an ID exits with 7.
    let server = Server::start([lists_with("?limit=100", unknown())]);
    user_command(&server, &["list"])
        .stderr("Error: could not list users: 404 Not Found: user not found\n")
        .code(7);
}

#[test]
fn a_user_hidden_from_the_token_exits_with_5() {
    for (flag, value, word) in [("--name", "kim", "name"), ("--id", KIM, "ID")] {
        for others in [&[][..], &[user(ADMIN, "admin", "active")]] {
            for output in [&[][..], &["--json"], &["-q"]] {
                let query = format!("?{}={value}&limit=100", &flag[2..]);
                let server = Server::start([lists(&query, others)]);
                user_command(&server, &[&["list", flag, value], output].concat())
                    .stderr(format!("Error: could not list users: the server knows this {word}, but does not show its user to this token\nHint: only an operator token sees other users\n"))
                    .code(5);
            }
        }
    }
}

#[test]
fn a_malformed_id_exits_with_7() {
    let reply = json(
        "400 Bad Request",
        r#"{"code":"invalid","message":"id must have a length of 16 bytes"}"#,
    );
    let server = Server::start([lists_with("?id=kim&limit=100", reply)]);
    user_command(&server, &["list", "--id", "kim"])
        .stderr("Error: could not list users: 400 Bad Request: id must have a length of 16 bytes\nHint: an ID has 16 hex digits; use --name for a name\n")
        .code(7);
}

#[test]
fn a_failed_later_page_exits_with_7_after_the_rows() {
    let reply = json(
        "500 Internal Server Error",
        r#"{"code":"internal error","message":"no"}"#,
    );
    let server = Server::start([
        lists("?limit=100", &users(0..100)),
        lists_with(&query_after(99), reply),
    ]);
    user_command(&server, &["list"])
        .stdout(rows(0..100))
        .stderr("Error: could not list users: 500 Internal Server Error: no\n")
        .code(7);
    let server = Server::start([
        lists("?limit=100", &users(0..100)),
        lists_with(
            &query_after(99),
            Reply::Send(crate::scripted_server::http_response(
                "200 OK",
                "text/html",
                b"<html>",
            )),
        ),
    ]);
    let run = user_command(&server, &["list", "-q"]).run();
    run.assert(
        run.code == 7 && run.stdout.lines().count() == 100,
        "exit code 7 after 100 rows",
    );
}

#[test]
fn an_entry_without_an_id_is_not_a_repeated_page() {
    let server = Server::start([lists("?limit=100", &[user("", "admin", "active")])]);
    let run = user_command(&server, &["list", "--hide-headers"]).run();
    run.assert(
        run.code == 0 && run.stdout.ends_with("admin\tactive\n"),
        "the row",
    );
}
