//! Replaces a configs file as a whole: a new file is written beside it, flushed to the disk and renamed
//! over it. So it is the old or the new one even if the power fails. Commands wait for each other.

mod access;

use super::{cannot_read, read_or_empty};
use crate::error::{Error, io_reason};
use crate::text;
use access::Access;
use rustix::fs::Mode;
use rustix::io::Errno;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long another command may hold the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// How often the lock is tried.
const LOCK_INTERVAL: Duration = Duration::from_millis(10);

/// How often an edit starts over because a program that knows no lock has changed the file.
const MAX_RESTARTS: usize = 3;

/// How many links may lead to the file, as in Linux.
const MAX_LINKS: usize = 40;

/// Mode of a new file, which holds secrets.
const PRIVATE: u32 = 0o600;

/// Replaces the text of the file at `path` with what `edit` makes of it. A missing file has an empty
/// text; it is created with mode 0600, and missing directories with 0700. A link is followed. Mode,
/// owner, group and POSIX ACL are kept. If the text stays the same, nothing is written.
///
/// `edit` may be called several times, and the last call counts.
///
/// # Errors
/// Those of `edit`. Exit code 3: the file cannot be read or written, is not a regular file, keeps
/// changing, or another command holds the lock for 5 seconds. Unless the message says otherwise, the
/// file is unchanged.
pub fn update(
    path: &Path,
    edit: &mut dyn FnMut(&str) -> Result<String, Error>,
) -> Result<(), Error> {
    let cannot_write = |error: io::Error| cannot_write(path, &error);
    let target = follow(path).map_err(cannot_write)?;
    let directory = directory_of(&target);
    if is_missing(directory) {
        // A refused edit must not leave a directory behind.
        if edit("")?.is_empty() {
            return Ok(());
        }
        make(directory)
            .map_err(|error| cannot_write(error).append("its directory could not be created"))?;
    }
    let _lock = lock(directory).map_err(|error| match error.kind() {
        // The system's words for this say nothing.
        ErrorKind::WouldBlock => busy(path, "another command has been changing it for 5 seconds"),
        _ => cannot_write(error),
    })?;
    for _ in 0..=MAX_RESTARTS {
        let access = Access::of(&target).map_err(cannot_write)?;
        let before = read_or_empty(&target).map_err(|error| cannot_read(path, &error))?;
        let after = edit(&before)?;
        if after == before {
            return Ok(());
        }
        if replace(&target, &before, after.as_bytes(), access.as_ref()).map_err(cannot_write)? {
            return flush_directory(directory).map_err(|error| not_flushed(path, &error));
        }
    }
    Err(busy(path, "another program keeps changing it"))
}

fn cannot_write(path: &Path, error: &io::Error) -> Error {
    let (shown, reason) = (text::path(path), io_reason(error));
    let failed = Error::config(format!("cannot write the configs file {shown}: {reason}"));
    match error.kind() {
        ErrorKind::ReadOnlyFilesystem => failed.hint(
            "use --configs-path, or set INFLUX_HOST and INFLUX_TOKEN_FILE, which need no configs file",
        ),
        ErrorKind::ResourceBusy => {
            failed.hint("a file that is mounted by itself cannot be replaced; mount its directory")
        }
        _ => failed,
    }
}

fn busy(path: &Path, reason: &str) -> Error {
    let path = text::path(path);
    Error::config(format!("cannot write the configs file {path}: {reason}"))
        .hint("nothing was changed; try again")
}

fn not_flushed(path: &Path, error: &io::Error) -> Error {
    let (path, reason) = (text::path(path), io_reason(error));
    Error::config(format!(
        "the configs file {path} was changed, but may not be on the disk yet: {reason}"
    ))
}

/// The directory of a file.
fn directory_of(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn is_missing(directory: &Path) -> bool {
    fs::metadata(directory).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// The file that `path` leads to, which need not exist.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        // Fails if it is not a link or does not exist.
        let Ok(next) = fs::read_link(&target) else {
            return Ok(target);
        };
        // A relative link starts in its own directory.
        target.pop();
        target.push(next);
    }
    Err(io::Error::other("too many links"))
}

/// Makes a directory and those above it, and flushes them to the disk.
fn make(directory: &Path) -> io::Result<()> {
    let above = directory_of(directory);
    if is_missing(above) {
        make(above)?;
    }
    match rustix::fs::mkdir(directory, Mode::RWXU) {
        // Another command was faster.
        Err(Errno::EXIST) => return Ok(()),
        made => made?,
    }
    flush_directory(above)
}

/// Locks the directory until the result is dropped. The file itself is replaced, and a lock on it
/// would go with the old one.
fn lock(directory: &Path) -> io::Result<File> {
    let opened = File::open(directory)?;
    match wait_for_lock(&opened) {
        // NFS locks only what is open for writing, which a directory cannot be. So a file in it is
        // locked. It stays: without it, two commands could lock two files of that name.
        Err(error) if error.raw_os_error() == Some(Errno::BADF.raw_os_error()) => {
            let mut options = OpenOptions::new();
            options.create(true).write(true).mode(PRIVATE);
            let file = options.open(directory.join(".configs.lock"))?;
            wait_for_lock(&file).map(|()| file)
        }
        locked => locked.map(|()| opened),
    }
}

/// Fails with [`ErrorKind::WouldBlock`] if another command holds the lock all the time.
fn wait_for_lock(file: &File) -> io::Result<()> {
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Err(TryLockError::WouldBlock) if start.elapsed() < LOCK_TIMEOUT => {
                thread::sleep(LOCK_INTERVAL);
            }
            outcome => return Ok(outcome?),
        }
    }
}

/// Replaces the file if its text is still `before`, and says whether it was.
fn replace(target: &Path, before: &str, after: &[u8], access: Option<&Access>) -> io::Result<bool> {
    let new = directory_of(target).join(".configs.new");
    // The lock is held, so a file of this name was left by a command that was killed. If it cannot be
    // removed, creating it fails.
    _ = fs::remove_file(&new);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(PRIVATE);
    let file = options.open(&new)?;
    let replaced = fill(file, after, access).and_then(|()| {
        if read_or_empty(target)? != before {
            return Ok(false);
        }
        fs::rename(&new, target).map(|()| true)
    });
    if !matches!(replaced, Ok(true)) {
        // An error here would hide the first one.
        _ = fs::remove_file(&new);
    }
    replaced
}

/// Writes a new file down to the disk. A full disk may show only when it is flushed.
fn fill(mut file: File, content: &[u8], access: Option<&Access>) -> io::Result<()> {
    file.write_all(content)?;
    if let Some(access) = access {
        access.apply(&file)?;
    }
    file.sync_all()
}

fn flush_directory(directory: &Path) -> io::Result<()> {
    match File::open(directory)?.sync_all() {
        // Some file systems flush no directories.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::InvalidInput | ErrorKind::Unsupported
            ) =>
        {
            Ok(())
        }
        outcome => outcome,
    }
}
