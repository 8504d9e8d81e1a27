//! Tests that run the built program. There is a folder for each area and a module for each topic.
//! All tests are in one binary, because that links faster.
#![allow(missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use support::{
    fixtures, harness, replay, scripted_proxy, scripted_server, test_requirements, tls_server,
};

/// Helpers for the tests of several topics.
mod support {
    pub mod auth_create_requests;
    pub mod auth_requests;
    pub mod chroot;
    pub mod config_runs;
    pub mod dbrp_requests;
    pub mod expected_failures;
    pub mod expected_requests;
    pub mod fixtures;
    pub mod harness;
    pub mod help_texts;
    pub mod live_server;
    pub mod live_user;
    pub mod no_secrets;
    pub mod org_and_bucket_requests;
    pub mod password_prompt;
    pub mod ping_requests;
    pub mod process;
    pub mod proxy_runs;
    pub mod readme;
    pub mod replay;
    pub mod scripted_listener;
    pub mod scripted_proxy;
    pub mod scripted_server;
    pub mod setting_sources;
    pub mod stand_in_client;
    pub mod ten_thousand_targets;
    pub mod test_requirements;
    pub mod tls_server;
    pub mod user_requests;
    pub mod v1_auth_requests;
    pub mod v1_auth_several_targets;
}

/// The recorded exchanges of InfluxData's client with InfluxDB 2.9, and the intended differences of
/// this program.
mod contract {
    mod auth;
    mod bucket;
    mod config;
    mod dbrp;
    mod org;
    mod ping;
    mod user;
    mod v1_auth;
    mod v1_auth_replay;
}

/// The command line: commands, flags, help.
mod cli {
    mod completion_scripts;
    mod fuzz;
    mod fuzz_fragments;
    mod help;
    mod help_precedence;
    mod influxdata_client_commands;
    mod invalid_values;
    mod manual_page;
    mod program_name;
    mod suggestions;
    mod usage;
    mod value_hints;
}

/// The commands of `influx config`.
mod config {
    mod acl;
    mod active_and_previous;
    mod atomic_writes;
    mod changes_by_other_programs;
    mod commands;
    mod credentials;
    mod edits;
    mod file_system;
    mod live;
    mod locking;
    mod many_entries;
}

/// Settings: flags, variables and the configs file.
mod settings {
    mod configs_file_entries;
    mod configs_file_errors;
    mod configs_file_location;
    mod conflicts;
    mod invalid_and_empty_variables;
    mod length_limits;
    mod precedence;
    mod tls_precedence;
}

/// Connections and responses.
mod connection {
    mod api_index;
    mod connection_failures;
    mod creation_failures;
    mod endless_lists;
    mod error_responses;
    mod headers;
    mod invalid_http;
    mod invalid_json;
    mod lookup_failures;
    mod no_proxy;
    mod ping;
    mod ping_wait;
    mod proxy;
    mod proxy_failures;
    mod proxy_tls_failures;
    mod server_addresses;
    mod sign_in;
    mod signals;
    mod tls_client_certificates;
    mod tls_combinations;
    mod tls_server_certificates;
    mod tls_trusted_certificates;
}

/// The commands of `influx auth`.
mod auth {
    mod check;
    mod create;
    mod create_invalid_arguments;
    mod create_response_differs;
    mod create_token_output;
    mod delete;
    mod list;
    mod live;
    mod match_pattern;
    mod set_status;
}

/// The command of `influx bucket`.
mod bucket {
    mod list;
}

/// The command of `influx org`.
mod org {
    mod list;
}

/// The commands of `influx user`.
mod user {
    mod current_user;
    mod list;
    mod live;
    mod match_pattern;
    mod set_password;
    mod set_status;
}

/// The commands of `influx v1 auth`.
mod v1_auth {
    mod ambiguous_names;
    mod check;
    mod create;
    mod create_invalid_arguments;
    mod create_response_differs;
    mod delete;
    mod dry_run;
    mod list;
    mod live;
    mod lost_responses;
    mod match_pattern;
    mod password_prompt;
    mod password_sources;
    mod set_password;
    mod set_status;
    mod several_targets;
    mod several_targets_output;
    mod several_targets_stdin;
    mod several_targets_stdin_json;
    mod unconfirmed_changes;
}

/// The commands of `influx v1 dbrp`.
mod v1_dbrp {
    mod create;
    mod delete;
    mod list;
    mod live;
    mod update;
}

/// Output: formats, memory use, and secrets that must not be printed.
mod output {
    mod columns;
    mod control_characters;
    mod cut_secrets;
    mod list_formats;
    mod list_memory;
    mod match_memory;

    mod output_errors;
    mod proxy_secrets;
    mod secrets;
    mod secrets_in_input_errors;
    mod session_secrets;
    mod several_targets_memory;
}

/// The demo's stand-in InfluxDB.
#[path = "demo/stand_in/mod.rs"]
#[allow(
    dead_code,
    reason = "some of it is used only by `make demo` and the measurements"
)]
mod stand_in;

/// The repository itself.
mod project {
    mod kubernetes;
    mod readme;
    mod readme_commands;
    mod stand_in_authorizations;
    mod stand_in_lists;
    mod stand_in_mappings;
    mod stand_in_users;
    mod test_harness;
}
