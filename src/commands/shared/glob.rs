//! Patterns as in the shell: `*`, `?`, `[abc]`, `[a-z]`, `[!a-z]`.

/// A pattern that must match a whole text.
#[derive(Debug)]
pub struct Glob(Vec<Part>);

#[derive(Debug)]
enum Part {
    /// `*`
    Any,
    /// `?`
    One,
    /// `[a-z]`, or `[!a-z]` if it is negated.
    Class {
        ranges: Vec<(char, char)>,
        negated: bool,
    },
    Char(char),
}

impl Glob {
    /// The error says what is wrong with the pattern.
    pub fn parse(pattern: &str) -> Result<Glob, String> {
        let mut parts = Vec::new();
        let mut rest = pattern.chars();
        while let Some(c) = rest.next() {
            parts.push(match c {
                '*' => Part::Any,
                '?' => Part::One,
                '[' => class(&mut rest)?,
                c => Part::Char(c),
            });
        }
        Ok(Glob(parts))
    }

    /// Whether the pattern matches all of `text`. It only backtracks to the last `*`, so the number
    /// of steps is at most the product of both lengths.
    pub fn matches(&self, text: &str) -> bool {
        let mut text = text.chars();
        let mut at = 0;
        // The part after the last `*`, and the rest of the text after what this `*` matches.
        let mut retry = None;
        loop {
            let before = text.clone();
            if let Some(Part::Any) = self.0.get(at) {
                at += 1;
                retry = Some((at, before));
                continue;
            }
            let c = text.next();
            match (self.0.get(at), c) {
                (None, None) => return true,
                (Some(part), Some(c)) if part.matches(c) => at += 1,
                _ => {
                    let Some((after, rest)) = &mut retry else {
                        return false;
                    };
                    if rest.next().is_none() {
                        return false;
                    }
                    (at, text) = (*after, rest.clone());
                }
            }
        }
    }
}

/// Parses what follows a `[`, up to its `]`. If `]` comes first, it is an ordinary character.
fn class(rest: &mut std::str::Chars) -> Result<Part, String> {
    let unclosed = || "the [ is not closed; write [[] for a literal [".to_string();
    let negated = rest.as_str().starts_with(['!', '^']);
    if negated {
        rest.next();
    }
    let mut ranges = Vec::new();
    loop {
        let first = rest.next().ok_or_else(unclosed)?;
        if first == ']' && !ranges.is_empty() {
            return Ok(Part::Class { ranges, negated });
        }
        let mut ahead = rest.clone();
        let last = match (ahead.next(), ahead.next()) {
            (Some('-'), Some(last)) if last != ']' => {
                *rest = ahead;
                last
            }
            _ => first,
        };
        if last < first {
            return Err(format!("the range {first}-{last} runs backwards"));
        }
        ranges.push((first, last));
    }
}

impl Part {
    fn matches(&self, c: char) -> bool {
        match self {
            Part::Any => false,
            Part::One => true,
            Part::Class { ranges, negated } => {
                let mut ranges = ranges.iter();
                ranges.any(|(first, last)| (*first..=*last).contains(&c)) != *negated
            }
            Part::Char(char) => *char == c,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, yes: &[&str], no: &[&str]) {
        let glob = Glob::parse(pattern).unwrap();
        for text in yes {
            assert!(glob.matches(text), "{pattern} should match {text:?}");
        }
        for text in no {
            assert!(!glob.matches(text), "{pattern} should not match {text:?}");
        }
    }

    #[test]
    fn matches_whole_texts() {
        check("", &[""], &["a"]);
        check("old", &["old"], &["", "ol", "older", "xold", "Old"]);
        check("old-*", &["old-", "old-x"], &["old", "xold-"]);
        check("*", &["", "x"], &[]);
        check("*old*", &["old", "xold", "oldx", "ooldd"], &["ol", "o ld"]);
        check("a*b*c", &["abc", "axbxc", "abbcc"], &["ac", "abcd", "acb"]);
        check("**a", &["a", "ba"], &["", "ab"]);
        check("a?c", &["abc", "aüc", "a?c"], &["ac", "abbc"]);
        check("?*", &["a", "ab"], &[""]);
    }

    #[test]
    fn classes() {
        check("[abc]", &["a", "c"], &["", "d", "ab", "[abc]"]);
        check("v[0-9a-f]", &["v0", "vf"], &["vg", "v-", "v"]);
        check("[!0-9]", &["a", "!", "-"], &["5", ""]);
        check("[^a]", &["b"], &["a"]);
        check("[]x]", &["]", "x"], &["a"]);
        check("[!]]", &["a"], &["]"]);
        check("[a-]", &["a", "-"], &["b"]);
        check("[-a]", &["a", "-"], &["b"]);
        check("[*]", &["*"], &["a"]);
        check("[[]a]", &["[a]"], &["a"]);
        check("[à-ü]*", &["élan"], &["elan"]);
    }

    #[test]
    fn malformed_patterns_are_refused() {
        for malformed in ["[", "[]", "a[b", "[!]", "[^", "[a-", "[z-a]"] {
            assert!(Glob::parse(malformed).is_err(), "{malformed}");
        }
    }

    #[test]
    fn many_stars_do_not_take_exponential_time() {
        let glob = Glob::parse(&("a*".repeat(500) + "b")).unwrap();
        assert!(!glob.matches(&"a".repeat(2000)));
    }
}
