//! Patterns as the shell has them for file names: `*`, `?`, `[abc]`, `[a-z]`, `[!a-z]`.

/// A pattern, which matches whole texts.
#[derive(Debug)]
pub struct Glob(Vec<Part>);

#[derive(Debug)]
enum Part {
    /// `*`: any characters, or none.
    Any,
    /// `?`: one character.
    One,
    /// One of these ranges, or one of none of them.
    Class {
        ranges: Vec<(char, char)>,
        not: bool,
    },
    /// This character.
    Char(char),
}

impl Glob {
    /// Reads a pattern.
    ///
    /// # Errors
    /// Says what is wrong with it.
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

    /// Whether the whole of `text` fits. The time is at most the product of both lengths: only the
    /// last `*` is ever tried again.
    pub fn matches(&self, text: &str) -> bool {
        let mut text = text.chars();
        let mut at = 0;
        // Behind the last `*`, and the text where that is tried to end.
        let mut again = None;
        loop {
            let before = text.clone();
            if let Some(Part::Any) = self.0.get(at) {
                at += 1;
                again = Some((at, before));
                continue;
            }
            let c = text.next();
            match (self.0.get(at), c) {
                (None, None) => return true,
                (Some(part), Some(c)) if part.fits(c) => at += 1,
                _ => {
                    let Some((behind, end)) = &mut again else {
                        return false;
                    };
                    if end.next().is_none() {
                        return false;
                    }
                    (at, text) = (*behind, end.clone());
                }
            }
        }
    }
}

/// What follows a `[`, to its `]`. One that comes first stands for itself.
fn class(rest: &mut std::str::Chars) -> Result<Part, String> {
    let unclosed = || "the [ is not closed; [[] stands for one".to_string();
    let not = rest.as_str().starts_with(['!', '^']);
    if not {
        rest.next();
    }
    let mut ranges = Vec::new();
    loop {
        let first = rest.next().ok_or_else(unclosed)?;
        if first == ']' && !ranges.is_empty() {
            return Ok(Part::Class { ranges, not });
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
    fn fits(&self, c: char) -> bool {
        match self {
            Part::Any => false,
            Part::One => true,
            Part::Class { ranges, not } => {
                ranges
                    .iter()
                    .any(|(first, last)| (*first..=*last).contains(&c))
                    != *not
            }
            Part::Char(own) => *own == c,
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
            assert!(glob.matches(text), "{pattern} and {text:?}");
        }
        for text in no {
            assert!(!glob.matches(text), "{pattern} and {text:?}");
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
    fn refuses_what_is_none() {
        for wrong in ["[", "[]", "a[b", "[!]", "[^", "[a-", "[z-a]"] {
            assert!(Glob::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn takes_no_time_beyond_the_product_of_both_lengths() {
        let glob = Glob::parse(&("a*".repeat(500) + "b")).unwrap();
        assert!(!glob.matches(&"a".repeat(2000)));
    }
}
