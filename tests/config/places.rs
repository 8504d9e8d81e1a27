//! Links, directories and disks: where the file can be written, and what an edit says if it cannot.

use crate::harness::{Dir, Test, binary};
use crate::support::configs_files::TWO;
use crate::tools::{may, skipped};
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::path::Path;
use std::process::Command;

const MAY_MOUNT: [&str; 2] = ["unshare", "-rm"];

/// Root without root's rights.
const MAY_LESS: [&str; 3] = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];

/// Runs `script` in sh, started with `with`: `$0` is the program, `$1` a directory.
fn sh(with: &[&str], script: &str, dir: &Path) -> (i32, String, String) {
    let words = [with, &["sh", "-c", script]].concat();
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
fn a_link_is_followed_and_its_target_keeps_mode_and_owner() {
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
fn links_are_followed_to_a_file_that_need_not_exist() {
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
fn a_link_in_the_place_of_the_new_file_leads_nowhere() {
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
fn a_malformed_file_is_never_written() {
    for (content, said) in [
        ("[a", "is wrong in line 1: unclosed table, expected `]`"),
        (
            "x = 1\n",
            "is wrong in line 1: expected a table such as [default]",
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
fn what_is_not_a_regular_file_is_refused() {
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
        let doing = if path.ends_with("latin1") {
            "read"
        } else {
            "write"
        };
        Test::new(["config", "create", "-n", "a", "-u", "http://h"])
            .env("INFLUX_CONFIGS_PATH", &path)
            .stderr(format!(
                "Error: cannot {doing} the configs file {}: {reason}\n",
                path.display()
            ))
            .code(3);
    }
    assert_eq!(fs::read_to_string(file).unwrap(), "text");
}

#[test]
fn a_file_that_is_a_mount_has_a_hint() {
    if !may(&MAY_MOUNT) {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let script = "mount --bind \"$1/.influxdbv2/configs\" \"$1/.influxdbv2/configs\" && exec \"$0\" config b";
    let (code, _, err) = sh(&MAY_MOUNT, script, dir.path());
    assert_eq!(code, 3, "{err}");
    // Musl and glibc have different words for "busy".
    assert!(
        err.contains("configs: ") && err.to_lowercase().contains("busy"),
        "{err}"
    );
    let hint = "Hint: a file that is mounted by itself cannot be replaced; mount its directory\n";
    assert!(err.ends_with(hint), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), TWO);
    let left = fs::read_dir(file.parent().unwrap()).unwrap();
    assert_eq!(left.count(), 1);
}

#[test]
fn what_a_group_could_read_does_not_become_another_groups() {
    if !may(&MAY_LESS) || !rustix::process::geteuid().is_root() {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    if let Err(error) = chown(&file, Some(7), Some(8)) {
        return skipped(&error.to_string());
    }
    fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
    let (code, _, err) = sh(&MAY_LESS, "exec \"$0\" config b", dir.path());
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, 0o604);
}

#[test]
fn a_directory_without_permission_to_write() {
    if !may(&MAY_LESS) {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let folder = dir.path().join(".influxdbv2");
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    let (code, out, err) = sh(&MAY_LESS, "exec \"$0\" config b", dir.path());
    fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    let said = format!(
        "Error: cannot write the configs file {}: Permission denied\n",
        file.display()
    );
    assert_eq!((code, out, err), (3, String::new(), said));
    assert_eq!(fs::read_to_string(&file).unwrap(), TWO);
}

#[test]
fn a_full_disk_leaves_the_file() {
    if !may(&MAY_MOUNT) {
        return;
    }
    let dir = Dir::new();
    let script = "mount -t tmpfs -o size=12k none \"$1\" && cd \"$1\" && mkdir .influxdbv2 && \
        \"$0\" config create -n a -u http://h >/dev/null && cp .influxdbv2/configs before && \
        dd if=/dev/zero of=rest 2>/dev/null; \
        \"$0\" config create -n b -u http://h; code=$?; cmp before .influxdbv2/configs && ls -A .influxdbv2; \
        rm rest && \"$0\" config create -a -n b -u http://h --hide-headers; exit $code";
    let (code, out, err) = sh(&MAY_MOUNT, script, dir.path());
    let said = format!(
        "Error: cannot write the configs file {}/.influxdbv2/configs: No space left on device\n",
        dir.path().display()
    );
    let out_expected = "configs\n*\tb\thttp://h\t\n".to_string();
    assert_eq!((code, out, err), (3, out_expected, said));
}

#[test]
fn a_read_only_disk() {
    if !may(&MAY_MOUNT) {
        return;
    }
    let dir = Dir::new();
    let script = "mount -t tmpfs none \"$1\" && mount -o remount,bind,ro \"$1\" && cd \"$1\" && \
        exec \"$0\" config create -n a -u http://h";
    let (code, out, err) = sh(&MAY_MOUNT, script, dir.path());
    let said = format!(
        "Error: cannot write the configs file {}/.influxdbv2/configs: Read-only file system; its directory could not be created\n\
         Hint: use --configs-path, or set INFLUX_HOST and INFLUX_TOKEN_FILE, which need no configs file\n",
        dir.path().display()
    );
    assert_eq!((code, out, err), (3, String::new(), said));
}
