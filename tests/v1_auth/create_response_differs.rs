//! `create`: responses that differ from the request.

use crate::fixtures::*;
use crate::scripted_server::{Server, exchange, json};
use crate::support::v1_auth_requests::{BUCKET, BY_ID, ORG, PASSWORD, create, create_request};

#[test]
fn a_response_with_another_username_exits_with_7() {
    let made = authorization(ID, "grafana", "active");
    let server = Server::start([exchange(create_request(), json("201 Created", &made))]);
    create(&server, &BY_ID)
        .args(["--password", PASSWORD])
        .stderr(format!("Error: failed to create authorization with username \"telegraf\": the server created it with another username; it exists, with ID \"{ID}\"\nHint: `delete --id` removes it\n"))
        .code(7);
}

/// In this case no password is set, and the message gives the ID of the new authorization.
#[test]
fn a_response_that_differs_from_the_request_exits_with_7() {
    let made = authorization(ID, "telegraf", "active");
    let permission = &made[made.find("{\"action\"").unwrap()..made.rfind(']').unwrap()];
    for (from, to, cause) in [
        (ORG, "0000000000000a02", "in another organization"),
        ("\"active\"", "\"inactive\"", "with another status"),
        (permission, "", "with other permissions"),
        (BUCKET, "0000000000000c02", "with other permissions"),
        ("\"read\"", "\"write\"", "with other permissions"),
        (
            permission,
            &format!("{permission},{}", permission.replace("read", "write")),
            "with other permissions",
        ),
    ] {
        let server = Server::start([exchange(
            create_request(),
            json("201 Created", &made.replace(from, to)),
        )]);
        create(&server, &BY_ID)
            .args(["--password", PASSWORD])
            .stderr(format!("Error: failed to create authorization with username \"telegraf\": the server created it {cause}; it exists, with ID \"{ID}\"\nHint: `delete --id` removes it\n"))
            .code(7);
    }
    // A permission may be listed twice, and hex digits may be in upper case.
    let twice = made
        .replace(permission, &format!("{permission},{permission}"))
        .replace(BUCKET, "0000000000000C01");
    let server = Server::start([exchange(create_request(), json("201 Created", &twice))]);
    let run = create(&server, &BY_ID).args(["--no-password"]).run();
    run.assert(run.code == 0, "success");
}

#[test]
fn a_malformed_id_in_the_response_exits_with_7() {
    let made = authorization("", "telegraf", "active");
    let server = Server::start([exchange(create_request(), json("201 Created", &made))]);
    create(&server, &BY_ID)
        .args(["--no-password"])
        .stderr("Error: failed to create authorization with username \"telegraf\": the server returned a malformed ID; the creation may have succeeded\n")
        .code(7);
}
