//! The name that the program was started with, for texts that show how to run it.

use super::command::Command;

/// The file name in `argv[0]`. If it is missing, or if a shell script would have to quote it, the
/// name of the root command.
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

/// The commands of `path`, which starts at the root, as they are typed.
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
