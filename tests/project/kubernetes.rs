//! Checks that the README's Kubernetes Job meets the Pod Security Standard 'restricted' for Linux
//! pods.

use serde_json::{Map, Value, json};
use std::collections::HashSet;

/// The Job of the README.
fn readme_job() -> Value {
    let readme = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");
    let readme = std::fs::read_to_string(readme).unwrap();
    let blocks = readme.split("\n```yaml\n").skip(1);
    let mut jobs = blocks
        .map(|rest| rest.split("\n```").next().unwrap())
        .filter(|block| block.contains("\nkind: Job\n"));
    let job = jobs.next().expect("a Job");
    assert!(jobs.next().is_none(), "several Jobs");
    parse_yaml(job)
}

/// Parses the subset of YAML that the README uses: indented mappings and lists, and mappings and
/// lists in brackets on one line.
fn parse_yaml(text: &str) -> Value {
    let lines: Vec<(usize, String)> = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .map(|line| {
            (
                line.len() - line.trim_start().len(),
                line.trim().to_string(),
            )
        })
        .collect();
    let mut lines = std::collections::VecDeque::from(lines);
    let value = parse_block(&mut lines);
    assert!(lines.is_empty(), "not parsed: {lines:?}");
    value
}

type Lines = std::collections::VecDeque<(usize, String)>;

fn parse_block(lines: &mut Lines) -> Value {
    let (indent, first) = lines.front().cloned().expect("a block");
    if first.starts_with("- ") {
        let mut list = Vec::new();
        while let Some((at, line)) = lines.front().cloned()
            && at == indent
            && let Some(item) = line.strip_prefix("- ")
        {
            // The item after the dash is a block with two more columns of indentation.
            lines[0] = (indent + 2, item.to_string());
            list.push(match item.starts_with('{') {
                true => parse_scalar(&lines.pop_front().unwrap().1),
                false => parse_block(lines),
            });
        }
        return Value::Array(list);
    }
    let mut map = Map::new();
    while let Some((at, line)) = lines.front().cloned()
        && at == indent
    {
        lines.pop_front();
        let (key, rest) = line.split_once(':').expect("a key");
        let value = match rest.trim() {
            "" => parse_block(lines),
            rest => parse_scalar(rest),
        };
        assert!(map.insert(key.into(), value).is_none(), "{key} twice");
    }
    Value::Object(map)
}

fn parse_scalar(text: &str) -> Value {
    if let Some(inner) = text.strip_prefix('{') {
        let inner = inner.strip_suffix('}').expect("a bracket");
        let pairs = split_at_commas(inner).into_iter().map(|part| {
            let (key, value) = part.split_once(':').expect("a key");
            (key.trim().to_string(), parse_scalar(value.trim()))
        });
        return Value::Object(pairs.collect());
    }
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.strip_suffix(']').expect("a bracket");
        return Value::Array(
            split_at_commas(inner)
                .iter()
                .map(|part| parse_scalar(part))
                .collect(),
        );
    }
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.into()))
}

