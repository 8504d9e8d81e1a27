//! The sections of the manual page. If mandoc or groff is installed, it also checks the page.

use crate::harness::Dir;
use crate::support::help_texts::printed;
use crate::test_requirements::is_installed;
use std::process::Command;

#[test]
fn the_manual_page_has_every_section_and_passes_the_linters() {
    let page = printed(&["man"]);
    for section in [
        "NAME",
        "SYNOPSIS",
        "COMMANDS",
        "ENVIRONMENT",
        "FILES",
        "EXIT STATUS",
        "EXAMPLES",
    ] {
        assert!(page.contains(&format!("\n.SH {section}\n")), "{section}");
    }
    assert!(
        page.contains("\\-\\-read\\-RESOURCE\n") && page.contains("subscriptions."),
        "the row that the resource flags share, and the resources"
    );
    for hidden in ["extra\\-http\\-header", "INFLUX_TRACE_DEBUG_ID"] {
        assert!(!page.contains(hidden), "{hidden}");
    }
    let (_, commands) = page.split_once("\n.SH COMMANDS\n").unwrap();
    let (commands, _) = commands.split_once("\n.SH ").unwrap();
    let mut count = 0;
    for command in commands.split(".SS ").skip(1) {
        let words: Vec<_> = command.lines().next().unwrap().split(' ').collect();
        // Words in capitals are values.
        let words = words
            .into_iter()
            .filter(|word| *word != word.to_uppercase());
        let example = words.collect::<Vec<_>>().join(" ");
        let begin = format!("\n.PP\nFor example:\n.PP\n.nf\n.RS 4\n{example}");
        assert!(command.contains(&begin), "{command}");
        count += 1;
    }
    assert!(count > 20, "{count} commands");
    let dir = Dir::new();
    let file = dir.file("influx.1", &page);
    for checker in [
        &["mandoc", "-Tlint", "-Wstyle"][..],
        &["groff", "-ww", "-man", "-Tutf8", "-z"],
    ] {
        if is_installed(checker[0]) {
            let ran = Command::new(checker[0])
                .args(&checker[1..])
                .arg(&file)
                .output()
                .unwrap();
            let said = [ran.stdout, ran.stderr].concat();
            assert_eq!(String::from_utf8_lossy(&said), "", "{checker:?}");
        }
    }
}
