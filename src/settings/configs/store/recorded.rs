//! The recorded runs of the Go client that change the file: ours means the same to it afterwards.

use super::*;
use crate::settings::configs::atomic_file::tests::Dir;
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::fs;

/// What the Go client knows of an entry: it takes a string that is missing as empty, a mark that
/// is missing as false.
fn entries(path: &Path) -> BTreeMap<String, (Vec<String>, bool, bool)> {
    let text = configs::read(path).unwrap();
    let file = File { path, text: &text };
    let document = file.parse().unwrap();
    let entry = |entry: &configs::Marked<'_>| {
        let text = |key: &str| match entry.table.get(key) {
            Some(value) => value.get_ref().as_str().unwrap().to_string(),
            None => String::new(),
        };
        let texts = ["url", "token", "org", "cookie"].map(text).to_vec();
        (
            entry.name.to_string(),
            (texts, entry.active, entry.previous),
        )
    };
    let entries = file.entries(document.get_ref()).unwrap();
    entries.iter().map(entry).collect()
}

fn run(path: &Path, argv: &[&str]) -> Result<(), Error> {
    let flag = |short: &str| {
        let at = argv.iter().position(|word| *word == short)?;
        argv.get(at + 1).map(|value| value.to_string())
    };
    let login =
        |user: String| Credential::Cookie(Secret::new(BASE64_STANDARD.encode(user.as_bytes())));
    let token = |token: String| Credential::Token(Secret::new(token));
    let given = Given {
        url: flag("-u"),
        credential: flag("-t").map(token).or(flag("-p").map(login)),
        org: flag("-o"),
        active: argv.contains(&"-a"),
    };
    match argv {
        ["create", ..] => create(path, &flag("-n").unwrap(), &given).map(|_| ()),
        ["set", ..] => set(path, &flag("-n").unwrap(), &given).map(|_| ()),
        ["rm" | "delete", name, ..] => remove(path, &[name]).map(|_| ()),
        [name] => switch(path, name).map(|_| ()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_go_client_reads_the_same_afterwards() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract/cases");
    let mut cases = 0;
    for case in fs::read_dir(folder).unwrap() {
        let case: Json = serde_json::from_slice(&fs::read(case.unwrap().path()).unwrap()).unwrap();
        let name = case["name"].as_str().unwrap();
        if case["argv"][0] != "config" {
            continue;
        }
        let argv: Vec<_> = case["argv"].as_array().unwrap().iter().skip(1).collect();
        let argv: Vec<_> = argv
            .into_iter()
            .map(|word| word.as_str().unwrap())
            .collect();
        let dir = Dir::new();
        let path = dir.at("configs");
        let before = case["configs"].as_str();
        if let Some(text) = before {
            fs::write(&path, text).unwrap();
        }
        let outcome = run(&path, &argv);
        assert_eq!(outcome.is_ok(), case["exit"] == 0, "{name}: {outcome:?}");
        let theirs = dir.file("theirs", case["configs_after"].as_str().unwrap());
        let (ours, mut theirs) = (entries(&path), entries(&theirs));
        if name == "config-rm-active" {
            // The Go client makes another entry active, which one is up to chance.
            theirs
                .values_mut()
                .for_each(|(_, active, _)| *active = false);
        }
        assert_eq!(ours, theirs, "{name}");
        let text = configs::read(&path).unwrap();
        for kept in ["# ours", "future = 1"] {
            assert_eq!(
                text.contains(kept),
                before.is_some_and(|text| text.contains(kept))
            );
        }
        if let Some(before) = before.filter(|_| outcome.is_err()) {
            assert_eq!(text, before, "{name}");
        }
        cases += 1;
    }
    assert_eq!(cases, 18);
}
