//! Changes a configs file whole or not at all, whenever the power goes, one command at a time: a
//! new file beside it is written, flushed to the disk and renamed over it.

#[cfg(test)]
mod refused;
#[cfg(test)]
pub mod tests;

use crate::error::{Error, io_reason};
use crate::settings::files;
use crate::text;
use rustix::fs::Mode;
use rustix::io::Errno;
use std::fs::{self, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt, fchown};
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
    let mut stage = Stage::Writing;
    let mut refused = None;
    let mut edit = |text: &str| {
        let edited = edit(text);
        edited.map_err(|error| refused = Some(error)).ok()
    };
    let written = write(patience, path, &mut edit, &mut stage);
    let Err(error) = written else {
        return refused.map_or(Ok(()), Err);
    };
    Err(failed(path, &error, stage))
}

/// What was being done when it failed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Writing,
    MakingDirectory,
    Reading,
    /// The new file is in its place.
    Flushing,
}

/// [`update`], where `edit` has kept its error for itself and returns `None`.
fn write(
    patience: Duration,
    path: &Path,
    edit: &mut dyn FnMut(&str) -> Option<String>,
    stage: &mut Stage,
) -> io::Result<()> {
    let target = follow(path)?;
    let directory = directory_of(&target);
    if is_missing(directory) {
        if edit("").is_none_or(|text| text.is_empty()) {
            return Ok(());
        }
        *stage = Stage::MakingDirectory;
        make(directory)?;
        *stage = Stage::Writing;
    }
    let _held = lock(directory, patience)?;
    let about = regular(&target)?;
    *stage = Stage::Reading;
    let before = match about {
        Some(_) => files::read_text(&target)?,
        None => String::new(),
    };
    *stage = Stage::Writing;
    match edit(&before) {
        Some(after) if after != before => {
            replace(directory, &target, about.as_ref(), after.as_bytes())?;
        }
        _ => return Ok(()),
    }
    *stage = Stage::Flushing;
    flush_directory(directory)
}

fn failed(path: &Path, error: &io::Error, stage: Stage) -> Error {
    let (mut reason, mut hint) = (io_reason(error), "");
    let mut start = "cannot write the configs file ";
    let mut between = ": ";
    match (stage, error.kind()) {
        (Stage::Flushing, _) => {
            start = "the configs file ";
            between = " was changed, but may not be on the disk yet: ";
        }
        (Stage::Reading, _) => start = "cannot read the configs file ",
        (_, ErrorKind::WouldBlock) => {
            // The system's words for that tell nothing.
            reason = "another command has been changing it for 5 seconds".to_string();
            hint = "nothing was changed; try again";
        }
        (_, ErrorKind::ReadOnlyFilesystem) => {
            hint = "--configs-path names another place; INFLUX_HOST and INFLUX_TOKEN_FILE need no configs file";
        }
        (_, ErrorKind::ResourceBusy) => {
            hint = "a file that is mounted by itself cannot be replaced; mount its directory";
        }
        _ => {}
    }
    if stage == Stage::MakingDirectory {
        reason.push_str("; its directory could not be made");
    }
    let what = [start, &text::path(path), between, &reason].concat();
    match hint {
        "" => Error::config(what),
        hint => Error::config(what).hint(hint),
    }
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
    let above = directory_of(directory);
    if is_missing(above) {
        make(above)?;
    }
    // The standard library's own way is 2 KB of code.
    match rustix::fs::mkdir(directory, Mode::RWXU) {
        // Another command was faster.
        Err(Errno::EXIST) => Ok(()),
        made => {
            made?;
            flush_directory(above)
        }
    }
}

/// Holds the directory against other commands until it is dropped. The lock is on the directory
/// because the file is replaced, and a lock would go with the old one.
fn lock(directory: &Path, patience: Duration) -> io::Result<File> {
    let holder = File::open(directory)?;
    hold(holder, &directory.join(".configs.lock"), patience)
}

/// Locks `holder`, or where it cannot be locked the file `beside`, which then stays: without it two
/// commands could hold two files of that name.
fn hold(holder: File, beside: &Path, patience: Duration) -> io::Result<File> {
    match wait(&holder, patience) {
        // NFS locks only what is open for writing, which a directory cannot be.
        Err(error) if error.raw_os_error() == Some(Errno::BADF.raw_os_error()) => {
            let mut options = OpenOptions::new();
            options.create(true).write(true).mode(PRIVATE);
            let holder = options.open(beside)?;
            wait(&holder, patience).map(|()| holder)
        }
        held => held.map(|()| holder),
    }
}

/// [`ErrorKind::WouldBlock`] where another command holds it all the time.
fn wait(holder: &File, patience: Duration) -> io::Result<()> {
    let start = Instant::now();
    loop {
        match holder.try_lock() {
            Err(TryLockError::WouldBlock) if start.elapsed() < patience => thread::sleep(PAUSE),
            outcome => return Ok(outcome?),
        }
    }
}

/// Puts a new file with this content in the place of the target.
fn replace(
    directory: &Path,
    target: &Path,
    old: Option<&Metadata>,
    content: &[u8],
) -> io::Result<()> {
    let new = directory.join(".configs.new");
    // The lock is held: what has this name is left over from a command that was killed. What cannot be
    // removed is an error when it is made.
    _ = fs::remove_file(&new);
    let mut options = OpenOptions::new();
    options.create_new(true).write(true).mode(PRIVATE);
    let file = options.open(&new)?;
    let written = fill(file, old, content).and_then(|()| fs::rename(&new, target));
    if written.is_err() {
        // The first error says more than this one could.
        _ = fs::remove_file(&new);
    }
    written
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
