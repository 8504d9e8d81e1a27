//! What a result consists of, and where its values stand in a table and in JSON.

use std::borrow::Cow;

/// A value of a result.
#[derive(Debug)]
pub enum Value<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// True or false.
    Bool(bool),
    /// Several texts: `[a b]` in a table, an array in JSON.
    List(Vec<String>),
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(text.into())
    }
}

impl Value<'_> {
    /// How many entries a list has; 0 for anything else.
    pub fn entries(&self) -> usize {
        match self {
            Value::List(values) => values.len(),
            _ => 0,
        }
    }
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// What stands above it.
    pub header: &'static str,
    /// Place of its value in a result.
    pub value: usize,
}

/// The column of the value at a place, below a header.
pub const fn column(header: &'static str, value: usize) -> Column {
    Column { header, value }
}

/// The columns of what still is, from those of what was removed, which say so in the last one.
pub const fn all_but_last(columns: &'static [Column]) -> &'static [Column] {
    match columns {
        [others @ .., _] => others,
        [] => columns,
    }
}

impl Column {
    /// Its name in `--columns`: the header in lower case, with a hyphen for a space.
    pub fn name(&self) -> String {
        self.header.to_ascii_lowercase().replace(' ', "-")
    }
}

/// The places of the values of a result.
#[derive(Debug)]
pub struct Layout {
    /// The columns of a table, from left to right.
    pub columns: &'static [Column],
    /// The place of the value that `--quiet` prints.
    pub quiet: usize,
    /// The keys of a JSON object in order, each with the place of its value.
    pub keys: &'static [(&'static str, usize)],
    /// The place of a list, whose entries may be counted where a row does not fit a terminal, and what
    /// one of them is called.
    pub list: Option<(usize, &'static str)>,
    /// The place of free text, which may be cut there.
    pub prose: Option<usize>,
}

/// A result.
pub trait Record {
    /// Its values, in an order that its [`Layout`] knows.
    fn values(&self) -> Vec<Value<'_>>;
}
