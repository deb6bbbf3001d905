//! Names of save slots.

use std::fmt;

use thiserror::Error;

/// The longest slot name, in characters.
pub const MAX_SLOT_NAME: usize = 32;

/// Names that Windows keeps for devices, with or without an extension.
const RESERVED: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A checked slot name: 1 to 32 characters of `a-z`, `0-9`, `_` and `-`.
///
/// It becomes part of file names, so nothing else is let through.
///
/// ```
/// use wayfarer_save::store::SlotName;
///
/// assert!(SlotName::new("quick-1").is_ok());
/// assert!(SlotName::new("../secrets").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SlotName(Box<str>);

impl SlotName {
    /// Checks `name`.
    ///
    /// # Errors
    /// [`SlotNameError`] when it is empty, too long, holds another character, or is a name that
    /// Windows keeps for a device.
    pub fn new(name: &str) -> Result<Self, SlotNameError> {
        let refuse = |why| {
            Err(SlotNameError {
                name: name.chars().take(MAX_SLOT_NAME * 2).collect(),
                why,
            })
        };
        if name.is_empty() {
            return refuse("it is empty");
        }
        if name.len() > MAX_SLOT_NAME {
            return refuse("it is longer than 32 characters");
        }
        let allowed =
            |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, b'_' | b'-');
        if !name.bytes().all(allowed) {
            return refuse("only a-z, 0-9, _ and - are allowed");
        }
        if RESERVED.contains(&name) {
            return refuse("Windows keeps that name for a device");
        }
        Ok(Self(name.into()))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SlotName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for SlotName {
    type Err = SlotNameError;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::new(name)
    }
}

/// Why a text is not a slot name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("\"{name}\" cannot name a save slot: {why}")]
pub struct SlotNameError {
    /// The refused text, cut to 64 characters.
    pub name: String,
    /// The rule it breaks.
    pub why: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names_pass() {
        for name in ["a", "auto", "quick_1", "2026-01-01", &"x".repeat(32)] {
            assert!(SlotName::new(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn bad_names_are_refused() {
        for name in [
            "",
            "A",
            "a.b",
            "../a",
            "a/b",
            "a b",
            "é",
            "nul",
            "com1",
            "a\0",
            &"x".repeat(33),
        ] {
            assert!(SlotName::new(name).is_err(), "{name:?}");
        }
    }
}
