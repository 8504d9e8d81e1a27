//! Every edit of every odd file: the rest stays, comments survive, line ends are of one kind.

use super::*;

/// Files with an entry `a`, mostly a second one. A comment `# in` or `# at` may go with its entry,
/// every other one stays whatever happens.
const FILES: [&str; 30] = [
    "[a]\n  url = \"x\"\n  token = \"t\"\n  org = \"o\"\n  active = true\n\n[b]\n  url = \"y\"\n  previous = true\n",
    "# top\n\n# of a\n[a] # in a\nurl = 'x' # at url\n# in a\ntoken = 't' # at token\norg = 'o'\n# below a\n\n# of b\n[b]\nactive = true # at active\n# end",
    "[a]\r\n  url = \"x\"\r\n  active = true\r\n  cookie = 'c'\r\n\r\n[b]\r\n  url = \"y\"\r\n# end\r\n",
    "[a]\r\nurl = \"x\"\r\n\r\n# of b\r\n[b]\r\nactive = true # at active",
    "\u{feff}# top\n[a]\nurl = \"x\"\nactive = true\n",
    "\u{feff}[a]\nurl = \"x\"\ntoken = 't'",
    "\u{feff}a.url = 'x'\na.active = true\nb.url = 'y'\n",
    "[\"a\"]\n\"url\" = \"x\"\n'active' = true\n[\"b c\"]\nurl = 'y'\n",
    "['a']\n\"\\u0075rl\" = \"x\"\ntoken = ''\n",
    "[ a ] # in a\n\n\n  url    =    \"x\"   # at url\n\n\n\n[ \"b\" ]\n",
    "[a]\n[b]\n",
    "[a]",
    "[b]\nurl = \"[a]\"\n[a]\n  url = '''\n[b]\n# no comment\n'''\n  token = \"\"\"\\\n   t\"\"\" # at token\n",
    "a = { url = \"x\", token = \"t\", active = true }\nb = { url = \"y\" }\n",
    "a = {url='x'} # in a\n# of b\nb = {}",
    "a = {}\n",
    "a = {\n  url = \"x\", # at url\n  token = \"t\", # at token\n  active = true # at active\n}\n[b]\nurl = 'y'\n",
    "a = { url = \"x\",\n      org = \"o, p # q\" ,\n      extra = { b = [1, { c = 2 }] } , }\n",
    "# top\na.url = \"x\"\na.token = \"t\" # at token\n# in a\na.active = true\n\nb.url = \"y\" # in b\nb.previous = true\n",
    "\"a\" . 'url' = \"x\"\nb.url = 'y'\na.org = 'o'\n# between\n[c]\nurl = 'z'\n",
    "[a]\nurl = \"x\"\nfuture = [ 1,\n  # in a\n  2 ] # at future\nlimits.rate = 0x10\n\n[b]\nwhen = 1979-05-27T07:32:00Z\n",
    "[a.more]\nk = 1\n\n[b]\nurl = 'y'\n\n[a]\nurl = 'x' # at url\n",
    "[a]\nurl = 'x'\n[b]\nurl = 'y'\n[[a.list]]\nk = 1\n[[a.list]]\nk = 2\n[a.list.deep]\nk = 3\n",
    "[a]\nurl.is.a = 'x'\nactive = false\n",
    "[a]\nactive = true\nprevious = true\ntoken = 't'\ncookie = 'c'\n",
    "a = { active = true, previous = false, token = '', cookie = 'c' }\n",
    "[a]\n\turl = \"x\"\n\n\t# in a\n\n\ttoken = \"t\"\n\n\n# [eu-central]\n#   url = \"https://eu-central-1\"\n#   token = \"XXX\"\n",
    "[a]\nurl = \"ü€😀\" # at ü€😀\n[\"ü€😀\"]\nurl = 'y'\n",
    "\n\n\n[a]\nurl = \"x\"\n\n\n[b]\n\n\n",
    "[b.x]\n[a.x] # in a\nk = 1\n[\"a.b\"]\nurl = 'a'\n",
];

/// The keys of an entry, in the Go client's order, with their opposites.
const KEYS: [(&str, Option<&str>); 6] = [
    ("url", None),
    ("token", Some("cookie")),
    ("org", None),
    ("active", Some("previous")),
    ("previous", Some("active")),
    ("cookie", Some("token")),
];

/// The comments; `# no` and `# q` stand in strings.
fn comments(text: &str) -> Vec<&str> {
    text.lines()
        .filter_map(|line| line.rfind("# ").map(|at| line[at..].trim_end()))
        .filter(|comment| !comment.starts_with("# no") && !comment.starts_with("# q"))
        .collect()
}

/// Lines of `before` that are not in `after`, and the other way round, where both keep their order.
fn changed<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let [before, after] = [before, after].map(|text| text.trim_start_matches('\u{feff}'));
    let (mut old, mut new): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    old.drain(..same);
    new.drain(..same);
    while !old.is_empty() && old.last() == new.last() {
        old.pop();
        new.pop();
    }
    (old, new)
}

