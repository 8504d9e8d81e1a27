//! `influx man`: the manual page, in roff, made from the tables of commands and flags.

use crate::commands::{Body, Command, ROOT};
use crate::error::Code;
use crate::flags::{COMMON, Flag, HELP, VERSION};
use crate::program;

/// When the page last changed in substance: a page dated by the clock would differ in every build.
const DATE: &str = "2026-11-24";

/// What has no flag.
const ENVIRONMENT: [(&str, &str); 4] = [
    (
        "SSL_CERT_FILE, SSL_CERT_DIR",
        "A PEM bundle, and directories of PEM files separated by colons, with the certificates to trust in place of the system's. --tls-ca takes the place of both.",
    ),
    (
        "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY",
        "The proxy for https, for http, and for either. In lower case they win. Loopback is never proxied.",
    ),
    (
        "NO_PROXY",
        "Hosts, domains and address blocks, separated by commas, that are reached without a proxy; * is all.",
    ),
    ("HOME", "Where the configs file is."),
];

const FILES: [(&str, &str); 2] = [
    (
        "~/.influxdbv2/configs",
        "Servers and tokens by name, in TOML, as the Go client writes them. The file is only read. The entry with active = true counts, unless --active-config names another.",
    ),
    (
        "/etc/ssl/certs/ca-certificates.crt",
        "The certificates that the system trusts, on Debian and Alpine; other distributions' places are known too. Where there is none, the Mozilla roots built in count.",
    ),
];

/// Without the program's name.
const EXAMPLES: [(&str, &str); 4] = [
    (
        "Deactivate by username, with the token in a file:",
        "v1 auth set-inactive --username telegraf --token-file /run/secrets/influx-token",
    ),
    ("The undo:", "v1 auth set-active --username telegraf"),
    (
        "Every ID in a list, one a line; what failed is left in failed.txt:",
        "v1 auth set-inactive --id - < ids.txt 2> failed.txt",
    ),
    (
        "A server with a certificate of a private authority:",
        "v1 auth list --host https://influx.example --tls-ca /etc/ssl/plant-ca.pem",
    ),
];

/// The page.
pub fn page() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let program = program::name();
    let title = program.to_ascii_uppercase();
    let mut text = [".TH ", &title, " 1 ", DATE, " \"influx ", version, "\"\n"].concat();
    section(&mut text, "NAME");
    prose(&mut text, &[&program, " - ", ROOT.summary].concat());
    section(&mut text, "SYNOPSIS");
    text.push_str(".B ");
    escaped(&mut text, &program);
    text.push('\n');
    prose(&mut text, "COMMAND [FLAGS]");
    section(&mut text, "DESCRIPTION");
    prose(
        &mut text,
        "A client for the usernames and passwords with which 1.x clients reach an InfluxDB 2.x server. Results are printed on standard output, everything else on standard error.",
    );
    section(&mut text, "COMMANDS");
    commands(&mut text, &ROOT, &program);
    section(&mut text, "COMMON FLAGS");
    prose(
        &mut text,
        "Every command that talks to a server takes these. A flag wins over its variable, a variable over the active entry of the configs file, and that over the default.",
    );
    flags(&mut text, &mut COMMON.iter().chain(HELP).chain(VERSION));
    section(&mut text, "ENVIRONMENT");
    prose(
        &mut text,
        "A variable set to the empty string counts as unset.",
    );
    environment(&mut text);
    section(&mut text, "FILES");
    for (name, about) in FILES {
        item(&mut text, name, about);
    }
    section(&mut text, "EXIT STATUS");
    for (code, meaning) in Code::ALL {
        item(&mut text, &(code as u8).to_string(), meaning);
    }
    section(&mut text, "EXAMPLES");
    for (about, line) in EXAMPLES {
        prose(&mut text, about);
        text.push_str(".PP\n.nf\n.RS 4\n");
        escaped(&mut text, &[&program, " ", line].concat());
        text.push_str("\n.RE\n.fi\n.PP\n");
    }
    // The last paragraph is not begun.
    text.truncate(text.trim_end_matches(".PP\n").len());
    text
}

/// Every command below this one, each with the flags of its own.
fn commands(text: &mut String, command: &'static Command, words: &str) {
    for child in command.children() {
        let words = [words, " ", child.name].concat();
        if let Body::Group(_) = child.body {
            commands(text, child, &words);
            continue;
        }
        text.push_str(".SS ");
        escaped(text, &words);
        text.push('\n');
        prose(text, &[child.summary, "."].concat());
        if !child.details.is_empty() {
            prose(text, child.details);
        }
        if !child.aliases.is_empty() {
            prose(text, &["Also: ", &child.aliases.join(", "), "."].concat());
        }
        if let Body::Leaf { own, .. } = child.body {
            flags(text, &mut own.iter());
        }
    }
}

fn section(text: &mut String, title: &str) {
    text.push_str(".SH ");
    text.push_str(title);
    text.push('\n');
}

/// A paragraph with a name that hangs out in front.
fn item(text: &mut String, name: &str, about: &str) {
    text.push_str(".TP\n");
    text.push_str(".B ");
    escaped(text, name);
    text.push('\n');
    prose(text, about);
}

fn flags(text: &mut String, flags: &mut dyn Iterator<Item = &'static Flag>) {
    for flag in flags.filter(|flag| !flag.hidden) {
        let mut name = String::new();
        if let Some(letter) = flag.short {
            name.push('-');
            name.push(letter);
            name.push_str(", ");
        }
        for part in ["--", flag.long] {
            name.push_str(part);
        }
        if let Some(value) = flag.value_name() {
            name.push(' ');
            name.push_str(value);
        }
        item(text, &name, &[flag.help, "."].concat());
    }
}

/// The variables of all flags, each once, and those that belong to none.
fn environment(text: &mut String) {
    fn collect(command: &'static Command, found: &mut Vec<(&'static str, &'static str)>) {
        for flag in command.flags().filter(|flag| !flag.hidden) {
            if let Some(env) = flag.env
                && !found.iter().any(|(known, _)| *known == env)
            {
                found.push((env, flag.long));
            }
        }
        for child in command.children() {
            collect(child, found);
        }
    }
    let mut found = Vec::new();
    collect(&ROOT, &mut found);
    for (env, long) in found {
        item(text, env, &["Stands in for --", long, "."].concat());
    }
    for (names, about) in ENVIRONMENT {
        item(text, names, about);
    }
}

/// Text in lines of 72 characters at most, as mandoc likes them.
fn prose(text: &mut String, words: &str) {
    let mut column = 0;
    for word in words.split(' ') {
        if column > 0 && column + 1 + word.len() > 72 {
            text.push('\n');
            column = 0;
        }
        if column > 0 {
            text.push(' ');
        }
        escaped(text, word);
        column += 1 + word.len();
    }
    text.push('\n');
}

/// Text that roff takes for nothing but text.
fn escaped(text: &mut String, plain: &str) {
    if plain.starts_with(['.', '\'']) {
        text.push_str("\\&");
    }
    for c in plain.chars() {
        match c {
            '-' => text.push_str("\\-"),
            '\\' => text.push_str("\\e"),
            '~' => text.push_str("\\(ti"),
            '\'' => text.push_str("\\(aq"),
            c => text.push(c),
        }
    }
}
