//! What each change makes of the file and what it refuses.

use super::*;
use crate::error::Code;
use crate::settings::configs::atomic_file::tests::Dir;
use std::fs;
use std::path::PathBuf;
use std::thread;

const TWO: &str = "# top\n[b]\nurl = \"y\"\nactive = true # use\n\n[a]\nurl = \"x\"\ntoken = \"t\" # secret\nprevious = true\n";

fn with(text: &str) -> (Dir, PathBuf) {
    let dir = Dir::new();
    let path = dir.file("configs", text);
    (dir, path)
}

fn changes<'a>(values: &[(&'static str, &'a str)], active: bool) -> Changes<'a> {
    Changes {
        values: values.to_vec(),
        active,
    }
}

fn activate(path: &Path, name: &str) -> Result<Summary, Error> {
    set(path, name, &changes(&[], true))
}

fn set_token(path: &Path, name: &str, token: &str) -> Result<Summary, Error> {
    set(path, name, &changes(&[("token", token)], false))
}

fn add(path: &Path, name: &str) -> Result<Summary, Error> {
    create(path, name, &changes(&[("token", "s3cr3t")], false))
}

/// The entries by name, `*` for the active one, `-` for the previous one.
fn marks(path: &Path) -> String {
    let entries = list(path).unwrap();
    let shown = entries.iter().map(|entry| {
        let mark = |is, mark| if is { mark } else { "" };
        entry.name.clone() + mark(entry.active, "*") + mark(entry.previous, "-")
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>, code: Code, says: &str) {
    let error = outcome.unwrap_err();
    assert!(
        error.code == code && error.to_string().contains(says),
        "{error:?}"
    );
}

#[test]
fn entries_are_listed_in_the_order_of_the_file() {
    let (_dir, path) = with(
        "[z]\nurl = 'u'\norg = ''\n['a.b'.more]\n[m]\nurl = 5\norg = 'o'\nprevious = true\n[z.more]\n[c]\nactive = true\n",
    );
    assert_eq!(marks(&path), "z a.b m- c*");
    let summaries = list(&path).unwrap();
    let shown = |at: usize| (summaries[at].url.as_str(), summaries[at].org.as_str());
    assert_eq!((shown(0), shown(2)), (("u", ""), ("", "o")));
    let (_dir, path) = with("b.x = 1\na = {}\n");
    assert_eq!(marks(&path), "b a");
    assert_eq!(list(&path.with_file_name("none")).unwrap(), []);
    let (_dir, path) = with("[a]\nactive = true\n[b]\nactive = true\n");
    assert_eq!(marks(&path), "a* b*");
}

#[test]
fn an_entry_is_created_with_what_is_given() {
    let (_dir, path) = with(TWO);
    let values = [("url", "http://h:8086"), ("token", "t\"1"), ("org", "o")];
    let made = create(&path, "n w", &changes(&values, true)).unwrap();
    assert!(made.active && made.url == "http://h:8086");
    let moved = TWO
        .replace("active = true # use", "previous = true # use")
        .replace("# secret\nprevious = true\n", "# secret\n");
    let block = "\n[\"n w\"]\n  url = \"http://h:8086\"\n  token = \"t\\\"1\"\n  org = \"o\"\n  active = true\n";
    assert_eq!(fs::read_to_string(&path).unwrap(), moved + block);
    create(
        &path,
        "c",
        &changes(&[("url", "u"), ("cookie", "Yzpk")], false),
    )
    .unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.ends_with("\n\n[c]\n  url = \"u\"\n  cookie = \"Yzpk\"\n"),
        "{text}"
    );
    assert_eq!(marks(&path), "b- a n w* c");
}

#[test]
fn a_name_that_cannot_be_reached_is_refused() {
    let (dir, path) = with(TWO);
    for name in RESERVED_NAMES
        .iter()
        .copied()
        .chain(["", "-", "a\nb", "a\u{7f}", "\u{9b}"])
    {
        refused(add(&path, name), Code::Usage, "not a valid config name");
    }
    refused(add(&path, "a"), Code::Config, "has an entry \"a\" already");
    assert_eq!(fs::read_to_string(&path).unwrap(), TWO);
    for name in ["Config", "a b", "x.y", "ü", "'", "--json"] {
        add(&path, name).unwrap();
        assert_eq!(list(&path).unwrap().pop().unwrap().name, name);
    }
    assert_eq!(dir.names(), ["configs"]);
}

#[test]
fn what_is_given_is_set_and_nothing_else() {
    let (_dir, path) = with(TWO);
    let read = || fs::read_to_string(&path).unwrap();
    let shown = set(
        &path,
        "a",
        &changes(&[("url", "new"), ("cookie", "Yzpk")], false),
    )
    .unwrap();
    assert_eq!((shown.url.as_str(), shown.previous), ("new", true));
    let changed = TWO.replace("\"x\"\ntoken = \"t\" #", "\"new\"\ncookie = \"Yzpk\" #");
    assert_eq!(read(), changed);
    set_token(&path, "a", "t").unwrap();
    set(&path, "a", &changes(&[("url", "x")], false)).unwrap();
    assert_eq!(read(), TWO, "there and back");
    activate(&path, "a").unwrap();
    assert_eq!(marks(&path), "b- a*");
    set(&path, "a", &changes(&[("org", "o")], true)).unwrap();
    assert_eq!(marks(&path), "b a*");
    let before = read();
    let shown = set(&path, "a", &changes(&[], false)).unwrap();
    assert_eq!((shown.org.as_str(), shown.active), ("o", true));
    refused(activate(&path, "zz"), Code::Config, "has no entry \"zz\"");
    assert_eq!(read(), before);
}

#[test]
fn switching_moves_the_mark_and_back() {
    let (_dir, path) = with(TWO);
    for (wanted, after) in [
        ("a", "b- a*"),
        ("-", "b* a-"),
        ("-", "b- a*"),
        ("b", "b* a-"),
    ] {
        let shown = switch(&path, wanted).unwrap();
        assert!(shown.active && !shown.previous);
        assert_eq!(marks(&path), after, "after {wanted}");
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        TWO,
        "every byte is back"
    );
    switch(&path, "b").unwrap();
    assert_eq!(marks(&path), "b* a", "as the Go client has it");
    refused(switch(&path, "zz"), Code::Config, "has no entry \"zz\"");
    let (_dir, path) = with("[a]\nprevious = true\n[b]\nprevious = true\n[c]\n");
    refused(
        switch(&path, "-"),
        Code::Config,
        "several entries as previous: \"a\", \"b\"",
    );
    switch(&path, "b").unwrap();
    assert_eq!(marks(&path), "a b* c");
    refused(
        switch(&path, "-"),
        Code::Config,
        "marks no entry as previous",
    );
}

#[test]
fn several_are_removed_and_unknown_names_are_told() {
    let (_dir, path) = with(TWO);
    let removed = remove(&path, &["zz", "b", "b", "yy"]).unwrap();
    assert_eq!(removed.entries.len(), 1);
    assert!(removed.entries[0].name == "b" && removed.entries[0].active);
    let unknown: Vec<_> = removed.unknown.iter().map(ToString::to_string).collect();
    assert_eq!(unknown.len(), 2);
    assert!(unknown[0].ends_with("has no entry \"zz\""), "{unknown:?}");
    assert!(unknown[1].ends_with("has no entry \"yy\""), "{unknown:?}");
    assert_eq!(marks(&path), "a-");
    let nothing = remove(&path, &["-"]).unwrap();
    assert_eq!((nothing.entries.len(), nothing.unknown.len()), (0, 1));
    assert_eq!(remove(&path, &["a"]).unwrap().entries[0].name, "a");
    assert_eq!(fs::read_to_string(&path).unwrap(), "# top\n");
}

#[test]
fn a_file_that_is_wrong_is_never_written() {
    for (text, says) in [
        ("[a", "is wrong in line 1"),
        ("x = 1\n[a]\n", "is wrong in line 1: expected a table"),
        (
            "[a]\nactive = 1\n",
            "is wrong in line 2: `active` is not true or false",
        ),
        (
            "[a]\nactive=true\n[b]\nactive=true\n",
            "marks several entries as active: \"a\", \"b\"",
        ),
    ] {
        let (_dir, path) = with(text);
        refused(add(&path, "n"), Code::Config, says);
        refused(set_token(&path, "a", "t"), Code::Config, says);
        refused(remove(&path, &["a"]), Code::Config, says);
        refused(switch(&path, "a"), Code::Config, says);
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    // toml_edit would change the other line endings, too.
    let text = "[a]\nurl = 'x'\r\n[b]\nactive = true\n";
    let (_dir, path) = with(text);
    let says = "cannot be changed without touching the rest of it";
    refused(switch(&path, "a"), Code::Config, says);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn where_there_is_no_file_only_create_makes_one() {
    let dir = Dir::new();
    let path = dir.at("x/configs");
    refused(activate(&path, "a"), Code::Config, "has no entry \"a\"");
    refused(
        switch(&path, "-"),
        Code::Config,
        "marks no entry as previous",
    );
    assert_eq!(remove(&path, &["a"]).unwrap().unknown.len(), 1);
    assert_eq!(dir.names(), [""; 0]);
    create(&path, "a", &changes(&[], true)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "[a]\n  active = true\n");
}

#[test]
fn no_error_shows_a_secret() {
    let (_dir, path) = with("[a]\ntoken = \"s3cr3t\"\nx = \"s3cr3t\n");
    for error in [
        add(&path, "n").unwrap_err(),
        add(&path, "ls").unwrap_err(),
        set_token(&path, "a", "s3cr3t").unwrap_err(),
    ] {
        assert!(!format!("{error:?}").contains("s3cr3t"), "{error:?}");
    }
}

#[test]
fn fifty_entries_at_once_are_all_there() {
    let (_dir, path) = with(TWO);
    thread::scope(|scope| {
        for number in 0..50 {
            let path = &path;
            scope.spawn(move || create(path, &format!("n{number}"), &changes(&[], true)).unwrap());
        }
    });
    let entries = list(&path).unwrap();
    assert_eq!(entries.len(), 52);
    assert_eq!(entries.iter().filter(|entry| entry.active).count(), 1);
    assert_eq!(entries.iter().filter(|entry| entry.previous).count(), 1);
}

#[test]
fn the_user_of_a_url_is_not_shown() {
    for (url, shown) in [
        ("http://me:s3cret@h:8086/x", "http://h:8086/x"),
        ("HTTPS://me@h", "HTTPS://h"),
        ("http://me:s3/cr@et#?@h", "http://h"),
        ("http://me:a://b@h", "http://h"),
        ("me:s3cret@h:8086", "h:8086"),
        ("me:s3cret://x@h", "h"),
        ("http://h/a@b", "http://h/a@b"),
        ("http://h", "http://h"),
        ("", ""),
    ] {
        assert_eq!(without_user(url), shown);
    }
}
