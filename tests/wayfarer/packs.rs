//! The shipped packs, and every typo that one can make in them.

use std::collections::BTreeSet;

use wayfarer::core::content::{ContentRegistry, FolderSource, PackSource, SourceFile, compile};

use super::rig;

fn files() -> Vec<SourceFile> {
    FolderSource::new(rig::assets()).read().expect("readable")
}

#[test]
fn the_shipped_packs_have_no_errors_and_no_warnings() {
    let app = rig::game(rig::BY_HAND);
    let registry = app.world().resource::<ContentRegistry>();
    match compile(registry, &files()) {
        Ok(content) => assert!(content.warnings.is_empty(), "{:#?}", content.warnings),
        Err(errors) => panic!(
            "{}",
            errors.iter().map(ToString::to_string).collect::<String>()
        ),
    }
}

/// Words that stand before a colon: field names and keys of maps, with their line.
fn fields(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let mut in_string = false;
    let bytes = text.as_bytes();
    let mut line = 1;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\n' => line += 1,
            b'"' => in_string = !in_string,
            b'/' if !in_string && bytes.get(at + 1) == Some(&b'/') => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            b if !in_string && (b.is_ascii_alphabetic() || b == b'_') => {
                let start = at;
                while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || bytes[at] == b'_') {
                    at += 1;
                }
                let rest = text[at..].trim_start();
                if rest.starts_with(':') {
                    found.push((line, start, text[start..at].to_owned()));
                }
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

/// A typo in any field of any file is an error that names the file and the line.
#[test]
fn a_typo_in_any_field_is_found_in_its_place() {
    let app = rig::game(rig::BY_HAND);
    let registry = app.world().resource::<ContentRegistry>();
    let files = files();
    let mut tried = 0;
    let mut seen = BTreeSet::new();
    for (index, file) in files.iter().enumerate() {
        for (line, start, word) in fields(&file.text) {
            // Each field name once per file: a thousand compilations more would tell no more.
            if !seen.insert((index, word.clone())) {
                continue;
            }
            let mut typo = files.clone();
            typo[index].text.insert(start + 1, 'q');
            if file.pack == "core" {
                // What a later pack replaces is never looked at.
                typo.retain(|other| other.pack == "core");
            }
            let Err(errors) = compile(registry, &typo) else {
                panic!("{}:{line}: `{word}` misspelt went unnoticed", file.path);
            };
            let here = errors.iter().any(|error| {
                error
                    .place
                    .as_ref()
                    .is_some_and(|p| p.file.ends_with(&file.path) && p.line as usize == line)
            });
            assert!(
                here,
                "{}:{line}: `{word}`: {}",
                file.path,
                errors.iter().map(ToString::to_string).collect::<String>()
            );
            tried += 1;
        }
    }
    assert!(tried > 80, "only {tried} fields were tried");
}

/// A reference to nothing is an error with a suggestion.
#[test]
fn an_unknown_reference_names_the_nearest_known_one() {
    let app = rig::game(rig::BY_HAND);
    let registry = app.world().resource::<ContentRegistry>();
    let mut files = files();
    let kit = files
        .iter_mut()
        .find(|file| file.path.starts_with("kits/") && file.text.contains("iron_sword\""))
        .expect("somebody has a sword");
    kit.text = kit.text.replacen("iron_sword\"", "iron_swrod\"", 1);
    let errors = compile(registry, &files).expect_err("an error");
    let text: String = errors.iter().map(ToString::to_string).collect();
    assert!(
        text.contains("iron_swrod") && text.contains("iron_sword`"),
        "{text}"
    );
}

/// Two derived stats that need each other are an error with the way round.
#[test]
fn a_cycle_of_formulas_is_told_with_its_path() {
    let app = rig::game(rig::BY_HAND);
    let registry = app.world().resource::<ContentRegistry>();
    let mut files = files();
    files.push(SourceFile::new(
        "demo",
        "stats/cycle.ron",
        r#"{ "loop": (name: "Loop", stats: {
            "one": (name: "One", formula: "two + 1"),
            "two": (name: "Two", formula: "one * 2"),
        }) }"#,
    ));
    let errors = compile(registry, &files).expect_err("an error");
    let text: String = errors.iter().map(ToString::to_string).collect();
    assert!(
        text.contains("one") && text.contains("two") && text.contains("cycle.ron"),
        "{text}"
    );
}
