#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use wayfarer_core::{
    content::{ContentAppExt, MemorySource},
    id::DefId,
};

use super::*;
use crate::test_content::app_with;

/// Packs that all have a stat `body.strength`; `town` depends on `folk`, which depends on `base`.
fn pack(source: &MemorySource, name: &str, depends: &str, stats: &str) {
    let manifest = format!(r#"(name: "{name}", version: "1", depends: [{depends}])"#);
    source.set(name, "pack.ron", manifest);
    source.set(name, "stats/all.ron", stats);
}

const BODY: &str = r#"{ "body": (name: "Body", stats: { "strength": (name: "Strength") }) }"#;
const FARMER: &str = r#"{ "farmer": (name: "Farmer", stats: {
    "bare": (name: "Bare", formula: "strength"),
    "half": (name: "Half", formula: "body.strength"),
    "other": (name: "Other", formula: "stranger:body.strength"),
}) }"#;

#[test]
fn a_pack_sees_its_own_first_then_what_it_depends_on_then_strangers() {
    let (mut app, source) = app_with(&[]);
    pack(&source, "base", "", BODY);
    pack(&source, "folk", r#""base""#, "{}");
    pack(&source, "town", r#""folk""#, FARMER);
    pack(&source, "stranger", "", BODY);
    pack(&source, "alone", "", "{}");
    let content = app.load_content_now().unwrap();
    let index = content.derived::<StatIndex>().unwrap();
    let from = |set: &str, name: &str| {
        let found = index.resolve(Some(DefId::of(set)), name);
        found.map(|id| index.name(id))
    };
    let base = Ok("base:body.strength".to_owned());
    let stranger = Ok("stranger:body.strength".to_owned());
    for name in ["strength", "body.strength"] {
        assert_eq!(from("town:farmer", name), base);
        assert_eq!(from("stranger:body", name), stranger);
        assert_eq!(from("base:body", name), base);
        let unsure = index.resolve(None, name).unwrap_err();
        assert_eq!(unsure.help.as_deref(), Some("write the full name"));
    }
    assert_eq!(from("town:farmer", "stranger:body.strength"), stranger);
}

#[test]
fn two_of_the_packs_below_are_still_ambiguous() {
    let (mut app, source) = app_with(&[]);
    pack(&source, "base", "", BODY);
    pack(&source, "other", "", BODY);
    let farmer = r#"{ "f": (name: "F", stats: { "bare": (name: "B", formula: "strength") }) }"#;
    pack(&source, "town", r#""base", "other""#, farmer);
    let errors = app.load_content_now().unwrap_err();
    let messages: Vec<&str> = errors.iter().map(|error| &*error.message).collect();
    assert_eq!(
        messages,
        ["`strength` could mean `base:body.strength` or `other:body.strength`"]
    );
}
