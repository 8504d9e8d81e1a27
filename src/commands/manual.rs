//! What the manual page says beside what the tree of commands holds.

use crate::cli::man::Manual;

/// The texts.
pub const MANUAL: Manual = Manual {
    date: "2026-11-25",
    description: "A client for the credentials of an InfluxDB 2.x server: the usernames and passwords of 1.x clients, and API tokens. Results are printed on standard output, everything else on standard error.",
    common_flags: "Every command that talks to a server takes these flags. A flag overrides its environment variable. The variable overrides the active entry of the configs file, and the entry overrides the default.",
    environment: &[
        (
            "SSL_CERT_FILE, SSL_CERT_DIR",
            "A PEM bundle, and directories of PEM files separated by colons, with the certificates to trust in place of the system's. --tls-ca takes the place of both.",
        ),
        (
            "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY",
            "The proxy for https, for http, and for either. In lower case they win. Loopback is never proxied.",
        ),
        (
            "NO_PROXY",
            "Hosts, domains and address blocks, separated by commas, that are reached without a proxy; * is all.",
        ),
        ("HOME", "Where the configs file is."),
    ],
    files: &[
        (
            "~/.influxdbv2/configs",
            "Servers and tokens by name, in TOML, as the Go client writes them. The entry with active = true counts, unless --active-config names another. Only the command config writes the file.",
        ),
        (
            "/etc/ssl/certs/ca-certificates.crt",
            "The certificates that the system trusts, on Debian and Alpine; other distributions' places are known too. Where there is none, the Mozilla roots built in count.",
        ),
    ],
    examples: &[
        (
            "Deactivate by username, with the token in a file:",
            "v1 auth set-inactive --username telegraf --token-file /run/secrets/influx-token",
        ),
        ("The undo:", "v1 auth set-active --username telegraf"),
        (
            "Everything that a pattern fits: first a look, then the cut.",
            "v1 auth set-inactive --match 'old-*' --dry-run\nv1 auth set-inactive --match 'old-*'",
        ),
        (
            "Deactivate an API token:",
            "auth inactive --id 0e1f2a3b4c5d7002",
        ),
        (
            "In a start-up script, wait for the server:",
            "ping --wait 60s",
        ),
        (
            "Every ID in a list, one a line; what failed is left in failed.txt:",
            "v1 auth set-inactive --id - < ids.txt 2> failed.txt",
        ),
        (
            "A server with a certificate of a private authority:",
            "v1 auth list --host https://influx.example --tls-ca /etc/ssl/plant-ca.pem",
        ),
    ],
};
