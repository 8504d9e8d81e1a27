//! The name by which the program was called, for texts that say how to call it.

use super::command::Command;

/// The file name in the first word of the command line. If there is none, or if a script would have to
/// quote it, the name of the root.
pub fn name(root: &Command) -> String {
    let word = std::env::args_os().next().unwrap_or_default();
    plain(word.to_str().unwrap_or_default())
        .unwrap_or(root.name)
        .to_string()
}

fn plain(word: &str) -> Option<&str> {
    let name = word.rsplit('/').next()?;
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let starts_plain = name.starts_with(|c: char| c.is_ascii_alphanumeric());
    (starts_plain && name.chars().all(is_plain)).then_some(name)
}

/// The commands of a path, the root first, as they are typed.
pub fn words(path: &[&Command]) -> String {
    let mut words = name(path[0]);
    for command in &path[1..] {
        words.push(' ');
        words.push_str(command.name);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn the_name_is_the_file_name_if_it_needs_no_quotes() {
        assert_eq!(plain("influx"), Some("influx"));
        assert_eq!(plain("/opt/a b/influx-auth_2.0"), Some("influx-auth_2.0"));
        for odd in [
            "", "/", "bin/", "-influx", ".influx", "a b", "a;b", "\u{fc}",
        ] {
            assert_eq!(plain(odd), None, "{odd:?}");
        }
    }
}
