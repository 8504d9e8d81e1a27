//! `create`: responses that differ from the request.

use crate::fixtures::request;
use crate::scripted_server::{Server, exchange, json};
use crate::support::api_token_create::{
    BUCKET, BY_ID, ID, MADE, ORG, body, bucket, create_request, looks_up,
};
use crate::support::api_tokens::{PATH, auth, token};

/// Nothing of the answer is quoted, because it has the token.
#[test]
fn an_answer_that_differs_from_the_request_is_no_success() {
    let made = token(ID, "a test", "active")
        .replace("\"token\":\"\"", &format!("\"\\u0074oken\":\"{MADE}\""));
    let permission = &made[made.find("{\"action\"").unwrap()..made.rfind(']').unwrap()];
    let user = ["--user", "op"];
    for (flags, from, to, cause) in [
        (&[][..], ORG, "0000000000000a02", "in another organization"),
        (&user[..], "0000000000000b01", MADE, "for another user"),
        (&[], "\"active\"", "\"inactive\"", "with another status"),
        (
            &[],
            "\"active\"",
            &format!("\"{MADE}\""),
            "with another status",
        ),
        (&[], permission, "", "with other permissions"),
        (&[], "\"buckets\"", "\"tasks\"", "with other permissions"),
        (&[], BUCKET, MADE, "with other permissions"),
    ] {
        let asks = match flags.len() {
            0 => create_request(),
            _ => {
                let body = body(&[bucket("read", BUCKET)]);
                let body = body.replace("]}", "],\"userID\":\"0000000000000b01\"}");
                request("POST", PATH, &body)
            }
        };
        let answer = exchange(asks, json("201 Created", &made.replace(from, to)));
        let owner = r#"{"id":"0000000000000b01","name":"op"}"#;
        let script = match flags.len() {
            0 => vec![answer],
            _ => vec![looks_up("/api/v2/users?name=op", "users", owner), answer],
        };
        let server = Server::start(script);
        auth(&server, &BY_ID)
            .args(flags.to_vec())
            .stderr(format!("Error: failed to create the authorization: the server created it {cause}; it exists, with ID \"{ID}\"\nHint: `delete --id` removes it\n"))
            .code(7);
    }
    // The ID is quoted only if it is one.
    let answer = json("201 Created", &made.replace(ID, MADE));
    let server = Server::start([exchange(create_request(), answer)]);
    auth(&server, &BY_ID)
        .stderr("Error: failed to create the authorization: the server returned a malformed ID; it may have been created\n")
        .code(7);
}
