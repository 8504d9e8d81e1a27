//! Lists whose pages do not lead to an end, and responses that have a key twice.

use crate::fixtures::*;
use crate::harness::set_inactive;
use crate::scripted_server::{Exchange, Reply, Server, exchange, json};
use crate::support::org_and_bucket_requests::{
    listed, listed_with_next, lists as lists_objects, run,
};
use crate::support::user_requests::{KIM, PATH, lists, lists_with, sets, user, user_command};

const INCOMPLETE: &str = "the list is incomplete: the server";

fn users(numbers: std::ops::Range<usize>) -> Vec<String> {
    numbers
        .map(|number| user(&format!("{number:016x}"), "kim", "active"))
        .collect()
}

fn after(number: usize) -> String {
    format!("?limit=100&after={number:016x}")
}

fn object(number: usize) -> String {
    format!("{{\"id\":\"{number:016x}\",\"name\":\"x\"}}")
}

#[test]
fn a_later_page_of_users_that_is_repeated_exits_with_7() {
    let server = Server::start([
        lists("?limit=100", &users(0..100)),
        lists(&after(99), &users(100..200)),
        lists(&after(199), &users(100..200)),
    ]);
    let run = user_command(&server, &["list", "-q"]).run();
    run.assert(
        run.code == 7 && run.stderr.contains(INCOMPLETE),
        "the error",
    );
}

#[test]
fn a_page_of_users_that_ends_without_a_usable_id_exits_with_7() {
    for id in [String::new(), "x".repeat(2_000)] {
        let page = [users(0..99), vec![user(&id, "kim", "active")]].concat();
        let server = Server::start([lists("?limit=100", &page)]);
        let run = user_command(&server, &["list", "-q"]).run();
        run.assert(run.code == 7, "exit code 7");
    }
}

#[test]
fn an_empty_page_with_a_next_page_exits_with_7() {
    let empty = format!(r#"{{"links":{{"next":"{PATH}?x"}},"users":[]}}"#);
    let server = Server::start([
        lists("?limit=100", &users(0..100)),
        lists_with(&after(99), json("200 OK", &empty)),
    ]);
    let command = ["inactive", "--match", "kim", "--yes"];
    let ended = user_command(&server, &command).run();
    ended.assert(
        ended.code == 7 && ended.stderr.contains("nothing was changed"),
        "the error, and no change",
    );
    let server = Server::start([organizations(0, listed_with_next("orgs", &[], "/x"))]);
    let ended = run(&server, &["org", "list"]).run();
    ended.assert(ended.code == 7, "exit code 7");
}

fn organizations(offset: usize, reply: Reply) -> Exchange {
    lists_objects("orgs", &format!("limit=100&offset={offset}"), reply)
}

#[test]
fn a_later_page_of_organizations_that_is_repeated_exits_with_7() {
    let page = |first| {
        listed(
            "orgs",
            &(first..first + 100).map(object).collect::<Vec<_>>(),
        )
    };
    let server = Server::start([
        organizations(0, page(0)),
        organizations(100, page(100)),
        organizations(200, page(100)),
    ]);
    let ended = run(&server, &["org", "list", "-q"]).run();
    ended.assert(
        ended.code == 7 && ended.stderr.contains(INCOMPLETE),
        "the error",
    );
}

#[test]
fn a_second_value_of_links_does_not_hide_the_next_page() {
    let entry = authorization(ID, "telegraf", "active");
    let body = format!(r#"{{"links":{{"next":"/x"}},"authorizations":[{entry}],"links":{{}}}}"#);
    let list = request("GET", "/private/legacy/authorizations", "");
    let server = Server::start([exchange(list, json("200 OK", &body))]);
    let run = set_inactive(&server.url()).args(["--match", "*"]).run();
    run.assert(run.code == 7, "exit code 7, and no change");
}

#[test]
fn a_second_value_of_a_key_does_not_confirm_a_change() {
    let body = format!(r#"{{"id":"{KIM}","status":"active","status":"inactive"}}"#);
    let server = Server::start([sets(KIM, "inactive", json("200 OK", &body))]);
    let run = user_command(&server, &["inactive", "--id", KIM, "--yes"]).run();
    run.assert(run.code == 7 && run.stdout.is_empty(), "exit code 7");
}
