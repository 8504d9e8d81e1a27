//! The help texts, generated from the command tree.

use super::command::{Body, Command};
use super::flag::{Flag, GLOBAL};
use super::program;
use crate::error::Code;

/// The maximum length of a line.
const WIDTH: usize = 80;

/// The columns at which the descriptions of commands and flags start.
const NAME_WIDTH: usize = 20;
const FLAG_WIDTH: usize = 34;

/// The help of the last command in `path`, which starts at the root. The short help has only the
/// first sentence about each of the command's own flags, and only the names of the common flags.
pub fn help(path: &[&'static Command], short: bool) -> String {
    let command = path[path.len() - 1];
    let runs = command.run().is_some();
    // Only commands that can be run have a short help.
    let short = short && runs;
    let mut text = format!("{}\n", command.summary);
    if !short && !command.details.is_empty() {
        text.push('\n');
        paragraph(&mut text, command.details, 0);
    }
    usage(&mut text, command, &program::words(path));
    if !command.aliases.is_empty() {
        title(&mut text, "ALIASES");
        line(&mut text, &command.aliases.join(", "));
    }
    if !command.children().is_empty() {
        title(&mut text, "COMMANDS");
        for child in command.children() {
            row(&mut text, child.name, child.summary, NAME_WIDTH);
        }
    }
    if let Some(argument) = command.positional() {
        title(&mut text, "ARGUMENTS");
        row(&mut text, argument.long, argument.help, NAME_WIDTH);
    }
    let [own, common] = command.own_and_common();
    let common = common.iter().copied().chain(GLOBAL);
    if own.iter().any(|flag| !flag.hidden) {
        flags(&mut text, "FLAGS", own.iter().copied(), short);
    }
    if short {
        flag_names(&mut text, common);
    } else {
        let name = if runs { "COMMON FLAGS" } else { "FLAGS" };
        flags(&mut text, name, common, false);
    }
    title(&mut text, "EXAMPLES");
    for example in command.examples.lines() {
        line(&mut text, &format!("{} {example}", program::name(path[0])));
    }
    if short {
        text.push_str("\n--help prints more.\n");
    } else if runs {
        title(&mut text, "EXIT CODES");
        for (code, meaning) in Code::ALL {
            row(&mut text, &(code as u8).to_string(), meaning, 8);
        }
    }
    text
}

fn usage(text: &mut String, command: &Command, words: &str) {
    title(text, "USAGE");
    match command.body {
        Body::Group(_) => line(text, &format!("{words} COMMAND [FLAGS]")),
        Body::Leaf { .. } => line(text, &format!("{words} [FLAGS]")),
        Body::Positional { argument, .. } => {
            let arguments = argument.value_name().unwrap_or_default();
            line(text, &format!("{words} {arguments} [FLAGS]"));
            if !command.children().is_empty() {
                line(text, &format!("{words} COMMAND [FLAGS]"));
            }
        }
        Body::Help => line(text, &format!("{words} [COMMAND...]")),
        Body::Version | Body::Print(_) => line(text, words),
    }
}

fn title(text: &mut String, title: &str) {
    text.push_str(&format!("\n{title}:\n"));
}

fn line(text: &mut String, line: &str) {
    text.push_str(&format!("    {line}\n"));
}

/// Appends `name`, and its description from column `indent` on.
fn row(text: &mut String, name: &str, description: &str, indent: usize) {
    let name = format!("    {name}");
    if name.len() >= indent {
        text.push_str(&format!("{name}\n"));
        return paragraph(text, description, indent);
    }
    let start = text.len();
    paragraph(text, description, indent);
    text.replace_range(start..start + name.len(), &name);
}

fn paragraph(text: &mut String, words: &str, indent: usize) {
    for line in wrap(words, WIDTH - indent) {
        text.push_str(&format!("{:indent$}{line}\n", ""));
    }
}

fn flags(text: &mut String, name: &str, flags: impl Iterator<Item = &'static Flag>, short: bool) {
    title(text, name);
    for flag in flags.filter(|flag| !flag.hidden) {
        let name = match flag.short {
            Some(letter) => format!("-{letter}, {}", flag.usage()),
            None => format!("    {}", flag.usage()),
        };
        let description = if short {
            flag.summary().to_string()
        } else {
            let env = flag.env.map(|env| format!(" [{env}]")).unwrap_or_default();
            format!("{}{env}", flag.full_help())
        };
        row(text, &name, &description, FLAG_WIDTH);
    }
}

/// Appends the common flags, without their descriptions.
fn flag_names(text: &mut String, flags: impl Iterator<Item = &'static Flag>) {
    title(text, "COMMON FLAGS");
    let names: Vec<_> = flags
        .filter(|flag| !flag.hidden)
        .map(|flag| format!("--{}", flag.long))
        .collect();
    paragraph(text, &names.join(" "), 4);
}

/// Wraps `text` into lines of at most `width` bytes. A longer word gets a line to itself.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.len() + 1 + word.len() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_string()),
        }
    }
    lines
}
