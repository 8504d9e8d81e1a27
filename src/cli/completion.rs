//! `influx completion SHELL`: scripts for the shells, made from the tables of commands and flags.
//! A script finds the command that the words so far name, as a path such as `/v1/auth/list`, and
//! offers what that command takes.

use super::command::{Body, Command};
use super::flag::{Flag, Takes};
use super::program;

/// The script for bash, to be sourced.
pub fn bash(root: &'static Command) -> String {
    let (mut text, name) = (String::new(), program::name(root));
    put(
        &mut text,
        &name,
        "_%() {
    local at= words= values= files= i
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    # bash takes --flag=value for three words.
    if [[ $cur == = ]]; then cur=; fi
    if [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case $at/${COMP_WORDS[i]} in\n",
    );
    descents(&mut text, root);
    text.push_str("        esac\n    done\n    case $at in\n");
    walk(root, "", &mut |at, command| {
        let words: Vec<_> = entries(command).into_iter().map(|(word, _)| word).collect();
        add(
            &mut text,
            &["    '", at, "') words='", &words.join(" "), "'"],
        );
        values(&mut text, command);
    });
    put(
        &mut text,
        &name,
        "    esac
    case \" $files \" in
    *\" $prev \"*)
        compopt -o filenames
        COMPREPLY=($(compgen -f -- \"$cur\"))
        return ;;
    esac
    case \" $values \" in
    *\" $prev \"*) return ;;
    esac
    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))
}
complete -F _% %\n",
    );
    text
}

