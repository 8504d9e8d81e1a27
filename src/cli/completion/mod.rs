//! `influx completion SHELL`: completion scripts, generated from the command tree. A script maps
//! the words typed so far to the path of a command, such as `/v1/auth/list`. Then it offers what
//! that command takes.

mod bash;
mod fish;
mod zsh;

use super::command::{Body, Command};
use super::flag::{Candidates, Flag, Takes};

pub use bash::script as bash;
pub use fish::script as fish;
pub use zsh::script as zsh;

/// Replaces the placeholder `INFLUX` in a script.
fn with_program_name(program: &str, script: &str) -> String {
    script.replace("INFLUX", program)
}

/// Calls `visit` for every command with its path, the root first.
fn walk(command: &'static Command, path: &str, visit: &mut dyn FnMut(&str, &'static Command)) {
    visit(path, command);
    for child in command.children() {
        walk(child, &format!("{path}/{}", child.name), visit);
    }
}

/// The path of a command, once with its name and once with each alias. The root has no path.
fn spelled_paths(path: &str, command: &Command) -> Vec<String> {
    let Some(parent) = path.strip_suffix(command.name) else {
        return Vec::new();
    };
    let names = [&command.name].into_iter().chain(command.aliases);
    names.map(|name| format!("{parent}{name}")).collect()
}

/// The path after the words of a command. The words after `help` start again at the root.
fn path_after<'a>(path: &'a str, command: &Command) -> &'a str {
    match command.body {
        Body::Help => "",
        _ => path,
    }
}

/// For bash and zsh: appends the `case` branches that map a path and the next word to a new path.
fn push_path_cases(text: &mut String, root: &'static Command) {
    walk(root, "", &mut |path, command| {
        let words = spelled_paths(path, command).join("|");
        if !words.is_empty() {
            let to = path_after(path, command);
            text.push_str(&format!("        {words}) at={to} ;;\n"));
        }
    });
}

/// The subcommands and flags of a command, with their descriptions.
fn entries(command: &'static Command) -> Vec<(String, &'static str)> {
    let children = command.children().iter();
    let commands = children.map(|child| (child.name.to_string(), child.summary));
    let flags = shown_flags(command).into_iter();
    commands
        .chain(flags.map(|(name, flag)| (format!("--{name}"), flag.summary())))
        .collect()
}

/// The flags that are not hidden. A flag is listed once for each of its names.
fn shown_flags(command: &'static Command) -> Vec<(String, &'static Flag)> {
    let flags = command.flags().filter(|flag| !flag.hidden);
    flags
        .flat_map(|flag| flag.names().into_iter().map(move |name| (name, flag)))
        .collect()
}

/// For bash and zsh: appends the flags that take a value, the flags that take a file, and the
/// candidates for values and positional arguments.
fn push_values(text: &mut String, command: &'static Command, program: &str) {
    for (variable, of_files) in [("values", false), ("files", true)] {
        text.push_str(&format!(" {variable}='"));
        let flags = command.flags().filter(|flag| flag.takes_value());
        for flag in flags.filter(|flag| takes_file(flag) == of_files) {
            text.push_str(&format!("{} ", spellings(flag).join(" ")));
        }
        text.push('\'');
    }
    if let Some(argument) = command.positional() {
        text.push_str(&format!(" names={}", offer(argument, program)));
    }
    text.push_str("\n        case $prev in\n");
    for flag in command.flags() {
        let offer = offer(flag, program);
        if !offer.is_empty() {
            let spellings = spellings(flag).join(" | ");
            text.push_str(&format!("        {spellings}) offer={offer} ;;\n"));
        }
    }
    text.push_str("        esac ;;\n");
}

/// The candidates for a value, one per line, quoted for bash and zsh.
fn offer(flag: &Flag, program: &str) -> String {
    match flag.candidates {
        None => String::new(),
        Some(Candidates::Words(words)) => format!("'{}'", words.join("\n")),
        Some(Candidates::Printed(line)) => format!("$({program} {line} 2>/dev/null)"),
    }
}

/// The ways to type a flag: `--long`, and `-l` if it has a letter.
fn spellings(flag: &Flag) -> Vec<String> {
    let names = flag.names().into_iter().map(|name| format!("--{name}"));
    names
        .chain(flag.short.map(|letter| format!("-{letter}")))
        .collect()
}

fn takes_file(flag: &Flag) -> bool {
    matches!(flag.takes, Takes::Path(_))
}
