//! What the manual page says beside what the tree of commands holds.

use crate::cli::man::Manual;

/// The texts.
pub const MANUAL: Manual = Manual {
    date: "2026-11-24",
    description: "A client for the usernames and passwords with which 1.x clients reach an InfluxDB 2.x server. Results are printed on standard output, everything else on standard error.",
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
            "Servers and tokens by name, in TOML, as the Go client writes them. The entry with active = true counts, unless --active-config names another. Only influx config writes the file.",
        ),
        (
            "/etc/ssl/certs/ca-certificates.crt",
            "The certificates that the system trusts, on Debian and Alpine; other distributions' places are known too. Where there is none, the Mozilla roots built in count.",
        ),
    ],
    examples: &[
        (
            "Deactivate by username, with the token in a file:",
            "influx v1 auth set-inactive --username telegraf --token-file /run/secrets/influx-token",
        ),
        ("The undo:", "influx v1 auth set-active --username telegraf"),
        (
            "Every ID in a list, one a line; what failed is left in failed.txt:",
            "influx v1 auth set-inactive --id - < ids.txt 2> failed.txt",
        ),
        (
            "A server with a certificate of a private authority:",
            "influx v1 auth list --host https://influx.example --tls-ca /etc/ssl/plant-ca.pem",
        ),
    ],
};
