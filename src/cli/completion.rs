//! `influx completion SHELL`: scripts for the shells, made from the tables of commands and flags.
//! A script finds the command that the words so far name, as a path such as `/v1/auth/list`, and
//! offers what that command takes.

use super::command::{Body, Command};
use super::flag::{Candidates, Flag, Takes};
use super::program;

/// The script for bash, to be sourced.
pub fn bash(root: &'static Command) -> String {
    let (mut text, name) = (String::new(), program::name(root));
    put(
        &mut text,
        &name,
        "# shellcheck shell=bash
_INFLUX() {
    local at='' words='' values='' files='' offer='' names='' quote='' word i
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    # bash takes --flag=value for three words.
    if [[ $cur == = ]]; then cur=''; fi
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
            &["    '", at, "') words='", &words.join("\n"), "'"],
        );
        values(&mut text, command, &name);
    });
    put(
        &mut text,
        &name,
        "    esac
    COMPREPLY=()
    case \" $files \" in
    *\" $prev \"*)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")
        return ;;
    esac
    case \" $values \" in
    *\" $prev \"*) words=$offer ;;
    *) words=$words$'\\n'$names ;;
    esac
    # Behind a quotation mark nothing is quoted again.
    case $cur in
    [\\'\\\"]*) quote=${cur:0:1} cur=${cur:1} ;;
    esac
    while IFS= read -r word; do
        [[ -n $word ]] || continue
        if [[ -z $quote ]]; then printf -v word %q \"$word\"; fi
        if [[ $word == \"$cur\"* ]]; then COMPREPLY+=(\"$word\"); fi
    done <<<\"$words\"
}
complete -F _INFLUX INFLUX\n",
    );
    text
}

/// The script for zsh: to be sourced, or kept as `_NAME` in a directory of `fpath`.
pub fn zsh(root: &'static Command) -> String {
    let (mut text, name) = (String::new(), program::name(root));
    put(
        &mut text,
        &name,
        "#compdef INFLUX
_INFLUX() {
    local at= values= files= offer= names= i
    local prev=${words[CURRENT-1]}
    local -a entries
    if compset -P '--*='; then prev=${IPREFIX%=}; fi
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
        values(&mut text, command, &name);
    });
    put(
        &mut text,
        &name,
        "    esac
    if [[ \" $files \" == *\" $prev \"* ]]; then _files; return; fi
    if [[ \" $values \" == *\" $prev \"* ]]; then
        if [[ -n $offer ]]; then compadd -- ${(f)offer}; else _message value; fi
        return
    fi
    if [[ -n $names ]]; then compadd -- ${(f)names}; fi
    _describe command entries
}
if [[ $funcstack[1] == _INFLUX ]]; then
    _INFLUX \"$@\"
else
    if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit -i; fi
    compdef _INFLUX INFLUX
fi\n",
    );
    text
}

/// The script for fish: to be sourced, or kept as `NAME.fish` among its completions.
pub fn fish(root: &'static Command) -> String {
    let (mut text, name) = (String::new(), program::name(root));
    put(
        &mut text,
        &name,
        "function __INFLUX_at
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
    put(
        &mut text,
        &name,
        &[test, "complete -c INFLUX -f\n"].concat(),
    );
    walk(root, "", &mut |at, command| {
        let mut start = String::new();
        put(&mut start, &name, "complete -c INFLUX -n \"__INFLUX_at '");
        add(&mut start, &[at, "'\""]);
        for child in command.children() {
            let about = fish_quoted(child.summary);
            add(
                &mut text,
                &[&start, " -a ", child.name, " -d ", &about, "\n"],
            );
        }
        if let Some(row) = command.words() {
            add(&mut text, &[&start, &fish_offer(row, &name), "\n"]);
        }
        for (long, flag) in flags(command) {
            add(&mut text, &[&start, " -l ", &long]);
            if let Some(letter) = flag.short {
                text.push_str(" -s ");
                text.push(letter);
            }
            text.push_str(match (flag.takes_value(), takes_file(flag)) {
                (_, true) => " -r -F",
                (true, _) => " -x",
                _ => "",
            });
            let about = fish_quoted(about(flag));
            add(&mut text, &[&fish_offer(flag, &name), " -d ", &about, "\n"]);
        }
    });
    text
}

/// Adds a piece of a script, in which `INFLUX` stands for the program's name.
fn put(text: &mut String, name: &str, script: &str) {
    text.push_str(&script.replace("INFLUX", name));
}

fn fish_offer(flag: &Flag, name: &str) -> String {
    match flag.candidates {
        None => String::new(),
        Some(Candidates::Words(words)) => [" -a '", &words.join(" "), "'"].concat(),
        Some(Candidates::Printed(line)) => [" -a '(", name, " ", line, " 2>/dev/null)'"].concat(),
    }
}

/// What is offered for a flag or for words, a line each, as bash and zsh quote it.
fn offer(flag: &Flag, name: &str) -> String {
    match flag.candidates {
        None => String::new(),
        Some(Candidates::Words(words)) => ["'", &words.join("\n"), "'"].concat(),
        Some(Candidates::Printed(line)) => ["$(", name, " ", line, " 2>/dev/null)"].concat(),
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

/// The flags behind which a value comes and those behind which a file does, and what else is offered
/// as a value or a word, for bash and zsh.
fn values(text: &mut String, command: &'static Command, name: &str) {
    for (kind, files) in [("values", false), ("files", true)] {
        add(text, &[" ", kind, "='"]);
        let flags = command.flags().filter(|flag| flag.takes_value());
        for flag in flags.filter(|flag| takes_file(flag) == files) {
            add(text, &[&spellings(flag, " "), " "]);
        }
        text.push('\'');
    }
    if let Some(row) = command.words() {
        add(text, &[" names=", &offer(row, name)]);
    }
    text.push_str("\n        case $prev in\n");
    for flag in command.flags() {
        let offer = offer(flag, name);
        if !offer.is_empty() {
            let spellings = spellings(flag, " | ");
            add(text, &["        ", &spellings, ") offer=", &offer, " ;;\n"]);
        }
    }
    text.push_str("        esac ;;\n");
}

/// Each `--long`, and `-l` where there is a letter.
fn spellings(flag: &Flag, between: &str) -> String {
    let mut spellings = Vec::new();
    flag.each_name(&mut |name| spellings.push(["--", &name].concat()));
    spellings.extend(
        flag.short
            .map(|letter| ["-", letter.encode_utf8(&mut [0; 4])].concat()),
    );
    spellings.join(between)
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
