//! Where the configs file is, what kind of file it may be, and that commands other than `config` only read it.

use crate::fixtures::*;
use crate::harness::{TOKEN, set_inactive};
use crate::scripted_server::Server;
use crate::test_requirements::report_skipped;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

fn make_fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn the_file_is_not_read_if_host_and_token_are_given() {
    for (args, variables) in [
        (&["--host", "URL", "-t", "given"][..], &[][..]),
        (&[], &[("INFLUX_HOST", "URL"), ("INFLUX_TOKEN", "given")]),
        (
            &["--host", "URL", "--token-file", "file"],
            &[("INFLUX_ACTIVE_CONFIG", "")],
        ),
    ] {
        let server = with_token("given");
        let here = |text: &str| text.replace("URL", &server.url());
        let mut test = by_id().args(args.iter().map(|arg| here(arg)));
        for (name, value) in variables {
            test = test.env(name, here(value));
        }
        test.keep().file("file", "given");
        // Nothing writes to this FIFO, so reading it would hang.
        let path = test.home().join(".influxdbv2");
        fs::create_dir(&path).unwrap();
        make_fifo(&path.join("configs"));
        test.stdout(deactivated_row()).code(0);
    }
}

#[test]
fn a_fifo_is_read() {
    let server = with_token("piped");
    let test = by_id().env("INFLUX_CONFIGS_PATH", "fifo");
    let path = test.home().join("fifo");
    make_fifo(&path);
    let content = format!("[a]\nurl = '{}'\ntoken = 'piped'\n", server.url());
    let writer = std::thread::spawn(move || fs::write(path, content));
    test.stdout(deactivated_row()).code(0);
    writer.join().unwrap().unwrap();
}

#[test]
fn directories_and_endless_files_exit_with_3() {
    for (path, said) in [
        (".", "cannot read the configs file .: is a directory"),
        (
            "/dev/zero",
            "cannot read the configs file /dev/zero: larger than 4 MiB",
        ),
    ] {
        let test = by_id().args(["--configs-path", path]);
        test.stderr(format!("Error: {said}\n")).code(3);
    }
}

/// The file also counts as missing if its directory is missing or is not a directory.
#[test]
fn a_missing_file_has_no_entries() {
    for path in ["none", "none/none", "file/none", "~/none", "~someone/none"] {
        let server = with_token("");
        let test = by_id().env("INFLUX_HOST", server.url());
        test.keep().file("file", "");
        test.args(["--configs-path", path])
            .stdout(deactivated_row())
            .code(0);
    }
}

#[test]
fn a_lone_tilde_is_the_home_directory() {
    let test = by_id().args(["--configs-path", "~"]);
    let home = test.home().to_str().unwrap().to_string();
    test.stderr(format!(
        "Error: cannot read the configs file {home}/: is a directory\n"
    ))
    .code(3);
}

#[test]
fn the_file_is_never_written() {
    let server = Server::start([deactivated(), deactivated()]);
    let content = format!(
        "# kept\n[a]\nurl = '{0}'\ntoken = '{1}'\nactive = true\n[b]\nurl = '{0}'\ntoken = '{1}'\n",
        server.url(),
        TOKEN
    );
    for args in [&["-c", "b"][..], &[]] {
        let test = by_id().args(args.to_vec()).configs(&content);
        let home = test.keep();
        let path = home.path().join(".influxdbv2/configs");
        let then = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
        let file = fs::File::options().write(true).open(&path).unwrap();
        file.set_modified(then).unwrap();
        test.stdout(deactivated_row()).code(0);
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), then);
        for (directory, files) in [(".", 1), (".influxdbv2", 1)] {
            let found = fs::read_dir(home.path().join(directory)).unwrap().count();
            assert_eq!(found, files, "files in {directory}");
        }
    }
}

#[test]
fn works_with_a_read_only_home_directory() {
    let server = with_token("of-a");
    let test = by_id().configs(format!("[a]\nurl = '{}'\ntoken = 'of-a'\n", server.url()));
    let home = test.keep();
    let folder = home.path().join(".influxdbv2");
    for (path, mode) in [
        (folder.join("configs"), 0o400),
        (folder.clone(), 0o500),
        (home.path().into(), 0o500),
    ] {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }
    test.stdout(deactivated_row()).code(0);
    for path in [home.path(), &folder] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    }
}

#[test]
fn an_unreadable_file_exits_with_3() {
    if rustix::process::getuid().is_root() {
        return report_skipped("root can read every file");
    }
    let test = by_id().configs("");
    let path = test.home().join(".influxdbv2/configs");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    let said = format!(
        "Error: cannot read the configs file {}: Permission denied\n",
        path.display()
    );
    test.stderr(said).code(3);
}

#[test]
fn without_home_the_home_directory_comes_from_etc_passwd() {
    let me = rustix::process::getuid().as_raw().to_string();
    let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let mut accounts = passwd
        .lines()
        .map(|line| line.split(':').collect::<Vec<_>>());
    let account = accounts.find(|fields| fields.len() > 5 && fields[2] == me);
    let home = account.map_or(String::new(), |fields| fields[5].to_string());
    let file = Path::new(&home).join(".influxdbv2/configs");
    let said = format!(
        "Error: the configs file {} has no entry \"no such entry\"\n",
        file.display()
    );
    for (name, unset) in [("unset", true), ("empty", false)] {
        let test = by_id().args(["-c", "no such entry"]).env("HOME", "");
        let mut command = test.command();
        if unset {
            command.env_remove("HOME");
        }
        let output = command.output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(3), "{name}: {stderr}");
        assert!(stderr.starts_with(&said), "{name}: {stderr}");
    }
}

#[test]
fn home_is_not_needed_if_host_and_token_are_given() {
    let server = Server::start([deactivated()]);
    let test = set_inactive(&server.url()).args(["--id", ID]);
    let output = test.command().env_remove("HOME").output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), deactivated_row());
}
