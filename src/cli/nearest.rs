//! The known word nearest to a mistyped one.

/// The candidate with the fewest edits from `word`, if they are few enough for a typing error: a third
/// of its letters, but at least one.
pub fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    // Longer than any name. The distance of a megabyte would take too long.
    if word.len() > 64 {
        return None;
    }
    candidates
        .iter()
        .map(|candidate| (distance(word, candidate), *candidate))
        .filter(|(edits, candidate)| *edits <= (candidate.chars().count() / 3).max(1))
        .min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_typing_errors_and_nothing_else() {
        let commands = ["set-inactive", "set-active", "auth"];
        assert_eq!(nearest("set-inactve", &commands), Some("set-inactive"));
        assert_eq!(nearest("setactive", &commands), Some("set-active"));
        assert_eq!(nearest("aut", &commands), Some("auth"));
        assert_eq!(nearest("frob", &commands), None);
        assert_eq!(nearest("", &commands), None);
        assert_eq!(nearest(&"a".repeat(65), &commands), None);
    }

    #[test]
    fn counts_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("ü", "u"), 1);
    }
}
