//! What in a command line may be a secret, before it is known which word is what.

use super::command::Command;
use super::flag::{EVERYWHERE, Flag, Flags};
use crate::secret::Redactor;
use crate::url::BaseUrl;
use std::ffi::OsString;

/// The flag whose value is a header.
const HEADER: &str = "extra-http-header";

/// What the environment holds of secrets: each variable, and its value.
pub type SecretVariables = Vec<(&'static str, OsString)>;

/// Everything that stands behind a flag for a secret or is attached to one, even where the flag is
/// mistyped or a mistake before it makes it something else, and what the environment holds: no
/// error may show it.
pub fn suspects(
    root: &'static Command,
    words: &[OsString],
    env: &dyn Fn(&str) -> Option<OsString>,
) -> (Redactor, SecretVariables) {
    let mut redactor = Redactor::default();
    let mut all = Tables::default();
    all.push(&EVERYWHERE);
    all.collect(root, &mut (&[] as Flags));
    let flags = || all.held[..all.count].iter().copied().flatten().copied();
    let mut secrets: Vec<&Flag> = Vec::with_capacity(8);
    for flag in flags().filter(|flag| flag.secret) {
        if !secrets.iter().any(|known| std::ptr::eq(*known, flag)) {
            secrets.push(flag);
        }
    }
    let known = |name: &str| flags().find(|flag| !flag.secret && flag.called(name).is_some());
    // A host that is none may hold a password, or be one.
    let is_host = |word: &str| BaseUrl::parse(word).is_ok();
    let mut host = false;
    let mut follows: Option<&Flag> = None;
    for word in words {
        let word = word.to_string_lossy();
        match follows {
            Some(flag) if word != "=" => add(&mut redactor, flag, &word),
            _ if host && !is_host(&word) => redactor.add(&word),
            _ => {}
        }
        redactor.add_urls(&word);
        let bare = word.trim_start_matches('-');
        let dashes = word.len() - bare.len();
        let (name, value) = bare.split_once('=').unwrap_or((bare, ""));
        let flag = if dashes > 0 { known(name) } else { None };
        host = flag.is_some_and(|flag| flag.quiet);
        if host && !value.is_empty() && !is_host(value) {
            redactor.add(value);
        }
        if dashes == 0 || flag.is_some() {
            // `-t = SECRET` goes on.
            follows = follows.filter(|_| word == "=");
            continue;
        }
        follows = None;
        for flag in secrets.iter().copied() {
            let short = flag.short.filter(|_| dashes == 1);
            if let Some(attached) = short.and_then(|short| bare.strip_prefix(short)) {
                follows = Some(flag);
                let attached = attached.strip_prefix('=').unwrap_or(attached);
                add(&mut redactor, flag, attached);
            }
            // Three letters are enough to tell what a mistyped name was meant to be.
            if flag
                .long
                .get(..3)
                .is_some_and(|start| name.starts_with(start))
            {
                if value.is_empty() {
                    follows = Some(flag);
                }
                add(&mut redactor, flag, value);
                redactor.add(name.strip_prefix(flag.long).unwrap_or_default());
            }
        }
    }
    let mut held = SecretVariables::new();
    for flag in secrets {
        let Some((name, value)) = flag.env.and_then(|name| Some((name, env(name)?))) else {
            continue;
        };
        let text = value.to_string_lossy();
        match flag.long == HEADER {
            true => text
                .split(',')
                .for_each(|one| add(&mut redactor, flag, one)),
            // White space at its end is no part of a token.
            false => redactor.add(text.trim_end()),
        }
        held.push((name, value));
    }
    (redactor, held)
}

/// Adds what was given for a flag, and what of a header is a secret by itself.
fn add(redactor: &mut Redactor, flag: &Flag, value: &str) {
    redactor.add(value);
    if flag.long == HEADER
        && let Some((name, value)) = value.split_once(':')
    {
        redactor.add_header(name, value);
    }
}

/// The tables of a program's commands. 64 are more than there are; one too many panics in every run,
/// so that any test shows it.
struct Tables {
    held: [Flags; 64],
    count: usize,
}

impl Default for Tables {
    fn default() -> Self {
        Tables {
            held: [&[]; 64],
            count: 0,
        }
    }
}

impl Tables {
    fn push(&mut self, table: Flags) {
        self.held[self.count] = table;
        self.count += 1;
    }

    /// Adds the tables of a command and of those behind it. Neighbours that share a common table add it
    /// once.
    fn collect(&mut self, command: &'static Command, shared: &mut Flags) {
        let [own, common] = command.tables();
        if !own.is_empty() {
            self.push(own);
        }
        if !common.is_empty() && !std::ptr::eq(*shared, common) {
            *shared = common;
            self.push(common);
        }
        for child in command.children() {
            self.collect(child, shared);
        }
    }
}
