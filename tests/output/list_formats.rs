//! The formats of `list`, also for empty lists, incomplete responses, closed pipes and full disks.

use crate::fixtures::*;
use crate::harness::{Run, set_inactive};
use crate::scripted_server::{Reply, Server, exchange};
use crate::support::v1_auth_requests::{PATH, list, lists, two_authorizations};
use std::fs::OpenOptions;

#[test]
fn json_is_an_array_even_for_a_single_entry() {
    let server = Server::start([lists("", &two_authorizations()[..1])]);
    list(&server)
        .args(["--json"])
        .stdout(array(&[object(ID, "telegraf", "active")]))
        .code(0);
}

#[test]
fn an_empty_list_prints_the_header_or_an_empty_array() {
    let headers = "ID\tDescription\tUsername\tv2 User Name\tv2 User ID\tStatus\tPermissions\n";
    for (flags, printed) in [
        (&[][..], headers),
        (&["--hide-headers"], ""),
        (&["--json"], "[]\n"),
        (&["--quiet"], ""),
        (&["-q", "--json"], ""),
    ] {
        let server = Server::start([lists("", &[])]);
        let test = list(&server).args(flags.to_vec());
        test.stdout(printed).code(0);
        // The output is the same if no entry matches.
        let server = Server::start([lists("", &two_authorizations())]);
        let test = list(&server).args(["--match", "none"]).args(flags.to_vec());
        test.stdout(printed).code(0);
    }
}

/// Otherwise a script could take an incomplete list for the whole list.
#[test]
fn an_incomplete_response_exits_with_7_and_leaves_the_json_array_unclosed() {
    let broken = |server: &Server, flags: &[&str]| list(server).args(flags.to_vec()).run();
    for (flags, printed) in [
        (&["--json"][..], "[\n\t{\n\t\t\"id\": \"00000000000d0007\""),
        (&["-q"], "00000000000d0007\n"),
        (&[], ""),
    ] {
        let body = listed(&two_authorizations());
        let cut = &body[..body.len() - 10];
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{cut}",
            body.len()
        );
        let request = request("GET", PATH, "");
        let server = Server::start([exchange(request, Reply::SendAndClose(head.into()))]);
        let run = broken(&server, flags);
        run.assert(run.code == 7, "exit code 7");
        run.assert(run.stdout.starts_with(printed), "the start of the list");
        run.assert(!run.stdout.ends_with("]\n"), "no closing bracket");
        run.assert(
            run.stderr
                .contains("could not list authorizations: the response"),
            "the reason",
        );
    }
}

#[test]
fn list_exits_with_0_on_a_closed_pipe_and_1_on_a_full_disk() {
    for format in ["--json", "--quiet", "--hide-headers"] {
        let server = Server::start([
            lists("", &two_authorizations()),
            lists("", &two_authorizations()),
        ]);
        let test = list(&server).args([format]);
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let run = Run::of(test.command().stdout(full).spawn().unwrap(), format.into());
        let said = "Error: cannot write to standard output: No space left on device\n";
        run.assert(run.code == 1 && run.stderr == said, said);
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Run::of(
            test.command().stdout(writer).spawn().unwrap(),
            format.into(),
        );
        run.assert(run.code == 0 && run.stderr.is_empty(), "quiet success");
    }
}

#[test]
fn control_characters_in_cells_and_ids_are_escaped() {
    let entry = authorization(r"1\n2", r"a\tb", "active").replace("a test", r"c\u001b[2J");
    for (flag, printed) in [
        ("-q", "1\\n2\n"),
        (
            "--hide-headers",
            "1\\n2\tc\\u{1b}[2J\ta\\tb\tadmin\t0000000000000b01\tactive\t[read:orgs/0000000000000a01/buckets/0000000000000c01]\n",
        ),
    ] {
        let server = Server::start([lists("", std::slice::from_ref(&entry))]);
        list(&server).args([flag]).stdout(printed).code(0);
    }
}

/// The README recommends these two steps because the change can be reverted.
#[test]
fn set_inactive_accepts_the_ids_that_list_prints() {
    let server = Server::start([
        lists("", &two_authorizations()),
        exchange(patch(ID, "inactive"), deactivated_reply(ID)),
    ]);
    let ids = list(&server).args(["--match", "tele*", "--quiet"]).run();
    set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(ids.stdout)
        .stdout(deactivated_row())
        .code(0);
}
