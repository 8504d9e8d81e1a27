//! The parts of the manual page that are not generated from the command tree.

use crate::cli::man::Manual;

pub const MANUAL: Manual = Manual {
    date: "2026-11-28",
    description: "Manages the credentials of an InfluxDB 2.x server: the usernames and passwords of 1.x clients, and API tokens. Results are printed on standard output, everything else on standard error.",
    common_flags: "Every command that talks to a server takes these flags. A flag overrides its environment variable, the variable overrides the active entry of the configs file, and the entry overrides the default.",
    environment: &[
        (
            "SSL_CERT_FILE, SSL_CERT_DIR",
            "SSL_CERT_FILE is a PEM bundle. SSL_CERT_DIR is a list of directories with PEM files, separated by colons. These certificates are trusted instead of the system's. --tls-ca overrides both.",
        ),
        (
            "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY",
            "The proxy for https, for http, and for both. Lower-case names take precedence. Loopback addresses are never proxied.",
        ),
        (
            "NO_PROXY",
            "Hosts, domains and address blocks that are reached without a proxy, separated by commas. * means all hosts.",
        ),
        (
            "HOME",
            "Your home directory, which is ~ in the path of the configs file.",
        ),
    ],
    files: &[
        (
            "~/.influxdbv2/configs",
            "Servers and tokens by name, in TOML. InfluxData's client uses the same file. The entry with active = true is used unless --active-config names another one. Only the config commands write the file.",
        ),
        (
            "/etc/ssl/certs/ca-certificates.crt",
            "The certificates that Debian and Alpine trust. The usual places of other distributions are tried, too. If there are no such files, the built-in Mozilla roots are trusted.",
        ),
    ],
    examples: &[
        (
            "Deactivate by username, with the token in a file:",
            "v1 auth set-inactive --username telegraf --token-file /run/secrets/influx-token",
        ),
        ("Revert that:", "v1 auth set-active --username telegraf"),
        (
            "Deactivate by ID, as in InfluxData's documentation:",
            "v1 auth set-inactive --id 00xX00o0X001",
        ),
        (
            "Deactivate everything that matches a pattern, after checking what it matches:",
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
            "Deactivate every ID in a list, one per line, and collect the errors in failed.txt:",
            "v1 auth set-inactive --id - < ids.txt 2> failed.txt",
        ),
        (
            "Connect to a server with a certificate of a private CA:",
            "v1 auth list --host https://influx.example --tls-ca /etc/ssl/plant-ca.pem",
        ),
    ],
};
