//! `influx ping`.

use crate::api::health::{Health, health, ready};
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
    ACTIVE_CONFIG, CONFIGS_PATH, EXTRA_HTTP_HEADER, HOST, HTTP_DEBUG, SKIP_VERIFY, TLS_CA,
    TLS_CERT, TLS_KEY, TRACE_DEBUG_ID,
};
use crate::settings::timeout::TIMEOUT;
use crate::text::duration as shown;
use std::time::{Duration, Instant};

/// The pause between two tries.
const PAUSE: Duration = Duration::from_millis(500);

/// The time limit of a try with `--wait`.
const MAX_TRY: Duration = Duration::from_secs(2);

static WAIT: Flag = Flag {
    long: "wait",
    takes: Takes::Text(DURATION),
    help: "Maximum time to wait for InfluxDB to come up, such as 30s. Retries every half second (default: one try)",
    check: Some(|text| duration(text).map(drop)),
    ..BASE
};

/// There are no token flags, because no token is sent.
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

/// Only `--json` uses this layout. There is no table.
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

pub const PING: Command = Command {
    name: "ping",
    aliases: &[],
    summary: "Check that InfluxDB is up",
    details: "Prints OK and exits with code 0 if InfluxDB reports that it is ready. No token is \
              sent. Use --wait if the server may still be starting.",
    examples: "ping\n\
               ping --wait 60s",
    body: Body::Leaf {
        own: &[&WAIT],
        common: &COMMON,
        run: ping,
    },
};

fn ping(args: &Args) -> Result<Code, Error> {
    let format = Format::from_args(args, &HEALTH)?;
    let client = Client::open(Settings::resolve_anonymous(args)?)?;
    let wait = match args.text(&WAIT) {
        Some(wait) => duration(wait).map_err(Error::usage)?,
        None => None,
    };
    let health = match wait {
        Some(wait) => wait_until_up(client, wait),
        None => try_once(client, None).map_err(|error| error.context("failed to ping InfluxDB")),
    }?;
    if !format.json {
        return stdout::print("OK\n").map(|()| Code::Done);
    }
    print_one(format, &HEALTH, &health)
}

/// Retries until `wait` is over. Each try looks up the host name again, because its address may
/// have changed.
fn wait_until_up(client: &Client, wait: Duration) -> Result<Health, Error> {
    let end = Instant::now() + wait;
    loop {
        client.start_over();
        let error = match try_once(client, Some(end.min(Instant::now() + MAX_TRY))) {
            Err(error) => error,
            up => return up,
        };
        let is_over = left(end).is_zero();
        std::thread::sleep(PAUSE.min(left(end)));
        if left(end).is_zero() {
            let error = error.context(&format!("failed to ping InfluxDB for {}", shown(wait)));
            if is_over && error.cause() == Cause::Timeout {
                return Err(error.hint("use a longer --wait if the server needs more time"));
            }
            return Err(error);
        }
    }
}

/// Requests `/health` and `/ready`, which must respond before `end`.
fn try_once(client: &Client, end: Option<Instant>) -> Result<Health, Error> {
    limit(client, end);
    let health = health(client)?;
    limit(client, end);
    ready(client).map(|()| health)
}

fn limit(client: &Client, end: Option<Instant>) {
    if let Some(end) = end {
        // In whole milliseconds, because the error message shows this limit.
        let most = left(end).as_millis().max(1);
        client.limit(Duration::from_millis(most as u64));
    }
}

fn left(end: Instant) -> Duration {
    end.saturating_duration_since(Instant::now())
}
