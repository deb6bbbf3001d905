use std::path::Path;

use super::support::{Said, packs, text, wayfarer, write};

fn explain(dir: &Path, character: &str, stat: &str) -> Said {
    write(dir, "character.ron", character);
    let file = dir.join("character.ron");
    wayfarer(&["explain", text(dir), text(&file), stat])
}

const DRESSED: &str = r#"(
    template: "demo:knight",
    base: { "attributes.strength": 18 },
    wear: ["demo:ring_of_strength"],
)"#;

#[test]
fn every_line_has_total_place_and_reason() {
    let dir = packs();
    let said = explain(dir.path(), DRESSED, "strength");
    said.expect(
        0,
        &["Strength 20", "core:attributes.strength", "tier: strong"],
    );
    let line = |part: &str| {
        let found = said.out.lines().find(|line| line.contains(part));
        found.unwrap_or_else(|| panic!("no line with {part}: {}", said.out))
    };
    assert!(line("= 18").contains("Permanent"));
    assert!(line("= 14").contains("demo/sheets/all.ron:2:"));
    assert!(line("= 14").contains("does not count: Permanent does"));
    let counts = line("+2");
    assert!(
        counts.contains("20") && counts.contains("demo/gear/all.ron:"),
        "{counts}"
    );
    assert!(
        line("+1").contains("does not count"),
        "the weaker bonus of a type"
    );
}

#[test]
fn formulas_say_what_they_read() {
    let dir = packs();
    explain(dir.path(), DRESSED, "attributes.strength_mod").expect(
        0,
        &[
            "Strength modifier 5",
            "floor((strength - 10) / 2)",
            "core/stats/all.ron:",
            "reads: Strength 20",
        ],
    );
}

#[test]
fn all_stats_are_listed() {
    let dir = packs();
    let said = explain(dir.path(), DRESSED, "--all");
    said.expect(0, &["core:attributes.strength_mod", "15 / 15", "strong"]);
    assert_eq!(said.out.lines().count(), 3, "{said:?}");
}

#[test]
fn what_is_not_there_has_a_suggestion() {
    let dir = packs();
    let path = dir.path();
    explain(path, DRESSED, "strenght").expect(2, &["did you mean `strength`?"]);
    explain(path, r#"(template: "demo:knigt")"#, "strength").expect(
        2,
        &[
            "there is no character `demo:knigt`",
            "did you mean `demo:knight`?",
        ],
    );
    explain(
        path,
        r#"(template: "demo:knight", wear: ["demo:ring_of_strenght"])"#,
        "strength",
    )
    .expect(2, &["did you mean `demo:ring_of_strength`?"]);
    explain(path, r#"(template: "demo:knight", wera: [])"#, "strength")
        .expect(2, &["character.ron:1:"]);
    wayfarer(&["explain", text(path), "nobody.ron", "strength"])
        .expect(2, &["cannot read `nobody.ron`", "template:"]);
}

#[test]
fn the_rules_of_the_game_hold_here_too() {
    let dir = packs();
    explain(
        dir.path(),
        r#"(template: "demo:knight", wear: ["demo:great_sword"])"#,
        "strength",
    )
    .expect(1, &["cannot be worn", "[skill_gate]"]);
}

#[test]
fn without_rules_nothing_is_explained() {
    let dir = packs();
    write(dir.path(), "demo/items/bad.ron", "{ \"x\": (");
    explain(dir.path(), DRESSED, "strength").expect(1, &["demo/items/bad.ron:1:", "errors"]);
}
