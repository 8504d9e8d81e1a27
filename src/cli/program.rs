//! The name that the program is called by: the texts that say how to call it use that.

use super::command::Command;

/// The file name in the first word of the command line; the root's own where that is none, or one that
/// a script would have to quote.
pub fn name(root: &Command) -> String {
    let word = std::env::args_os().next().unwrap_or_default();
    plain(word.to_str().unwrap_or_default())
        .unwrap_or(root.name)
        .to_string()
}

fn plain(word: &str) -> Option<&str> {
    let name = word.rsplit('/').next()?;
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
    let good = name.starts_with(|c: char| c.is_ascii_alphanumeric()) && name.chars().all(fits);
    good.then_some(name)
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
    fn a_name_is_the_file_name_where_it_needs_no_quotes() {
        assert_eq!(plain("influx"), Some("influx"));
        assert_eq!(plain("/opt/a b/influx-auth_2.0"), Some("influx-auth_2.0"));
        for odd in [
            "", "/", "bin/", "-influx", ".influx", "a b", "a;b", "\u{fc}",
        ] {
            assert_eq!(plain(odd), None, "{odd:?}");
        }
    }
}
