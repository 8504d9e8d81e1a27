//! The access rights of a file, which are its mode, owner, group and POSIX ACL. They are kept when the
//! file is replaced.

use rustix::fs::{XattrFlags, fgetxattr, fremovexattr, fsetxattr, getxattr};
use rustix::io::{self as system, Errno};
use std::fs::{self, File, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
use std::path::Path;

/// The extended attribute that stores the ACL.
const ACL: &str = "system.posix_acl_access";

/// The largest extended attribute on Linux, in bytes.
const MAX_ACL: usize = 64 * 1024;

/// The access rights of a regular file.
pub struct Access {
    metadata: Metadata,
    acl: Option<Vec<u8>>,
}

impl Access {
    /// The access rights of the file at `path`. Returns `None` if the file does not exist.
    pub fn of(path: &Path) -> io::Result<Option<Access>> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(io::Error::other("it is not a regular file")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let acl = read_acl(|buffer| getxattr(path, ACL, buffer))?;
        Ok(Some(Access { metadata, acl }))
    }

    /// Sets these access rights on a new file. Only root can change the owner. If that fails, this
    /// tries to change only the group.
    pub fn apply(&self, file: &File) -> io::Result<()> {
        let new = file.metadata()?;
        let mut mode = self.metadata.mode() & 0o7777;
        let (owner, group) = (self.metadata.uid(), self.metadata.gid());
        if (new.uid(), new.gid()) != (owner, group)
            && fchown(file, Some(owner), Some(group)).is_err()
            && fchown(file, None, Some(group)).is_err()
        {
            // The new file belongs to another group, which must not get access. If there is an ACL,
            // these bits are its mask.
            mode &= !0o070;
        }
        // The ACL must be set before the mode. Otherwise the mask in the mode would become the rights of
        // the group. The new file may have inherited an ACL from its directory.
        let inherited = read_acl(|buffer| fgetxattr(file, ACL, buffer))?;
        match &self.acl {
            acl if *acl == inherited => {}
            Some(acl) => fsetxattr(file, ACL, acl, XattrFlags::empty())?,
            None => fremovexattr(file, ACL)?,
        }
        if file.metadata()?.mode() & 0o7777 != mode {
            file.set_permissions(Permissions::from_mode(mode))?;
        }
        Ok(())
    }
}

/// Reads an ACL with `read`. Returns `None` if the file has no ACL or the file system does not support
/// ACLs.
fn read_acl(read: impl FnOnce(&mut [u8]) -> system::Result<usize>) -> io::Result<Option<Vec<u8>>> {
    let mut acl = vec![0; MAX_ACL];
    match read(&mut acl) {
        Ok(length) => {
            acl.truncate(length);
            Ok(Some(acl))
        }
        Err(Errno::NODATA | Errno::OPNOTSUPP | Errno::NOSYS) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
