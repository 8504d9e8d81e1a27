//! Replays the recorded cases of InfluxData's client about organizations. The intended differences
//! are:
//!
//! - `list` requests pages of 100.
//! - JSON keeps `links.logs`.
//! - An unknown name has another message and exit code.

use crate::replay::{cases, list, replay, text};

#[test]
fn replays_every_recorded_case() {
    let cases = cases("org");
    assert_eq!(cases.len(), 6, "cases are missing");
    for case in cases {
        let name = text(&case["name"]);
        println!("case {name}");
        let mut exchanges = list(&case["exchanges"]).clone();
        let target = &mut exchanges[0]["request"]["target"];
        let separator = if text(target).contains('?') { '&' } else { '?' };
        *target = format!("{}{separator}limit=100&offset=0", text(target)).into();
        let (code, stderr) = match name {
            "org-list-unknown" => (
                6,
                "Error: could not list orgs: 404 Not Found: organization name \"nope\" not found\n",
            ),
            _ => {
                assert_eq!(case["exit"], 0, "{name} fails, but has no expected result");
                (0, "")
            }
        };
        let stdout = text(&case["stdout"]).replace(
            "\t\t\t\"members\":",
            "\t\t\t\"logs\": \"/api/v2/orgs/0000000000000a01/logs\",\n\t\t\t\"members\":",
        );
        replay(&case, &exchanges, code, &stdout, stderr);
    }
}
