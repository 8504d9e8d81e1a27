//! Compares whole files before and after an edit. Only the edited part may change.

use crate::harness::Test;
use std::fs;

/// Runs `config` with these arguments on the file `before`. Afterwards, it must be `after`.
#[track_caller]
fn check(args: &[&str], before: &str, after: &str) {
    let test = Test::new(["config"]).args(args.to_vec()).configs(before);
    let home = test.keep();
    let run = test.run();
    run.assert(run.code == 0, &format!("success for {before:?}"));
    let file = home.path().join(".influxdbv2/configs");
    assert_eq!(fs::read_to_string(file).unwrap(), after, "{before:?}");
}

#[test]
fn replacing_a_value_keeps_its_comment() {
    for (before, after) in [
        ("[a]\norg = \"x\"\n", "[a]\norg = \"o\"\n"),
        (
            "[a]\n\torg='x'  # why\nk=1\n",
            "[a]\n\torg=\"o\"  # why\nk=1\n",
        ),
        (
            "\u{feff}[a]\r\n\"org\" = '''\r\nx\r\n''' # c\r\n",
            "\u{feff}[a]\r\n\"org\" = \"o\" # c\r\n",
        ),
        ("a = { org = 'x', k = 1 }\n", "a = { org = \"o\", k = 1 }\n"),
        (" a . 'org' = 'x'\n", " a . 'org' = \"o\"\n"),
        ("[a]\norg = 'o'\n", "[a]\norg = 'o'\n"),
        ("[a]\norg = 5", "[a]\norg = \"o\"\n"),
    ] {
        check(&["set", "-n", "a", "-o", "o"], before, after);
    }
}

#[test]
fn a_new_key_is_added_last_and_indented_like_the_others() {
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
        check(&["set", "-n", "a", "-o", "o"], before, after);
    }
}

#[test]
fn switching_renames_active_to_previous_in_place() {
    for (before, after) in [
        (
            "[a]\n# of it\n  active = true # c\nk = 1\n",
            "[a]\n# of it\n  previous = true # c\nk = 1\n",
        ),
        (
            "a = { active=true, 'k' = 1 }\n",
            "a = { previous=true, 'k' = 1 }\n",
        ),
        ("a.\"active\" = true\n", "a.previous = true\n"),
        (
            "[a]\nactive = true\n[a.s]\nk = 1\n",
            "[a]\nprevious = true\n[a.s]\nk = 1\n",
        ),
        (
            "[a]\nprevious = false\nk = 1\nactive = true\n",
            "[a]\nprevious = true\nk = 1\n",
        ),
    ] {
        let before = format!("{before}[b]\n");
        check(&["b"], &before, &format!("{after}[b]\n  active = true\n"));
    }
}

#[test]
fn switching_removes_previous_or_sets_it_to_false() {
    for (before, after) in [
        ("[a]\n  previous = true\n  k = 1\n", "[a]\n  k = 1\n"),
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
        // Removing this key would remove the entry.
        ("a.previous = true\n", "a.previous = false\n"),
        ("a = { previous = true, k = 1 }\n", "a = { k = 1 }\n"),
        ("[a]\nk = 1\n", "[a]\nk = 1\n"),
    ] {
        let before = format!("{before}[b]\n");
        check(&["b"], &before, &format!("{after}[b]\n  active = true\n"));
    }
    check(
        &["b"],
        "[a]\r\n  previous = true\r\n[b]\r\n",
        "[a]\r\n[b]\r\n  active = true\r\n",
    );
}

#[test]
fn a_new_entry_is_added_at_the_end() {
    let create = ["create", "-n", "n", "-u", "http://h", "-a"];
    let block = "[n]\n  url = \"http://h\"\n  active = true\n";
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
        check(&create, before, &format!("{before}{between}{block}"));
    }
    check(
        &create,
        "[b]\r\nk = 1",
        "[b]\r\nk = 1\r\n\r\n[n]\r\n  url = \"http://h\"\r\n  active = true\r\n",
    );
}

