//! Users, organizations, buckets and checks of credentials with a real InfluxDB 2.x. See also
//! `v1_auth::live`.
#![allow(clippy::print_stdout)]

use crate::harness::{Run, Test};
use crate::support::live_server::{PASSWORD, Server, server, text};
use crate::support::live_user::LiveUser;
use serde_json::{Value, json};

const SIGN_IN_PASSWORD: &str = "sign-in-of-a-live-test";

/// Runs the program with a token.
fn influx_as(server: &Server, token: &str, words: &[&str]) -> Run {
    Test::new(words.to_vec())
        .env("INFLUX_HOST", &server.url)
        .env("INFLUX_TOKEN", token)
        .run()
}

/// The JSON of a run that must succeed.
#[track_caller]
fn succeeds(server: &Server, words: &[&str]) -> Value {
    let words = [words, &["--json"]].concat();
    let run = influx_as(server, &server.token, &words);
    run.assert(run.code == 0 && run.stderr.is_empty(), "success");
    serde_json::from_str(&run.stdout).unwrap_or_default()
}

/// The exit code and the output of `auth check` with a token.
fn check_token(server: &Server, token: &str) -> (i32, String) {
    let run = influx_as(server, token, &["auth", "check", "--json"]);
    (run.code, run.stdout + &run.stderr)
}

