//! Writing the configs file through links, and the errors if a directory or disk cannot be written.

use crate::harness::{Dir, Test, binary};
use crate::support::config_runs::TWO;
use crate::test_requirements::{is_allowed, report_skipped};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::Command;

/// Runs a command that may mount file systems without affecting others.
const MOUNT_NAMESPACE: [&str; 2] = ["unshare", "-rm"];

/// Runs a command without the capabilities of root.
const UNPRIVILEGED: [&str; 3] = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];

/// Runs `script` in sh, which the command `wrapper` starts. `$0` is the program and `$1` is `dir`.
fn sh(wrapper: &[&str], script: &str, dir: &Path) -> (i32, String, String) {
    let words = [wrapper, &["sh", "-c", script]].concat();
    let run = Command::new(words[0])
        .args(&words[1..])
        .arg(binary())
        .arg(dir)
        .env_clear()
        .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
        .env("HOME", dir)
        .current_dir(dir)
        .output()
        .unwrap();
    let [out, err] = [run.stdout, run.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (run.status.code().unwrap(), out, err)
}

#[test]
fn the_target_of_a_link_keeps_its_mode_and_owner() {
    for mode in [0o600, 0o640, 0o444] {
        let test = Test::new(["config", "b"]);
        let home = test.keep();
        let target = home.file("far/file", TWO);
        if rustix::process::geteuid().is_root() {
            chown(&target, Some(7), Some(8)).unwrap();
        }
        fs::set_permissions(&target, Permissions::from_mode(mode)).unwrap();
        let old = fs::metadata(&target).unwrap();
        fs::create_dir(home.path().join(".influxdbv2")).unwrap();
        let link = home.path().join(".influxdbv2/configs");
        symlink("../far/file", &link).unwrap();
        let run = test.run();
        run.assert(run.code == 0, "success");
        assert_eq!(fs::read_link(&link).unwrap(), Path::new("../far/file"));
        let new = fs::metadata(&target).unwrap();
        assert_eq!(new.mode() & 0o7777, mode);
        assert_eq!((new.uid(), new.gid()), (old.uid(), old.gid()));
        assert!(fs::read_to_string(&target).unwrap() != TWO);
    }
}

#[test]
fn create_follows_links_to_a_missing_file() {
    let dir = Dir::new();
    let near = dir.path().join("near");
    fs::create_dir_all(&near).unwrap();
    fs::create_dir(dir.path().join("far")).unwrap();
    symlink("../far/missing", near.join("relative")).unwrap();
    symlink(near.join("relative"), near.join("chain")).unwrap();
    symlink("near", dir.path().join("way")).unwrap();
    Test::new(["config", "create", "-n", "a", "-u", "http://h"])
        .env("INFLUX_CONFIGS_PATH", dir.path().join("way/chain"))
        .stdout("Active\tName\tURL\t\tOrg\n\ta\thttp://h\t\n")
        .code(0);
    let made = fs::read_to_string(dir.path().join("far/missing")).unwrap();
    assert_eq!(made, "[a]\n  url = \"http://h\"\n");
    for link in ["relative", "chain"] {
        assert!(near.join(link).is_symlink(), "{link}");
    }
}

#[test]
fn a_link_with_the_name_of_the_temporary_file_is_not_followed() {
    let test = Test::new(["config", "b"]).configs(TWO);
    let home = test.keep();
    let other = home.file("other", "other");
    symlink(&other, home.path().join(".influxdbv2/.configs.new")).unwrap();
    let run = test.run();
    run.assert(run.code == 0, "success");
    assert_eq!(fs::read_to_string(&other).unwrap(), "other");
    let left = fs::read_dir(home.path().join(".influxdbv2")).unwrap();
    assert_eq!(left.count(), 1);
}

#[test]
fn a_new_file_is_private() {
    let test = Test::new(["config", "create", "-n", "a", "-u", "http://h"]);
    let home = test.keep();
    let run = test.run();
    run.assert(run.code == 0, "success");
    for (name, mode) in [(".influxdbv2", 0o700), (".influxdbv2/configs", 0o600)] {
        let about = fs::metadata(home.path().join(name)).unwrap();
        assert_eq!(about.mode() & 0o7777, mode, "{name}");
    }
}

#[test]
fn a_malformed_file_is_never_overwritten() {
    for (content, said) in [
        ("[a", "has an error in line 1: unclosed table, expected `]`"),
        (
            "x = 1\n",
            "has an error in line 1: expected a table such as [default]",
        ),
    ] {
        for args in [
            &["create", "-n", "c", "-u", "http://h"][..],
            &["a"],
            &["rm", "a"],
            &["ls"],
            &[],
        ] {
            let test = Test::new(["config"]).args(args.to_vec()).configs(content);
            let home = test.keep();
            let file = home.path().join(".influxdbv2/configs");
            let shown = file.to_str().unwrap();
            test.stderr(format!("Error: the configs file {shown} {said}\n"))
                .code(3);
            assert_eq!(fs::read_to_string(file).unwrap(), content);
        }
    }
}

#[test]
fn unusable_paths_are_refused_with_a_reason() {
    let dir = Dir::new();
    fs::create_dir(dir.path().join("directory")).unwrap();
    let mkfifo = Command::new("mkfifo").arg(dir.path().join("fifo")).status();
    assert!(mkfifo.unwrap().success());
    symlink("loop", dir.path().join("loop")).unwrap();
    let file = dir.file("file", "text");
    dir.file("latin1", b"\xe9");
    let path = |name: &str| dir.path().join(name);
    for (path, reason) in [
        (path("directory"), "it is not a regular file"),
        (path("fifo"), "it is not a regular file"),
        ("/dev/null".into(), "it is not a regular file"),
        (path("loop"), "too many links"),
        (path("file/configs"), "Not a directory"),
        (path("file/x/configs"), "Not a directory"),
        (path("latin1"), "not UTF-8 text"),
    ] {
        let action = if path.ends_with("latin1") {
            "read"
        } else {
            "write"
        };
        Test::new(["config", "create", "-n", "a", "-u", "http://h"])
            .env("INFLUX_CONFIGS_PATH", &path)
            .stderr(format!(
                "Error: cannot {action} the configs file {}: {reason}\n",
                path.display()
            ))
            .code(3);
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "text");
}

#[test]
fn a_bind_mounted_file_is_an_error_with_a_hint() {
    if !is_allowed(&MOUNT_NAMESPACE) {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let script = "mount --bind \"$1/.influxdbv2/configs\" \"$1/.influxdbv2/configs\" && exec \"$0\" config b";
    let (code, _, err) = sh(&MOUNT_NAMESPACE, script, dir.path());
    assert_eq!(code, 3, "{err}");
    // musl and glibc word this error differently.
    assert!(
        err.contains("configs: ") && err.to_lowercase().contains("busy"),
        "{err}"
    );
    let hint =
        "Hint: a file that is a mount point cannot be replaced; mount its directory instead\n";
    assert!(err.ends_with(hint), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), TWO);
    let left = fs::read_dir(file.parent().unwrap()).unwrap();
    assert_eq!(left.count(), 1);
}

#[test]
fn group_permissions_are_removed_if_the_group_cannot_be_kept() {
    if !is_allowed(&UNPRIVILEGED) || !rustix::process::geteuid().is_root() {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    if let Err(error) = chown(&file, Some(7), Some(8)) {
        return report_skipped(&error.to_string());
    }
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    let (code, _, err) = sh(&UNPRIVILEGED, "exec \"$0\" config b", dir.path());
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, 0o604);
}

#[test]
fn a_directory_that_is_not_writable_is_an_error() {
    if !is_allowed(&UNPRIVILEGED) {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let folder = dir.path().join(".influxdbv2");
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    let (code, out, err) = sh(&UNPRIVILEGED, "exec \"$0\" config b", dir.path());
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    let said = format!(
        "Error: cannot write the configs file {}: Permission denied\n",
        file.display()
    );
    assert_eq!((code, out, err), (3, String::new(), said));
    assert_eq!(fs::read_to_string(&file).unwrap(), TWO);
}

#[test]
fn a_full_disk_is_an_error_and_keeps_the_old_file() {
    if !is_allowed(&MOUNT_NAMESPACE) {
        return;
    }
    let dir = Dir::new();
    let script = "mount -t tmpfs -o size=12k none \"$1\" && cd \"$1\" && mkdir .influxdbv2 && \
        \"$0\" config create -n a -u http://h >/dev/null && cp .influxdbv2/configs before && \
        dd if=/dev/zero of=rest 2>/dev/null; \
        \"$0\" config create -n b -u http://h; code=$?; cmp before .influxdbv2/configs && ls -A .influxdbv2; \
        rm rest && \"$0\" config create -a -n b -u http://h --hide-headers; exit $code";
    let (code, out, err) = sh(&MOUNT_NAMESPACE, script, dir.path());
    let said = format!(
        "Error: cannot write the configs file {}/.influxdbv2/configs: No space left on device\n",
        dir.path().display()
    );
    let out_expected = "configs\n*\tb\thttp://h\t\n".to_string();
    assert_eq!((code, out, err), (3, out_expected, said));
}

#[test]
fn a_read_only_file_system_is_an_error_with_a_hint() {
    if !is_allowed(&MOUNT_NAMESPACE) {
        return;
    }
    let dir = Dir::new();
    let script = "mount -t tmpfs none \"$1\" && mount -o remount,bind,ro \"$1\" && cd \"$1\" && \
        exec \"$0\" config create -n a -u http://h";
    let (code, out, err) = sh(&MOUNT_NAMESPACE, script, dir.path());
    let said = format!(
        "Error: cannot write the configs file {}/.influxdbv2/configs: Read-only file system; its directory could not be created\n\
         Hint: use --configs-path, or set INFLUX_HOST and INFLUX_TOKEN_FILE, which need no configs file\n",
        dir.path().display()
    );
    assert_eq!((code, out, err), (3, String::new(), said));
}