/// What holds of every edit. Comments that start with `goes` may go.
fn check(before: &str, change: &Change<'_>, goes: &[&str]) -> String {
    let after =
        apply(before, change).unwrap_or_else(|_| panic!("{change:?} refused in:\n{before}"));
    let what = || format!("{change:?}\n--- before\n{before}\n--- after\n{after}\n---");
    DeTable::parse(&after).unwrap_or_else(|_| panic!("{}", what()));
    let kept: Vec<_> = comments(before)
        .into_iter()
        .filter(|comment| !goes.iter().any(|goes| comment.starts_with(goes)))
        .collect();
    let left: Vec<_> = comments(&after)
        .into_iter()
        .filter(|comment| !goes.iter().any(|goes| comment.starts_with(goes)))
        .collect();
    assert_eq!(kept, left, "{}", what());
    if before.contains("\r\n") {
        assert_eq!(
            after.matches('\n').count(),
            after.matches("\r\n").count(),
            "{}",
            what()
        );
    } else {
        assert!(!after.contains('\r'), "{}", what());
    }
    assert_eq!(
        before.starts_with('\u{feff}'),
        after.starts_with('\u{feff}')
    );
    after
}

fn refused(text: &str, key: &str) -> bool {
    // A table where a value is meant.
    key == "url" && text.contains("url.is.a")
}

#[test]
fn setting_a_key_changes_its_line_alone() {
    for text in FILES {
        for (key, _) in KEYS.iter().filter(|(key, _)| !refused(text, key)) {
            let value = if matches!(*key, "active" | "previous") {
                Value::True
            } else {
                Value::Text("new \"\\ \u{7} value")
            };
            let change = Change::Put {
                name: "a",
                key,
                value,
                instead_of: None,
            };
            let after = check(text, &change, &[]);
            let (old, new) = changed(text, &after);
            // One line for the key, two more where it needs a header of its own.
            let header = old.is_empty() && new.contains(&"[a]");
            let multiline = text.contains("url = '''") || text.contains("\"\"\"");
            assert!(old.len() <= if multiline { 4 } else { 1 }, "{old:?} {text}");
            assert!(new.len() <= if header { 3 } else { 1 }, "{new:?} {text}");
            assert_eq!(apply(&after, &change).as_ref(), Ok(&after), "again");
        }
    }
}

#[test]
fn a_key_that_is_put_and_dropped_leaves_what_was() {
    for text in FILES {
        let document = DeTable::parse(text).unwrap();
        let entry = document.get_ref()["a"].get_ref().as_table().unwrap();
        for (key, _) in KEYS.iter().filter(|(key, _)| !entry.contains_key(*key)) {
            let value = Value::Text("v");
            let put = Change::Put {
                name: "a",
                key,
                value,
                instead_of: None,
            };
            let drop = Change::Drop { name: "a", key };
            assert_eq!(apply(text, &drop).as_deref(), Ok(text));
            let after = check(&check(text, &put, &[]), &drop, &[]);
            let header = after
                .strip_prefix(text)
                .is_some_and(|more| more.contains("[a]"));
            let empty = after.replace("{ }", "{}") == text;
            let line_break =
                after.strip_suffix('\n') == Some(text) || after.strip_suffix("\r\n") == Some(text);
            assert!(
                after == text || header || empty || line_break,
                "{text}\n---\n{after}"
            );
        }
    }
}

#[test]
fn a_key_that_is_dropped_takes_no_comment_with_it() {
    for text in FILES {
        for (key, _) in KEYS.iter().filter(|(key, _)| !refused(text, key)) {
            let after = check(text, &Change::Drop { name: "a", key }, &[]);
            assert!(after.len() <= text.len());
            let (old, new) = changed(text, &after);
            let multiline = text.contains("'''") || text.contains("a = {\n");
            assert!(old.len() <= if multiline { 4 } else { 1 }, "{old:?} {text}");
            assert!(new.len() <= old.len(), "{new:?} {text}");
        }
    }
}

#[test]
fn a_key_replaces_its_opposite_in_any_form() {
    for text in FILES {
        for (key, other) in KEYS {
            let Some(other) = other else { continue };
            let value = Value::Text("v");
            let change = Change::Put {
                name: "a",
                key,
                value,
                instead_of: Some(other),
            };
            let after = check(text, &change, &[]);
            assert_eq!(apply(&after, &change).as_ref(), Ok(&after), "again");
        }
    }
}

#[test]
fn an_entry_that_is_created_and_removed_leaves_what_was() {
    for text in FILES {
        for name in ["new", "a b", "", "x.y", "\"\\"] {
            let keys = [("url", Value::Text("u")), ("active", Value::True)];
            let create = Change::Create { name, keys: &keys };
            let created = check(text, &create, &[]);
            assert!(created.starts_with(text), "{created}");
            let removed = check(&created, &Change::Remove { name }, &[]);
            assert_eq!(removed.trim_end(), text.trim_end());
            if text.ends_with("\"\n") {
                assert_eq!(removed, text);
            }
        }
    }
}

#[test]
fn an_entry_that_is_removed_takes_nothing_else_with_it() {
    for text in FILES {
        let document = DeTable::parse(text).unwrap();
        for (name, _) in document.get_ref() {
            let name = name.get_ref();
            let after = check(text, &Change::Remove { name }, &["# in", "# at"]);
            // What is left is a part of what was, line by line.
            let mut lines = text.trim_start_matches('\u{feff}').lines();
            for line in after.trim_start_matches('\u{feff}').lines() {
                assert!(
                    lines.any(|old| old == line),
                    "{line} of\n{after}\n---\n{text}"
                );
            }
            for (other, value) in document.get_ref() {
                let raw = &text[value.span()];
                assert!(
                    other.get_ref() == name || after.contains(raw),
                    "{other:?} {after}"
                );
            }
        }
    }
}
