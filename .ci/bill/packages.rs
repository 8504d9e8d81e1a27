//! Reads the packages from `cargo metadata`, and finds out which of them are in the binary.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;

pub struct Package {
    pub name: String,
    pub version: String,
    pub licence: String,
    pub description: String,
    pub source: Option<String>,
    pub manifest: String,
    /// Whether it is in the binary. Otherwise it is only needed for the build.
    pub shipped: bool,
    pub dependencies: Vec<String>,
}

pub struct Metadata {
    pub root: String,
    pub packages: BTreeMap<String, Package>,
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

pub fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

impl Metadata {
    /// Reads the output of `cargo metadata` from standard input. `tree` has a line for each crate in the
    /// binary. The line begins with `NAME vVERSION`.
    pub fn read(tree: &str) -> Result<Metadata, Box<dyn Error>> {
        let all: Value = serde_json::from_reader(std::io::stdin())?;
        let root = text(&all["resolve"]["root"]);
        let nodes: BTreeMap<String, &Value> = list(&all["resolve"]["nodes"])
            .map(|node| (text(&node["id"]), node))
            .collect();
        let known: BTreeMap<String, &Value> = list(&all["packages"])
            .map(|package| (text(&package["id"]), package))
            .collect();
        let is_macro = |id: &String| {
            let targets = known.get(id).map(|package| &package["targets"]);
            targets.is_some_and(|targets| {
                list(targets).any(|target| list(&target["kind"]).any(|kind| kind == "proc-macro"))
            })
        };
        // First find the packages in the binary, then those that are only needed for the build.
        let mut reached: BTreeMap<String, (bool, Vec<String>)> = BTreeMap::new();
        for shipped in [true, false] {
            let mut waiting = vec![root.clone()];
            let mut seen = BTreeSet::new();
            while let Some(id) = waiting.pop() {
                if !seen.insert(id.clone()) {
                    continue;
                }
                let node = nodes
                    .get(&id)
                    .ok_or("cargo metadata: a dependency is not in the resolve graph")?;
                let mut dependencies = Vec::new();
                for dep in list(&node["deps"]) {
                    let to = text(&dep["pkg"]);
                    let mut kinds = list(&dep["dep_kinds"]).map(|kind| kind["kind"].as_str());
                    let wanted = match shipped {
                        true => kinds.any(|kind| kind.is_none()) && !is_macro(&to),
                        false => kinds.any(|kind| kind != Some("dev")),
                    };
                    if wanted {
                        dependencies.push(to.clone());
                        waiting.push(to);
                    }
                }
                let entry = reached.entry(id).or_insert((shipped, Vec::new()));
                entry.1 = dependencies;
            }
        }
        let mut packages = BTreeMap::new();
        for (id, (shipped, dependencies)) in reached {
            let about = known
                .get(&id)
                .ok_or("cargo metadata: a dependency is not in the list of packages")?;
            let (name, version) = (text(&about["name"]), text(&about["version"]));
            let line = format!("{name} v{version}");
            let matches = |other: &str| other == line || other.starts_with(&format!("{line} "));
            let shipped = shipped && tree.lines().any(matches);
            packages.insert(
                id,
                Package {
                    name,
                    version,
                    licence: text(&about["license"]),
                    description: text(&about["description"]),
                    source: about["source"].as_str().map(String::from),
                    manifest: text(&about["manifest_path"]),
                    shipped,
                    dependencies,
                },
            );
        }
        Ok(Metadata { root, packages })
    }
}
