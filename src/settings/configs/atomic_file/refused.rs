//! Full and read-only disks, files that are mounted, directories that may not be written. Each test
//! runs itself again in a process that may mount, or may less; where that is forbidden, it is
//! skipped.

use super::tests::{Dir, append, mode};
use super::*;
use crate::error::Code;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

/// Names the directory in which the test works, in the process that it starts.
const INSIDE: &str = "INFLUX_TEST_INSIDE";

/// Tells the user that the running test was skipped. The test runner hides what `println!` prints.
fn skipped(why: &str) {
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    _ = writeln!(io::stderr(), "skipped: {test}: {why}");
}

/// Runs `check` in another process, started with the words before it. `prepare` sets up the directory.
/// The test is skipped if this user may not do that.
fn inside(test: &str, with: &[&str], prepare: fn(&Dir) -> io::Result<()>, check: fn(&Path)) {
    if let Some(path) = std::env::var_os(INSIDE) {
        return check(Path::new(&path));
    }
    let [program, args @ ..] = with else {
        panic!("no words")
    };
    let may = Command::new(program).args(args).arg("true").output();
    if !may.is_ok_and(|may| may.status.success()) {
        return skipped(&format!("`{}` is not allowed here", with.join(" ")));
    }
    let dir = Dir::new();
    if let Err(error) = prepare(&dir) {
        // EINVAL: root of a user namespace may only use the IDs that are mapped into it.
        let kinds = [ErrorKind::PermissionDenied, ErrorKind::InvalidInput];
        assert!(kinds.contains(&error.kind()), "{error}");
        return skipped(&error.to_string());
    }
    let run = Command::new(program)
        .args(args)
        .arg(std::env::current_exe().unwrap())
        .args([
            "--exact",
            &format!("{}::{test}", module_path!().trim_start_matches("influx::")),
            "--nocapture",
        ])
        .env(INSIDE, dir.at(""))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{run:?}");
}

const MAY_MOUNT: [&str; 2] = ["unshare", "-rm"];

/// Root without root's rights.
const MAY_LESS: [&str; 3] = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];

fn mount(args: &[&str], at: &Path) {
    let mounted = Command::new("mount").args(args).arg(at).status().unwrap();
    assert!(mounted.success(), "{args:?}");
}

#[track_caller]
fn refused(path: &Path, more: &str, reason: &str) -> Error {
    let error = append(path, more).unwrap_err();
    let message = format!("cannot write the configs file {}: {reason}", path.display());
    assert_eq!((error.code, error.to_string()), (Code::Config, message));
    error
}

#[test]
fn a_full_disk_leaves_the_old_file() {
    inside(
        "a_full_disk_leaves_the_old_file",
        &MAY_MOUNT,
        |_| Ok(()),
        |path| {
            mount(&["-t", "tmpfs", "-o", "size=16k", "none"], path);
            let file = path.join("configs");
            append(&file, "old").unwrap();
            refused(&file, &"x".repeat(64 * 1024), "No space left on device");
            let names: Vec<_> = fs::read_dir(path).unwrap().collect();
            assert_eq!(names.len(), 1, "nothing is left over");
            assert_eq!(fs::read_to_string(&file).unwrap(), "old");
            append(&file, " new").unwrap();
        },
    );
}

#[test]
fn a_read_only_disk_is_named() {
    inside(
        "a_read_only_disk_is_named",
        &MAY_MOUNT,
        |_| Ok(()),
        |path| {
            mount(&["-t", "tmpfs", "none"], path);
            let file = path.join("configs");
            append(&file, "old").unwrap();
            mount(&["-o", "remount,bind,ro"], path);
            refused(&file, "x", "Read-only file system");
            append(&file, "").unwrap();
            let error = append(&path.join("x/configs"), "x")
                .unwrap_err()
                .to_string();
            assert!(error.contains(": Read-only file system; "), "{error}");
        },
    );
}

#[test]
fn a_file_that_is_a_mount_has_a_hint() {
    inside(
        "a_file_that_is_a_mount_has_a_hint",
        &MAY_MOUNT,
        |_| Ok(()),
        |path| {
            let file = path.join("configs");
            fs::write(&file, "old").unwrap();
            mount(&["--bind", &file.to_string_lossy()], &file);
            // Which words it has for that is the C library's choice.
            let busy = io::Error::from(rustix::io::Errno::BUSY);
            let error = refused(&file, "x", &io_reason(&busy));
            assert_eq!(
                error.advice(),
                Some("a file that is mounted by itself cannot be replaced; mount its directory")
            );
            assert_eq!(fs::read_to_string(&file).unwrap(), "old");
        },
    );
}

#[test]
fn a_directory_that_may_not_be_written_is_named() {
    let prepare = |dir: &Dir| {
        dir.file("configs", "old");
        fs::set_permissions(dir.at(""), Permissions::from_mode(0o555))
    };
    inside(
        "a_directory_that_may_not_be_written_is_named",
        &MAY_LESS,
        prepare,
        |path| {
            refused(&path.join("configs"), "x", "Permission denied");
            let error = append(&path.join("x/configs"), "x")
                .unwrap_err()
                .to_string();
            assert!(error.contains(": Permission denied; "), "{error}");
        },
    );
}

#[test]
fn what_a_group_could_read_does_not_become_another_groups() {
    let prepare = |dir: &Dir| {
        let file = dir.file("configs", "old");
        std::os::unix::fs::chown(&file, Some(7), Some(8))?;
        fs::set_permissions(&file, Permissions::from_mode(0o644))
    };
    let name = "what_a_group_could_read_does_not_become_another_groups";
    inside(name, &MAY_LESS, prepare, |path| {
        let file = path.join("configs");
        append(&file, " new").unwrap();
        assert_eq!(mode(&file), 0o604);
    });
}
