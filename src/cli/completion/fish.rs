//! The completion script for fish.

use super::{
    Candidates, Command, Flag, path_after, shown_flags, spelled_paths, takes_file, walk,
    with_program_name,
};
use crate::cli::program;

/// `INFLUX` is a placeholder for the program's name.
const HEAD: &str = "function __INFLUX_at
    set -l at ''
    for word in (commandline -opc)[2..]
        switch $at/$word
";

const AFTER_PATHS: &str = r#"        end
    end
    test "$at" = "$argv[1]"
end
complete -c INFLUX -f
"#;

/// The script. Source it, or save it as `NAME.fish` in fish's directory of completions.
pub fn script(root: &'static Command) -> String {
    let program = program::name(root);
    let mut text = with_program_name(&program, HEAD);
    walk(root, "", &mut |path, command| {
        let words = spelled_paths(path, command).join(" ");
        if !words.is_empty() {
            let to = path_after(path, command);
            text.push_str(&format!(
                "            case {words}\n                set at '{to}'\n"
            ));
        }
    });
    text.push_str(&with_program_name(&program, AFTER_PATHS));
    walk(root, "", &mut |path, command| {
        push_entries(&mut text, path, command, &program);
    });
    text
}

/// Appends the subcommands, arguments and flags of the command at `path`.
fn push_entries(text: &mut String, path: &str, command: &'static Command, program: &str) {
    let start = format!("complete -c {program} -n \"__{program}_at '{path}'\"");
    for child in command.children() {
        let summary = quoted(child.summary);
        text.push_str(&format!("{start} -a {} -d {summary}\n", child.name));
    }
    if let Some(argument) = command.positional() {
        text.push_str(&format!("{start}{}\n", offer(argument, program)));
    }
    for (long, flag) in shown_flags(command) {
        text.push_str(&format!("{start} -l {long}"));
        if let Some(letter) = flag.short {
            text.push_str(&format!(" -s {letter}"));
        }
        if takes_file(flag) {
            text.push_str(" -r -F");
        } else if flag.takes_value() {
            text.push_str(" -x");
        }
        let description = quoted(flag.summary());
        text.push_str(&format!("{} -d {description}\n", offer(flag, program)));
    }
}

/// The option that offers the candidates for a value.
fn offer(flag: &Flag, program: &str) -> String {
    match flag.candidates {
        None => String::new(),
        Some(Candidates::Words(words)) => format!(" -a '{}'", words.join(" ")),
        Some(Candidates::Printed(line)) => format!(" -a '({program} {line} 2>/dev/null)'"),
    }
}

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{escaped}'")
}
