//! Configs files that cannot be parsed. The message has the line and the reason, but no secret.

use crate::fixtures::by_id;

const SECRET: &str = "hunter2-hunter2-hunter2";

#[test]
fn values_of_the_wrong_type_exit_with_3() {
    for (content, line, said) in [
        ("[a]\nurl = 3\n", 2, "`url` is not a string"),
        ("[a]\ntoken = ['hunter2']\n", 2, "`token` is not a string"),
        (
            "[a]\n\n\ncookie = { hunter2 = 1 }\n",
            4,
            "`cookie` is not a string",
        ),
        (
            "[a]\nactive = 'hunter2'\n",
            2,
            "`active` is not true or false",
        ),
        ("[a]\nactive = 1\n", 2, "`active` is not true or false"),
        (
            "[a]\nactive = true\n[b]\nactive = 'yes'\n",
            4,
            "`active` is not true or false",
        ),
        (
            "[a]\r\nprevious = 0\r\n",
            2,
            "`previous` is not true or false",
        ),
        (
            "token = 'hunter2'\n[a]\n",
            1,
            "expected a table such as [default]",
        ),
        (
            "[a]\n[[b]]\ntoken = 'hunter2'\n",
            2,
            "expected a table such as [default]",
        ),
    ] {
        let test = by_id().configs(content);
        let path = test.home().join(".influxdbv2/configs");
        let path = path.display();
        test.stderr(format!(
            "Error: the configs file {path} has an error in line {line}: {said}\n"
        ))
        .code(3);
    }
}

/// The reason comes from the TOML parser, so only the rest of the message is compared.
#[test]
fn invalid_toml_exits_with_3_without_showing_the_content() {
    for (content, line) in [
        ("[a]\ntoken = SECRET\n", 2),
        ("[a]\ntoken = \"SECRET\n", 2),
        ("[a]\ntoken = 'SECRET\n", 2),
        ("[a]\ntoken = \"SECRET\\q\"\n", 2),
        ("[a]\ntoken = \"\\uSECRET\"\n", 2),
        ("[a]\ntoken = \"SECRET\u{1}\"\n", 2),
        ("[a]\ntoken \"SECRET\"\n", 2),
        ("[a]\n\ntoken = \"x\" SECRET\n", 3),
        ("[a]\ntoken = \"x\"\ntoken = \"SECRET\"\n", 3),
        ("[a]\nSECRET = 1\nSECRET = 2\n", 3),
        ("[a]\n[SECRET]\n[SECRET]\n", 3),
        ("[a]\nSECRET\n", 2),
        ("[SECRET\n", 1),
        ("SECRET", 1),
        ("[a]\ntoken = {x = SECRET\n", 2),
        ("[a]\ntoken = 0SECRET\n", 2),
        (
            "[a]\ntoken = 99999999999999999999999999\n[b]\nx = SECRET",
            4,
        ),
        ("[a]\nwhen = 2024-99-99SECRET\n", 2),
        ("[a]\ntoken = tSECRET\n", 2),
    ] {
        let content = content.replace("SECRET", SECRET);
        let test = by_id().configs(&content);
        let path = test.home().join(".influxdbv2/configs");
        let run = test.run();
        let begins = format!(
            "Error: the configs file {} has an error in line {line}: ",
            path.display()
        );
        let said = run.stderr.strip_prefix(&begins);
        run.assert(
            said.is_some_and(|said| said.len() > 3),
            &format!("{begins} for {content}"),
        );
        run.assert(!run.stderr.contains("hunter2"), "nothing of the content");
        run.assert(run.stderr.lines().count() == 1, "one line");
        run.assert(run.code == 3, "exit code 3");
        run.assert(run.stdout.is_empty(), "empty standard output");
    }
}

#[test]
fn files_that_are_not_utf8_exit_with_3() {
    let content = [
        b"[a]\ntoken = \"hunter2\xff\"\n".as_slice(),
        b"\xff\xfe[\0a\0]\0",
        &[0x80],
    ];
    for content in content {
        let test = by_id().configs(content);
        let path = test.home().join(".influxdbv2/configs");
        test.stderr(format!(
            "Error: cannot read the configs file {}: not UTF-8 text\n",
            path.display()
        ))
        .code(3);
    }
}

/// A recursive parser without a depth limit would overflow the stack.
#[test]
fn deeply_nested_values_exit_with_3() {
    for open in ["[", "{a="] {
        let test = by_id().configs(format!("[a]\nx = {}", open.repeat(100_000)));
        let path = test.home().join(".influxdbv2/configs");
        let run = test.run();
        let begins = format!(
            "Error: the configs file {} has an error in line 2: ",
            path.display()
        );
        run.assert(run.stderr.starts_with(&begins), &begins);
        run.assert(run.code == 3, "exit code 3");
    }
}

#[test]
fn unusable_values_of_an_entry_exit_with_3() {
    let url = "http:// or https:// is missing; expected a URL such as http://localhost:8086 or https://influx.example/prefix";
    let line_break = "contains a line break, which is not allowed in a header";
    let printable =
        "contains a character that is not allowed in a header (only printable ASCII can be sent)";
    let not_base64 = "is not the base64 of user:password";
    for (entry, key, said) in [
        ("url = 'localhost:8086'", "url", url),
        (
            "url = 'http://u:hunter2@h'",
            "url",
            "it must not have user:password; use a token",
        ),
        (
            "url = 'unix:///hunter2'",
            "url",
            "the scheme is neither http nor https",
        ),
        ("token = \"hunter2\\nx\"", "token", line_break),
        ("token = 'hünter2'", "token", printable),
        ("cookie = 'hunter2!'", "cookie", not_base64),
        ("cookie = 'YWRtaW46aHVudGVyMg'", "cookie", not_base64),
        ("cookie = \"YWRtaW46aHVudGVyMg==\\n\"", "cookie", not_base64),
        (
            "cookie = 'YWRtaW4='",
            "cookie",
            "has no password: expected the base64 of user:password",
        ),
        (
            "cookie = 'YWRtaW46'",
            "cookie",
            "has no password: expected the base64 of user:password",
        ),
        (
            "cookie = '/////w=='",
            "cookie",
            "is not the base64 of UTF-8 text",
        ),
    ] {
        let test = by_id().configs(format!("['the \"one\"']\n{entry}\n"));
        let path = test.home().join(".influxdbv2/configs");
        let path = path.display();
        test.stderr(format!(
            "Error: {key} of config \"the \\\"one\\\"\" in {path}: {said}\n"
        ))
        .code(3);
    }
}
