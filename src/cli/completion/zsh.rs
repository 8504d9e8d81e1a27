//! The completion script for zsh.

use super::{Command, entries, push_path_cases, push_values, walk, with_program_name};
use crate::cli::program;

/// `INFLUX` is a placeholder for the program's name.
const HEAD: &str = "#compdef INFLUX
_INFLUX() {
    local at= values= files= offer= names= i
    local prev=${words[CURRENT-1]}
    local -a entries
    if compset -P '--*='; then prev=${IPREFIX%=}; fi
    for ((i = 2; i < CURRENT; i++)); do
        case $at/${words[i]} in
";

const TAIL: &str = r#"    esac
    if [[ " $files " == *" $prev "* ]]; then _files; return; fi
    if [[ " $values " == *" $prev "* ]]; then
        if [[ -n $offer ]]; then compadd -- ${(f)offer}; else _message value; fi
        return
    fi
    if [[ -n $names ]]; then compadd -- ${(f)names}; fi
    _describe command entries
}
if [[ $funcstack[1] == _INFLUX ]]; then
    _INFLUX "$@"
else
    if (( ! $+functions[compdef] )); then autoload -Uz compinit && compinit -i; fi
    compdef _INFLUX INFLUX
fi
"#;

/// The script. Source it, or save it as `_NAME` in a directory of `fpath`.
pub fn script(root: &'static Command) -> String {
    let program = program::name(root);
    let mut text = with_program_name(&program, HEAD);
    push_path_cases(&mut text, root);
    text.push_str("        esac\n    done\n    case $at in\n");
    walk(root, "", &mut |path, command| {
        text.push_str(&format!("    '{path}') entries=("));
        for (word, description) in entries(command) {
            let description = description.replace('\'', r"'\''");
            text.push_str(&format!("'{word}:{description}' "));
        }
        text.push(')');
        push_values(&mut text, command, &program);
    });
    text.push_str(&with_program_name(&program, TAIL));
    text
}