fn check_username(server: &Server, username: &str, password: &str) -> i32 {
    let words = ["v1", "auth", "check", "--username", username];
    let words = [&words[..], &["--password", password]].concat();
    influx_as(server, "not-sent", &words).code
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn an_inactive_user_has_no_access_until_reactivated() {
    let server = server();
    let user = LiveUser::new(&server, "user");
    let (id, name) = (user.id.as_str(), user.name.as_str());
    let password = [
        "user",
        "password",
        "--id",
        id,
        "--password",
        SIGN_IN_PASSWORD,
    ];
    let set = influx_as(&server, &server.token, &password);
    set.assert(set.code == 0 && set.stdout.is_empty(), "a new password");
    let session = user.sign_in(SIGN_IN_PASSWORD);
    let all = || {
        (
            user.token_status(),
            user.username_status(),
            user.session_status(&session),
        )
    };
    assert_eq!(
        all(),
        (200, 200, 200),
        "token, username and session of an active user"
    );

    let now = succeeds(&server, &["user", "inactive", "--name", name]);
    assert_eq!(
        (&now["id"], &now["status"]),
        (&id.into(), &"inactive".into())
    );
    assert_eq!(all(), (403, 401, 403), "while the user is inactive");
    let new_session = user.sign_in(SIGN_IN_PASSWORD);
    assert_eq!(
        user.session_status(&new_session),
        403,
        "a session of an inactive user"
    );
    let (code, said) = check_token(&server, &user.token);
    let reason = "the user who owns the token is deactivated";
    assert!(code == 5 && said.contains(reason), "{code}: {said}");
    assert_eq!(check_username(&server, name, PASSWORD), 5);
    let listed = succeeds(&server, &["user", "list", "--name", name]);
    assert_eq!(listed[0]["status"], "inactive");
    // The status of the user's authorizations stays the same.
    let listed = succeeds(&server, &["auth", "list", "--id", &user.token_id]);
    assert_eq!(listed[0]["status"], "active");

    succeeds(&server, &["user", "active", "--id", id]);
    assert_eq!(all(), (200, 200, 200), "after the user is reactivated");
    assert_eq!(
        user.session_status(&new_session),
        200,
        "the same session after reactivation"
    );
    assert_eq!(check_token(&server, &user.token).0, 0);
    assert_eq!(check_username(&server, name, PASSWORD), 0);
    println!("live test passed: {}", server.url);
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn check_reports_why_a_credential_is_rejected() {
    let server = server();
    let user = LiveUser::new(&server, "check");
    let (name, token) = (user.name.as_str(), user.token.as_str());
    let refused = |reason: &str| (5, format!("Error: the token is not accepted: {reason}\n"));
    let accepted = |id: &str, name: &str| {
        let printed = format!(
            "{{\n\t\"status\": \"active\",\n\t\"userID\": \"{id}\",\n\t\"userName\": \"{name}\"\n}}\n"
        );
        (0, printed)
    };
    let me = server.json("GET", "/api/v2/me", None);
    let own = accepted(&text(&me["id"]), &text(&me["name"]));
    assert_eq!(check_token(&server, &server.token), own);
    assert_eq!(check_token(&server, token), accepted(&user.id, ""));
    let unknown = refused("the server does not know this token");
    assert_eq!(check_token(&server, "never-issued"), unknown);

    succeeds(&server, &["auth", "inactive", "--id", &user.token_id]);
    assert_eq!(
        check_token(&server, token),
        refused("the token is inactive")
    );
    succeeds(&server, &["auth", "active", "--id", &user.token_id]);
    assert_eq!(check_token(&server, token), accepted(&user.id, ""));
    succeeds(&server, &["user", "inactive", "--id", &user.id]);
    let deactivated = refused("the user who owns the token is deactivated");
    assert_eq!(check_token(&server, token), deactivated);
    succeeds(&server, &["user", "active", "--id", &user.id]);
    assert_eq!(check_token(&server, token), accepted(&user.id, ""));

    assert_eq!(check_username(&server, name, PASSWORD), 0);
    assert_eq!(check_username(&server, name, "wrong-password"), 5);
    assert_eq!(check_username(&server, "nobody-of-that-name", PASSWORD), 5);
    let set = |word| succeeds(&server, &["v1", "auth", word, "--username", name]);
    set("set-inactive");
    assert_eq!(check_username(&server, name, PASSWORD), 5);
    set("set-active");
    assert_eq!(check_username(&server, name, PASSWORD), 0);

    let token = token.to_string();
    drop(user);
    assert_eq!(
        check_token(&server, &token),
        unknown,
        "after the token is deleted"
    );
    println!("live test passed: {}", server.url);
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn the_current_user_is_not_deactivated_without_yes() {
    let server = server();
    let me = server.json("GET", "/api/v2/me", None);
    let (id, name) = (text(&me["id"]), text(&me["name"]));
    let user = LiveUser::new(&server, "guard");
    for target in [["--id", &*id.to_ascii_uppercase()], ["--name", &name]] {
        let words = [&["user", "inactive"], &target[..]].concat();
        let run = influx_as(&server, &server.token, &words);
        run.assert(run.code == 2 && run.stdout.is_empty(), "exit code 2");
    }
    // A token that may not read its user needs --yes, and may not change a user even then.
    let words = ["user", "inactive", "--id", &user.id];
    let run = influx_as(&server, &user.token, &words);
    run.assert(run.code == 5, "exit code 5");
    run.assert(run.stderr.contains("nothing was changed"), "no change");
    let run = influx_as(&server, &user.token, &[&words[..], &["--yes"]].concat());
    run.assert(run.code == 5, "exit code 5");
    assert_eq!((user.token_status(), user.username_status()), (200, 200));
    println!("live test passed: {}", server.url);
}

/// IDs of users that are deleted when this is dropped.
struct Users<'s>(&'s Server, Vec<String>);

impl Drop for Users<'_> {
    fn drop(&mut self) {
        for id in &self.1 {
            let path = format!("/api/v2/users/{id}");
            match self.0.ask("DELETE", &path, None) {
                Ok((204, _)) => {}
                other => println!("{path} is left on the server: DELETE gave {other:?}"),
            }
        }
    }
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn list_shows_all_250_users_or_reports_that_it_is_incomplete() {
    let server = server();
    let start = format!("influx-test-many-{}", std::process::id());
    let mut users = Users(&server, Vec::new());
    for number in 0..250 {
        let body = json!({"name": format!("{start}-{number}")});
        let made = server.json("POST", "/api/v2/users", Some(&body));
        users.1.push(text(&made["id"]));
    }
    let pattern = format!("{start}-*");
    let list = ["user", "list", "-q", "--match", &pattern];
    let listed = influx_as(&server, &server.token, &list);
    let change = [
        "user",
        "inactive",
        "--match",
        &pattern,
        "--yes",
        "--hide-headers",
    ];
    let changed = influx_as(&server, &server.token, &change);
    let all = influx_as(&server, &server.token, &["user", "list", "-q"]);
    let version = text(&server.json("GET", "/health", None)["version"]);
    if version.trim_start_matches('v').starts_with("2.0.") {
        all.assert(all.code == 7, "exit code 7");
        all.assert(all.stdout.lines().count() == 20, "20 rows");
        let said = "the server lists the first 20 users only";
        all.assert(all.stderr.contains(said), said);
        listed.assert(listed.code == 7, "exit code 7");
        changed.assert(changed.code == 7 && changed.stdout.is_empty(), "no change");
    } else {
        all.assert(
            all.code == 0 && all.stdout.lines().count() > 250,
            "all users",
        );
        let mut ids: Vec<_> = listed.stdout.lines().collect();
        ids.sort_unstable();
        let mut made: Vec<_> = users.1.iter().map(String::as_str).collect();
        made.sort_unstable();
        listed.assert(listed.code == 0 && ids == made, "all 250 users");
        changed.assert(changed.code == 0, "success");
        changed.assert(changed.stdout.lines().count() == 250, "250 changes");
    }
    println!("live test passed: {}", server.url);
}

#[test]
#[ignore = "skipped: no server was given, see make test-live"]
fn organizations_and_buckets_are_found_by_name_and_id() {
    let server = server();
    let orgs = server.json("GET", "/api/v2/orgs", None);
    let (org, id) = (text(&orgs["orgs"][0]["name"]), text(&orgs["orgs"][0]["id"]));
    let by_name = succeeds(&server, &["org", "list", "--name", &org]);
    assert_eq!(by_name, json!([orgs["orgs"][0]]));
    assert_eq!(succeeds(&server, &["org", "list", "--id", &id]), by_name);

    let path = format!("/api/v2/buckets?orgID={id}&limit=100");
    let buckets = server.json("GET", &path, None)["buckets"].clone();
    let listed = succeeds(&server, &["bucket", "list", "--org", &org]);
    assert_eq!(listed, buckets);
    let (name, bucket) = (text(&buckets[0]["name"]), text(&buckets[0]["id"]));
    let named = succeeds(&server, &["bucket", "list", "--org-id", &id, "-n", &name]);
    assert_eq!(named, json!([buckets[0]]));
    let by_id = succeeds(&server, &["bucket", "list", "--id", &bucket]);
    assert_eq!(by_id, json!([buckets[0]]));
    for words in [
        &["org", "list", "--name", "influx-test-none"][..],
        &["org", "list", "--id", "0123456789abcdef"],
        &["bucket", "list", "--org", "influx-test-none"],
        &[
            "bucket",
            "list",
            "--org",
            &org,
            "--name",
            "influx-test-none",
        ],
        &["bucket", "list", "--id", "0123456789abcdef"],
        &["user", "list", "--name", "influx-test-none"],
        &["user", "list", "--id", "0123456789abcdef"],
        &["user", "inactive", "--id", "0123456789abcdef"],
        &["user", "inactive", "--name", "influx-test-none"],
    ] {
        let run = influx_as(&server, &server.token, words);
        run.assert(run.code == 6 && run.stdout.is_empty(), "exit code 6");
    }
    println!("live test passed: {}", server.url);
}
