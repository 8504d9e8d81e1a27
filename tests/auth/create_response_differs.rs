//! `create`: responses that differ from the request.

use crate::fixtures::request;
use crate::scripted_server::{Server, exchange, json};
use crate::support::auth_create_requests::{
    BUCKET, BY_ID, ID, NEW_TOKEN, ORG, body, bucket, create_request, looks_up,
};
use crate::support::auth_requests::{PATH, auth, token};

/// The response is not quoted, because it contains the token.
#[test]
fn a_response_that_differs_from_the_request_exits_with_7() {
    let made = token(ID, "a test", "active").replace(
        "\"token\":\"\"",
        &format!("\"\\u0074oken\":\"{NEW_TOKEN}\""),
    );
    let permission = &made[made.find("{\"action\"").unwrap()..made.rfind(']').unwrap()];
    let user = ["--user", "op"];
    for (flags, from, to, cause) in [
        (&[][..], ORG, "0000000000000a02", "in another organization"),
        (&user[..], "0000000000000b01", NEW_TOKEN, "for another user"),
        (&[], "\"active\"", "\"inactive\"", "with another status"),
        (
            &[],
            "\"active\"",
            &format!("\"{NEW_TOKEN}\""),
            "with another status",
        ),
        (&[], permission, "", "with other permissions"),
        (&[], "\"buckets\"", "\"tasks\"", "with other permissions"),
        (&[], BUCKET, NEW_TOKEN, "with other permissions"),
    ] {
        let expected = match flags.len() {
            0 => create_request(),
            _ => {
                let body = body(&[bucket("read", BUCKET)]);
                let body = body.replace("]}", "],\"userID\":\"0000000000000b01\"}");
                request("POST", PATH, &body)
            }
        };
        let creation = exchange(expected, json("201 Created", &made.replace(from, to)));
        let owner = r#"{"id":"0000000000000b01","name":"op"}"#;
        let script = match flags.len() {
            0 => vec![creation],
            _ => vec![looks_up("/api/v2/users?name=op", "users", owner), creation],
        };
        let server = Server::start(script);
        auth(&server, &BY_ID)
            .args(flags.to_vec())
            .stderr(format!("Error: failed to create the authorization: the server created it {cause}; it exists, with ID \"{ID}\"\nHint: `delete --id` removes it\n"))
            .code(7);
    }
    // A malformed ID is not quoted.
    let reply = json("201 Created", &made.replace(ID, NEW_TOKEN));
    let server = Server::start([exchange(create_request(), reply)]);
    auth(&server, &BY_ID)
        .stderr("Error: failed to create the authorization: the server returned a malformed ID; the creation may have succeeded\n")
        .code(7);
}
