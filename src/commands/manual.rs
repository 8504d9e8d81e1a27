//! The texts of the manual page that are not in the tree of commands.

use crate::cli::man::Manual;

pub const MANUAL: Manual = Manual {
    date: "2026-11-25",
    description: "A client for the credentials of an InfluxDB 2.x server: the usernames and passwords of 1.x clients, and API tokens. Results are printed on standard output, everything else on standard error.",
    common_flags: "Every command that talks to a server takes these flags. A flag overrides its environment variable. The variable overrides the active entry of the configs file, and the entry overrides the default.",
    environment: &[
        (
            "SSL_CERT_FILE, SSL_CERT_DIR",
            "A PEM bundle, and directories of PEM files separated by colons, with the certificates to trust instead of the system's. --tls-ca overrides both.",
        ),
        (
            "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY",
            "The proxy for https, for http, and for both. Lower-case names win. Loopback is never proxied.",
        ),
        (
            "NO_PROXY",
            "Hosts, domains and address blocks, separated by commas, that are reached without a proxy. * means all.",
        ),
        ("HOME", "The directory of the configs file, ~ in its path."),
    ],
    files: &[
        (
            "~/.influxdbv2/configs",
            "Servers and tokens by name, in TOML, as the Go client writes them. The entry with active = true is used, unless --active-config names another. Only `influx config` writes the file.",
        ),
        (
            "/etc/ssl/certs/ca-certificates.crt",
            "The certificates that the system trusts, on Debian and Alpine. The places of other distributions are known too. If there is no such file, the Mozilla roots built into the program are trusted.",
        ),
    ],
    examples: &[
        (
            "Deactivate by username, with the token in a file:",
            "v1 auth set-inactive --username telegraf --token-file /run/secrets/influx-token",
        ),
        ("Revert that:", "v1 auth set-active --username telegraf"),
        (
            "Deactivate everything that a pattern matches, after a look at it:",
            "v1 auth set-inactive --match 'old-*' --dry-run\nv1 auth set-inactive --match 'old-*'",
        ),
        (
            "Deactivate an API token:",
            "auth inactive --id 0e1f2a3b4c5d7002",
        ),
        (
            "Wait for the server in a start-up script:",
            "ping --wait 60s",
        ),
        (
            "Deactivate every ID in a file, one per line; errors go to failed.txt:",
            "v1 auth set-inactive --id - < ids.txt 2> failed.txt",
        ),
        (
            "Trust a private certificate authority:",
            "v1 auth list --host https://influx.example --tls-ca /etc/ssl/plant-ca.pem",
        ),
    ],
};