#[test]
fn special_characters_in_names_and_organizations_are_stored() {
    let org = "\"\\ü'#";
    for name in ["Config", "a-B_9", "a b", "a.b", "ü", "a\"\\]#", "'", "\"'"] {
        for before in ["", "# c\r\n"] {
            let test = Test::new(["config", "create", "--json", "-u", "http://h"]);
            let test = test.args(["-n", name, "-o", org]).configs(before);
            let run = test.run();
            let config: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
            assert_eq!(
                (&config["name"], &config["org"]),
                (&name.into(), &org.into())
            );
        }
    }
}

#[test]
fn removing_an_entry_keeps_the_comments_around_it() {
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
        check(&["rm", "a"], before, after);
    }
    check(
        &["rm", "a", "b", "d", "zz"],
        "# of a\n[a]\n\n# of b\n[b]\n\n[c]\n\n# of d\n[d]\n",
        "# of a\n\n# of b\n\n[c]\n\n# of d\n",
    );
}

#[test]
fn edits_keep_the_style_of_the_file() {
    let set = ["set", "-n", "a", "-t", "N"];
    let set_dotted = ["set", "-n", "a.b \"c\"", "-t", "N"];
    let create = ["create", "-n", "x.y", "-u", "http://h"];
    for (args, before, after) in [
        // Windows line endings, and no line ending at the end of the file.
        (
            &set[..],
            "# top\r\n[a]\r\nurl = 'x' # of x",
            "# top\r\n[a]\r\nurl = 'x' # of x\r\ntoken = \"N\"\r\n",
        ),
        (
            &create,
            "[a]\r\nurl = 'x'",
            "[a]\r\nurl = 'x'\r\n\r\n[\"x.y\"]\r\n  url = \"http://h\"\r\n",
        ),
        // Inline tables and dotted keys.
        (
            &set,
            "a = { url = \"x\", token = 'old' } # of a\nb = {}\n",
            "a = { url = \"x\", token = \"N\" } # of a\nb = {}\n",
        ),
        (
            &set,
            "a = { url = \"x\" }\n",
            "a = { url = \"x\", token = \"N\" }\n",
        ),
        (
            &set,
            "a.url = 'x'\na.cookie = 'c' # of it\n[b]\n",
            "a.url = 'x'\na.token = \"N\" # of it\n[b]\n",
        ),
        (
            &set,
            "[a]\n# in a\n\nurl = 'x'\n  # after it\n\n[a.more] # kept\nk = [ 1,\n  2 ] # and\n",
            "[a]\n# in a\n\nurl = 'x'\ntoken = \"N\"\n  # after it\n\n[a.more] # kept\nk = [ 1,\n  2 ] # and\n",
        ),
        (
            &set_dotted,
            "['a.b \"c\"'] # quoted\n\ttoken  =  'old' # of it\n",
            "['a.b \"c\"'] # quoted\n\ttoken  =  \"N\" # of it\n",
        ),
    ] {
        check(args, before, after);
    }
    check(
        &["rm", "a"],
        "# of the file\n\n[a]\n# in a\nurl = 'x'\n\n# of b\n[b]\nurl = 'y'\n",
        "# of the file\n\n# of b\n[b]\nurl = 'y'\n",
    );
}

#[test]
fn edits_that_would_change_other_parts_are_refused() {
    for before in [
        // A table instead of a string.
        "[a.org]\nk = 1\n",
        "[a]\norg.k = 1\n",
        // Other lines of these files would be written differently.
        "[a]\r\nk = 1\nl = 1\r\n",
        "a.k = 1\nb.k = 1\na.l = 1\n",
        "a.k = 1\n'a'.l = 1\n",
    ] {
        let test = Test::new(["config", "set", "-n", "a", "-o", "o"]).configs(before);
        let home = test.keep();
        let file = home.path().join(".influxdbv2/configs");
        test.stderr(format!(
            "Error: the configs file {} cannot be edited without changing other parts of it\n\
             Hint: nothing was written; edit it by hand\n",
            file.display()
        ))
        .code(3);
        assert_eq!(fs::read_to_string(file).unwrap(), before);
    }
}
