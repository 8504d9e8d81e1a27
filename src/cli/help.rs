//! The help texts, made from the tree of commands.

use super::command::{Body, Command};
use super::flag::{EVERYWHERE, Flag};
use super::program;
use crate::error::Code;

/// The most columns of a line.
const WIDTH: usize = 80;

/// The most lines of the short help. If there are more, the blank ones are left out.
const SCREEN: usize = 24;

/// The column of a command's description, and that of a flag's.
const NAME_WIDTH: usize = 20;
const FLAG_WIDTH: usize = 34;

/// The help of the last command of `path`, the root first. The short one fits a screen of 24 lines:
/// one line for each flag of the command's own, and the names of the common ones.
pub fn help(path: &[&'static Command], short: bool) -> String {
    let command = path[path.len() - 1];
    let mut text = format!("{}\n", command.summary);
    if !short && !command.details.is_empty() {
        text.push('\n');
        wrap(&mut text, "", command.details, 0);
    }
    usage(&mut text, command, &program::words(path));
    if !short && !command.aliases.is_empty() {
        title(&mut text, "ALIASES");
        line(&mut text, &command.aliases.join(", "));
    }
    if !command.children().is_empty() {
        title(&mut text, "COMMANDS");
        for child in command.children() {
            row(&mut text, child.name, child.summary, NAME_WIDTH, short);
        }
    }
    if let Some(words) = command.words() {
        title(&mut text, "ARGUMENTS");
        row(&mut text, words.long, words.help, NAME_WIDTH, short);
    }
    let takes_flags = command.run().is_some();
    if takes_flags {
        let [own, common] = command.own_and_common();
        if own.iter().any(|flag| !flag.hidden) {
            flags(&mut text, "FLAGS", own.iter().copied(), short);
        }
        let common = common.iter().copied().chain(EVERYWHERE);
        if short {
            flag_names(&mut text, common);
        } else {
            flags(&mut text, "COMMON FLAGS", common, short);
        }
    } else {
        flags(&mut text, "FLAGS", EVERYWHERE.into_iter(), short);
    }
    examples(&mut text, command, &program::name(path[0]), short);
    if short {
        text.push_str("\n--help prints more.\n");
        if text.lines().count() > SCREEN {
            text = text.replace("\n\n", "\n");
        }
    } else if takes_flags {
        exit_codes(&mut text);
    }
    text
}

fn usage(text: &mut String, command: &Command, words: &str) {
    title(text, "USAGE");
    match command.body {
        Body::Group(_) => line(text, &format!("{words} COMMAND [FLAGS]")),
        Body::Leaf { .. } => line(text, &format!("{words} [FLAGS]")),
        Body::Words { words: row, .. } => {
            let arguments = row.value_name().unwrap_or_default();
            line(text, &format!("{words} {arguments} [FLAGS]"));
            if !command.children().is_empty() {
                line(text, &format!("{words} COMMAND [FLAGS]"));
            }
        }
        Body::Help => line(text, &format!("{words} [COMMAND...]")),
        Body::Version | Body::Print(_) => line(text, words),
    }
}

fn examples(text: &mut String, command: &Command, program: &str, short: bool) {
    title(text, if short { "EXAMPLE" } else { "EXAMPLES" });
    let examples = command.examples.lines();
    for example in examples.take(if short { 1 } else { usize::MAX }) {
        line(text, &format!("{program} {example}"));
    }
}

fn title(text: &mut String, title: &str) {
    text.push_str(&format!("\n{title}:\n"));
}

fn line(text: &mut String, line: &str) {
    text.push_str(&format!("    {line}\n"));
}

/// `name` and its description from column `indent`. In the short help, that is one line, and what
/// does not fit is left out.
fn row(text: &mut String, name: &str, description: &str, indent: usize, short: bool) {
    let name = format!("    {name}");
    if !short {
        wrap(text, &name, description, indent);
        return;
    }
    let end = description.find([';', '(']).unwrap_or(description.len());
    let description = description[..end].trim_end();
    let max_width = WIDTH - indent;
    if description.len() > max_width
        && let Some(start) = description.get(..max_width - "...".len())
        && let Some((start, _)) = start.rsplit_once(' ')
    {
        wrap(text, &name, &format!("{start}..."), indent);
    } else {
        wrap(text, &name, description, indent);
    }
}

fn flags(text: &mut String, name: &str, flags: impl Iterator<Item = &'static Flag>, short: bool) {
    title(text, name);
    for flag in flags.filter(|flag| !flag.hidden) {
        let name = match flag.short {
            Some(letter) => format!("-{letter}, {}", flag.usage()),
            None => format!("    {}", flag.usage()),
        };
        if short {
            row(text, &name, flag.help, FLAG_WIDTH, true);
        } else {
            let env = flag.env.map(|env| format!(" [{env}]")).unwrap_or_default();
            let help = format!("{}{env}", flag.full_help());
            row(text, &name, &help, FLAG_WIDTH, false);
        }
    }
}

/// The common flags, by name only.
fn flag_names(text: &mut String, flags: impl Iterator<Item = &'static Flag>) {
    title(text, "COMMON FLAGS");
    let names: Vec<_> = flags
        .filter(|flag| !flag.hidden)
        .map(|flag| format!("--{}", flag.long))
        .collect();
    wrap(text, "   ", &names.join(" "), 4);
}

fn exit_codes(text: &mut String) {
    title(text, "EXIT CODES");
    for (code, meaning) in Code::ALL {
        wrap(text, &format!("    {}", code as u8), meaning, 8);
    }
}

/// `name`, then `body` from column `indent`, in lines of at most [`WIDTH`].
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
