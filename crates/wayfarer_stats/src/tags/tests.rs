//! Tags are hierarchical and counted.

#![allow(clippy::unwrap_used, reason = "tests")]

use wayfarer_core::{content::Ref, id::DefId};

use super::*;
use crate::test_content::{FILES, compile, show};

const TAGS: &str = r#"{
    "condition": (name: "Condition"),
    "condition.poisoned": (name: "Poisoned"),
    "condition.poisoned.badly": (name: "Badly poisoned"),
    "conditional": (name: "Something else"),
}"#;

fn index() -> TagIndex {
    let files: Vec<_> = FILES
        .iter()
        .copied()
        .chain([("tags/all.ron", TAGS)])
        .collect();
    let content = compile(&files).unwrap_or_else(|errors| panic!("{}", show(&errors)));
    content.derived::<TagIndex>().unwrap().clone()
}

fn tag(name: &str) -> DefId {
    DefId::of(&format!("t:{name}"))
}

#[test]
fn a_tag_brings_those_above_it() {
    let tags = Tags::of(&index(), [tag("condition.poisoned.badly")]);
    let cases = [
        ("condition", true),
        ("condition.poisoned", true),
        ("condition.poisoned.badly", true),
        ("conditional", false),
    ];
    for (name, expected) in cases {
        assert_eq!(tags.has(tag(name)), expected, "{name}");
    }
    assert!(!Tags::of(&index(), [tag("condition")]).has(tag("condition.poisoned")));
}

#[test]
fn tags_are_counted() {
    let tags = Tags::of(&index(), [tag("condition.poisoned"), tag("condition")]);
    assert_eq!(tags.count(tag("condition")), 2);
    assert_eq!(tags.count(tag("condition.poisoned")), 1);
}

#[test]
fn queries() {
    let refs = |names: &[&str]| -> Vec<Ref<TagDef>> {
        names
            .iter()
            .map(|name| Ref::new(&format!("t:{name}")))
            .collect()
    };
    let query = |all: &[&str], any: &[&str], none: &[&str]| TagQuery {
        all: refs(all),
        any: refs(any),
        none: refs(none),
    };
    let tags = Tags::of(&index(), [tag("condition.poisoned")]);
    let cases: &[(TagQuery, Option<TagMiss>)] = &[
        (query(&[], &[], &[]), None),
        (query(&["condition"], &[], &[]), None),
        (
            query(&["conditional"], &[], &[]),
            Some(TagMiss::Missing(tag("conditional"))),
        ),
        (query(&[], &["conditional", "condition"], &[]), None),
        (
            query(&[], &["conditional"], &[]),
            Some(TagMiss::Missing(tag("conditional"))),
        ),
        (
            query(&[], &[], &["condition"]),
            Some(TagMiss::Blocked(tag("condition"))),
        ),
    ];
    for (query, expected) in cases {
        assert_eq!(query.miss(&tags), *expected, "{query:?}");
    }
}

#[test]
fn a_tag_needs_the_one_above_it() {
    let tags = r#"{ "condition": (name: "C"), "conditon.prone": (name: "P") }"#;
    let files: Vec<_> = FILES
        .iter()
        .copied()
        .chain([("tags/all.ron", tags)])
        .collect();
    let told = show(&compile(&files).unwrap_err());
    assert_eq!(told.matches("error[").count(), 1, "{told}");
    assert!(told.contains("did you mean `t:condition`"), "{told}");
}
