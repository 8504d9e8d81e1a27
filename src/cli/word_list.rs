//! A list of words that the program declares.

/// Words with one blank between them. A table of them would cost 16 bytes of the program and 14
/// instructions of its start more for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WordList(pub &'static str);

impl WordList {
    /// The words, in order.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split_ascii_whitespace()
    }

    /// The word of the list that is `word`.
    pub fn find(self, word: &str) -> Option<&'static str> {
        self.iter().find(|own| *own == word)
    }

    /// All of them in one text.
    pub fn join(self, between: &str) -> String {
        self.0.replace(' ', between)
    }
}
