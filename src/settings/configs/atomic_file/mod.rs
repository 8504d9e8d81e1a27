//! Changes a configs file whole or not at all, whenever the power goes, one command at a time: a
//! new file beside it is written, flushed to the disk and renamed over it.

#[cfg(test)]
mod refused;
#[cfg(test)]
pub mod tests;

use crate::error::{Error, io_reason};
use crate::settings::configs;
use crate::text;
use std::ffi::OsString;
use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

/// How long another command may hold the lock.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often the lock is tried.
const PAUSE: Duration = Duration::from_millis(10);

/// How many links may lead to the file: Linux's own bound.
const LINKS: usize = 40;

/// Mode of a new file and of the one beside it: it holds secrets.
const PRIVATE: u32 = 0o600;

/// Replaces the text of the file at `path` with what `edit` makes of it. A missing file has an
/// empty text; it is made with mode 0600, and missing directories with 0700. A link is followed.
/// Mode, owner and group are kept. The file is not written where the text stays the same.
///
/// `edit` may be called twice: where the directory is missing, it is made for a text only.
///
/// # Errors
/// Those of `edit`, and exit code 3: the file cannot be read or written, is not a regular file, or
/// another command holds the lock for 5 seconds. The file is what it was, unless the message says
/// that it was changed.
pub fn update(
    path: &Path,
    edit: &mut dyn FnMut(&str) -> Result<String, Error>,
) -> Result<(), Error> {
    update_within(PATIENCE, path, edit)
}

fn update_within(
    patience: Duration,
    path: &Path,
    edit: &mut dyn FnMut(&str) -> Result<String, Error>,
) -> Result<(), Error> {
    let target = follow(path).map_err(|error| cannot(path, &error))?;
    let directory = match target.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    if let Err(error) = fs::metadata(directory)
        && error.kind() == ErrorKind::NotFound
    {
        if edit("")?.is_empty() {
            return Ok(());
        }
        make(directory).map_err(|error| {
            let shown = text::path(directory);
            cannot(path, &error).append(&format!("{shown} could not be made"))
        })?;
    }
    let _held = lock(directory, patience).map_err(|error| match error {
        TryLockError::WouldBlock => {
            let error = Error::config(format!(
                "cannot write the configs file {}: another command has been changing it for {} seconds",
                text::path(path),
                patience.as_secs()
            ));
            error.hint("nothing was changed; try again")
        }
        TryLockError::Error(error) => cannot(path, &error),
    })?;
    let about = regular(&target).map_err(|error| cannot(path, &error))?;
    let before = configs::read(&target)?;
    let after = edit(&before)?;
    if before == after {
        return Ok(());
    }
    replace(&target, about.as_ref(), after.as_bytes()).map_err(|error| {
        let refused = cannot(path, &error);
        if error.kind() == ErrorKind::ResourceBusy {
            return refused
                .hint("a file that is mounted by itself cannot be replaced; mount its directory");
        }
        refused
    })?;
    File::open(directory)
        .and_then(|directory| flush_directory(&directory))
        .map_err(|error| {
            Error::config(format!(
                "the configs file {} was changed, but may not be on the disk yet: {}",
                text::path(path),
                io_reason(&error)
            ))
        })
}

fn cannot(path: &Path, error: &io::Error) -> Error {
    Error::config(format!(
        "cannot write the configs file {}: {}",
        text::path(path),
        io_reason(error)
    ))
}

/// The file that `path` leads to. Nothing need be there.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_path_buf();
    for _ in 0..LINKS {
        match fs::read_link(&target) {
            Ok(next) => {
                // A relative link starts where it stands.
                target.pop();
                target.push(next);
            }
            // What is no link, or is not there.
            Err(_) => return Ok(target),
        }
    }
    Err(io::Error::other("too many links"))
}

