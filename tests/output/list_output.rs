//! `list`: its forms, where it is empty, where it breaks off, where nobody reads it.

use crate::fixtures::*;
use crate::harness::{Run, set_inactive};
use crate::scripted_server::{Reply, Server, exchange};
use crate::support::v1_auth_requests::{PATH, asks, both, list};
use std::fs::OpenOptions;

#[test]
fn json_is_an_array_even_of_one() {
    let server = Server::start([asks("", &both()[..1])]);
    list(&server)
        .args(["--json"])
        .stdout(array(&[object(ID, "telegraf", "active")]))
        .code(0);
}

#[test]
fn an_empty_list_is_a_header_line_or_an_empty_array() {
    let headers = "ID\tDescription\tUsername\tv2 User Name\tv2 User ID\tStatus\tPermissions\n";
    for (flags, printed) in [
        (&[][..], headers),
        (&["--hide-headers"], ""),
        (&["--json"], "[]\n"),
        (&["--quiet"], ""),
        (&["-q", "--json"], ""),
    ] {
        let server = Server::start([asks("", &[])]);
        let test = list(&server).args(flags.to_vec());
        test.stdout(printed).code(0);
        // The same where nothing fits.
        let server = Server::start([asks("", &both())]);
        let test = list(&server).args(["--match", "none"]).args(flags.to_vec());
        test.stdout(printed).code(0);
    }
}

/// What breaks off must not be taken for the whole.
#[test]
fn a_list_that_breaks_off_is_left_open() {
    let broken = |server: &Server, flags: &[&str]| list(server).args(flags.to_vec()).run();
    for (flags, printed) in [
        (&["--json"][..], "[\n\t{\n\t\t\"id\": \"00000000000d0007\""),
        (&["-q"], "00000000000d0007\n"),
        (&[], ""),
    ] {
        let body = listed(&both());
        let cut = &body[..body.len() - 10];
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{cut}",
            body.len()
        );
        let request = request("GET", PATH, "");
        let server = Server::start([exchange(request, Reply::SendAndClose(head.into()))]);
        let run = broken(&server, flags);
        run.assert(run.code == 7, "exit code 7");
        run.assert(run.stdout.starts_with(printed), "what came");
        run.assert(!run.stdout.ends_with("]\n"), "no end");
        run.assert(
            run.stderr
                .contains("could not list authorizations: the response"),
            "why",
        );
    }
}

#[test]
fn a_closed_pipe_is_quiet_and_a_full_disk_code_1() {
    for format in ["--json", "--quiet", "--hide-headers"] {
        let server = Server::start([asks("", &both()), asks("", &both())]);
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
fn cells_and_ids_have_no_control_characters() {
    let entry = authorization(r"1\n2", r"a\tb", "active").replace("a test", r"c\u001b[2J");
    for (flag, printed) in [
        ("-q", "1\\n2\n"),
        (
            "--hide-headers",
            "1\\n2\tc\\u{1b}[2J\ta\\tb\tadmin\t0000000000000b01\tactive\t[read:orgs/0000000000000a01/buckets/0000000000000c01]\n",
        ),
    ] {
        let server = Server::start([asks("", std::slice::from_ref(&entry))]);
        list(&server).args([flag]).stdout(printed).code(0);
    }
}

/// The whole of an incident, as the README has it.
#[test]
fn what_is_listed_can_be_deactivated() {
    let server = Server::start([asks("", &both()), exchange(patch(ID, "inactive"), done(ID))]);
    let ids = list(&server).args(["--match", "tele*", "--quiet"]).run();
    set_inactive(&server.url())
        .args(["--id", "-"])
        .stdin(ids.stdout)
        .stdout(deactivated_row())
        .code(0);
}
