//! The help texts, made from the tables of commands and flags.

use super::command::{Body, Command};
use super::flag::{EVERYWHERE, Flag};
use super::program;
use crate::error::Code;

/// Columns of the help at most.
const WIDTH: usize = 80;

/// Lines of the short help at most: where they are more, the blank ones are left out.
const SCREEN: usize = 24;

/// The help of the last command of `path`, the root first. The short one fits a screen of 24 lines: a
/// line for each flag of the command's own, the common ones by name.
pub fn help(path: &[&'static Command], short: bool) -> String {
    let words = program::words(path);
    let command = path[path.len() - 1];
    let mut text = format!("{}\n", command.summary);
    if !short && !command.details.is_empty() {
        text.push('\n');
        wrap(&mut text, "", command.details, 0);
    }
    title(&mut text, "USAGE");
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
    if !short && !command.aliases.is_empty() {
        line(
            &mut text,
            &format!("\nALIASES:\n    {}", command.aliases.join(", ")),
        );
    }
    if !command.children().is_empty() {
        title(&mut text, "COMMANDS");
        for child in command.children() {
            row(
                &mut text,
                &format!("    {}", child.name),
                child.summary,
                20,
                short,
            );
        }
    }
    if let Some(words) = command.words() {
        title(&mut text, "ARGUMENTS");
        row(
            &mut text,
            &format!("    {}", words.long),
            words.help,
            20,
            short,
        );
    }
    if command.run().is_some() {
        let [own, common] = command.tables();
        if own.iter().any(|flag| !flag.hidden) {
            flags(&mut text, "FLAGS", &mut own.iter().copied(), short);
        }
        let mut common = common.iter().copied().chain(EVERYWHERE);
        if short {
            names(&mut text, &mut common);
        } else {
            flags(&mut text, "COMMON FLAGS", &mut common, short);
        }
    } else {
        flags(&mut text, "FLAGS", &mut EVERYWHERE.into_iter(), short);
    }
    let (name, many) = if short {
        ("EXAMPLE", 1)
    } else {
        ("EXAMPLES", 9)
    };
    title(&mut text, name);
    for example in command.examples.lines().take(many) {
        line(
            &mut text,
            &["    ", &program::name(path[0]), " ", example].concat(),
        );
    }
    if short {
        text.push_str("\n--help prints more.\n");
        if text.lines().count() > SCREEN {
            text = text.replace("\n\n", "\n");
        }
    } else if command.run().is_some() {
        exit_codes(&mut text);
    }
    text
}

/// A section's title.
fn title(text: &mut String, title: &str) {
    text.push_str(&["\n", title, ":\n"].concat());
}

/// The common flags, by name only.
fn names(text: &mut String, flags: &mut dyn Iterator<Item = &'static Flag>) {
    title(text, "COMMON FLAGS");
    let names: Vec<_> = flags
        .filter(|flag| !flag.hidden)
        .map(|flag| ["--", flag.long].concat())
        .collect();
    wrap(text, "   ", &names.join(" "), 4);
}

/// `name` and what it is. In the short help that is a line: what does not fit is left out.
fn row(text: &mut String, name: &str, body: &str, indent: usize, short: bool) {
    let end = body.find([';', '(']).filter(|_| short);
    let body = body[..end.unwrap_or(body.len())].trim_end();
    let room = WIDTH - indent;
    match body.get(..room - 3).and_then(|cut| cut.rsplit_once(' ')) {
        Some((cut, _)) if short && body.len() > room => {
            wrap(text, name, &[cut, "..."].concat(), indent);
        }
        _ => wrap(text, name, body, indent),
    }
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn flags(
    text: &mut String,
    name: &str,
    flags: &mut dyn Iterator<Item = &'static Flag>,
    short: bool,
) {
    title(text, name);
    for flag in flags.filter(|flag| !flag.hidden) {
        let name = match flag.short {
            Some(short) => format!("    -{short}, {}", flag.shown()),
            None => format!("        {}", flag.shown()),
        };
        if short {
            row(text, &name, flag.help, 34, true);
            continue;
        }
        let env = flag.env.map(|env| format!(" [{env}]")).unwrap_or_default();
        wrap(text, &name, &format!("{}{env}", flag.text()), 34);
    }
}

fn exit_codes(text: &mut String) {
    title(text, "EXIT CODES");
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