/// Splits at commas that are not in quotes or brackets.
fn split_at_commas(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth, mut quoted) = (Vec::new(), 0, 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' | '[' if !quoted => depth += 1,
            '}' | ']' if !quoted => depth -= 1,
            ',' if !quoted && depth == 0 => {
                found.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(text[start..].trim());
    found
}

/// The rules of 'restricted' that a pod violates. They include the rules of 'baseline'.
fn violations(pod: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut require = |holds: bool, rule: &str| {
        if !holds {
            found.push(rule.to_string());
        }
    };
    let unset = |value: &Value| value.is_null() || *value == json!(false);
    for field in ["hostNetwork", "hostPID", "hostIPC"] {
        require(unset(&pod[field]), field);
    }
    let types = [
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "persistentVolumeClaim",
        "projected",
        "secret",
    ];
    for volume in pod["volumes"].as_array().into_iter().flatten() {
        let mut kinds = volume
            .as_object()
            .unwrap()
            .keys()
            .filter(|key| *key != "name");
        require(kinds.all(|kind| types.contains(&kind.as_str())), "volumes");
    }
    let whole = &pod["securityContext"];
    require(whole["sysctls"].is_null(), "sysctls");
    for kind in ["initContainers", "containers", "ephemeralContainers"] {
        for container in pod[kind].as_array().into_iter().flatten() {
            let own = &container["securityContext"];
            // A container's setting overrides that of the pod.
            let either = |field: &str| match own[field].is_null() {
                true => whole[field].clone(),
                false => own[field].clone(),
            };
            require(unset(&own["privileged"]), "privileged");
            require(
                own["allowPrivilegeEscalation"] == json!(false),
                "allowPrivilegeEscalation",
            );
            require(either("runAsNonRoot") == json!(true), "runAsNonRoot");
            require(either("runAsUser") != json!(0), "runAsUser");
            let seccomp = either("seccompProfile")["type"].clone();
            require(
                seccomp == json!("RuntimeDefault") || seccomp == json!("Localhost"),
                "seccompProfile",
            );
            let words = |value: &Value| -> HashSet<String> {
                let list = value.as_array().cloned().unwrap_or_default();
                list.iter()
                    .map(|word| word.as_str().unwrap().to_string())
                    .collect()
            };
            let (drop, add) = (&own["capabilities"]["drop"], &own["capabilities"]["add"]);
            require(words(drop).contains("ALL"), "capabilities dropped");
            require(
                words(add).iter().all(|one| one == "NET_BIND_SERVICE"),
                "capabilities added",
            );
            for field in ["seLinuxOptions", "appArmorProfile", "windowsOptions"] {
                require(either(field).is_null(), field);
            }
            let proc_mount = &own["procMount"];
            require(
                proc_mount.is_null() || *proc_mount == json!("Default"),
                "procMount",
            );
            for port in container["ports"].as_array().into_iter().flatten() {
                let port = &port["hostPort"];
                require(port.is_null() || *port == json!(0), "hostPort");
            }
            for probe in [
                "livenessProbe",
                "readinessProbe",
                "startupProbe",
                "lifecycle",
            ] {
                let handlers = container[probe].as_object().into_iter().flatten();
                require(
                    handlers
                        .clone()
                        .all(|(_, handler)| handler["host"].is_null()),
                    probe,
                );
            }
        }
    }
    found
}

#[test]
fn the_job_meets_the_restricted_standard() {
    let job = readme_job();
    assert_eq!(
        (&job["apiVersion"], &job["kind"]),
        (&json!("batch/v1"), &json!("Job"))
    );
    let pod = &job["spec"]["template"]["spec"];
    let containers = pod["containers"].as_array().expect("containers");
    assert_eq!(
        containers[0]["args"][2], "set-inactive",
        "the job is not parsed correctly"
    );
    assert_eq!(violations(pod), [""; 0]);
}

/// Tests the check itself.
#[test]
fn each_missing_or_wrong_field_is_a_violation() {
    let good = readme_job()["spec"]["template"]["spec"].clone();
    let container = "/containers/0/securityContext";
    for (place, field, value, rule) in [
        ("", "hostNetwork", json!(true), "hostNetwork"),
        (
            "",
            "volumes",
            json!([{"name": "a", "hostPath": {"path": "/"}}]),
            "volumes",
        ),
        (container, "privileged", json!(true), "privileged"),
        (
            container,
            "allowPrivilegeEscalation",
            Value::Null,
            "allowPrivilegeEscalation",
        ),
        (container, "runAsUser", json!(0), "runAsUser"),
        (
            container,
            "capabilities",
            json!({"drop": ["KILL"]}),
            "capabilities dropped",
        ),
        (
            container,
            "capabilities",
            json!({"drop": ["ALL"], "add": ["SYS_TIME"]}),
            "capabilities added",
        ),
        (container, "runAsNonRoot", json!(false), "runAsNonRoot"),
        (
            container,
            "seccompProfile",
            json!({"type": "Unconfined"}),
            "seccompProfile",
        ),
    ] {
        let mut pod = good.clone();
        pod.pointer_mut(place).expect("a place")[field] = value;
        assert_eq!(violations(&pod), [rule]);
    }
    let mut pod = good;
    pod["securityContext"] = Value::Null;
    pod["containers"][0]["securityContext"] = Value::Null;
    assert_eq!(violations(&pod).len(), 4);
}

#[test]
fn parses_the_yaml_subset() {
    let text =
        "a: 1\nb:\n  - {c: \"x, y: z\", d: [e, 2]}\n  - f: g\n    h:\n      i: true\nj: http://k\n";
    let expected = json!({
        "a": 1,
        "b": [{"c": "x, y: z", "d": ["e", 2]}, {"f": "g", "h": {"i": true}}],
        "j": "http://k",
    });
    assert_eq!(parse_yaml(text), expected);
}
