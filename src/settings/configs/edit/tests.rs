//! Single changes, byte for byte. What toml_edit itself keeps needs no test here.

use super::*;

fn edited(
    before: &str,
    change: impl Fn(&mut Document) -> Result<(), CannotEdit>,
) -> Result<String, CannotEdit> {
    let mut document = Document::parse(before)?;
    change(&mut document)?;
    Ok(document.to_text())
}

#[track_caller]
fn check(before: &str, change: impl Fn(&mut Document) -> Result<(), CannotEdit>, after: &str) {
    assert_eq!(edited(before, change).as_deref(), Ok(after), "{before:?}");
}

#[test]
fn a_value_is_replaced_and_its_comment_stays() {
    for (before, after) in [
        ("[a]\nurl = \"x\"\n", "[a]\nurl = \"U\"\n"),
        (
            "[a]\n\turl='x'  # why\nk=1\n",
            "[a]\n\turl=\"U\"  # why\nk=1\n",
        ),
        (
            "\u{feff}[a]\r\n\"url\" = '''\r\nx\r\n''' # c\r\n",
            "\u{feff}[a]\r\n\"url\" = \"U\" # c\r\n",
        ),
        ("a = { url = 'x', k = 1 }\n", "a = { url = \"U\", k = 1 }\n"),
        (" a . 'url' = 'x'\n", " a . 'url' = \"U\"\n"),
        ("[a]\nurl = 'U'\n", "[a]\nurl = 'U'\n"),
        ("[a]\nurl = 5", "[a]\nurl = \"U\"\n"),
    ] {
        check(before, |document| document.set_text("a", "url", "U"), after);
    }
}

#[test]
fn a_new_key_goes_after_the_others_with_their_indentation() {
    for (before, after) in [
        ("[a]\n", "[a]\n  org = \"o\"\n"),
        ("[a] # c", "[a] # c\n  org = \"o\"\n"),
        (
            "[a]\n\n# of k\n\tk = 1 # c\n\n# of b\n[b]\n",
            "[a]\n\n# of k\n\tk = 1 # c\n\torg = \"o\"\n\n# of b\n[b]\n",
        ),
        ("[a]\r\nk = 1\r\n", "[a]\r\nk = 1\r\norg = \"o\"\r\n"),
        (
            "[a]\nx.y = 1\n[a.s]\nk = 1\n",
            "[a]\nx.y = 1\norg = \"o\"\n[a.s]\nk = 1\n",
        ),
        (
            "[a.s]\nk = 1\n[a]\nk = 2\n",
            "[a.s]\nk = 1\n[a]\nk = 2\norg = \"o\"\n",
        ),
        ("a.k = 1\nb.k = 2\n", "a.k = 1\na.org = \"o\"\nb.k = 2\n"),
        (
            "\u{feff}  \"a\".x.y = 1\n",
            "\u{feff}  \"a\".x.y = 1\n  \"a\".org = \"o\"\n",
        ),
        ("[a]\n\"\" = 1\n", "[a]\n\"\" = 1\norg = \"o\"\n"),
        ("a = {}\n", "a = { org = \"o\" }\n"),
        ("a = { k = 1 }\n", "a = { k = 1, org = \"o\" }\n"),
    ] {
        check(before, |document| document.set_text("a", "org", "o"), after);
    }
}

#[test]
fn a_key_takes_the_place_of_its_opposite() {
    for (before, after) in [
        (
            "[a]\n# of it\n  active = true # c\nk = 1\n",
            "[a]\n# of it\n  previous = true # c\nk = 1\n",
        ),
        (
            "a = { active=true, 'k' = 1 }\n",
            "a = { previous=true, 'k' = 1 }\n",
        ),
        ("a.\"active\" = false\n", "a.previous = true\n"),
        (
            "[a]\nactive = true\n[a.s]\nk = 1\n",
            "[a]\nprevious = true\n[a.s]\nk = 1\n",
        ),
        (
            "[a]\nprevious = false\nk = 1\nactive = true\n",
            "[a]\nprevious = true\nk = 1\n",
        ),
        ("[a]\nk = 1\n", "[a]\nk = 1\nprevious = true\n"),
    ] {
        check(before, |document| document.set_true("a", "previous"), after);
    }
}

#[test]
fn a_key_goes_unless_a_comment_needs_it() {
    for (before, after) in [
        ("[a]\n  previous = true\n  k = 1\n", "[a]\n  k = 1\n"),
        ("[a]\r\n  previous = true\r\n", "[a]\r\n"),
        (
            "[a]\nk = 1\nprevious = true # c\n",
            "[a]\nk = 1\nprevious = false # c\n",
        ),
        (
            "[a]\n# of it\nprevious = true\n",
            "[a]\n# of it\nprevious = false\n",
        ),
        (
            "[a]\nk = 1\n\nprevious = true\n",
            "[a]\nk = 1\n\nprevious = false\n",
        ),
        // The entry would be gone.
        ("a.previous = true\n", "a.previous = false\n"),
        ("a = { previous = true, k = 1 }\n", "a = { k = 1 }\n"),
        ("[a]\nk = 1\n", "[a]\nk = 1\n"),
    ] {
        check(before, |document| document.unset("a", "previous"), after);
    }
}

