//! What players may call their things, and the words for much enchanted ones.

/// Why a name is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadName {
    /// Nothing but space.
    Empty,
    /// Longer than allowed, in letters.
    TooLong,
    /// A letter that does not belong into a name.
    Letter(char),
}

/// A name as it is kept: trimmed, single spaces. Letters and digits of any script, spaces, and
/// `extra` are allowed; nothing that breaks lines, turns the direction of writing or cannot be
/// seen.
///
/// # Errors
/// What is wrong with it.
pub fn checked_name(name: &str, most: usize, extra: &str) -> Result<String, BadName> {
    // What a stranger sends is not even looked at beyond what could be allowed.
    if name.len() > most.saturating_mul(8).max(64) {
        return Err(BadName::TooLong);
    }
    let allowed = |c: char| c.is_alphanumeric() || c == ' ' || extra.contains(c);
    if let Some(letter) = name.chars().find(|&c| !allowed(c)) {
        return Err(BadName::Letter(letter));
    }
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(BadName::Empty);
    }
    if name.chars().count() > most {
        return Err(BadName::TooLong);
    }
    Ok(name)
}

/// The word for something with so many enchantments: that of the highest step reached. `steps` are
/// (from how many, word), ascending.
pub fn word_for(enchantments: usize, steps: &[(u32, String)]) -> Option<&str> {
    let reached = steps
        .iter()
        .take_while(|&&(from, _)| from as usize <= enchantments);
    reached.last().map(|(_, word)| word.as_str())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_checked() {
        let extra = "'-.,!";
        for (name, expected) in [
            ("Widow", Ok("Widow")),
            ("  Old   Widow ", Ok("Old Widow")),
            ("Ærinäs Löffel 2", Ok("Ærinäs Löffel 2")),
            ("Don't", Ok("Don't")),
            ("Don’t", Err(BadName::Letter('’'))),
            ("", Err(BadName::Empty)),
            ("   ", Err(BadName::Empty)),
            ("a\nb", Err(BadName::Letter('\n'))),
            ("a\u{202e}b", Err(BadName::Letter('\u{202e}'))),
            ("a\u{200b}", Err(BadName::Letter('\u{200b}'))),
            ("{item}", Err(BadName::Letter('{'))),
            ("twelve letters and more", Err(BadName::TooLong)),
        ] {
            let checked = checked_name(name, 16, extra);
            assert_eq!(
                checked.as_deref(),
                expected.as_ref().map(|n| *n),
                "{name:?}"
            );
        }
    }

    #[test]
    fn the_more_the_grander() {
        let steps = [
            (1, "magical".to_owned()),
            (3, "enchanted".to_owned()),
            (5, "heavily enchanted".to_owned()),
        ];
        for (count, expected) in [
            (0, None),
            (1, Some("magical")),
            (2, Some("magical")),
            (3, Some("enchanted")),
            (5, Some("heavily enchanted")),
            (50, Some("heavily enchanted")),
        ] {
            assert_eq!(word_for(count, &steps), expected, "{count}");
        }
    }

    proptest! {
        #[test]
        fn what_is_accepted_is_accepted_again(name in ".{0,60}") {
            if let Ok(name) = checked_name(&name, 20, "'-") {
                prop_assert!(name.chars().count() <= 20);
                prop_assert_eq!(checked_name(&name, 20, "'-"), Ok(name.clone()));
            }
        }
    }
}
