//! Words that people type in place of ours: the types of the table that a program gives.

use super::word_list::WordList;

/// Words that people type in place of ours, out of habit or from other tools.
pub struct Slips {
    /// Commands: what is typed, and ours for it, where the group has that one.
    pub commands: &'static [(WordList, &'static str)],
    /// Commands of another program of the same name, and what the hint says of those.
    pub others: (WordList, &'static str),
    /// Flags.
    pub flags: &'static [FlagSlip],
}

/// A flag that is typed in place of one of ours.
pub struct FlagSlip {
    /// What is typed, without its dashes. A single letter is one behind a single dash.
    pub typed: WordList,
    /// It is only meant so with this value.
    pub value: Option<&'static str>,
    /// Long name of ours, which the command must have.
    pub ours: &'static str,
    /// What the hint says.
    pub hint: &'static str,
}
