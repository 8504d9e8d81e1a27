//! The completion script for bash.

use super::{Command, entries, push_path_cases, push_values, walk, with_program_name};
use crate::cli::program;

/// `INFLUX` is a placeholder for the program's name.
const HEAD: &str = "# shellcheck shell=bash
_INFLUX() {
    local at='' words='' values='' files='' offer='' names='' quote='' word i
    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
    # bash splits --flag=value into three words.
    if [[ $cur == = ]]; then cur=''; fi
    if [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case $at/${COMP_WORDS[i]} in
";

const TAIL: &str = r#"    esac
    COMPREPLY=()
    case " $files " in
    *" $prev "*)
        compopt -o filenames
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return ;;
    esac
    case " $values " in
    *" $prev "*) words=$offer ;;
    *) words=$words$'\n'$names ;;
    esac
    # After a quotation mark, nothing is quoted again.
    case $cur in
    [\'\"]*) quote=${cur:0:1} cur=${cur:1} ;;
    esac
    while IFS= read -r word; do
        [[ -n $word ]] || continue
        if [[ -z $quote ]]; then printf -v word %q "$word"; fi
        if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi
    done <<<"$words"
}
complete -F _INFLUX INFLUX
"#;

/// The script. Source it in bash.
pub fn script(root: &'static Command) -> String {
    let program = program::name(root);
    let mut text = with_program_name(&program, HEAD);
    push_path_cases(&mut text, root);
    text.push_str("        esac\n    done\n    case $at in\n");
    walk(root, "", &mut |path, command| {
        let words: Vec<_> = entries(command).into_iter().map(|(word, _)| word).collect();
        let words = words.join("\n");
        text.push_str(&format!("    '{path}') words='{words}'"));
        push_values(&mut text, command, &program);
    });
    text.push_str(&with_program_name(&program, TAIL));
    text
}
