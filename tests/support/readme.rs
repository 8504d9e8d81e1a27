//! The README's tables, code blocks and words in backticks.

use std::path::Path;

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

pub fn readme() -> String {
    std::fs::read_to_string(repository().join("README.md")).unwrap()
}

/// A code block: the language after the opening fence, and the lines inside.
pub struct Block<'a> {
    pub language: &'a str,
    pub lines: Vec<&'a str>,
}

/// Splits the text into code blocks and the lines outside of them.
pub fn split_code_blocks(text: &str) -> (Vec<Block<'_>>, Vec<&str>) {
    let (mut blocks, mut outside) = (Vec::new(), Vec::new());
    let mut open: Option<Block> = None;
    for line in text.lines() {
        let fence = line.trim_start().strip_prefix("```");
        match (&mut open, fence) {
            (None, Some(language)) => {
                let lines = Vec::new();
                open = Some(Block { language, lines });
            }
            (None, None) => outside.push(line),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(block), None) => block.lines.push(line),
        }
    }
    assert!(open.is_none(), "a code block is not closed");
    (blocks, outside)
}

/// The rows of the table whose header begins with these cells.
pub fn table(text: &str, headers: [&str; 2]) -> Vec<Vec<String>> {
    let cells = |line: &str| -> Vec<String> {
        let inner = line.trim().trim_matches('|');
        inner.split('|').map(|cell| cell.trim().into()).collect()
    };
    let mut lines = text.lines();
    lines
        .find(|line| line.starts_with('|') && cells(line)[..2] == headers)
        .unwrap_or_else(|| panic!("no table {headers:?}"));
    let rows = lines.skip(1).take_while(|line| line.starts_with('|'));
    rows.map(cells).collect()
}

/// The words in backticks outside of code blocks.
pub fn in_backticks(text: &str) -> Vec<String> {
    let (_, outside) = split_code_blocks(text);
    // A pair of backticks may span a line break.
    let joined = outside.join(" ");
    let words = joined.split('`').skip(1).step_by(2);
    words.map(String::from).collect()
}

/// The targets of links outside of code blocks.
pub fn links(text: &str) -> Vec<String> {
    let (_, outside) = split_code_blocks(text);
    let joined = outside.join("\n");
    let rest = joined.split("](").skip(1);
    rest.filter_map(|rest| rest.split(')').next())
        .map(String::from)
        .collect()
}

/// The anchors of the headings as GitHub renders them: lower case, hyphens instead of spaces, no
/// punctuation.
pub fn anchors(text: &str) -> Vec<String> {
    let (_, outside) = split_code_blocks(text);
    let headings = outside.iter().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let text = line.trim_start_matches('#').trim().to_lowercase();
            let kept = text.replace(' ', "-");
            kept.chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_'))
                .collect()
        })
        .collect()
}

#[test]
fn splits_code_blocks_from_text() {
    let text = "# A\n\ntext\n\n```sh\n# no heading\ninflux x\n```\n\n- item\n\n  ```text\n  y\n  ```\n\nend\n";
    let (blocks, outside) = split_code_blocks(text);
    let languages: Vec<_> = blocks.iter().map(|block| block.language).collect();
    assert_eq!(languages, ["sh", "text"]);
    assert_eq!(blocks[0].lines, ["# no heading", "influx x"]);
    assert!(outside.contains(&"- item") && outside.contains(&"end"));
    assert_eq!(anchors(text), ["a"]);
}
