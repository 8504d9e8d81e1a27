//! The help texts, made from the tables of commands and flags.

use super::command::{Body, Command};
use super::flag::{Flag, HELP, VERSION};
use super::program;
use crate::error::Code;
use std::fmt::Write;

/// Columns of the help at most.
const WIDTH: usize = 100;

/// The help of the last command of `path`, the root first.
pub fn help(path: &[&'static Command]) -> String {
    let words = program::words(path);
    let command = path[path.len() - 1];
    let mut text = format!("{}\n", command.summary);
    if !command.details.is_empty() {
        text.push('\n');
        wrap(&mut text, "", command.details, 0);
    }
    text.push_str("\nUSAGE:\n");
    match command.body {
        Body::Group(_) => line(&mut text, &format!("    {words} COMMAND [FLAGS]")),
        Body::Leaf { .. } => line(&mut text, &format!("    {words} [FLAGS]")),
        Body::Words { words: row, .. } => {
            let shown = row.value_name().unwrap_or_default();
            line(&mut text, &format!("    {words} {shown} [FLAGS]"));
            if !command.children().is_empty() {
                line(&mut text, &format!("    {words} COMMAND [FLAGS]"));
            }
        }
        Body::Help => line(&mut text, &format!("    {words} [COMMAND...]")),
        Body::Version | Body::Print(_) => line(&mut text, &format!("    {words}")),
    }
    if !command.aliases.is_empty() {
        line(
            &mut text,
            &format!("\nALIASES:\n    {}", command.aliases.join(", ")),
        );
    }
    if !command.children().is_empty() {
        text.push_str("\nCOMMANDS:\n");
        for child in command.children() {
            wrap(&mut text, &format!("    {}", child.name), child.summary, 20);
        }
    }
    if let Some(row) = command.words() {
        text.push_str("\nARGUMENTS:\n");
        wrap(&mut text, &format!("    {}", row.long), row.help, 20);
    }
    if command.run().is_some() {
        let [own, common] = command.tables();
        if own.iter().any(|flag| !flag.hidden) {
            flags(&mut text, "FLAGS", own.iter());
        }
        flags(
            &mut text,
            "COMMON FLAGS",
            common.iter().chain(&HELP).chain(&VERSION),
        );
        exit_codes(&mut text);
    } else {
        flags(&mut text, "FLAGS", HELP.iter().chain(&VERSION));
    }
    text
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn flags(text: &mut String, title: &str, flags: impl Iterator<Item = &'static Flag>) {
    line(text, &format!("\n{title}:"));
    for flag in flags.filter(|flag| !flag.hidden) {
        let mut name = match flag.short {
            Some(short) => format!("    -{short}, --{}", flag.shown()),
            None => format!("        --{}", flag.shown()),
        };
        if let Some(value) = flag.value_name() {
            // Writing to a String cannot fail.
            _ = write!(name, " {value}");
        }
        let env = flag.env.map(|env| format!(" [{env}]")).unwrap_or_default();
        wrap(text, &name, &format!("{}{env}", flag.text()), 34);
    }
}

fn exit_codes(text: &mut String) {
    text.push_str("\nEXIT CODES:\n");
    for (code, meaning) in Code::ALL {
        wrap(text, &format!("    {}", code as u8), meaning, 8);
    }
}

/// `name`, then `body` from column `indent`, in lines of [`WIDTH`] at most.
fn wrap(text: &mut String, name: &str, body: &str, indent: usize) {
    let mut column = name.chars().count();
    text.push_str(name);
    let mut first = true;
    for word in body.split(' ') {
        let width = word.chars().count();
        if first && column < indent {
            text.extend(std::iter::repeat_n(' ', indent - column));
            column = indent;
        } else if (first && column > 0) || column + 1 + width > WIDTH {
            text.push('\n');
            text.extend(std::iter::repeat_n(' ', indent));
            column = indent;
        } else if !first {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += width;
        first = false;
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_at_the_width_and_keeps_the_indent() {
        let mut text = String::new();
        wrap(&mut text, "  name", "word ".repeat(40).trim_end(), 10);
        assert!(text.starts_with("  name    word word"));
        assert!(text.lines().all(|line| line.len() <= WIDTH));
        assert!(
            text.lines()
                .skip(1)
                .all(|line| line.starts_with("          word"))
        );
        assert_eq!(text.matches("word").count(), 40);
    }

    #[test]
    fn a_long_name_stands_on_its_own_line() {
        let mut text = String::new();
        wrap(&mut text, "a-name-that-is-long", "body text", 8);
        assert_eq!(text, "a-name-that-is-long\n        body text\n");
    }
}
