//! `influx man`: the manual page, in roff, made from the tables of commands and flags.

use super::command::{Body, Command};
use super::flag::{EVERYWHERE, Flag, Flags};
use super::program;
use crate::error::Code;

/// What the page says beside what the tree of commands holds: names or titles, each with its text.
pub struct Manual {
    /// When the page last changed in substance: a page dated by the clock would differ in every
    /// build.
    pub date: &'static str,
    /// What the program is for.
    pub description: &'static str,
    /// Variables that no flag has.
    pub environment: &'static [(&'static str, &'static str)],
    /// Files.
    pub files: &'static [(&'static str, &'static str)],
    /// What an example does, and its command lines without the program's name.
    pub examples: &'static [(&'static str, &'static str)],
}

/// The page.
pub fn page(root: &'static Command, manual: &Manual) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let program = program::name(root);
    let title = program.to_ascii_uppercase();
    let head = [
        ".TH ",
        &title,
        " 1 ",
        manual.date,
        " \"influx ",
        version,
        "\"\n",
    ];
    let mut text = head.concat();
    section(&mut text, "NAME");
    prose(&mut text, &[&program, " - ", root.summary].concat());
    section(&mut text, "SYNOPSIS");
    text.push_str(".B ");
    escaped(&mut text, &program);
    text.push('\n');
    prose(&mut text, "COMMAND [FLAGS]");
    section(&mut text, "DESCRIPTION");
    prose(&mut text, manual.description);
    section(&mut text, "COMMANDS");
    let common = common(root).unwrap_or_default();
    commands(&mut text, root, &program, &program, common);
    section(&mut text, "COMMON FLAGS");
    prose(
        &mut text,
        "Every command that talks to a server takes these. A flag wins over its variable, a variable over the active entry of the configs file, and that over the default.",
    );
    flags(&mut text, &mut common.iter().copied().chain(EVERYWHERE));
    section(&mut text, "ENVIRONMENT");
    prose(
        &mut text,
        "A variable set to the empty string counts as unset.",
    );
    environment(&mut text, root, manual);
    section(&mut text, "FILES");
    for (name, about) in manual.files {
        item(&mut text, name, about);
    }
    section(&mut text, "EXIT STATUS");
    for (code, meaning) in Code::ALL {
        item(&mut text, &(code as u8).to_string(), meaning);
    }
    section(&mut text, "EXAMPLES");
    for (about, lines) in manual.examples {
        prose(&mut text, about);
        example(&mut text, &program, lines);
        text.push_str(".PP\n");
    }
    // The last paragraph is not begun.
    text.truncate(text.trim_end_matches(".PP\n").len());
    text
}

/// The flags that the first leaf shares with the others.
fn common(command: &'static Command) -> Option<Flags> {
    match command.body {
        Body::Leaf { common, .. } => Some(common),
        _ => command.children().iter().find_map(common),
    }
}

/// Every command below this one, each with the flags of its own.
fn commands(
    text: &mut String,
    command: &'static Command,
    program: &str,
    words: &str,
    shared: Flags,
) {
    for child in command.children() {
        let words = [words, " ", child.name].concat();
        if let Body::Group(_) = child.body {
            commands(text, child, program, &words, shared);
            continue;
        }
        text.push_str(".SS ");
        escaped(text, &words);
        if let Some(shown) = child.words().and_then(Flag::value_name) {
            text.push(' ');
            escaped(text, shown);
        }
        text.push('\n');
        prose(text, &[child.summary, "."].concat());
        if !child.details.is_empty() {
            prose(text, child.details);
        }
        if !child.aliases.is_empty() {
            prose(text, &["Also: ", &child.aliases.join(", "), "."].concat());
        }
        if let Some(row) = child.words() {
            item(text, row.long, &[row.help, "."].concat());
        }
        let [own, common] = child.tables();
        flags(text, &mut own.iter().copied());
        // Those that most commands take have a section of their own.
        if !std::ptr::eq(common, shared) {
            flags(text, &mut common.iter().copied());
        }
        text.push_str(".PP\nFor example:\n");
        example(text, program, child.examples);
        commands(text, child, program, &words, shared);
    }
}

/// Command lines, which stand without the program's name in `lines`.
fn example(text: &mut String, program: &str, lines: &str) {
    text.push_str(".PP\n.nf\n.RS 4\n");
    for line in lines.lines() {
        escaped(text, &[program, " ", line].concat());
        text.push('\n');
    }
    text.push_str(".RE\n.fi\n");
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
        let name = match flag.short {
            Some(letter) => format!("-{letter}, {}", flag.shown()),
            None => flag.shown(),
        };
        item(text, &name, &[&*flag.text(), "."].concat());
    }
}

/// The variables of all flags, each once, and those that belong to none.
fn environment(text: &mut String, root: &'static Command, manual: &Manual) {
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
    collect(root, &mut found);
    for (env, long) in found {
        item(text, env, &["Stands in for --", long, "."].concat());
    }
    for (names, about) in manual.environment {
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
