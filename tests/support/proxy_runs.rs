//! Runs through a proxy, with and without credentials for it.

use super::scripted_proxy::Proxy;
use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::scripted_server::{Exchange, exchange};

/// The address of a server that is only reachable through a proxy, because its name cannot be
/// resolved.
pub const NAME: &str = "influx.example:8086";

/// The URL of a proxy that would be an error if the program used it.
pub const INVALID_PROXY: &str = "ftp://never";

/// The hint if the proxy is unreachable or unusable.
pub const PROXY_HINT: &str = "Hint: is HTTPS_PROXY, HTTP_PROXY or ALL_PROXY right? NO_PROXY lists hosts that need no proxy\n";

/// The exchange that deactivates [`ID`] at [`NAME`].
pub fn deactivated_through_proxy() -> Exchange {
    let request = patch(ID, "inactive").replace("HOST", NAME);
    exchange(request, deactivated_reply(ID))
}

/// A run by ID with these variables. `PROXY` in their values is the proxy's address.
pub fn run(host: &str, proxy: &Proxy, variables: &[(&str, &str)]) -> Test {
    let test = set_inactive(host).args(["--id", ID]);
    variables.iter().fold(test, |test, (name, value)| {
        test.env(*name, value.replace("PROXY", &proxy.host()))
    })
}

/// The user name for the proxy.
pub const USER: &str = "svc-proxy@corp";
pub const PASSWORD: &str = "hunter2/hunter3";
/// The credentials as they are in the variable.
pub const GIVEN: &str = "svc-proxy%40corp:hunter2%2Fhunter3";
/// The credentials as the program sends them.
pub const BASIC: &str = "c3ZjLXByb3h5QGNvcnA6aHVudGVyMi9odW50ZXIz";

#[track_caller]
pub fn assert_no_secret(run: &Run) {
    for part in ["hunter2", "hunter3"] {
        let shown = run.stdout.contains(part) || run.stderr.contains(part);
        run.assert(!shown, &format!("nothing that contains {part}"));
    }
}

/// The variable that sets a proxy with these credentials.
pub fn with_login(scheme: &str) -> [(&'static str, String); 1] {
    [("ALL_PROXY", format!("{scheme}://{GIVEN}@PROXY"))]
}
