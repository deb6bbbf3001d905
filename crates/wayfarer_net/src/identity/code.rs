use std::{fmt, str::FromStr};

use ring::rand::{SecureRandom, SystemRandom};
use thiserror::Error;

use super::IdentityError;

/// Letters and digits that are not mistaken for each other when spoken or read.
const ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 8;

/// A short code that a host tells the friends who may join, e.g. `KELP-42` or `7Q2M-XR9D`.
///
/// Case, dashes and spaces do not matter, nor does `O` for `0` and `I` or `L` for `1`. It may be
/// short because it cannot be guessed offline (see the crate's hello) and the host allows few
/// tries per minute.
#[derive(Clone)]
pub struct JoinCode {
    shown: String,
    canonical: String,
}

impl JoinCode {
    /// A random code of 8 characters (39 bits).
    ///
    /// # Errors
    /// [`IdentityError::Crypto`] when the system has no randomness to give.
    pub fn generate() -> Result<Self, IdentityError> {
        let random = SystemRandom::new();
        let mut shown = String::with_capacity(LENGTH + 1);
        let mut letters = 0;
        while letters < LENGTH {
            let mut byte = [0];
            random
                .fill(&mut byte)
                .map_err(|_| IdentityError::Crypto("no randomness".into()))?;
            // 240 is the largest multiple of 30 in a byte: above it the letters were not equally likely.
            if byte[0] >= 240 {
                continue;
            }
            if letters == LENGTH / 2 {
                shown.push('-');
            }
            shown.push(char::from(ALPHABET[usize::from(byte[0]) % ALPHABET.len()]));
            letters += 1;
        }
        let canonical = canonical(&shown);
        Ok(Self { shown, canonical })
    }

    pub(crate) fn secret(&self) -> &[u8] {
        self.canonical.as_bytes()
    }
}

/// Why a text is not a join code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum JoinCodeError {
    /// Below 4 letters and digits anyone guesses it.
    #[error("a join code has at least 4 letters or digits")]
    TooShort,
    /// More than 32 characters.
    #[error("a join code has at most 32 characters")]
    TooLong,
    /// Only letters A–Z, digits, dashes and spaces.
    #[error("a join code has only letters A to Z, digits and dashes, not {0:?}")]
    BadCharacter(char),
}

impl FromStr for JoinCode {
    type Err = JoinCodeError;

    fn from_str(text: &str) -> Result<Self, JoinCodeError> {
        let text = text.trim();
        if text.chars().count() > 32 {
            return Err(JoinCodeError::TooLong);
        }
        let strange = |c: &char| !c.is_ascii_alphanumeric() && !is_separator(*c);
        if let Some(bad) = text.chars().find(strange) {
            return Err(JoinCodeError::BadCharacter(bad));
        }
        let canonical = canonical(text);
        if canonical.len() < 4 {
            return Err(JoinCodeError::TooShort);
        }
        let shown = text
            .chars()
            .map(|c| {
                if is_separator(c) {
                    '-'
                } else {
                    c.to_ascii_uppercase()
                }
            })
            .collect();
        Ok(Self { shown, canonical })
    }
}

fn is_separator(c: char) -> bool {
    // Phones turn a double dash into a long one.
    matches!(c, '-' | ' ' | '_' | '–' | '—')
}

fn canonical(text: &str) -> String {
    text.chars()
        .filter(|c| !is_separator(*c))
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

impl PartialEq for JoinCode {
    fn eq(&self, other: &Self) -> bool {
        self.canonical == other.canonical
    }
}

impl Eq for JoinCode {}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Intents are logged; the code must not be.
        f.write_str("JoinCode(…)")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn typing_is_forgiven() {
        let code: JoinCode = "KELP-42O1".parse().unwrap();
        for typed in ["kelp42o1", " KELP 42 01 ", "ke1p—4-2-0-i", "KELP_42OL"] {
            assert_eq!(typed.parse::<JoinCode>().unwrap(), code, "{typed}");
        }
        assert_ne!("KELP-42O2".parse::<JoinCode>().unwrap(), code);
        assert_eq!(code.to_string(), "KELP-42O1");
        assert!(!format!("{code:?}").contains("KELP"));
    }

    #[test]
    fn bad_codes_say_why() {
        let cases = [
            ("", JoinCodeError::TooShort),
            ("a-b-c", JoinCodeError::TooShort),
            ("käse", JoinCodeError::BadCharacter('ä')),
            ("12\n45", JoinCodeError::BadCharacter('\n')),
            (&"A".repeat(33), JoinCodeError::TooLong),
        ];
        for (text, error) in cases {
            assert_eq!(text.parse::<JoinCode>().unwrap_err(), error, "{text:?}");
        }
    }

    #[test]
    fn generated_codes_are_unambiguous_and_differ() {
        let codes: Vec<_> = (0..50).map(|_| JoinCode::generate().unwrap()).collect();
        for (index, code) in codes.iter().enumerate() {
            let shown = code.to_string();
            assert_eq!(shown.len(), 9);
            assert!(!shown.contains(['0', 'O', '1', 'I', 'L', 'U']), "{shown}");
            assert_eq!(&shown.to_lowercase().parse::<JoinCode>().unwrap(), code);
            assert!(!codes[..index].contains(code));
        }
    }
}
