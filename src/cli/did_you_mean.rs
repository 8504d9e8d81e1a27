//! Words that people type out of habit or from other tools, and the suggestion for each. The program
//! declares the words; these are their types.

pub struct Suggestions {
    /// Commands: what is typed, and the command that is suggested if the group has it.
    pub commands: &'static [(&'static [&'static str], &'static str)],
    /// Commands of another program with the same name, and the hint for them.
    pub other_program: (&'static [&'static str], &'static str),
    pub flags: &'static [FlagSuggestion],
}

pub struct FlagSuggestion {
    /// What is typed, without its dashes. A single letter follows a single dash.
    pub typed: &'static [&'static str],
    /// If given, the suggestion is only made for this value.
    pub value: Option<&'static str>,
    /// Long name of the suggested flag. No suggestion is made if the command lacks it.
    pub suggested: &'static str,
    pub hint: &'static str,
}
