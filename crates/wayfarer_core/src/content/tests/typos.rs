//! A typing mistake in any field name, choice or reference of a file is found where it is.

use super::*;

const SAMPLE: &str = r#"{
    "base": (
        abstract: true,
        weight: 2.5,
    ),
    "full": (
        extends: "base",
        name: "Full",
        damage: (
            kind: Mixed([
                Slashing,
                Fire(burn: 2),
            ]),
            amount: 4,
        ),
        ammo: ["other"],
        teaches: "flame",
        price: "12",
        stats: {
            "agility": 3,
        },
        stack: 20,
        add: (
            tags: ["steel"],
        ),
    ),
    "other": (
        name: "Other",
        tags: ["x"],
    ),
}"#;

/// Words that may be anything: entry names that nobody uses, texts, map keys.
const FREE: [&str; 7] = ["full", "Full", "Other", "agility", "steel", "x", "true"];

#[test]
fn every_word_is_checked() {
    let spells = ("demo/spells/a.ron", "{ \"flame\": (circle: 1) }");
    good(&[("demo/items/a.ron", SAMPLE), spells]);
    let mut checked = 0;
    let mut start = 0;
    while let Some(at) = SAMPLE[start..].find(|c: char| c.is_ascii_alphabetic()) {
        let at = start + at;
        let rest = &SAMPLE[at..];
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap()];
        start = at + word.len();
        if FREE.contains(&word) {
            continue;
        }
        // Twice the last letter, and two letters swapped.
        let last = &word[word.len() - 1..];
        let swapped = format!("{}{}{}", &word[1..2], &word[..1], &word[2..]);
        for typo in [format!("{word}{last}"), swapped] {
            let text = format!("{}{typo}{}", &SAMPLE[..at], &SAMPLE[start..]);
            let found = build(&[("demo/items/a.ron", &text), spells]).unwrap_err();
            // Where a name is misspelt, those who use it are told; where a use is, the use itself.
            let is_name = SAMPLE[start..].starts_with("\": (");
            let at = match word {
                "base" if is_name => SAMPLE.rfind("base").unwrap(),
                "other" if is_name => SAMPLE.find("other").unwrap(),
                _ => at,
            };
            let line = 1 + SAMPLE[..at].matches('\n').count() as u32;
            let column = (at - SAMPLE[..at].rfind('\n').unwrap()) as u32;
            let expected = format!("demo/items/a.ron:{line}:{column}");
            let places: Vec<String> = found
                .iter()
                .filter_map(|d| Some(d.place.as_ref()?.to_string()))
                .collect();
            assert!(
                places.contains(&expected),
                "{word} → {typo}: {expected} not in {}",
                found
                    .iter()
                    .map(Diagnostic::render)
                    .collect::<Vec<_>>()
                    .join("\n")
            );
            checked += 1;
        }
    }
    assert!(checked >= 50, "{checked}");
}