/// The script for zsh: to be sourced, or kept as `_NAME` in a directory of `fpath`.
pub fn zsh(root: &'static Command) -> String {
    let (mut text, name) = (String::new(), program::name(root));
    put(
        &mut text,
        &name,
        "#compdef %
_%() {
    local at= values= files= i
    local prev=${words[CURRENT-1]}
    local -a entries
    for ((i = 2; i < CURRENT; i++)); do
        case $at/${words[i]} in\n",
    );
    descents(&mut text, root);
    text.push_str("        esac\n    done\n    case $at in\n");
    walk(root, "", &mut |at, command| {
        add(&mut text, &["    '", at, "') entries=("]);
        for (word, about) in entries(command) {
            let about = about.replace('\'', "'\\''");
            add(&mut text, &["'", &word, ":", &about, "' "]);
        }
        text.push(')');
        values(&mut text, command);
    });
    put(
        &mut text,
        &name,
        "    esac
    if [[ \" $files \" == *\" $prev \"* ]]; then _files; return; fi
    if [[ \" $values \" == *\" $prev \"* ]]; then _message value; return; fi
    if compset -P '--*='; then _files; return; fi
    _describe command entries
}
if [[ $funcstack[1] == _% ]]; then _% \"$@\"; else compdef _% %; fi\n",
    );
    text
}

/// The script for fish: to be sourced, or kept as `NAME.fish` among its completions.
pub fn fish(root: &'static Command) -> String {
    let (mut text, name) = (String::new(), program::name(root));
    put(
        &mut text,
        &name,
        "function __%_at
    set -l at ''
    for word in (commandline -opc)[2..]
        switch $at/$word\n",
    );
    walk(root, "", &mut |at, command| {
        let words = named(at, command).join(" ");
        if !words.is_empty() {
            let lines = [
                "            case ",
                &words,
                "\n                set at '",
                leads_to(at, command),
                "'\n",
            ];
            add(&mut text, &lines);
        }
    });
    let test = "        end\n    end\n    test \"$at\" = \"$argv[1]\"\nend\n";
    put(&mut text, &name, &[test, "complete -c % -f\n"].concat());
    walk(root, "", &mut |at, command| {
        let mut start = String::new();
        put(&mut start, &name, "complete -c % -n \"__%_at '");
        add(&mut start, &[at, "'\""]);
        for child in command.children() {
            let about = fish_quoted(child.summary);
            add(
                &mut text,
                &[&start, " -a ", child.name, " -d ", &about, "\n"],
            );
        }
        for (name, flag) in flags(command) {
            add(&mut text, &[&start, " -l ", &name]);
            if let Some(letter) = flag.short {
                text.push_str(" -s ");
                text.push(letter);
            }
            text.push_str(match (flag.takes_value(), takes_file(flag)) {
                (_, true) => " -r -F",
                (true, _) => " -x",
                _ => "",
            });
            add(&mut text, &[" -d ", &fish_quoted(about(flag)), "\n"]);
        }
    });
    text
}

/// Adds a piece of a script, in which `%` stands for the program's name.
fn put(text: &mut String, name: &str, script: &str) {
    for (place, part) in script.split('%').enumerate() {
        if place > 0 {
            text.push_str(name);
        }
        text.push_str(part);
    }
}

fn add(text: &mut String, parts: &[&str]) {
    for part in parts {
        text.push_str(part);
    }
}

/// Shows `visit` every command with its path, the root first.
fn walk(command: &'static Command, at: &str, visit: &mut dyn FnMut(&str, &'static Command)) {
    visit(at, command);
    for child in command.children() {
        walk(child, &[at, "/", child.name].concat(), visit);
    }
}

/// The paths that name a command, by its name and its other words; none for the root.
fn named(at: &str, command: &Command) -> Vec<String> {
    let Some(above) = at.strip_suffix(command.name) else {
        return Vec::new();
    };
    let names = [&command.name].into_iter().chain(command.aliases);
    names.map(|name| [above, name].concat()).collect()
}

/// The path that a word leads to. Behind `help` the commands begin anew.
fn leads_to<'a>(at: &'a str, command: &Command) -> &'a str {
    match command.body {
        Body::Help => "",
        _ => at,
    }
}

/// The cases, for bash and zsh, by which each word leads from one path to the next.
fn descents(text: &mut String, root: &'static Command) {
    walk(root, "", &mut |at, command| {
        let words = named(at, command).join("|");
        if !words.is_empty() {
            let to = leads_to(at, command);
            add(text, &["        ", &words, ") at=", to, " ;;\n"]);
        }
    });
}

/// What may come next, with a few words about it.
fn entries(command: &'static Command) -> Vec<(String, &'static str)> {
    let mut entries = Vec::new();
    for child in command.children() {
        entries.push((child.name.to_string(), child.summary));
    }
    for (name, flag) in flags(command) {
        entries.push((["--", &name].concat(), about(flag)));
    }
    entries
}

/// The flags that are shown, each once for every name.
fn flags(command: &'static Command) -> Vec<(String, &'static Flag)> {
    let mut flags = Vec::new();
    for flag in command.flags().filter(|flag| !flag.hidden) {
        flag.each_name(&mut |name| flags.push((name, flag)));
    }
    flags
}

/// The flags behind which a value comes, and those behind which a file does, for bash and zsh.
fn values(text: &mut String, command: &'static Command) {
    for (name, files) in [("values", false), ("files", true)] {
        add(text, &[" ", name, "='"]);
        let flags = command.flags().filter(|flag| flag.takes_value());
        for flag in flags.filter(|flag| takes_file(flag) == files) {
            add(text, &["--", flag.long, " "]);
            if let Some(letter) = flag.short {
                text.push('-');
                text.push(letter);
                text.push(' ');
            }
        }
        text.push('\'');
    }
    text.push_str(" ;;\n");
}

fn takes_file(flag: &Flag) -> bool {
    matches!(flag.takes, Takes::Path(_))
}

/// The start of its help: what fits beside it, without the default.
fn about(flag: &Flag) -> &'static str {
    let end = flag.help.find([';', '(', ':']).unwrap_or(flag.help.len());
    flag.help[..end].trim_end()
}

fn fish_quoted(text: &str) -> String {
    ["'", &text.replace('\\', "\\\\").replace('\'', "\\'"), "'"].concat()
}
