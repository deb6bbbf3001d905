//! Texts from other machines end up in panels and logs: short, one line, no tricks.

/// Longest name of a player or a game, in characters.
pub(crate) const MAX_NAME: usize = 32;

/// One printable line of at most `max` characters.
pub(crate) fn clean_line(text: &str, max: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    for c in text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
    {
        if c.is_control() || is_trick(c) || (c == ' ' && (out.is_empty() || out.ends_with(' '))) {
            continue;
        }
        if count == max {
            break;
        }
        out.push(c);
        count += 1;
    }
    out.truncate(out.trim_end().len());
    out
}

/// A name of at most [`MAX_NAME`] characters; `fallback` when nothing printable is left.
pub(crate) fn clean_name(text: &str, fallback: &str) -> String {
    let name = clean_line(text, MAX_NAME);
    if name.is_empty() {
        fallback.to_owned()
    } else {
        name
    }
}

/// Invisible characters, and those that turn the direction of the text around them.
fn is_trick(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{3164}'
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_harmless() {
        let cases = [
            ("Tom", "Tom"),
            ("  Tom \t the\n Bold ", "Tom the Bold"),
            ("\u{202e}gnik", "gnik"),
            ("a\u{200b}b\u{7}c", "abc"),
            ("", "Player"),
            ("\u{2066}\u{3164} \u{0}", "Player"),
            ("Zoë 🐉", "Zoë 🐉"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean_name(text, "Player"), expected, "{text:?}");
        }
        assert_eq!(
            clean_name(&"ß".repeat(500), "Player").chars().count(),
            MAX_NAME
        );
        assert_eq!(clean_line("ab c", 3), "ab");
    }
}