/// What is known of the file; `None` where it is missing.
fn regular(target: &Path) -> io::Result<Option<Metadata>> {
    match fs::metadata(target) {
        Ok(about) if about.is_file() => Ok(Some(about)),
        Ok(_) => Err(io::Error::other("it is not a regular file")),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes a directory and those above it, so that they last.
fn make(directory: &Path) -> io::Result<()> {
    let above = match directory.parent() {
        Some(above) if !above.as_os_str().is_empty() => above,
        _ => Path::new("."),
    };
    if fs::metadata(above).is_err_and(|error| error.kind() == ErrorKind::NotFound) {
        make(above)?;
    }
    match DirBuilder::new().mode(0o700).create(directory) {
        // Another command was faster.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(()),
        made => made?,
    }
    flush_directory(&File::open(above)?)
}

/// Holds the directory against other commands until it is dropped. The lock is on the directory
/// because the file is replaced, and a lock would go with the old one.
fn lock(directory: &Path, patience: Duration) -> Result<File, TryLockError> {
    let holder = File::open(directory).map_err(TryLockError::Error)?;
    hold(holder, &directory.join(".configs.lock"), patience)
}

/// Locks `holder`, or where it cannot be locked the file `beside`, which then stays: without it two
/// commands could hold two files of that name.
fn hold(holder: File, beside: &Path, patience: Duration) -> Result<File, TryLockError> {
    match wait(&holder, patience) {
        Ok(()) => Ok(holder),
        // NFS locks only what is open for writing, which a directory cannot be.
        Err(TryLockError::Error(error)) if is_bad_descriptor(&error) => {
            let mut options = OpenOptions::new();
            options.create(true).write(true).mode(PRIVATE);
            let holder = options.open(beside).map_err(TryLockError::Error)?;
            wait(&holder, patience).map(|()| holder)
        }
        Err(error) => Err(error),
    }
}

fn is_bad_descriptor(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::BADF.raw_os_error())
}

fn wait(holder: &File, patience: Duration) -> Result<(), TryLockError> {
    let start = Instant::now();
    loop {
        match holder.try_lock() {
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => thread::sleep(PAUSE),
            outcome => return outcome,
        }
    }
}

/// Puts a new file with this content in the place of the target.
fn replace(target: &Path, old: Option<&Metadata>, content: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(target.file_name().ok_or(ErrorKind::InvalidInput)?);
    name.push(".new");
    let new = target.with_file_name(name);
    // The lock is held: what has this name is left over from a command that was killed.
    match fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let written = write(&new, old, content).and_then(|()| fs::rename(&new, target));
    if written.is_err() {
        // The first error says more than this one could.
        _ = fs::remove_file(&new);
    }
    written
}

fn write(path: &Path, old: Option<&Metadata>, content: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(PRIVATE);
    fill(options.open(path)?, old, content)
}

/// Writes a new file down to the disk. A full disk may show only when it is flushed.
fn fill(mut file: File, old: Option<&Metadata>, content: &[u8]) -> io::Result<()> {
    file.write_all(content)?;
    if let Some(old) = old {
        keep_access(&file, old)?;
    }
    file.sync_all()
}

/// Gives the new file the owner, group and mode of the old one. A user other than root can give
/// away nothing; then the group at least is tried.
fn keep_access(file: &File, old: &Metadata) -> io::Result<()> {
    let new = file.metadata()?;
    let mut mode = old.mode() & 0o7777;
    if (new.uid(), new.gid()) != (old.uid(), old.gid())
        && fchown(file, Some(old.uid()), Some(old.gid())).is_err()
        && fchown(file, None, Some(old.gid())).is_err()
    {
        // What one group could read must not become another group's.
        mode &= !0o070;
    }
    if mode != new.mode() & 0o7777 {
        file.set_permissions(Permissions::from_mode(mode))?;
    }
    Ok(())
}

fn flush_directory(directory: &File) -> io::Result<()> {
    match directory.sync_all() {
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
