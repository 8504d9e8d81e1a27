//! Files and places that are odd: what is edited, and what an edit says where it cannot be made.

use crate::harness::{Dir, Test, binary};
use crate::support::configs_files::TWO;
use crate::tools::may;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;

const MAY_MOUNT: [&str; 2] = ["unshare", "-rm"];

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

/// A new token for `a`, whose file is `before`, leaves `after`.
#[track_caller]
fn edited(args: &[&str], before: &str, after: &str) {
    let test = Test::new(["config"]).args(args.to_vec()).configs(before);
    let home = test.keep();
    let run = test.run();
    run.assert(run.code == 0, "success");
    let file = home.path().join(".influxdbv2/configs");
    assert_eq!(fs::read_to_string(file).unwrap(), after, "{before:?}");
}

#[test]
fn files_of_any_form() {
    let set = ["set", "-n", "a", "-t", "N"];
    let set_dotted = ["set", "-n", "a.b \"c\"", "-t", "N"];
    let create = ["create", "-n", "x.y", "-u", "http://h"];
    for (args, before, after) in [
        // Line ends of Windows, and none at the end.
        (
            &set[..],
            "# top\r\n[a]\r\nurl = 'x' # of x",
            "# top\r\n[a]\r\nurl = 'x' # of x\r\ntoken = \"N\"\r\n",
        ),
        (
            &create,
            "[a]\r\nurl = 'x'",
            "[a]\r\nurl = 'x'\r\n\r\n[\"x.y\"]\r\n  url = \"http://h\"\r\n",
        ),
        // Inline tables, dotted keys.
        (
            &set,
            "a = { url = \"x\", token = 'old' } # of a\nb = {}\n",
            "a = { url = \"x\", token = \"N\" } # of a\nb = {}\n",
        ),
        (
            &set,
            "a = { url = \"x\" }\n",
            "a = { url = \"x\", token = \"N\" }\n",
        ),
        (
            &set,
            "a.url = 'x'\na.cookie = 'c' # of it\n[b]\n",
            "a.url = 'x'\na.token = \"N\" # of it\n[b]\n",
        ),
        (
            &set,
            "[a]\n# in a\n\nurl = 'x'\n  # behind\n\n[a.more] # kept\nk = [ 1,\n  2 ] # and\n",
            "[a]\n# in a\n\nurl = 'x'\ntoken = \"N\"\n  # behind\n\n[a.more] # kept\nk = [ 1,\n  2 ] # and\n",
        ),
        (
            &set_dotted,
            "['a.b \"c\"'] # quoted\n\ttoken  =  'old' # of it\n",
            "['a.b \"c\"'] # quoted\n\ttoken  =  \"N\" # of it\n",
        ),
    ] {
        edited(args, before, after);
    }
    edited(
        &["rm", "a"],
        "# of the file\n\n[a]\n# in a\nurl = 'x'\n\n# of b\n[b]\nurl = 'y'\n",
        "# of the file\n\n# of b\n[b]\nurl = 'y'\n",
    );
}

#[test]
fn a_link_is_followed_and_its_target_keeps_its_mode() {
    for mode in [0o600, 0o640, 0o444] {
        let test = Test::new(["config", "b"]);
        let home = test.keep();
        let target = home.file("far/file", TWO);
        fs::set_permissions(&target, Permissions::from_mode(mode)).unwrap();
        fs::create_dir(home.path().join(".influxdbv2")).unwrap();
        let link = home.path().join(".influxdbv2/configs");
        symlink("../far/file", &link).unwrap();
        let run = test.run();
        run.assert(run.code == 0, "success");
        assert_eq!(fs::read_link(&link).unwrap(), Path::new("../far/file"));
        let about = fs::metadata(&target).unwrap();
        assert_eq!(about.mode() & 0o7777, mode);
        assert!(fs::read_to_string(&target).unwrap() != TWO);
    }
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
fn what_is_no_file_of_configs() {
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
    let test = Test::new(["config", "create", "-n", "c", "-u", "http://h"]);
    let file = test.home().join(".influxdbv2/configs");
    let home = test.keep();
    fs::create_dir_all(&file).unwrap();
    let shown = file.to_str().unwrap();
    test.stderr(format!(
        "Error: cannot write the configs file {shown}: it is not a regular file\n"
    ))
    .code(3);
    drop(home);
}

#[test]
fn a_directory_that_may_not_be_written() {
    // Root without root's rights.
    let less = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];
    if !may(&less) {
        return;
    }
    let dir = Dir::new();
    let file = dir.file(".influxdbv2/configs", TWO);
    let folder = dir.path().join(".influxdbv2");
    fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    let (code, out, err) = sh(&less, "exec \"$0\" config b", dir.path());
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
fn a_disk_that_is_read_only_everywhere() {
    if !may(&MAY_MOUNT) {
        return;
    }
    let dir = Dir::new();
    let script = "mount -t tmpfs none \"$1\" && mount -o remount,bind,ro \"$1\" && cd \"$1\" && \
        exec \"$0\" config create -n a -u http://h";
    let (code, out, err) = sh(&MAY_MOUNT, script, dir.path());
    let said = format!(
        "Error: cannot write the configs file {}/.influxdbv2/configs: Read-only file system; its directory could not be made\n\
         Hint: --configs-path names another place; INFLUX_HOST and INFLUX_TOKEN_FILE need no configs file\n",
        dir.path().display()
    );
    assert_eq!((code, out, err), (3, String::new(), said));
}
