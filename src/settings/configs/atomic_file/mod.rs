//! Replaces the configs file atomically. Writes a new file in the same directory, flushes it to the disk
//! and renames it. So after a power failure, the file is either the old or the new one. A lock makes
//! concurrent commands wait for each other.

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

/// How long to wait for the lock.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// The time between two attempts to get the lock.
const LOCK_INTERVAL: Duration = Duration::from_millis(10);

/// How often an edit is repeated if a program that does not use the lock changes the file.
const MAX_RESTARTS: usize = 3;

/// The longest chain of symbolic links. Linux has the same limit.
const MAX_LINKS: usize = 40;

/// The mode of a new file, which has secrets.
const PRIVATE_MODE: u32 = 0o600;

/// Passes the text of the file at `path` to `edit` and writes the result. The text of a missing file is
/// empty. A new file gets mode 0600, and new directories get mode 0700. Symbolic links are followed. The
/// mode, owner, group and POSIX ACL are kept. If the text does not change, nothing is written.
///
/// `edit` may be called several times. The result of the last call is written.
///
/// # Errors
/// Returns the errors of `edit`. Exit code 3 if the file cannot be read or written, is not a regular
/// file or keeps changing, or if another command holds the lock for 5 seconds. The file is unchanged
/// unless the message says otherwise.
pub fn update(
    path: &Path,
    edit: &mut dyn FnMut(&str) -> Result<String, Error>,
) -> Result<(), Error> {
    let cannot_write = |error: io::Error| cannot_write(path, &error);
    let target = follow_links(path).map_err(cannot_write)?;
    let directory = directory_of(&target);
    if is_missing(directory) {
        // `edit` runs first, because a failed edit must not create a directory.
        if edit("")?.is_empty() {
            return Ok(());
        }
        create_directory(directory)
            .map_err(|error| cannot_write(error).append("its directory could not be created"))?;
    }
    let _lock = lock(directory).map_err(|error| match error.kind() {
        // The system's message for this error would not help.
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
            failed.hint("a file that is a mount point cannot be replaced; mount its directory instead")
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

fn directory_of(file: &Path) -> &Path {
    match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

fn is_missing(directory: &Path) -> bool {
    fs::metadata(directory).is_err_and(|error| error.kind() == ErrorKind::NotFound)
}

/// Follows symbolic links. The resulting file may not exist.
fn follow_links(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..MAX_LINKS {
        // This fails if `target` is not a link or does not exist.
        let Ok(next) = fs::read_link(&target) else {
            return Ok(target);
        };
        // A relative link is relative to its directory.
        target.pop();
        target.push(next);
    }
    Err(io::Error::other("too many links"))
}

/// Creates a directory and its missing parents, and flushes them to the disk.
fn create_directory(directory: &Path) -> io::Result<()> {
    let parent = directory_of(directory);
    if is_missing(parent) {
        create_directory(parent)?;
    }
    match rustix::fs::mkdir(directory, Mode::RWXU) {
        // Another command has created it in the meantime.
        Err(Errno::EXIST) => return Ok(()),
        created => created?,
    }
    flush_directory(parent)
}

/// Locks the directory until the result is dropped. A lock on the configs file itself would be lost when
/// the file is replaced.
fn lock(directory: &Path) -> io::Result<File> {
    let opened = File::open(directory)?;
    match wait_for_lock(&opened) {
        // NFS only locks files that are open for writing, and a directory cannot be opened for
        // writing. So this locks a file in the directory instead. The file is never removed.
        // Otherwise two commands could lock different files.
        Err(error) if error.raw_os_error() == Some(Errno::BADF.raw_os_error()) => {
            let mut options = OpenOptions::new();
            options.create(true).write(true).mode(PRIVATE_MODE);
            let file = options.open(directory.join(".configs.lock"))?;
            wait_for_lock(&file).map(|()| file)
        }
        locked => locked.map(|()| opened),
    }
}

/// Fails with [`ErrorKind::WouldBlock`] if another command holds the lock for [`LOCK_TIMEOUT`].
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

/// Replaces the file if its text is still `before`. Returns whether it was replaced.
fn replace(target: &Path, before: &str, after: &[u8], access: Option<&Access>) -> io::Result<bool> {
    let new = directory_of(target).join(".configs.new");
    // This process holds the lock, so an existing file is left over from a killed command. If it cannot
    // be removed, `open` fails.
    _ = fs::remove_file(&new);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(PRIVATE_MODE);
    let file = options.open(&new)?;
    let replaced = write(file, after, access).and_then(|()| {
        if read_or_empty(target)? != before {
            return Ok(false);
        }
        fs::rename(&new, target).map(|()| true)
    });
    if !matches!(replaced, Ok(true)) {
        // The first error is more useful than one from here.
        _ = fs::remove_file(&new);
    }
    replaced
}

/// Writes the new file and flushes it to the disk. Some file systems report a full disk only on flush.
fn write(mut file: File, content: &[u8], access: Option<&Access>) -> io::Result<()> {
    file.write_all(content)?;
    if let Some(access) = access {
        access.apply(&file)?;
    }
    file.sync_all()
}

fn flush_directory(directory: &Path) -> io::Result<()> {
    match File::open(directory)?.sync_all() {
        // Some file systems cannot flush directories.
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
