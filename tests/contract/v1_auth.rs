//! Replays the recorded cases of InfluxData's client about `v1 auth`. Each case is a file in
//! `tests/contract/cases`. The intended differences are:
//!
//! - `/api/v2/users/{id}` is never requested, because the response already has the name of the
//!   user.
//! - The table has a `Status` column, and control characters in its cells are escaped.
//! - JSON does not escape `<`, `>` and `&`.
//! - The path prefix of the host is kept.
//! - The configs file is never written.
//! - `list --id` sends the parameter `id`, which the server knows. Filters that the server ignores
//!   are applied locally.
//! - `create` does not check whether the username is taken, and accepts the name of a bucket.
//! - [`expected_result`] has the exit codes and messages of failures.

use super::v1_auth_replay::replay;
use crate::replay::{self, load, text};

/// Exit code and standard error of the cases whose result differs from the recorded one. `HOME`
/// stands for the home directory.
fn expected_result(case: &str) -> Option<(i32, String)> {
    const AUTHORIZATION_HINT: &str = "Hint: is this the right token for the server, and does it have permission to read and write authorizations and users?\n";
    const ID_HINT: &str = "Hint: an ID has 16 hex digits; use --username for a name, and repeat --id for several IDs\n";
    const UNAUTHORIZED: &str = "401 Unauthorized: unauthorized access";
    const FILE: &str = "the configs file HOME/.influxdbv2/configs";
    const UNREACHABLE_HINT: &str =
        "Hint: is InfluxDB running there? --host or INFLUX_HOST sets the address\n";
    let update = |id: &str, cause: &str| {
        format!("Error: failed to update status of authorization with ID \"{id}\": {cause}\n")
    };
    let id = "00000000000d0007";
    let not_16 = "400 Bad Request: id must have a length of 16 bytes";
    let url = "Error: --host: http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix\n";
    Some(match case {
        "config-bad-toml" => (3, format!("Error: {FILE} has an error in line 1: unclosed table, expected `]`\n")),
        "config-env-over-file" | "token-hyphen" | "token-wrong" => {
            (5, update(id, UNAUTHORIZED) + AUTHORIZATION_HINT)
        }
        "config-named-other" => {
            (4, update(id, "cannot reach http://127.0.0.1:9: Connection refused") + UNREACHABLE_HINT)
        }
        "config-unknown" => (3, format!("Error: {FILE} has no entry \"zz\"\nHint: its entries are \"a\", \"b\"\n")),
        "config-unknown-no-file" => (
            3,
            format!("Error: {FILE} has no entry \"zz\"\nHint: it is missing or empty; --configs-path selects another file\n"),
        ),
        "connection-refused" => {
            (4, update(id, "cannot reach http://127.0.0.1:1: Connection refused") + UNREACHABLE_HINT)
        }
        "create-both-passwords" => {
            (2, "Error: specify --password or --no-password, not both\n".into())
        }
        "create-bucket-name" => (
            6,
            "Error: could not find the bucket \"metrics\": 404 Not Found: bucket \"metrics\" not found\n".into(),
        ),
        "create-no-org" => (
            2,
            "Error: an organization is required\nHint: set it with --org, --org-id, INFLUX_ORG, INFLUX_ORG_ID or the active config\n".into(),
        ),
        "create-no-permissions" => (
            2,
            "Error: an authorization needs a permission\nHint: --read-bucket and --write-bucket name the buckets\n".into(),
        ),
        "create-no-tty-prompt" | "set-password-no-tty-prompt" => (
            2,
            "Error: the password from standard input is empty\nHint: --password-file names a file with the password; the default is a prompt on a terminal, else the first line of standard input\n".into(),
        ),
        "create-no-username" => (2, "Error: a username is required\nHint: use --username\n".into()),
        "create-org-unknown" => (
            6,
            "Error: could not find the organization \"nope\": 404 Not Found: organization name \"nope\" not found\n".into(),
        ),
        "delete-by-id-again" => (
            6,
            "Error: could not find authorization with ID \"00000000000d0002\": 404 Not Found: authorization not found\n".into(),
        ),
        "extra-argument" => (
            2,
            "Error: unexpected argument \"extra\"\nHint: `influx v1 auth set-inactive` takes only flags (to turn a flag off, use --FLAG=false)\n".into(),
        ),
        "extra-http-header-bad" => {
            (2, "Error: --extra-http-header: expected NAME:VALUE, but there is no colon\n".into())
        }
        "host-bad-scheme" => (2, "Error: --host: the scheme is neither http nor https\n".into()),
        "host-no-scheme" => (2, url.into()),
        "id-and-username" => (2, "Error: specify id or username, not both\n".into()),
        "id-empty" => (2, "Error: --id must not be empty\n".into()),
        "id-malformed" => (7, update("zzz", not_16) + ID_HINT),
        "id-not-found" => (6, update("0123456789abcdef", "404 Not Found: authorization not found")),
        "id-path-injection" => (7, update("../../../api/v2/users/0000000000000b01", not_16) + ID_HINT),
        "id-seed-example" => (7, update("00xX00o0X001", not_16) + ID_HINT),
        "list-by-org-unknown" => (
            6,
            "Error: could not list authorizations: 404 Not Found: organization name \"nope\" not found\n".into(),
        ),
        "list-by-username-none" | "list-by-username-none-json" => (
            6,
            "Error: could not list authorizations with username \"nobody\": 404 Not Found: authorization not found\n".into(),
        ),
        "list-org-and-id" => (2, "Error: specify --org or --org-id, not both\n".into()),
        "missing-value" => (2, "Error: --id needs a value\n".into()),
        "set-password-id-not-found" => (
            6,
            "Error: failed to set the password of authorization with ID \"0123456789abcdef\": 404 Not Found: authorization not found\n".into(),
        ),
        "delete-none" | "no-id" => (
            2,
            "Error: id or username required\nHint: use --id or --username for one authorization, or --match for several\n".into(),
        ),
        "set-password-none" => (
            2,
            "Error: id or username required\nHint: use --id or --username\n".into(),
        ),
        // InfluxData's client does not know `-i`. This program does.
        "short-i" => (0, String::new()),
        "token-missing" => (
            5,
            update(id, UNAUTHORIZED)
                + "Hint: no token was sent; set one with --token, --token-file, INFLUX_TOKEN, INFLUX_TOKEN_FILE or the active config\n",
        ),
        "token-without-users-read" => {
            (5, update(id, "401 Unauthorized: read:users/0000000000000b01 is unauthorized") + AUTHORIZATION_HINT)
        }
        "unknown-command" => (
            2,
            "Error: unknown command \"frob\" for \"influx\"\nHint: `influx --help` lists the commands\n".into(),
        ),
        "unknown-flag" => (
            2,
            "Error: unknown flag \"--frobnicate\"\nHint: `influx v1 auth set-inactive --help` lists the flags\n".into(),
        ),
        "unknown-subcommand" => (
            2,
            "Error: unknown command \"frob\" for \"influx v1 auth\"\nHint: `influx v1 auth --help` lists the commands\n".into(),
        ),
        "username-not-found" => (
            6,
            "Error: could not find authorization with username \"nobody\": 404 Not Found: authorization not found\n".into(),
        ),
        "version-flag" => (0, String::new()),
        _ => return None,
    })
}

#[test]
fn replays_every_recorded_case() {
    let cases = replay::cases("v1 auth");
    assert_eq!(cases.len(), 94, "cases are missing");
    for case in cases {
        println!("case {}", text(&case["name"]));
        let expected = expected_result(text(&case["name"]));
        replay(&case, &load("set-inactive-by-id"), expected);
    }
}
