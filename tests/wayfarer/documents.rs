//! The documents name what is there: every file, test, step and link.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// Where a path of the tables is; the words are explained on the page.
fn place(path: &str) -> PathBuf {
    let (short, rest) = path.split_once('/').unwrap_or((path, ""));
    let folder = match short {
        "I" => "crates/wayfarer_inventory/tests/wayfarer_inventory".to_owned(),
        "Q" => "crates/wayfarer_equipment/tests/wayfarer_equipment".to_owned(),
        "W" => "tests/wayfarer".to_owned(),
        "D" => "examples/demo/headless/script".to_owned(),
        name => format!("crates/wayfarer_{name}"),
    };
    root().join(folder).join(rest)
}

/// What is named in one row and is not there: files, and tests, steps and groups of the scorecard
/// in the file before them. How many names there are is counted.
fn wrong(row: &str, named: &mut u32) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut text = String::new();
    // Code stands at odd places.
    for (at, part) in row.split('`').enumerate() {
        if at % 2 == 0 {
            let steps = part.split('"').skip(1).step_by(2);
            let missing = steps.filter(|step| !text.contains(&format!("\"{step}\"")));
            wrong.extend(missing.map(str::to_owned));
            if part.contains("scorecard ") {
                text = read(&root().join("benches/benches/scorecard.rs"));
            }
        } else if part.ends_with(".rs") {
            *named += 1;
            text = read(&place(part));
            if text.is_empty() {
                wrong.push(part.to_owned());
            }
        } else if !text.is_empty() && part.chars().all(|c| c == '_' || c.is_ascii_lowercase()) {
            *named += 1;
            let is_test = text.contains(&format!("fn {part}("));
            if !is_test && !text.contains(&format!("(\"{part}\", ")) {
                wrong.push(part.to_owned());
            }
        }
    }
    wrong
}

#[test]
fn every_feature_names_tests_that_exist() {
    let page = read(&root().join("docs/items.md"));
    let mut named = 0;
    for (title, features) in [
        ("### Equipment\n", 22),
        ("### Foundation\n", 15),
        ("## Traps", 0),
    ] {
        let (_, part) = page.split_once(title).unwrap();
        let part = part.split("\n##").next().unwrap();
        let rows: Vec<&str> = part.lines().filter(|line| line.starts_with('|')).collect();
        assert!(rows.len() > 10, "{title}");
        for number in 1..=features {
            let start = format!("| {number} |");
            assert!(
                rows.iter().any(|row| row.starts_with(&start)),
                "{title}{start}"
            );
        }
        for row in rows {
            assert_eq!(wrong(row, &mut named), [""; 0], "{row}");
        }
    }
    assert!(named > 200, "{named}");
}

/// How a heading is linked to: small letters and digits, `-` for blanks.
fn anchor(heading: &str) -> String {
    let heading = heading.trim_start_matches('#').trim().to_lowercase();
    let kept = heading
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let mut pages = vec![];
    for folder in [root().to_owned(), root().join("docs")] {
        let files = fs::read_dir(folder).unwrap();
        let files = files.map(|file| file.unwrap().path());
        pages.extend(files.filter(|file| file.extension().is_some_and(|ending| ending == "md")));
    }
    assert!(pages.len() >= 6, "{pages:?}");
    for page in &pages {
        let text = read(page);
        let links = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split_once(')'));
        for (link, _) in links.filter(|(link, _)| !link.starts_with("http")) {
            let (file, section) = link.split_once('#').unwrap_or((link, ""));
            let target = match file {
                "" => page.clone(),
                file => page.with_file_name(file),
            };
            assert!(target.exists(), "{}: {link}", page.display());
            let target = read(&target);
            let mut headings = target.lines().filter(|line| line.starts_with('#'));
            let found = section.is_empty() || headings.any(|line| anchor(line) == section);
            assert!(found, "{}: {link}", page.display());
        }
    }
}
