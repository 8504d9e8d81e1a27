//! Single edits, byte for byte.

use super::*;

fn put<'a>(key: &'a str, value: &'a str) -> Change<'a> {
    Change::Put {
        name: "a",
        key,
        value: Value::Text(value),
        instead_of: None,
    }
}

fn mark<'a>(key: &'a str, instead_of: &'a str) -> Change<'a> {
    Change::Put {
        name: "a",
        key,
        value: Value::True,
        instead_of: Some(instead_of),
    }
}

fn drop(key: &str) -> Change<'_> {
    Change::Drop { name: "a", key }
}

const REMOVE: Change<'_> = Change::Remove { name: "a" };

const CREATE: Change<'_> = Change::Create {
    name: "n",
    keys: &[("url", Value::Text("U")), ("active", Value::True)],
};

#[track_caller]
fn check(before: &str, change: Change<'_>, after: &str) {
    assert_eq!(apply(before, &change).as_deref(), Ok(after), "{before:?}");
}

#[test]
fn a_value_is_replaced_where_it_stands() {
    for (before, after) in [
        ("[a]\nurl = \"x\"\n", "[a]\nurl = \"U\"\n"),
        ("[a]\n\turl='x'  # why\nk=1", "[a]\n\turl=\"U\"  # why\nk=1"),
        (
            "[a]\r\n\"url\" = '''\r\nx\r\n''' # c\r\n",
            "[a]\r\n\"url\" = \"U\" # c\r\n",
        ),
        (
            "[a]\nurl = \"\"\"x\n#y\n\"\"\"\n[b]\n",
            "[a]\nurl = \"U\"\n[b]\n",
        ),
        ("a = { url = 'x', k = 1 }", "a = { url = \"U\", k = 1 }"),
        (
            "a.k = 1\n a . 'url' = 'x'\n",
            "a.k = 1\n a . 'url' = \"U\"\n",
        ),
        ("[\"a\"]\nurl = 5\n", "[\"a\"]\nurl = \"U\"\n"),
    ] {
        check(before, put("url", "U"), after);
    }
}

#[test]
fn a_value_that_is_the_same_stays_as_it_is_written() {
    for text in ["[a]\nurl = 'U'\n", "a.url='''\nU'''", "a={url=\"\\u0055\"}"] {
        check(text, put("url", "U"), text);
        check(text, drop("token"), text);
    }
}

#[test]
fn a_new_key_goes_behind_the_last_of_the_entry() {
    for (before, after) in [
        ("[a]\n", "[a]\n  org = \"o\"\n"),
        ("[a] # c", "[a] # c\n  org = \"o\""),
        (
            "[a]\n\tk = 1 # c\n\n# of b\n[b]\n",
            "[a]\n\tk = 1 # c\n\torg = \"o\"\n\n# of b\n[b]\n",
        ),
        ("[a]\r\nk = 1\r\n", "[a]\r\nk = 1\r\norg = \"o\"\r\n"),
        ("[a]\nk = 1", "[a]\nk = 1\norg = \"o\""),
        (
            "[a]\nx.y = 1\n[a.s]\nk = 1\n",
            "[a]\nx.y = 1\norg = \"o\"\n[a.s]\nk = 1\n",
        ),
        (
            "[a.s]\nk = 1\n[a]\nk = 2\n",
            "[a.s]\nk = 1\n[a]\nk = 2\norg = \"o\"\n",
        ),
        (
            "[a]\nk = [\n  1, # one\n]\n",
            "[a]\nk = [\n  1, # one\n]\norg = \"o\"\n",
        ),
        ("a.k = 1\nb.k = 2\n", "a.k = 1\na.org = \"o\"\nb.k = 2\n"),
        ("  \"a\".x.y = 1\n", "  \"a\".x.y = 1\n  a.org = \"o\"\n"),
        ("\u{feff}a.k = 1", "\u{feff}a.k = 1\na.org = \"o\""),
        ("a = {}", "a = { org = \"o\" }"),
        ("a = { } # c\n", "a = { org = \"o\" } # c\n"),
        ("a = { k = 1 }\n", "a = { k = 1, org = \"o\" }\n"),
        (
            "a = {x.y = {z = 1}}\n",
            "a = {x.y = {z = 1}, org = \"o\"}\n",
        ),
        (
            "a = {\n k = 1, # c\n}\n",
            "a = {\n k = 1, org = \"o\", # c\n}\n",
        ),
    ] {
        check(before, put("org", "o"), after);
    }
}

#[test]
fn an_entry_with_tables_alone_gets_a_header() {
    let before = "[a.s]\nk = 1\n";
    check(
        before,
        put("org", "o"),
        "[a.s]\nk = 1\n\n[a]\n  org = \"o\"\n",
    );
}

