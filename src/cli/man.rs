//! `influx man`: the manual page in roff, generated from the command tree.

use super::command::{Body, Command};
use super::flag::{Flag, Flags, GLOBAL};
use super::help::wrap;
use super::program;
use crate::error::Code;

/// The parts of the page that are not generated from the command tree.
pub struct Manual {
    /// The date of the last relevant change. A build date would make every build differ.
    pub date: &'static str,
    pub description: &'static str,
    /// The introduction to the flags that most commands share.
    pub common_flags: &'static str,
    /// Variables that belong to no flag, and their descriptions.
    pub environment: &'static [(&'static str, &'static str)],
    /// Files and their descriptions.
    pub files: &'static [(&'static str, &'static str)],
    /// What each example does, and its command lines without the program's name.
    pub examples: &'static [(&'static str, &'static str)],
}

pub fn page(root: &'static Command, manual: &Manual) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let program = program::name(root);
    let title = program.to_ascii_uppercase();
    let mut text = format!(".TH {title} 1 {} \"influx {version}\"\n", manual.date);
    section(&mut text, "NAME");
    prose(&mut text, &format!("{program} - {}", root.summary));
    section(&mut text, "SYNOPSIS");
    text.push_str(&format!(".B {}\nCOMMAND [FLAGS]\n", escaped(&program)));
    section(&mut text, "DESCRIPTION");
    prose(&mut text, manual.description);
    section(&mut text, "COMMANDS");
    let common = common(root).unwrap_or_default();
    commands(&mut text, root, &program, &program, common);
    section(&mut text, "COMMON FLAGS");
    prose(&mut text, manual.common_flags);
    flags(&mut text, common.iter().copied().chain(GLOBAL));
    section(&mut text, "ENVIRONMENT");
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
    for (index, (about, lines)) in manual.examples.iter().enumerate() {
        if index > 0 {
            text.push_str(".PP\n");
        }
        prose(&mut text, about);
        example(&mut text, &program, lines);
    }
    text
}

/// The common flags of the first command in the tree that has flags.
fn common(command: &'static Command) -> Option<Flags> {
    match command.body {
        Body::Leaf { common, .. } => Some(common),
        _ => command.children().iter().find_map(common),
    }
}

/// Appends all subcommands of `command`, each with its own flags.
fn commands(
    text: &mut String,
    command: &'static Command,
    program: &str,
    words: &str,
    shared: Flags,
) {
    for child in command.children() {
        let words = format!("{words} {}", child.name);
        if let Body::Group(_) = child.body {
            commands(text, child, program, &words, shared);
            continue;
        }
        let arguments = child
            .positional()
            .and_then(Flag::value_name)
            .unwrap_or_default();
        let heading = escaped(&format!("{words} {arguments}"));
        text.push_str(&format!(".SS {}\n", heading.trim_end()));
        prose(text, &format!("{}.", child.summary));
        if !child.details.is_empty() {
            prose(text, child.details);
        }
        if !child.aliases.is_empty() {
            prose(text, &format!("Aliases: {}.", child.aliases.join(", ")));
        }
        if let Some(argument) = child.positional() {
            item(text, argument.long, &format!("{}.", argument.help));
        }
        let [own, common] = child.own_and_common();
        flags(text, own.iter().copied());
        // The flags that most commands share have their own section.
        if !std::ptr::eq(common, shared) {
            flags(text, common.iter().copied());
        }
        text.push_str(".PP\nFor example:\n");
        example(text, program, child.examples);
        commands(text, child, program, &words, shared);
    }
}

/// Appends command lines. `lines` has them without the program's name.
fn example(text: &mut String, program: &str, lines: &str) {
    text.push_str(".PP\n.nf\n.RS 4\n");
    for line in lines.lines() {
        let line = escaped(&format!("{program} {line}"));
        text.push_str(&format!("{line}\n"));
    }
    text.push_str(".RE\n.fi\n");
}

fn section(text: &mut String, title: &str) {
    text.push_str(&format!(".SH {title}\n"));
}

/// Appends a name and an indented paragraph about it.
fn item(text: &mut String, name: &str, about: &str) {
    text.push_str(&format!(".TP\n.B {}\n", escaped(name)));
    prose(text, about);
}

fn flags(text: &mut String, flags: impl Iterator<Item = &'static Flag>) {
    for flag in flags.filter(|flag| !flag.hidden) {
        let name = match flag.short {
            Some(letter) => format!("-{letter}, {}", flag.usage()),
            None => flag.usage(),
        };
        item(text, &name, &format!("{}.", flag.full_help()));
    }
}

/// Appends the variables of all flags, each once, and those that belong to no flag.
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
    prose(text, "Empty variables are ignored.");
    let mut found = Vec::new();
    collect(root, &mut found);
    for (env, long) in found {
        item(text, env, &format!("Used if --{long} is not given."));
    }
    for (names, about) in manual.environment {
        item(text, names, about);
    }
}

/// Appends text in short lines, as mandoc recommends.
fn prose(text: &mut String, words: &str) {
    for line in wrap(words, 72) {
        text.push_str(&format!("{}\n", escaped(&line)));
    }
}

/// Escapes what roff would take for markup.
fn escaped(plain: &str) -> String {
    let text = plain
        .replace('\\', "\\e")
        .replace('-', "\\-")
        .replace('~', "\\(ti")
        .replace('\'', "\\(aq");
    if text.starts_with('.') {
        format!("\\&{text}")
    } else {
        text
    }
}
