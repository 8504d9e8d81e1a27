//! Prints a bill of materials (CycloneDX in JSON), the licence texts, or a table of the program's dependencies.
//! Also checks that the dependencies are allowed. `make supply` and `make dist` use it. It is not part of the
//! program.
//!
//! It reads the output of `cargo metadata` from standard input, and Cargo.lock. TREE is a file with the
//! output of `cargo tree`, because the metadata does not say which optional crates are in the binary.
//!
//!     bill check|list|licences TREE <METADATA
//!     bill materials TREE SERIAL <METADATA
#![allow(clippy::print_stdout, reason = "printing is its job")]

mod packages;

use packages::{Metadata, Package};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;

/// The allowed direct dependencies.
const ALLOWED: [&str; 11] = [
    "base64",
    "lexopt",
    "percent-encoding",
    "rustix",
    "rustls",
    "serde",
    "serde_json",
    "toml",
    "toml_edit",
    "ureq",
    "webpki-roots",
];

/// The permitted licences of dependencies. If a crate offers a choice, one of these is enough.
const PERMITTED: [&str; 9] = [
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "Unicode-3.0",
    "Zlib",
];

fn main() -> Result<(), Box<dyn Error>> {
    let tree = std::env::args()
        .nth(2)
        .ok_or("usage: bill check|list|licences|materials TREE")?;
    let metadata = Metadata::read(&fs::read_to_string(tree)?)?;
    match std::env::args().nth(1).as_deref() {
        Some("check") => metadata.check(),
        Some("list") => {
            print!("{}", metadata.list());
            Ok(())
        }
        Some("licences") => metadata.licences(),
        Some("materials") => {
            let serial = std::env::args()
                .nth(3)
                .ok_or("usage: bill materials TREE SERIAL")?;
            println!("{:#}", metadata.materials(&serial)?);
            Ok(())
        }
        _ => Err("usage: bill check|list|licences|materials TREE".into()),
    }
}

impl Metadata {
    /// All packages except the program itself.
    fn others(&self) -> impl Iterator<Item = (&String, &Package)> {
        self.packages.iter().filter(|(id, _)| **id != self.root)
    }

    fn direct(&self) -> BTreeSet<&str> {
        let direct = self.packages[&self.root].dependencies.iter();
        direct.map(|id| self.packages[id].name.as_str()).collect()
    }

    fn check(&self) -> Result<(), Box<dyn Error>> {
        let mut problems = Vec::new();
        for name in self.direct() {
            if !ALLOWED.contains(&name) {
                problems.push(format!(
                    "{name} is in Cargo.toml, but not in ALLOWED in .ci/bill/main.rs"
                ));
            }
        }
        for name in ALLOWED {
            if !self
                .others()
                .any(|(_, package)| package.shipped && package.name == name)
            {
                problems.push(format!(
                    "{name} is in ALLOWED in .ci/bill/main.rs, but not in the binary"
                ));
            }
        }
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (_, package) in self.others() {
            let (name, version) = (&package.name, &package.version);
            if !permitted(&package.licence) {
                problems.push(format!(
                    "{name} {version} has the licence {:?}, which is not permitted",
                    package.licence
                ));
            }
            if package
                .source
                .as_ref()
                .is_none_or(|from| !from.starts_with("registry+"))
            {
                problems.push(format!(
                    "{name} {version} comes from {:?} instead of the registry",
                    package.source
                ));
            }
            if package.shipped {
                names.entry(name).or_default().push(version);
            }
        }
        for (name, versions) in names.iter().filter(|(_, versions)| versions.len() > 1) {
            problems.push(format!(
                "the binary contains several versions of {name}: {}",
                versions.join(", ")
            ));
        }
        if !problems.is_empty() {
            return Err(problems.join("\n").into());
        }
        let (all, shipped) = (
            self.others().count(),
            self.others().filter(|(_, p)| p.shipped).count(),
        );
        println!("{all} dependencies, {shipped} of them in the binary, all allowed");
        Ok(())
    }

