//! Every flag, declared once. Parsing, help, completions and the README check read these rows.

use crate::args::{self, Args, Given};
use crate::targets;

/// What a flag takes, and with it how its value is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// `--flag`, `--flag=true` or `--flag=false`.
    Switch,
    /// One value, named so in the help.
    Value(&'static str),
}

/// What a value that is a duration is called.
pub const DURATION: &str = "DURATION";

/// What several flags settle, one in place of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settles {
    /// The token.
    Token,
    /// The authorization.
    Target,
    /// The organization.
    Org,
    /// The password.
    Password,
}

/// One flag: a row of the tables below.
pub struct Flag {
    /// The name behind `--`, also taken behind a single `-`.
    pub long: &'static str,
    /// The letter behind `-`.
    pub short: Option<char>,
    /// The environment variable that stands in for it; set to the empty string it counts as unset.
    pub env: Option<&'static str>,
    /// Whether it takes a value.
    pub takes: Takes,
    /// One sentence for the help, which ends with the default where there is one.
    pub help: &'static str,
    /// Left out of the help and the completions.
    pub hidden: bool,
    /// The value counts as a secret and is never shown.
    pub secret: bool,
    /// The value is not shown when it is wrong: it may hold a secret.
    pub quiet: bool,
    /// The value may be empty.
    pub may_be_empty: bool,
    /// Several of it name several targets.
    pub repeatable: bool,
    /// What it settles together with others: one of them given silences the variables of all.
    pub settles: Option<Settles>,
    /// Checks the value and stores it. The reason it returns names neither flag nor value.
    pub set: fn(&mut Args, Given) -> Result<(), String>,
}

/// A row with nothing special about it, to be completed by `..BASE`.
pub const BASE: Flag = Flag {
    long: "",
    short: None,
    env: None,
    takes: Takes::Switch,
    help: "",
    hidden: false,
    secret: false,
    quiet: false,
    may_be_empty: false,
    repeatable: false,
    settles: None,
    set: args::ignore,
};

/// The flags of every command that talks to a server.
pub const COMMON: &[Flag] = &[
    Flag {
        long: "host",
        env: Some("INFLUX_HOST"),
        takes: Takes::Value("URL"),
        help: "Address of InfluxDB, http or https, a path prefix is kept (default: that of the active config, else http://localhost:8086)",
        // user:password in it is an error, but not one to show.
        quiet: true,
        set: args::host,
        ..BASE
    },
    Flag {
        long: "token",
        short: Some('t'),
        env: Some("INFLUX_TOKEN"),
        takes: Takes::Value("TOKEN"),
        help: "API token (default: that of the active config)",
        secret: true,
        settles: Some(Settles::Token),
        set: args::token,
        ..BASE
    },
    Flag {
        long: "token-file",
        env: Some("INFLUX_TOKEN_FILE"),
        takes: Takes::Value("PATH"),
        help: "File with the API token, such as a Docker or Kubernetes secret; - is standard input",
        settles: Some(Settles::Token),
        set: args::token_file,
        ..BASE
    },
    Flag {
        long: "active-config",
        short: Some('c'),
        env: Some("INFLUX_ACTIVE_CONFIG"),
        takes: Takes::Value("NAME"),
        help: "Entry of the configs file to use; - is the one marked previous (default: the one marked active)",
        set: args::active_config,
        ..BASE
    },
    Flag {
        long: "configs-path",
        env: Some("INFLUX_CONFIGS_PATH"),
        takes: Takes::Value("PATH"),
        help: "The configs file, which is only read (default: ~/.influxdbv2/configs)",
        set: args::configs_path,
        ..BASE
    },
    Flag {
        long: "skip-verify",
        env: Some("INFLUX_SKIP_VERIFY"),
        help: "Do not check the server's certificate chain and host name",
        set: args::skip_verify,
        ..BASE
    },
    Flag {
        long: "tls-ca",
        env: Some("INFLUX_TLS_CA"),
        takes: Takes::Value("PATH"),
        help: "PEM bundle of the certificates to trust (default: SSL_CERT_FILE and SSL_CERT_DIR, else the system's, else the Mozilla roots built in)",
        set: args::tls_ca,
        ..BASE
    },
    Flag {
        long: "tls-cert",
        env: Some("INFLUX_TLS_CERT"),
        takes: Takes::Value("PATH"),
        help: "Client certificate, PEM; with --tls-key",
        set: args::tls_cert,
        ..BASE
    },
    Flag {
        long: "tls-key",
        env: Some("INFLUX_TLS_KEY"),
        takes: Takes::Value("PATH"),
        help: "Private key of the client certificate, PEM without a passphrase",
        set: args::tls_key,
        ..BASE
    },
    Flag {
        long: "timeout",
        env: Some("INFLUX_TIMEOUT"),
        takes: Takes::Value(DURATION),
        help: "Limit for each request, from look-up to last byte: 500ms, 30s, 2m, 1h, or 0 for none (default: 30s)",
        set: args::timeout,
        ..BASE
    },
    Flag {
        long: "json",
        env: Some("INFLUX_OUTPUT_JSON"),
        help: "Print JSON instead of a table (default: false)",
        set: args::json,
        ..BASE
    },
    Flag {
        long: "hide-headers",
        env: Some("INFLUX_HIDE_HEADERS"),
        help: "Print the table without its header line (default: false)",
        set: args::hide_headers,
        ..BASE
    },
    Flag {
        long: "http-debug",
        help: "Show requests and answers on standard error, without secrets (default: false)",
        set: args::http_debug,
        ..BASE
    },
    Flag {
        long: "trace-debug-id",
        env: Some("INFLUX_TRACE_DEBUG_ID"),
        takes: Takes::Value("ID"),
        help: "Send ID in the headers Influx-Debug-Id and Zap-Trace-Span",
        hidden: true,
        secret: true,
        set: args::trace_debug_id,
        ..BASE
    },
    Flag {
        long: "extra-http-header",
        env: Some("INFLUX_EXTRA_HTTP_HEADER"),
        takes: Takes::Value("NAME:VALUE"),
        help: "Add a header to each request, in place of one of ours of that name; several in the variable are separated by commas",
        hidden: true,
        secret: true,
        set: args::extra_http_header,
        ..BASE
    },
];

