//! What is written where, with which mode, and that commands wait for each other.

use super::*;
use std::fs::Permissions;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

/// A directory of its own, removed at the end.
pub struct Dir(PathBuf);

impl Dir {
    pub fn new() -> Dir {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("influx-unit-{}-{number}", std::process::id());
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Dir(path)
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub fn file(&self, name: &str, content: &str) -> PathBuf {
        let path = self.at(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// The names in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let name = |entry: io::Result<fs::DirEntry>| entry.unwrap().file_name();
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
            .into_iter()
            .map(|name| name.into_string().unwrap())
            .collect()
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        _ = fs::remove_dir_all(&self.0);
    }
}

/// Appends to the file.
pub fn append(path: &Path, more: &str) -> Result<(), Error> {
    update(path, &mut |text| Ok(format!("{text}{more}")))
}

pub fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().mode() & 0o7777
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_new_file_and_its_directories_are_private() {
    let dir = Dir::new();
    let path = dir.at("x/y/configs");
    append(&path, "new").unwrap();
    assert_eq!((read(&path).as_str(), mode(&path)), ("new", 0o600));
    assert_eq!((mode(&dir.at("x")), mode(&dir.at("x/y"))), (0o700, 0o700));
}

#[test]
fn mode_and_owner_are_kept_and_nothing_is_left_over() {
    let dir = Dir::new();
    for bits in [0o600, 0o640, 0o444, 0o666, 0o400] {
        let path = dir.file("configs", "old ");
        let owner = rustix::process::geteuid().is_root().then_some((7, 8));
        if let Some((user, group)) = owner {
            std::os::unix::fs::chown(&path, Some(user), Some(group)).unwrap();
        }
        fs::set_permissions(&path, Permissions::from_mode(bits)).unwrap();
        let old = fs::metadata(&path).unwrap();
        append(&path, "new").unwrap();
        let new = fs::metadata(&path).unwrap();
        assert_eq!((read(&path).as_str(), mode(&path)), ("old new", bits));
        assert_eq!((new.uid(), new.gid()), (old.uid(), old.gid()));
        assert_ne!(new.ino(), old.ino(), "a file that is not written over");
        assert_eq!(dir.names(), ["configs"]);
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_link_is_followed_and_stays() {
    let dir = Dir::new();
    fs::create_dir(dir.at("far")).unwrap();
    fs::create_dir(dir.at("near")).unwrap();
    dir.file("far/file", "old ");
    symlink("../far/file", dir.at("near/relative")).unwrap();
    symlink(dir.at("near/relative"), dir.at("near/chain")).unwrap();
    symlink("../far/missing", dir.at("near/dangling")).unwrap();
    symlink("near", dir.at("way")).unwrap();
    append(&dir.at("way/chain"), "new").unwrap();
    append(&dir.at("way/dangling"), "made").unwrap();
    assert_eq!(read(&dir.at("far/file")), "old new");
    assert_eq!(read(&dir.at("far/missing")), "made");
    for link in ["relative", "chain", "dangling"] {
        let about = fs::symlink_metadata(dir.at("near").join(link)).unwrap();
        assert!(about.is_symlink(), "{link}");
    }
}

#[test]
fn the_file_is_not_written_where_nothing_changes() {
    let dir = Dir::new();
    let path = dir.file("configs", "same");
    let old = fs::metadata(&path).unwrap();
    append(&path, "").unwrap();
    assert_eq!(fs::metadata(&path).unwrap().ino(), old.ino());
    append(&dir.at("missing"), "").unwrap();
    assert_eq!(dir.names(), ["configs"]);
}

#[test]
fn a_change_that_fails_leaves_all_as_it_is() {
    let dir = Dir::new();
    let path = dir.file("configs", "old");
    for path in [&path, &dir.at("x/configs")] {
        let refused = update(path, &mut |_| Err(Error::config("no")));
        assert_eq!(refused.unwrap_err().to_string(), "no");
    }
    assert_eq!(dir.names(), ["configs"]);
    assert_eq!(read(&path), "old");
}

#[test]
fn what_a_killed_command_left_is_cleared() {
    let dir = Dir::new();
    let path = dir.file("configs", "old ");
    dir.file(".configs.new", "half");
    append(&path, "new").unwrap();
    assert_eq!(
        (read(&path).as_str(), dir.names()),
        ("old new", vec!["configs".into()])
    );
    // A link of that name leads nowhere.
    let other = dir.file("other", "other");
    symlink(&other, dir.at(".configs.new")).unwrap();
    append(&path, "er").unwrap();
    assert_eq!(
        (read(&path).as_str(), read(&other).as_str()),
        ("old newer", "other")
    );
}

#[test]
fn the_new_file_goes_where_it_cannot_be_used() {
    let dir = Dir::new();
    fs::create_dir_all(dir.at("configs/x")).unwrap();
    assert!(replace(&dir.at("configs"), "", b"new", None).is_err());
    assert_eq!(dir.names(), ["configs"]);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let refused = fill(full, b"new", None).unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::StorageFull);
}

#[test]
fn what_is_no_file_is_refused() {
    let dir = Dir::new();
    fs::create_dir(dir.at("directory")).unwrap();
    let fifo = dir.at("fifo");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    symlink("loop", dir.at("loop")).unwrap();
    dir.file("file", "text");
    fs::write(dir.at("latin1"), b"\xe9").unwrap();
    for (name, reason) in [
        ("directory", "it is not a regular file"),
        ("fifo", "it is not a regular file"),
        ("loop", "too many links"),
        ("file/configs", "Not a directory"),
        ("file/x/configs", "Not a directory"),
        ("latin1", "not UTF-8 text"),
    ] {
        let path = dir.at(name);
        let error = append(&path, "x").unwrap_err();
        let doing = if name == "latin1" { "read" } else { "write" };
        let message = format!(
            "cannot {doing} the configs file {}: {reason}",
            path.display()
        );
        assert_eq!(
            (error.code, error.to_string()),
            (crate::error::Code::Config, message)
        );
    }
    let null = append(Path::new("/dev/null"), "x").unwrap_err();
    assert!(
        null.to_string().ends_with("it is not a regular file"),
        "{null}"
    );
    assert!(append(Path::new(""), "x").is_err());
    assert_eq!(read(&dir.at("file")), "text");
}

#[test]
fn a_command_waits_for_another_and_not_for_ever() {
    let dir = Dir::new();
    let path = dir.file("configs", "old ");
    let held = lock(&dir.0, LOCK_TIMEOUT).unwrap();
    let mut more = |text: &str| Ok(format!("{text}new"));
    let error = update_within(Duration::from_millis(20), &path, &mut more).unwrap_err();
    let message = format!(
        "cannot write the configs file {}: another command has been changing it for 5 seconds",
        path.display()
    );
    assert_eq!(
        (error.code, error.to_string()),
        (crate::error::Code::Config, message)
    );
    assert_eq!(read(&path), "old ");
    let (asked, asking) = mpsc::channel();
    thread::scope(|scope| {
        let waiting = scope.spawn(|| {
            asked.send(()).unwrap();
            update(&path, &mut more)
        });
        asking.recv().unwrap();
        drop(held);
        waiting.join().unwrap().unwrap();
    });
    assert_eq!(read(&path), "old new");
}

/// As on NFS: a directory that is open, but not so that it can be locked.
#[test]
fn a_file_beside_is_locked_where_a_directory_cannot_be() {
    const O_PATH: i32 = 0o10_000_000;
    let dir = Dir::new();
    let holder = || {
        let mut options = OpenOptions::new();
        options
            .read(true)
            .custom_flags(O_PATH)
            .open(&dir.0)
            .unwrap()
    };
    let beside = dir.at(".configs.lock");
    let short = Duration::from_millis(20);
    let held = lock_or(holder(), &beside, short).unwrap();
    assert_eq!(mode(&beside), 0o600);
    let second = lock_or(holder(), &beside, short);
    assert!(
        matches!(&second, Err(error) if error.kind() == ErrorKind::WouldBlock),
        "{second:?}"
    );
    drop(held);
    assert!(lock_or(holder(), &beside, short).is_ok());
}

#[test]
fn fifty_at_once_all_take_effect_and_a_reader_sees_whole_files() {
    let dir = Dir::new();
    fs::create_dir(dir.at("real")).unwrap();
    symlink("real/configs", dir.at("link")).unwrap();
    let paths = [dir.at("real/configs"), dir.at("link")];
    thread::scope(|scope| {
        let at_once: Vec<_> = (10..60)
            .map(|number| {
                let path = &paths[number % 2];
                scope.spawn(move || append(path, &format!("{number}\n")).unwrap())
            })
            .collect();
        while !at_once.iter().all(|one| one.is_finished()) {
            let text = fs::read_to_string(&paths[0]).unwrap_or_default();
            assert_eq!(text.len() % 3, 0, "{text:?}");
        }
    });
    let text = read(&paths[0]);
    let mut lines: Vec<_> = text.lines().map(String::from).collect();
    lines.sort();
    assert_eq!(
        lines,
        (10..60)
            .map(|number| number.to_string())
            .collect::<Vec<_>>()
    );
    assert_eq!(
        (dir.names(), mode(&paths[0])),
        (vec!["link".into(), "real".into()], 0o600)
    );
}
