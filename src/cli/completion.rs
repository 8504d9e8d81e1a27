//! `influx completion SHELL`: scripts for the shells, made from the tables of commands and flags.
//! A script finds the command that the words so far name, as a path such as `/v1/auth/list`, and
//! offers what that command takes.

use super::command::{Body, Command};
use super::flag::{Candidates, Flag, Takes};

/// The script for bash, to be sourced.
pub fn bash(root: &'static Command) -> String {
    let mut text = String::from(
        "# Completion of influx in bash: source this.
# shellcheck shell=bash
_influx() {
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
        let words: Vec<_> = entries(command).map(|(word, _)| word).collect();
        add(
            &mut text,
            &["    '", at, "') words='", &words.join("\n"), "'"],
        );
        values(&mut text, command);
    });
    text.push_str(
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
complete -F _influx influx\n",
    );
    text
}

/// The script for zsh: to be sourced, or kept as `_influx` in a directory of `fpath`.
pub fn zsh(root: &'static Command) -> String {
    let mut text = String::from(
        "#compdef influx
# Completion of influx in zsh.
_influx() {
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
        values(&mut text, command);
    });
    text.push_str(
        "    esac
    if [[ \" $files \" == *\" $prev \"* ]]; then _files; return; fi
    if [[ \" $values \" == *\" $prev \"* ]]; then
        if [[ -n $offer ]]; then compadd -- ${(f)offer}; else _message value; fi
        return
    fi
    if [[ -n $names ]]; then compadd -- ${(f)names}; fi
    _describe influx entries
}
if [[ $funcstack[1] == _influx ]]; then
    _influx \"$@\"
else
    if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit -i; fi
    compdef _influx influx
fi\n",
    );
    text
}

/// The script for fish: to be sourced, or kept as `influx.fish` among its completions.
pub fn fish(root: &'static Command) -> String {
    let mut text = String::from(
        "# Completion of influx in fish.
function __influx_at
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
    text.push_str(
        "        end\n    end\n    test \"$at\" = \"$argv[1]\"\nend\ncomplete -c influx -f\n",
    );
    walk(root, "", &mut |at, command| {
        let start = ["complete -c influx -n \"__influx_at '", at, "'\""].concat();
        for child in command.children() {
            let about = fish_quoted(child.summary);
            add(
                &mut text,
                &[&start, " -a ", child.name, " -d ", &about, "\n"],
            );
        }
        if let Some(row) = command.words() {
            add(&mut text, &[&start, &fish_offer(row), "\n"]);
        }
        for flag in command.flags().filter(|flag| !flag.hidden) {
            add(&mut text, &[&start, " -l ", flag.long]);
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
            add(&mut text, &[&fish_offer(flag), " -d ", &about, "\n"]);
        }
    });
    text
}

fn fish_offer(flag: &Flag) -> String {
    match flag.candidates {
        Candidates::None => String::new(),
        Candidates::Words(words) => [" -a '", &words.join(" "), "'"].concat(),
        Candidates::Printed(line) => [" -a '(influx ", line, " 2>/dev/null)'"].concat(),
    }
}

/// What is offered for a flag or for words, a line each, as bash and zsh quote it.
fn offer(flag: &Flag) -> String {
    match flag.candidates {
        Candidates::None => String::new(),
        Candidates::Words(words) => ["'", &words.join("\n"), "'"].concat(),
        Candidates::Printed(line) => ["$(influx ", line, " 2>/dev/null)"].concat(),
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
fn entries(command: &'static Command) -> impl Iterator<Item = (String, &'static str)> {
    let children = command.children().iter();
    let flags = command.flags().filter(|flag| !flag.hidden);
    children
        .map(|child| (child.name.to_string(), child.summary))
        .chain(flags.map(|flag| (["--", flag.long].concat(), about(flag))))
}

/// The flags behind which a value comes and those behind which a file does, and what else is offered
/// as a value or a word, for bash and zsh.
fn values(text: &mut String, command: &'static Command) {
    for (name, files) in [("values", false), ("files", true)] {
        add(text, &[" ", name, "='"]);
        let flags = command.flags().filter(|flag| flag.takes_value());
        for flag in flags.filter(|flag| takes_file(flag) == files) {
            add(text, &[&spellings(flag, " "), " "]);
        }
        text.push('\'');
    }
    if let Some(row) = command.words() {
        add(text, &[" names=", &offer(row)]);
    }
    text.push_str("\n        case $prev in\n");
    for flag in command.flags() {
        let offer = offer(flag);
        if !offer.is_empty() {
            let spellings = spellings(flag, " | ");
            add(text, &["        ", &spellings, ") offer=", &offer, " ;;\n"]);
        }
    }
    text.push_str("        esac ;;\n");
}

/// `--long` and `-l`, where there is a letter.
fn spellings(flag: &Flag, between: &str) -> String {
    let mut text = ["--", flag.long].concat();
    if let Some(letter) = flag.short {
        add(&mut text, &[between, "-"]);
        text.push(letter);
    }
    text
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
