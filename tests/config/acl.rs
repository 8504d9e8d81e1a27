//! An edit of the configs file keeps its access rights, including a POSIX ACL.
#![allow(clippy::print_stdout)]

use crate::harness::Test;
use crate::support::config_runs::TWO;
use rustix::fs::{XattrFlags, getxattr, setxattr};
use rustix::io::Errno;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

const ACCESS: &str = "system.posix_acl_access";
const DEFAULT: &str = "system.posix_acl_default";

/// An ACL in the binary format of the kernel. The owner may read and write, user 12345 may read,
/// the group has no access, and the mask allows reading.
fn acl() -> Vec<u8> {
    const NO_ID: u32 = u32::MAX;
    let entries = [
        (0x01u16, 6u16, NO_ID),
        (0x02, 4, 12345),
        (0x04, 0, NO_ID),
        (0x10, 4, NO_ID),
        (0x20, 0, NO_ID),
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

/// Sets the ACL. Returns false if the file system does not support ACLs.
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
fn an_edit_keeps_the_acl_of_the_file() {
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
fn an_edit_does_not_apply_the_default_acl_of_the_directory() {
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
