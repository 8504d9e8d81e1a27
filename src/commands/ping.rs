//! `influx ping`.

use crate::api::health::{Health, health};
use crate::cli::args::Args;
use crate::cli::command::{Body, Command};
use crate::cli::flag::{BASE, DURATION, Flag, Takes};
use crate::cli::values::duration;
use crate::client::Client;
use crate::error::{Cause, Code, Error};
use crate::output::format::{Format, JSON};
use crate::output::layout::{Layout, Record, Value};
use crate::output::rows::print_one;
use crate::output::stdout;
use crate::settings::Settings;
use crate::settings::flags::{
    ACTIVE_CONFIG, CONFIGS_PATH, EXTRA_HTTP_HEADER, HOST, HTTP_DEBUG, SKIP_VERIFY, TIMEOUT, TLS_CA,
    TLS_CERT, TLS_KEY, TRACE_DEBUG_ID,
};
use crate::text::duration as shown;
use std::time::{Duration, Instant};

/// How long to wait before another try.
const PAUSE: Duration = Duration::from_millis(500);

static WAIT: Flag = Flag {
    long: "wait",
    takes: Takes::Text(DURATION),
    help: "Retry every half second until InfluxDB is up or this time is over, as in 30s (default: one try)",
    check: Some(|text| duration(text).map(drop)),
    ..BASE
};

/// No token is sent, so there is none to give.
static COMMON: [&Flag; 12] = [
    &HOST,
    &ACTIVE_CONFIG,
    &CONFIGS_PATH,
    &SKIP_VERIFY,
    &TLS_CA,
    &TLS_CERT,
    &TLS_KEY,
    &TIMEOUT,
    &Flag {
        help: "Print InfluxDB's health report as JSON (default: false)",
        ..JSON
    },
    &HTTP_DEBUG,
    &TRACE_DEBUG_ID,
    &EXTRA_HTTP_HEADER,
];

/// For `--json`: without it, no table is printed.
static HEALTH: Layout = Layout {
    columns: &[],
    quiet: "name",
    keys: &["name", "status", "version", "commit", "message"],
    list: None,
    free_text: None,
};

impl Record for Health {
    fn value(&self, name: &str) -> Value<'_> {
        Value::Text(match name {
            "name" => &self.name,
            "status" => &self.status,
            "version" => &self.version,
            "commit" => &self.commit,
            _ => &self.message,
        })
    }
}

/// The command.
pub const PING: Command = Command {
    name: "ping",
    aliases: &[],
    summary: "Check that InfluxDB is up",
    details: "Prints OK with exit code 0 if InfluxDB says that it is ready. No token is sent. Use --wait \
              if the server may still be starting.",
    examples: "ping\n\
               ping --wait 60s",
    body: Body::Leaf {
        own: &[&WAIT],
        common: &COMMON,
        run: ping,
    },
};

/// Asks how InfluxDB is.
///
/// # Errors
/// What is wrong before the request, and what comes of the last one.
fn ping(args: &Args) -> Result<Code, Error> {
    let format = Format::from_args(args, &HEALTH)?;
    let settings = Settings::resolve_anonymous(args)?;
    let mut client = Client::new(settings)?;
    let wait = match args.text(&WAIT) {
        Some(wait) => duration(wait).map_err(Error::usage)?,
        None => None,
    };
    let said = match wait {
        Some(wait) => up_within(&mut client, wait),
        None => health(&client).map_err(|error| error.context("failed to ping InfluxDB")),
    }?;
    if !format.json {
        return stdout::print("OK\n").map(|()| Code::Done);
    }
    print_one(format, &HEALTH, &said)
}

/// Tries again and again, for as long as `wait`. No try takes longer than what is left of it.
fn up_within(client: &mut Client, wait: Duration) -> Result<Health, Error> {
    let end = Instant::now() + wait;
    let left = || end.saturating_duration_since(Instant::now());
    loop {
        // Whole milliseconds, for the message.
        let most = left().as_millis().max(1);
        client.limit(Duration::from_millis(most as u64));
        let error = match health(client) {
            Err(error) if !matches!(error.code, Code::Usage | Code::Config) => error,
            ended => return ended,
        };
        let cut = left().is_zero();
        std::thread::sleep(PAUSE.min(left()));
        if left().is_zero() {
            let error = error.context(&format!("failed to ping InfluxDB for {}", shown(wait)));
            if cut && error.cause() == Cause::Timeout {
                return Err(error.hint("--wait gives it longer"));
            }
            return Err(error);
        }
    }
}
