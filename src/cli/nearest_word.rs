//! What may be meant by an unknown word: a suggestion that the program declares, or the nearest known
//! word.

/// Words that people type out of habit or from other tools, and the suggestion for each.
pub struct Suggestions {
    /// Commands: what is typed, and the command that is suggested if the group has it.
    pub commands: &'static [(&'static [&'static str], &'static str)],
    /// Commands that only another program of the same name has: the group, and what is typed there.
    pub other_program: &'static [(&'static str, &'static [&'static str])],
    pub other_program_hint: &'static str,
    /// Flags: what is typed, without its dashes and perhaps with `=VALUE`; the long name of the
    /// suggested flag, if the command has it; and the hint, if it is more than the name.
    pub flags: &'static [(&'static [&'static str], &'static str, &'static str)],
}

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