/// The flags that name authorizations.
pub const TARGETS: &[Flag] = &[
    IDS,
    Flag {
        env: Some("INFLUX_USERNAME"),
        help: "Username of an authorization; repeatable; - likewise. The variable counts only where neither flag is given",
        ..USERNAMES
    },
];

/// The same for what cannot be undone, which takes no username from the environment.
pub const TARGETS_TO_DELETE: &[Flag] = &[IDS, USERNAMES];

const IDS: Flag = Flag {
    long: "id",
    short: Some('i'),
    takes: Takes::Value("ID"),
    help: "ID of an authorization; repeatable; - reads IDs from standard input, one a line, blank lines and # lines skipped",
    repeatable: true,
    settles: Some(Settles::Target),
    set: targets::id,
    ..BASE
};

const USERNAMES: Flag = Flag {
    long: "username",
    takes: Takes::Value("NAME"),
    help: "Username of an authorization; repeatable; - likewise",
    repeatable: true,
    settles: Some(Settles::Target),
    set: targets::username,
    ..BASE
};

/// The ID where there is one at most.
pub const ID: Flag = Flag {
    help: "ID of the authorization",
    repeatable: false,
    set: targets::one_id,
    ..IDS
};

/// The username where there is one at most.
pub const USERNAME: Flag = Flag {
    help: "Username of the authorization, matched exactly",
    repeatable: false,
    set: targets::one_username,
    ..USERNAMES
};

/// Help, taken at every level.
pub const HELP: &[Flag] = &[Flag {
    long: "help",
    short: Some('h'),
    help: "Print this help",
    ..BASE
}];

/// Version, taken at every level.
pub const VERSION: &[Flag] = &[Flag {
    long: "version",
    short: Some('V'),
    help: "Print the version",
    ..BASE
}];

impl Flag {
    /// Whether a value follows the name.
    pub fn takes_value(&self) -> bool {
        self.takes != Takes::Switch
    }

    /// The name of the value for the help, where there is one.
    pub fn value_name(&self) -> Option<&'static str> {
        match self.takes {
            Takes::Switch => None,
            Takes::Value(name) => Some(name),
        }
    }
}