#[test]
fn a_key_goes_with_its_line_and_leaves_a_comment() {
    for (before, after) in [
        ("[a]\n  token = 't'\n  k = 1\n", "[a]\n  k = 1\n"),
        ("[a]\r\n  token = 't'\r\n", "[a]\r\n"),
        ("[a]\nk = 1\ntoken = 't'", "[a]\nk = 1\n"),
        ("[a]\n\ttoken = '#' # c\nk = 1\n", "[a]\n\t# c\nk = 1\n"),
        ("[a]\ntoken = '''\n\n#''' # c", "[a]\n# c"),
        (
            "[a]\n# before\ntoken = 't'\n# after\n",
            "[a]\n# before\n# after\n",
        ),
        ("\u{feff}a.token = 't'\na.k = 1", "\u{feff}a.k = 1"),
        ("\u{feff}a.token = 't' # c\na.k = 1", "\u{feff}# c\na.k = 1"),
        ("a = { token = 't' }", "a = { }"),
        ("a = {token='t'}", "a = {}"),
        ("a = { token = 't', k = 1 }", "a = { k = 1 }"),
        ("a = { j = 1, token = 't', k = 1 }", "a = { j = 1, k = 1 }"),
        ("a = { x.y = 1, token = 't' }", "a = { x.y = 1 }"),
        ("a = { j = 1, token = 't', }", "a = { j = 1, }"),
        (
            "a = {\n j = 1, # c\n token = 't'\n}",
            "a = {\n j = 1 # c\n \n}",
        ),
        (
            "a = {\n token = 't' # c,\n , k = 1\n}",
            "a = {\n  # c,\n k = 1\n}",
        ),
    ] {
        check(before, drop("token"), after);
    }
}

#[test]
fn a_key_takes_the_place_of_its_opposite() {
    for (before, after) in [
        (
            "[a]\n  active = true # c\nk = 1\n",
            "[a]\n  previous = true # c\nk = 1\n",
        ),
        ("a = { active=true, k = 1 }", "a = { previous=true, k = 1 }"),
        ("a.\"active\" = false\n", "a.previous = true\n"),
        // Both are there, or neither.
        (
            "[a]\nprevious = false\nk = 1\nactive = true\n",
            "[a]\nprevious = true\nk = 1\n",
        ),
        (
            "a = { active = true, previous = true }",
            "a = { previous = true }",
        ),
        ("[a]\nk = 1\n", "[a]\nk = 1\nprevious = true\n"),
        ("[a]\nprevious = true", "[a]\nprevious = true"),
    ] {
        check(before, mark("previous", "active"), after);
    }
}

#[test]
fn a_new_entry_goes_to_the_end() {
    let block = "[n]\n  url = \"U\"\n  active = true\n";
    for (before, between) in [
        ("", ""),
        ("\u{feff}", ""),
        ("# only", "\n\n"),
        ("# only\n", "\n"),
        ("[b]\n\n", ""),
        ("[b]\nk = 1", "\n\n"),
        ("b = {}\n", "\n"),
        ("[b]\n#   org = \"\"\n", "\n"),
    ] {
        check(before, CREATE, &format!("{before}{between}{block}"));
    }
    let crlf = "[n]\r\n  url = \"U\"\r\n  active = true\r\n";
    check(
        "[b]\r\nk = 1",
        CREATE,
        &format!("[b]\r\nk = 1\r\n\r\n{crlf}"),
    );
}

#[test]
fn names_and_values_are_quoted_where_toml_needs_it() {
    for (name, header) in [
        ("a-B_9", "[a-B_9]"),
        ("", "[\"\"]"),
        ("a b", "[\"a b\"]"),
        ("a.b", "[\"a.b\"]"),
        ("ü", "[\"ü\"]"),
        ("a\"\\]#", "[\"a\\\"\\\\]#\"]"),
    ] {
        let keys = [("url", Value::Text("\"\\\t\n\r\u{1b}\u{7f}\u{85}ü'#"))];
        let change = Change::Create { name, keys: &keys };
        let url = r#""\"\\\t\n\r\u001b\u007f\u0085ü'#""#;
        check("", change, &format!("{header}\n  url = {url}\n"));
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
            "# of a\n[a]\nk = 1\n\n# of b\n[b]\n",
            "# of a\n\n# of b\n[b]\n",
        ),
        ("[b]\n\n[a]\nk = 1\n", "[b]\n"),
        ("[b]\n\n[a]\nk = 1\n\n# end\n", "[b]\n\n# end\n"),
        ("[b]\r\n\r\n[a]\r\nk = 1\r\n\r\n[c]", "[b]\r\n\r\n[c]"),
        (
            "[a]\n[b]\n[a.s]\nk = 1\n[[a.l]]\n[[a.l]]\n[a.l.m]\n[c]\n",
            "[b]\n[c]\n",
        ),
        ("a.k = 1\nb.k = 1\na.l = 1\n", "b.k = 1\n"),
        ("\u{feff}a = {\n k = 1 }# c\nb = {}\n", "\u{feff}b = {}\n"),
        ("[a.s]\nk = '''\n[b]\n'''\n[b]\n", "[b]\n"),
        ("[ 'a' ]\n[\"a.b\"]\n", "[\"a.b\"]\n"),
    ] {
        check(before, REMOVE, after);
    }
}

#[test]
fn what_cannot_be_edited_is_refused() {
    for (before, change) in [
        // No TOML, no such entry, no table.
        ("[a", put("url", "U")),
        ("[b]\n", put("url", "U")),
        ("[b]\n", drop("url")),
        ("[b]\n", REMOVE),
        ("a = 1\n", put("url", "U")),
        ("[[a]]\n", drop("url")),
        ("[n]\n", CREATE),
        // A table where a value is meant.
        ("[a.url]\nk = 1\n", put("url", "U")),
        ("[a]\nurl.k = 1\n", put("url", "U")),
        ("[a]\n[a.token]\n", drop("token")),
        // The entry would go with its last key.
        ("a.url = 'x'\n", drop("url")),
    ] {
        assert_eq!(apply(before, &change), Err(CannotEdit), "{before:?}");
    }
}
