//! The prompt for a password, on a pseudo-terminal.
