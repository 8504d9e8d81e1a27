//! An edit gives nobody rights that they did not have, and takes none away.
#![allow(clippy::print_stdout)]

use crate::harness::Test;
use crate::support::configs_files::TWO;
use rustix::fs::{XattrFlags, getxattr, setxattr};
use rustix::io::Errno;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

const ACCESS: &str = "system.posix_acl_access";
const DEFAULT: &str = "system.posix_acl_default";

/// An ACL as the kernel takes it: the owner may read and write, user 12345 may read, the group may
/// nothing, the mask is to read.
fn acl() -> Vec<u8> {
    const NOBODY: u32 = u32::MAX;
    let entries = [
        (0x01u16, 6u16, NOBODY),
        (0x02, 4, 12345),
        (0x04, 0, NOBODY),
        (0x10, 4, NOBODY),
        (0x20, 0, NOBODY),
    ];
    let mut acl = 2u32.to_le_bytes().to_vec();
    for (tag, rights, id) in entries {
        acl.extend(tag.to_le_bytes());
        acl.extend(rights.to_le_bytes());
        acl.extend(id.to_le_bytes());
    }
    acl
}

fn read_acl(path: &Path) -> Result<Vec<u8>, Errno> {
    let mut acl = vec![0; 1024];
    let length = getxattr(path, ACCESS, &mut acl[..])?;
    acl.truncate(length);
    Ok(acl)
}

/// Sets the ACL, if the file system has any.
fn set_acl(path: &Path, kind: &str) -> bool {
    match setxattr(path, kind, &acl(), XattrFlags::empty()) {
        Err(Errno::OPNOTSUPP) => {
            println!("skipped: the file system has no ACLs");
            false
        }
        set => {
            set.unwrap();
            true
        }
    }
}

#[test]
fn an_acl_is_kept() {
    let test = Test::new(["config", "b"]).configs(TWO);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    if !set_acl(&file, ACCESS) {
        return;
    }
    let run = test.run();
    run.assert(run.code == 0, "success");
    assert!(fs::read_to_string(&file).unwrap() != TWO);
    assert_eq!(read_acl(&file), Ok(acl()));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, 0o640);
}

#[test]
fn the_acl_of_the_directory_is_not_inherited_by_an_old_file() {
    let test = Test::new(["config", "b"]).configs(TWO);
    let home = test.keep();
    let file = home.path().join(".influxdbv2/configs");
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    if !set_acl(file.parent().unwrap(), DEFAULT) {
        return;
    }
    let run = test.run();
    run.assert(run.code == 0, "success");
    assert!(fs::read_to_string(&file).unwrap() != TWO);
    assert_eq!(read_acl(&file), Err(Errno::NODATA));
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o7777, 0o640);
}
