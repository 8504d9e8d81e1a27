//! Lists of organizations and buckets. The server sends them in pages, and `--json` prints the
//! server's objects.

use crate::api::server_object::{ServerObject, list_pages};
use crate::cli::args::Args;
use crate::client::{Client, Resource};
use crate::error::{Code, Error};
use crate::output::format::Format;
use crate::output::layout::{Layout, Record};
use crate::output::rows::{OutputShape, Rows};
use crate::settings::Settings;

/// The fields that both layouts share.
pub const LAYOUT: Layout = Layout {
    columns: &[],
    quiet: "id",
    keys: &[],
    list: None,
    free_text: None,
};

/// A list to print.
pub struct ObjectList<'a> {
    /// The last part of the path, and the key of the list in a response.
    pub key: &'static str,
    pub query: Vec<(&'a str, &'a str)>,
    /// Whether the query names one object, which must exist.
    pub is_named: bool,
    /// The resources that the query may name. Exit code 6 if the server says that they do not
    /// exist.
    pub named: &'a [Resource],
    pub layout: &'static Layout,
}

impl ObjectList<'_> {
    /// Prints the list. `record` converts each object. Exit code 6 if the query names an object
    /// that does not exist.
    pub fn print<R: Record>(
        &self,
        args: &Args,
        settings: Settings,
        record: fn(ServerObject) -> R,
    ) -> Result<Code, Error> {
        let format = Format::from_args(args, self.layout)?;
        let client = Client::open(settings)?;
        let mut rows = Rows::new(format, OutputShape::List, self.layout);
        let mut count = 0;
        let listed = list_pages(client, self.key, &self.query, self.named, &mut |object| {
            count += 1;
            rows.push(&record(object));
            rows.is_open()
        });
        let context = format!("could not list {}", self.key);
        listed.map_err(|error| error.context(&context))?;
        if self.is_named && count == 0 {
            let message = "the server lists no entry with this name or ID";
            return Err(Error::new(Code::NotFound, message).context(&context));
        }
        rows.finish().map(|()| Code::Done)
    }
}