#[test]
fn a_new_entry_goes_to_the_end() {
    let block = "[n]\n  url = \"U\"\n  active = true\n";
    let create = |document: &mut Document| {
        document.create("n");
        document.set_text("n", "url", "U")?;
        document.set_true("n", "active")
    };
    for (before, between) in [
        ("", ""),
        ("\u{feff}", ""),
        ("# only", "\n\n"),
        ("# only\n", "\n"),
        ("[b]\n\n", ""),
        ("[b]\nk = 1", "\n\n"),
        ("b = {}\n", "\n"),
        ("[b]\n#   org = \"\"\n", "\n"),
        ("[b]\n[a]\n[b.s]\n", "\n"),
    ] {
        check(before, create, &format!("{before}{between}{block}"));
    }
    check(
        "[b]\r\nk = 1",
        create,
        "[b]\r\nk = 1\r\n\r\n[n]\r\n  url = \"U\"\r\n  active = true\r\n",
    );
}

#[test]
fn any_name_and_value_comes_back() {
    for name in ["a-B_9", "", "a b", "a.b", "ü", "a\"\\]#", "'", "\"'"] {
        let value = "\"\\\t\n\r\u{1b}\u{7f}\u{85}ü'#";
        for before in ["", "# c\r\n"] {
            let create = |document: &mut Document| {
                document.create(name);
                document.set_text(name, "url", value)
            };
            let text = edited(before, create).unwrap();
            let parsed: DocumentMut = text.parse().unwrap();
            assert_eq!(parsed[name]["url"].as_str(), Some(value), "{text}");
        }
    }
}

#[test]
fn an_entry_goes_and_the_comments_around_it_stay() {
    for (before, after) in [
        ("[a]\nk = 1", ""),
        ("[a]\nk = 1\n\n\n[b]\n", "[b]\n"),
        (
            "# top\n\n[a] # h\nk = 1 # i\n# in\nl = 2\n\n[b]\n",
            "# top\n\n[b]\n",
        ),
        (
            "# of a\n  [a]\n  k = 1\n\n# of b\n  [b]\n",
            "# of a\n\n# of b\n  [b]\n",
        ),
        ("[b]\n\n[a]\nk = 1\n", "[b]\n"),
        ("[b]\n\n[a]\nk = 1\n\n# end\n", "[b]\n\n# end\n"),
        ("[b]\n\n# of a\n[a]\nk = 1\n\n", "[b]\n\n# of a\n"),
        ("[b]\n[a]\n\n[c]\n", "[b]\n\n[c]\n"),
        ("[b]\r\n\r\n[a]\r\nk = 1\r\n\r\n[c]", "[b]\r\n\r\n[c]\r\n"),
        (
            "[a]\n[b]\n[a.s]\nk = 1\n[[a.l]]\n[[a.l]]\n[a.l.m]\n[c]\n",
            "[b]\n[c]\n",
        ),
        (
            "# of a\na.k = 1\n# of b\nb.k = 1\n",
            "# of a\n# of b\nb.k = 1\n",
        ),
        ("# of a\na = {}\n\n[b.s]\n", "# of a\n\n[b.s]\n"),
        ("[ 'a' ]\n[\"a.b\"]\n", "[\"a.b\"]\n"),
    ] {
        let remove = |document: &mut Document| {
            document.remove(&BTreeSet::from(["a"]));
            Ok(())
        };
        check(before, remove, after);
    }
}

#[test]
fn several_entries_go_at_once() {
    let before = "# of a\n[a]\n\n# of b\n[b]\n\n[c]\n\n# of d\n[d]\n";
    let mut document = Document::parse(before).unwrap();
    document.remove(&BTreeSet::from(["a", "b", "d", "zz"]));
    assert_eq!(document.to_text(), "# of a\n\n# of b\n\n[c]\n\n# of d\n");
}

#[test]
fn what_would_change_more_is_refused() {
    let set = |document: &mut Document| document.set_text("a", "url", "U");
    for before in [
        "[a",
        "[b]\n",
        "a = 1\n",
        "[[a]]\n",
        // A table where a string should be.
        "[a.url]\nk = 1\n",
        "[a]\nurl.k = 1\n",
        // toml_edit writes these differently.
        "[a]\r\nk = 1\nl = 1\r\n",
        "a.k = 1\nb.k = 1\na.l = 1\n",
        "a.k = 1\n'a'.l = 1\n",
    ] {
        assert_eq!(edited(before, set), Err(CannotEdit), "{before:?}");
    }
}
