//! Takes secrets out of texts, in every form in which they may stand there.

use super::{REDACTED, Secret, field, forms};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::{Bound, Range};

/// Secrets shorter than this many bytes are removed only where they stand as a word of their own:
/// taking every `a` out of a message would tell more than it hides.
const SHORT: usize = 8;

/// How many characters at the end of a text that was cut off may be the start of a secret.
const MOST: usize = 4096;

/// Where a form of a secret is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Removed {
    /// As a secret, but not from results: the name of a user, which may well stand in one.
    Name,
    /// As a secret: a short one only as a word of its own, and not from results.
    Secret,
    /// Wherever it stands: it is no word by itself.
    Anywhere,
}

impl Removed {
    /// Whether a form that stands in `text` at `place` is removed there.
    fn at(self, text: &str, place: Range<usize>, result: bool) -> bool {
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        match (self, place.len() >= SHORT) {
            (Removed::Anywhere, _) => true,
            (Removed::Name, _) if result => false,
            (_, true) => true,
            (_, false) if result => false,
            (_, false) => {
                let (before, behind) = (&text[..place.start], &text[place.end..]);
                !word(before.chars().next_back()) && !word(behind.chars().next())
            }
        }
    }
}

/// Knows the secrets of a run and takes them out of any text, whoever sent it.
#[derive(Clone, Debug)]
pub struct Redactor {
    /// Every form of every secret, in the order of their bytes.
    forms: BTreeMap<Secret, Removed>,
    /// For each byte, at which of the first eight places of a form it stands, a bit a place: most of
    /// a text needs no closer look.
    places: [u8; 256],
    /// The places behind the end of a form that has fewer bytes.
    beyond: u8,
    /// The field `token` of any JSON is a secret.
    hides_tokens: Cell<bool>,
}

impl Default for Redactor {
    fn default() -> Self {
        Redactor {
            forms: BTreeMap::new(),
            places: [0; 256],
            beyond: 0,
            hides_tokens: Cell::new(false),
        }
    }
}

impl Redactor {
    /// Adds a secret, in every form in which an answer may hold it.
    pub fn add(&mut self, secret: &str) {
        forms::each(secret, &mut |form| self.insert(form, Removed::Secret));
    }

    /// Adds a text that has a secret in it, and cannot be taken for a word however short it is.
    pub fn add_around(&mut self, text: &str) {
        self.insert(text, Removed::Anywhere);
    }

    /// From now on the field `token` of any JSON is a secret too, but for results: there it is known
    /// what it is.
    pub fn hide_tokens(&self) {
        self.hides_tokens.set(true);
    }

    /// Adds a user's name that is no business of the server's. Results keep it: the same name may
    /// be known there too.
    pub fn add_name(&mut self, name: &str) {
        self.insert(name, Removed::Name);
    }

    fn insert(&mut self, form: &str, removed: Removed) {
        if form.is_empty() {
            return;
        }
        for (place, byte) in form.bytes().take(8).enumerate() {
            self.places[usize::from(byte)] |= 1 << place;
        }
        self.beyond |= u8::MAX.checked_shl(form.len() as u32).unwrap_or(0);
        let known = self.forms.entry(Secret::new(form)).or_insert(removed);
        *known = removed.max(*known);
    }

    /// The same for texts in small letters, as the names of headers are sent.
    pub fn in_small_letters(&self) -> Redactor {
        let mut small = Redactor::default();
        for (form, removed) in &self.forms {
            small.insert(&form.0.to_ascii_lowercase(), *removed);
        }
        small
    }

