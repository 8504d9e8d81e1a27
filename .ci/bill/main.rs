//! What the program is made of, from `cargo metadata` on standard input, Cargo.lock, and a file with
//! what `cargo tree` says is in the binary, for metadata does not tell which optional crates are: a
//! bill of materials in CycloneDX's JSON, the licences' texts, the list for the README, and the check
//! that nothing is in it which was not agreed to. For `make dist` and CI; no part of the program.
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

/// The crates that the program may name itself.
const DIRECT: [&str; 11] = [
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

/// The licences under which a dependency may come; of a choice, one is enough.
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
    let tree = std::env::args().nth(2).ok_or("usage: bill WHAT TREE")?;
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
    /// All but the program itself.
    fn others(&self) -> impl Iterator<Item = (&String, &Package)> {
        self.packages.iter().filter(|(id, _)| **id != self.root)
    }

    fn direct(&self) -> BTreeSet<&str> {
        let needs = self.packages[&self.root].needs.iter();
        needs.map(|id| self.packages[id].name.as_str()).collect()
    }

    fn check(&self) -> Result<(), Box<dyn Error>> {
        let mut wrong = Vec::new();
        for name in self.direct() {
            if !DIRECT.contains(&name) {
                wrong.push(format!("{name} is named, and was not agreed to"));
            }
        }
        for name in DIRECT {
            if !self
                .others()
                .any(|(_, package)| package.shipped && package.name == name)
            {
                wrong.push(format!("{name} was agreed to, and is not in the binary"));
            }
        }
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (_, package) in self.others() {
            let (name, version) = (&package.name, &package.version);
            if !permitted(&package.licence) {
                wrong.push(format!(
                    "{name} {version} comes under {:?}",
                    package.licence
                ));
            }
            if package
                .source
                .as_ref()
                .is_none_or(|from| !from.starts_with("registry+"))
            {
                wrong.push(format!("{name} {version} comes from {:?}", package.source));
            }
            if package.shipped {
                names.entry(name).or_default().push(version);
            }
        }
        for (name, versions) in names.iter().filter(|(_, versions)| versions.len() > 1) {
            wrong.push(format!(
                "{name} is in it in several versions: {}",
                versions.join(", ")
            ));
        }
        if !wrong.is_empty() {
            return Err(wrong.join("\n").into());
        }
        let (all, shipped) = (
            self.others().count(),
            self.others().filter(|(_, p)| p.shipped).count(),
        );
        println!("{all} packages, {shipped} of them in the binary; all as agreed");
        Ok(())
    }

    /// The list for the README: crates by licence, with what the program names itself in bold.
    fn list(&self) -> String {
        let direct = self.direct();
        let mut licences: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (_, package) in self.others().filter(|(_, package)| package.shipped) {
            let (name, version) = (package.name.as_str(), &package.version);
            // What stands behind a plus is the version of a specification.
            let version = version.split('+').next().unwrap_or(version);
            let entry = match direct.contains(name) {
                true => format!("**{name}** {version}"),
                false => format!("{name} {version}"),
            };
            licences.entry(&package.licence).or_default().push(entry);
        }
        let all: Vec<_> = licences
            .iter()
            .map(|(licence, entries)| format!("{licence}: {}", entries.join(", ")))
            .collect();
        let (mut text, mut line) = (String::new(), String::new());
        for word in all.join("; ").split(' ') {
            if line.len() + 1 + word.len() > 120 {
                text += &format!("{line}\n");
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line += word;
        }
        text += &format!("{line}.\n");
        text
    }

    /// Prints the licence files of everything in the binary.
    fn licences(&self) -> Result<(), Box<dyn Error>> {
        println!("influx holds these works of others, each under its own licence.");
        for (_, package) in self.others().filter(|(_, package)| package.shipped) {
            println!(
                "\n\n==== {} {} ({})",
                package.name, package.version, package.licence
            );
            let directory = Path::new(&package.manifest)
                .parent()
                .ok_or("no directory")?;
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
                let is_text = ["LICENSE", "LICENCE", "COPYING", "NOTICE", "COPYRIGHT"];
                if file.is_file() && is_text.iter().any(|start| name.starts_with(start)) {
                    println!("\n{}", fs::read_to_string(&file)?.trim());
                    found += 1;
                }
            }
            if found == 0 {
                println!("\n(its package holds no text of the licence)");
            }
        }
        Ok(())
    }

    /// Of what is in the binary, and nothing else.
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
            let needs = package.needs.iter().map(|id| &self.packages[id]);
            let needs: Vec<_> = needs.filter(|to| to.shipped).map(reference).collect();
            dependencies.push(json!({"ref": reference(package), "dependsOn": needs}));
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
                "hashes": [{"alg": "SHA-256", "content": hash(package).ok_or("a package without a checksum")?}],
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

/// Whether one of a choice of licences is permitted, and all of those that hold together.
fn permitted(expression: &str) -> bool {
    let plain = expression.replace('/', " OR ").replace(['(', ')'], " ");
    !plain.trim().is_empty()
        && plain.split(" AND ").all(|part| {
            part.split(" OR ")
                .any(|one| PERMITTED.contains(&one.trim()))
        })
}