    /// A table of the crates in the binary with their licences. A star marks those that Cargo.toml names.
    fn list(&self) -> String {
        let direct = self.direct();
        let mut text = format!("  {:<24}{:<12}LICENCE\n", "CRATE", "VERSION");
        let shipped = self.others().map(|(_, package)| package);
        let mut shipped: Vec<_> = shipped.filter(|package| package.shipped).collect();
        shipped.sort_by_key(|package| &package.name);
        for package in shipped {
            let (name, version) = (package.name.as_str(), &package.version);
            // Without the build metadata after the plus sign, which would not fit the column.
            let version = version.split('+').next().unwrap_or(version);
            let star = if direct.contains(name) { '*' } else { ' ' };
            text += &format!("{star} {name:<24}{version:<12}{}\n", package.licence);
        }
        text + "\n* named in Cargo.toml\n"
    }

    /// Prints the licence files of all crates in the binary.
    fn licences(&self) -> Result<(), Box<dyn Error>> {
        println!("influx contains the following third-party crates, each under its own licence.");
        for (_, package) in self.others().filter(|(_, package)| package.shipped) {
            println!(
                "\n\n==== {} {} ({})",
                package.name, package.version, package.licence
            );
            let directory = Path::new(&package.manifest)
                .parent()
                .ok_or("a manifest path without a directory")?;
            let mut files: Vec<_> = fs::read_dir(directory)?
                .flatten()
                .map(|entry| entry.path())
                .collect();
            files.sort();
            let mut found = 0;
            for file in files {
                let name = file
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .to_uppercase();
                let prefixes = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT"];
                if file.is_file() && prefixes.iter().any(|prefix| name.starts_with(prefix)) {
                    println!("\n{}", fs::read_to_string(&file)?.trim());
                    found += 1;
                }
            }
            if found == 0 {
                println!("\n(This crate has no licence file.)");
            }
        }
        Ok(())
    }

    /// The bill of materials of the binary.
    fn materials(&self, serial: &str) -> Result<Value, Box<dyn Error>> {
        let lock = fs::read_to_string("Cargo.lock")?;
        let hash = |package: &Package| {
            let (name, version) = (&package.name, &package.version);
            let start = format!("name = \"{name}\"\nversion = \"{version}\"\n");
            let (_, rest) = lock.split_once(&start)?;
            let entry = rest.split("[[package]]").next()?;
            let (_, checksum) = entry.split_once("checksum = \"")?;
            checksum.split('"').next().map(String::from)
        };
        let reference =
            |package: &Package| format!("pkg:cargo/{}@{}", package.name, package.version);
        let mut components = Vec::new();
        let mut dependencies = Vec::new();
        for (id, package) in &self.packages {
            if !package.shipped {
                continue;
            }
            let depends_on = package.dependencies.iter().map(|id| &self.packages[id]);
            let depends_on: Vec<_> = depends_on.filter(|to| to.shipped).map(reference).collect();
            dependencies.push(json!({"ref": reference(package), "dependsOn": depends_on}));
            if *id == self.root {
                continue;
            }
            components.push(json!({
                "type": "library",
                "bom-ref": reference(package),
                "name": package.name,
                "version": package.version,
                "description": package.description.trim(),
                "scope": "required",
                "licenses": [{"expression": package.licence.replace('/', " OR ")}],
                "purl": reference(package),
                "hashes": [{"alg": "SHA-256", "content": hash(package).ok_or("Cargo.lock has no checksum for a dependency")?}],
            }));
        }
        let root = &self.packages[&self.root];
        Ok(json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.5",
            "serialNumber": serial,
            "version": 1,
            "metadata": {
                "tools": {"components": [
                    {"type": "application", "name": "influx make dist", "version": root.version},
                ]},
                "component": {
                    "type": "application",
                    "bom-ref": reference(root),
                    "name": root.name,
                    "version": root.version,
                    "licenses": [{"expression": root.licence}],
                    "purl": reference(root),
                },
            },
            "components": components,
            "dependencies": dependencies,
        }))
    }
}

/// Whether a licence expression is permitted. If licences are joined by OR, one permitted licence
/// is enough. If they are joined by AND, all of them must be permitted.
fn permitted(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    !plain.trim().is_empty()
        && plain.split(" AND ").all(|part| {
            part.split(" OR ")
                .any(|one| PERMITTED.contains(&one.trim()))
        })
}
