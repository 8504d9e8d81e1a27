//! The values of a result, and their places in a table and in JSON.

use std::borrow::Cow;

/// A value of a result.
#[derive(Debug)]
pub enum Value<'a> {
    Text(Cow<'a, str>),
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
    /// The text of a table's cell. Control characters are not escaped.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Value::Text(text) => Cow::Borrowed(text),
            Value::Bool(true) => "true".into(),
            Value::Bool(false) => "false".into(),
            Value::List(values) => bracketed(values).into(),
        }
    }

    /// How many entries a list has; 0 for anything else.
    pub fn list_length(&self) -> usize {
        match self {
            Value::List(values) => values.len(),
            _ => 0,
        }
    }
}

/// `[a b]`. For a text of about 100 bytes, which two usual permissions have, musl's allocator may map
/// and unmap a page each time. With room for more it does not.
fn bracketed(values: &[String]) -> String {
    let mut text = String::with_capacity(128);
    text.push('[');
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            text.push(' ');
        }
        text.push_str(value);
    }
    text.push(']');
    text
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    pub header: &'static str,
    /// Place of its value in a result.
    pub value: usize,
}

pub const fn column(header: &'static str, value: usize) -> Column {
    Column { header, value }
}

/// The columns without the last one, which is `Deleted`.
pub const fn all_but_last(columns: &'static [Column]) -> &'static [Column] {
    match columns {
        [others @ .., _] => others,
        [] => columns,
    }
}

impl Column {
    /// Its name in `--columns`: the header in lower case, with hyphens instead of spaces.
    pub fn name(&self) -> String {
        self.header.to_ascii_lowercase().replace(' ', "-")
    }
}

/// Where the values of a result are printed.
#[derive(Debug)]
pub struct Layout {
    /// The columns of a table, from left to right.
    pub columns: &'static [Column],
    /// The place of the value that `--quiet` prints.
    pub quiet: usize,
    /// The keys of a JSON object in order, each with the place of its value.
    pub keys: &'static [(&'static str, usize)],
    /// The place of a list and the word for one of its entries. If a row does not fit a terminal,
    /// the entries are counted.
    pub list: Option<(usize, &'static str)>,
    /// The place of free text, which is truncated if a row still does not fit.
    pub free_text: Option<usize>,
}

/// A result.
pub trait Record {
    /// Its values, in the order that its [`Layout`] expects.
    fn values(&self) -> Vec<Value<'_>>;
}
