//! Runs through a proxy, with and without credentials for it.

use super::scripted_proxy::Proxy;
use crate::fixtures::*;
use crate::harness::{Run, Test, set_inactive};
use crate::scripted_server::{Exchange, exchange};

/// A server by a name that nobody can look up: only a proxy gets there.
pub const NAME: &str = "influx.example:8086";

/// What would be an error if it were used.
pub const BROKEN: &str = "ftp://never";

/// The exchange that deactivates [`ID`] at [`NAME`].
pub fn deactivated_there() -> Exchange {
    let request = patch(ID, "inactive").replace("HOST", NAME);
    exchange(request, done(ID))
}

/// A run by ID against `host`, with these variables. `PROXY` in one stands for the proxy's address.
pub fn run(host: &str, proxy: &Proxy, variables: &[(&str, &str)]) -> Test {
    let test = set_inactive(host).args(["--id", ID]);
    variables.iter().fold(test, |test, (name, value)| {
        test.env(*name, value.replace("PROXY", &proxy.host()))
    })
}

/// A login for the proxy: as it is, as the variable has it, and as it is sent.
pub const USER: &str = "svc-proxy@corp";
pub const PASSWORD: &str = "hunter2/hunter3";
pub const GIVEN: &str = "svc-proxy%40corp:hunter2%2Fhunter3";
pub const BASIC: &str = "c3ZjLXByb3h5QGNvcnA6aHVudGVyMi9odW50ZXIz";

#[track_caller]
pub fn assert_no_secret(run: &Run) {
    for part in ["hunter2", "hunter3"] {
        let shown = run.stdout.contains(part) || run.stderr.contains(part);
        run.assert(!shown, &format!("nothing of {part}"));
    }
}

/// The variable of a proxy with credentials.
pub fn with_login(scheme: &str) -> [(&'static str, String); 1] {
    [("ALL_PROXY", format!("{scheme}://{GIVEN}@PROXY"))]
}
