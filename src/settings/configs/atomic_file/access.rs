//! Who may read and write a file: mode, owner, group and POSIX ACL, kept when the file is replaced.

use rustix::fs::{XattrFlags, fremovexattr, fsetxattr, getxattr};
use rustix::io::Errno;
use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

/// The extended attribute with the ACL.
const ACL: &str = "system.posix_acl_access";

/// The largest extended attribute that Linux has, in bytes.
const MAX_ACL: usize = 64 * 1024;

/// The access rights of a regular file.
pub struct Access {
    metadata: Metadata,
    acl: Option<Vec<u8>>,
}

impl Access {
    /// The access rights of the file at `path`; `None` if it is missing.
    pub fn of(path: &Path) -> io::Result<Option<Access>> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(io::Error::other("it is not a regular file")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let acl = read_acl(path)?;
        Ok(Some(Access { metadata, acl }))
    }

    /// Gives these access rights to a new file. Only root can give a file away; for anyone else, at
    /// least the group is tried.
    pub fn apply(&self, file: &File) -> io::Result<()> {
        let new = file.metadata()?;
        let mut mode = self.metadata.mode() & 0o7777;
        let (owner, group) = (self.metadata.uid(), self.metadata.gid());
        if (new.uid(), new.gid()) != (owner, group)
            && fchown(file, Some(owner), Some(group)).is_err()
            && fchown(file, None, Some(group)).is_err()
        {
            // Otherwise another group could read what this group could. With an ACL, this is its mask.
            mode &= !0o070;
        }
        // The ACL goes first: without it, its mask would become the rights of the group.
        match &self.acl {
            Some(acl) => fsetxattr(file, ACL, acl, XattrFlags::empty())?,
            // The new file may have inherited one from its directory.
            None => match fremovexattr(file, ACL) {
                Err(error) if !has_no_acl(error) => return Err(error.into()),
                _ => {}
            },
        }
        file.set_permissions(Permissions::from_mode(mode))
    }
}

fn read_acl(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let mut acl = vec![0; MAX_ACL];
    match getxattr(path, ACL, &mut acl[..]) {
        Ok(length) => {
            acl.truncate(length);
            Ok(Some(acl))
        }
        Err(error) if has_no_acl(error) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The file has no ACL, or the file system knows none.
fn has_no_acl(error: Errno) -> bool {
    matches!(error, Errno::NODATA | Errno::OPNOTSUPP | Errno::NOSYS)
}
