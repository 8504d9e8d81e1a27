//! Which fields of a result are printed: the columns of a table and the keys of JSON, both in
//! order.

use serde_json::Map;

/// A result, such as an authorization.
pub trait Record {
    /// The value with this name. Columns and JSON keys refer to values by name.
    fn value(&self, name: &str) -> Value<'_>;

    /// The server's object, if `--json` prints it instead of the layout's keys.
    fn object(&self) -> Option<&Map<String, serde_json::Value>> {
        None
    }
}

/// A value of a result.
#[derive(Debug)]
pub enum Value<'a> {
    Text(&'a str),
    Bool(bool),
    /// Several texts: `[a b]` in a table, an array in JSON.
    List(Vec<String>),
}

/// How results of one kind are printed.
#[derive(Debug)]
pub struct Layout {
    /// The columns of a table, from left to right.
    pub columns: &'static [Column],
    /// The keys of a JSON object, in order. They are also the names of the values.
    pub keys: &'static [&'static str],
    /// The name of the value that `--quiet` prints.
    pub quiet: &'static str,
    /// The name of a list value, and the noun for one of its entries. If a row does not fit the
    /// terminal, only the number of entries is printed.
    pub list: Option<(&'static str, &'static str)>,
    /// The name of a free-text value. It is truncated if a row still does not fit.
    pub free_text: Option<&'static str>,
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    pub header: &'static str,
    /// The name of its value.
    pub value: &'static str,
}

pub const fn column(header: &'static str, value: &'static str) -> Column {
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
