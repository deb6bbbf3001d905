//! Content as authors write it, in order and out of order.

#![allow(clippy::unwrap_used, reason = "tests")]

mod app;
mod errors;
mod extends;
mod packs;
mod speed;
mod typos;
mod whole;

use std::collections::BTreeMap;

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize)]
struct ItemDef {
    name: String,
    #[serde(default)]
    weight: f32,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    damage: Option<Damage>,
    #[serde(default)]
    ammo: Vec<Ref<ItemDef>>,
    #[serde(default)]
    teaches: Option<Ref<SpellDef>>,
    /// Digits and `+` only, to have something like a formula.
    #[serde(default)]
    price: Text,
    #[serde(default)]
    stats: BTreeMap<String, i32>,
    #[serde(default)]
    stack: Option<Spanned<u32>>,
}

#[derive(Debug, Deserialize)]
struct Damage {
    kind: DamageKind,
    #[serde(default)]
    amount: u8,
}

#[derive(Debug, Deserialize, PartialEq)]
enum DamageKind {
    Slashing,
    Fire { burn: u8 },
    Mixed(Vec<DamageKind>),
}

impl Definition for ItemDef {
    const KIND: &'static str = "items";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        if let Some(at) = self.price.find(|c: char| !c.is_ascii_digit() && c != '+') {
            let end = self.price.len();
            ctx.error_in(&self.price, at..end, "formula", "not a number", None);
        }
        if let Some(stack) = &self.stack
            && **stack == 0
        {
            ctx.warn(stack, "empty-stack", "a stack of nothing", None);
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SpellDef {
    circle: u8,
}

impl Definition for SpellDef {
    const KIND: &'static str = "spells";
}

fn registry() -> ContentRegistry {
    let mut registry = ContentRegistry::default();
    registry.register::<ItemDef>().register::<SpellDef>();
    registry
}

/// Files as ("pack/path", text). Packs without a `pack.ron` among them get one.
fn files(given: &[(&str, &str)]) -> Vec<SourceFile> {
    let mut files: Vec<SourceFile> = given
        .iter()
        .map(|(path, text)| {
            let (pack, path) = path.split_once('/').unwrap();
            SourceFile::new(pack, path, *text)
        })
        .collect();
    let packs: Vec<String> = files.iter().map(|file| file.pack.clone()).collect();
    for pack in packs {
        if !files.iter().any(|f| f.pack == pack && f.path == "pack.ron") {
            let manifest = format!("(name: \"{pack}\", version: \"1\")");
            files.push(SourceFile::new(pack, "pack.ron", manifest));
        }
    }
    files
}

fn build(given: &[(&str, &str)]) -> Result<Content, Vec<Diagnostic>> {
    compile(&registry(), &files(given))
}

/// Content that must be right.
fn good(given: &[(&str, &str)]) -> Content {
    build(given).unwrap_or_else(|found| {
        let found: Vec<String> = found.iter().map(Diagnostic::render).collect();
        panic!("{}", found.join("\n"))
    })
}

/// The findings in content that must be wrong: `place [code] message (help)`.
fn bad(given: &[(&str, &str)]) -> Vec<String> {
    build(given).unwrap_err().iter().map(line).collect()
}

fn line(found: &Diagnostic) -> String {
    let place = found.place.as_ref().map(ToString::to_string);
    let help = found.help.as_ref().map(|help| format!(" ({help})"));
    format!(
        "{} [{}] {}{}",
        place.unwrap_or_default(),
        found.code,
        found.message,
        help.unwrap_or_default()
    )
}

/// One file of items in pack `demo`, and what is found in it.
#[track_caller]
fn check_items(items: &str, expected: &[&str]) {
    assert_eq!(bad(&[("demo/items/a.ron", items)]), expected, "\n{items}");
}
