//! A root directory that only has the program, the libraries of a dynamically linked program, and
//! optionally `/etc/hosts`.

use crate::fixtures::ID;
use crate::harness::{Dir, Run, TOKEN, binary};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The root directory.
pub struct Root(Dir);

impl Root {
    /// Creates the directory with this `/etc/hosts`, or without it. Returns `None` if `chroot` is
    /// not permitted.
    pub fn new(hosts: Option<&str>) -> Option<Root> {
        let chroot = Command::new("unshare")
            .args(["-r", "chroot", "/", "true"])
            .stderr(Stdio::null())
            .status();
        if !chroot.is_ok_and(|status| status.success()) {
            return None;
        }
        let root = Dir::new();
        std::fs::copy(binary(), root.path().join("influx")).unwrap();
        let libraries = Command::new("ldd").arg(binary()).output();
        let listed = libraries.map_or(String::new(), |out| {
            String::from_utf8_lossy(&out.stdout).into_owned()
        });
        for path in listed
            .split_whitespace()
            .filter(|word| word.starts_with('/'))
        {
            if Path::new(path).is_file() && !path.ends_with("/influx") {
                root.file(path.trim_start_matches('/'), std::fs::read(path).unwrap());
                set_executable(&root.path().join(path.trim_start_matches('/')));
            }
        }
        if let Some(hosts) = hosts {
            root.file("etc/hosts", hosts);
            // glibc needs these files to behave like musl.
            root.file("etc/nsswitch.conf", "hosts: files\n");
            root.file("etc/host.conf", "multi on\n");
        }
        Some(Root(root))
    }

    pub fn set_hosts(&self, hosts: &str) {
        self.0.file("etc/hosts", hosts);
    }

    /// Deactivates [`ID`] with these additional arguments.
    pub fn run(&self, args: &[&str]) -> Run {
        let words = ["v1", "auth", "set-inactive", "--id", ID];
        let child = self.spawn(&[&words, args].concat());
        Run::of(child, format!("{args:?}"))
    }

    pub fn spawn(&self, args: &[&str]) -> Child {
        Command::new("unshare")
            .args(["-r", "chroot"])
            .arg(self.0.path())
            .arg("/influx")
            .args(args)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("INFLUX_TOKEN", TOKEN)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }
}

fn set_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}