    /// `text` without any of the secrets.
    pub fn clean<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.hides_tokens.get()
            && let Cow::Owned(text) = field::without(text, "token")
        {
            return self.without(&text, false).into_owned().into();
        }
        self.without(text, false)
    }

    /// A field of a result without any secret that is long enough to be one: a short word is more
    /// likely a user's name than a password, and scripts rely on it.
    pub fn clean_result<'a>(&self, text: &'a str) -> Cow<'a, str> {
        self.without(text, true)
    }

    /// `text`, which was cut off somewhere, without the secrets and without the start of one at
    /// its end.
    pub fn clean_cut(&self, text: &str) -> String {
        let clean = self.clean(text);
        let is_start = |end: &str| {
            let from = (Bound::Included(end.as_bytes()), Bound::Unbounded);
            let next = self.forms.range::<[u8], _>(from).next();
            next.is_some_and(|(form, _)| form.0.starts_with(end))
        };
        let starts = clean.char_indices().map(|(at, _)| at);
        let end = starts
            .rev()
            .take(MOST)
            .filter(|at| is_start(&clean[*at..]))
            .last();
        clean[..end.unwrap_or(clean.len())].to_string()
    }

    /// All that belongs to a secret goes, where two overlap as well.
    fn without<'a>(&self, text: &'a str, result: bool) -> Cow<'a, str> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut next = 0;
        while let Some(at) = self.candidate(text.as_bytes(), next) {
            next = at + 1;
            let Some(length) = self.longest(text, at, result) else {
                continue;
            };
            let end = at + length;
            match found.last_mut() {
                Some(last) if at < last.end => last.end = last.end.max(end),
                _ => found.push(at..end),
            }
        }
        if found.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut clean = String::with_capacity(text.len());
        let mut kept = 0;
        for Range { start, end } in found {
            clean.push_str(&text[kept..start]);
            clean.push_str(REDACTED);
            kept = end;
        }
        clean.push_str(&text[kept..]);
        Cow::Owned(clean)
    }

    /// The next place in `text` where a form may begin.
    fn candidate(&self, text: &[u8], from: usize) -> Option<usize> {
        let is_at = |byte: u8, place: usize| {
            (self.places[usize::from(byte)] | self.beyond) >> place & 1 == 1
        };
        let mut at = from;
        loop {
            at += text[at..].iter().position(|byte| is_at(*byte, 0))?;
            let more = text[at..].iter().take(8).enumerate().skip(1);
            if more.into_iter().all(|(place, byte)| is_at(*byte, place)) {
                return Some(at);
            }
            at += 1;
        }
    }

    /// The length of the longest form that stands at `at` and is to be removed there.
    fn longest(&self, text: &str, at: usize, result: bool) -> Option<usize> {
        let mut rest = &text.as_bytes()[at..];
        loop {
            let to = (Bound::Unbounded, Bound::Included(rest));
            let (form, removed) = self.forms.range::<[u8], _>(to).next_back()?;
            let form = form.0.as_bytes();
            let pairs = form.iter().zip(rest);
            let same = pairs.take_while(|(one, other)| one == other).count();
            if same == form.len() && removed.at(text, at..at + same, result) {
                return Some(same);
            }
            // A shorter one begins both this form and the text.
            rest = &rest[..same.min(form.len() - 1)];
            if rest.is_empty() {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn redactor(secrets: &[&str]) -> Redactor {
        let mut redactor = Redactor::default();
        for secret in secrets {
            redactor.add(secret);
        }
        redactor
    }

    #[test]
    fn debug_shows_nothing() {
        let debug = format!("{:?}", redactor(&["hunter2", "hunter2hunter2"]));
        assert!(!debug.contains("hunter2"), "{debug}");
    }

    #[test]
    fn removes_long_secrets_anywhere() {
        let redactor = redactor(&["t0ken-00000"]);
        assert_eq!(redactor.clean("xt0ken-00000y"), "x[redacted]y");
        assert!(matches!(redactor.clean("nothing here"), Cow::Borrowed(_)));
    }

    #[test]
    fn removes_short_secrets_only_as_words() {
        let redactor = redactor(&["T", "nope"]);
        assert_eq!(
            redactor.clean("Token T (nope)"),
            "Token [redacted] ([redacted])"
        );
        assert_eq!(redactor.clean("TT"), "TT");
    }

    #[test]
    fn a_secret_inside_another_leaves_nothing_of_either() {
        let redactor = redactor(&["password1", "user:password1!"]);
        assert_eq!(redactor.clean("user:password1!"), "[redacted]");
    }

    #[test]
    fn of_secrets_that_overlap_nothing_is_left() {
        let redactor = redactor(&["abcd-1234", "1234-efgh", "1234"]);
        assert_eq!(redactor.clean("xabcd-1234-efghy"), "x[redacted]y");
        assert_eq!(redactor.clean("abcd-12341234-efgh"), "[redacted][redacted]");
        assert_eq!(
            redactor.clean("abcd-123 1234 12345"),
            "abcd-123 [redacted] 12345"
        );
    }

    #[test]
    fn the_longest_is_removed_that_stands_there() {
        let redactor = redactor(&["a", "a-b", "a-b-c-d-e-f", "aé"]);
        assert_eq!(redactor.clean("a-b-c-d-e-fg"), "[redacted]g");
        assert_eq!(redactor.clean("a-b-c-d-e-"), "[redacted]-c-d-e-");
        assert_eq!(redactor.clean("a-bc"), "[redacted]-bc");
        assert_eq!(redactor.clean("aè aé"), "aè [redacted]");
    }

    #[test]
    fn in_small_letters() {
        let small = redactor(&["T0ken-00000"]).in_small_letters();
        assert_eq!(small.clean("t0ken-00000"), "[redacted]");
    }

    #[test]
    fn an_empty_secret_removes_nothing() {
        assert_eq!(redactor(&[""]).clean("abc"), "abc");
    }

    #[test]
    fn a_cut_text_does_not_end_in_the_start_of_a_secret() {
        let redactor = redactor(&["t0ken-00000"]);
        assert_eq!(redactor.clean_cut("no: t0ken-00"), "no: ");
        assert_eq!(redactor.clean_cut("no: t0ken-00000"), "no: [redacted]");
        assert_eq!(redactor.clean_cut("nothing"), "nothing");
    }

    #[test]
    fn results_keep_their_short_words() {
        let redactor = redactor(&["admin", "t0ken-00000"]);
        assert_eq!(
            redactor.clean_result("admin t0ken-00000"),
            "admin [redacted]"
        );
    }

    #[test]
    fn results_keep_a_name() {
        let mut redactor = redactor(&[]);
        redactor.add_name("svc-influx");
        redactor.add_name("");
        assert_eq!(redactor.clean("svc-influx!"), "[redacted]!");
        assert_eq!(redactor.clean_result("svc-influx"), "svc-influx");
    }
}
