//! The content as a whole: tables, hash, checks, derived values.

use proptest::prelude::*;

use super::*;
use crate::id::DefId;

const FILES: &[(&str, &str)] = &[
    (
        "core/items/a.ron",
        "{ \"b\": (name: \"B\"), \"a\": (name: \"A\", stack: 0) }",
    ),
    ("core/spells/a.ron", "// nothing yet\n"),
    ("demo/items/x/c.ron", "{ \"c\": (name: \"C\"),\n}"),
];

#[test]
fn tables() {
    let content = good(FILES);
    let items = content.table::<ItemDef>();
    let names: Vec<&str> = items.iter().map(Def::name).collect();
    assert_eq!(names, ["core:a", "core:b", "demo:c"]);
    let id = DefId::of("core:b");
    assert_eq!(items.get(id).unwrap().id(), id);
    assert!(items.get(id).unwrap().teaches.is_none());
    let index = items.index_of(id).unwrap();
    assert_eq!(items.at(index).unwrap().name(), "core:b");
    assert!(items.get_by_name("core:z").is_none() && items.at(99).is_none());
    assert_eq!(content.name_of(id), Some("core:b"));
    assert_eq!(content.name_of(DefId::of("core:z")), None);
    assert!(content.table::<SpellDef>().is_empty());
    // A warning does not make content bad.
    assert_eq!(
        line(&content.warnings[0]),
        "core/items/a.ron:1:45 [empty-stack] a stack of nothing"
    );
}

#[test]
fn a_kind_that_is_not_registered_is_empty() {
    assert!(Content::default().table::<ItemDef>().is_empty());
    assert!(Content::default().derived::<u8>().is_none());
}

#[test]
fn the_hash_is_that_of_the_texts() {
    let hash = |given: &[(&str, &str)]| good(given).hash();
    let first = hash(FILES);
    let windows: Vec<(String, String)> = FILES
        .iter()
        .map(|(path, text)| {
            (
                (*path).to_owned(),
                format!("\u{feff}{}", text.replace('\n', "\r\n")),
            )
        })
        .collect();
    let windows: Vec<(&str, &str)> = windows.iter().map(|(p, t)| (&**p, &**t)).collect();
    assert_eq!(hash(&windows), first);
    let mut other = FILES.to_vec();
    other[2].1 = "{ \"c\": (name: \"C\")}";
    assert_ne!(hash(&other), first);
    let mut moved = FILES.to_vec();
    moved[2].0 = "demo/items/y/c.ron";
    assert_ne!(hash(&moved), first);
    let content = good(FILES);
    let of_packs: Vec<(&str, usize)> = content
        .pack_hashes()
        .iter()
        .map(|(name, _, _, files)| (name.as_str(), files.len()))
        .collect();
    assert_eq!(of_packs, [("core", 3), ("demo", 2)]);
}

proptest! {
    #[test]
    fn nothing_depends_on_the_order_of_files(order in Just(files(FILES)).prop_shuffle()) {
        let (given, sorted) = (compile(&registry(), &order).unwrap(), good(FILES));
        prop_assert_eq!(given.hash(), sorted.hash());
        prop_assert_eq!(given.pack_hashes(), sorted.pack_hashes());
        let names = |content: &Content| -> Vec<String> {
            content.table::<ItemDef>().iter().map(|def| def.place().to_string()).collect()
        };
        prop_assert_eq!(names(&given), names(&sorted));
    }

    /// Authors type anything; the answer is always content or findings.
    #[test]
    fn no_text_makes_it_panic(text in r#"[\{\}\(\)\[\]"a-c:,/*#!\\ \n0-9éx.-]{0,60}"#) {
        let text = format!("{{ \"a\": (name: \"A\", {text}");
        let _ = build(&[("demo/items/a.ron", &text)]);
    }

    #[test]
    fn no_end_of_file_makes_it_panic(cut in 0usize..400) {
        let text = "{ \"base\": (abstract: true, tags: [\"x\", /* é */ \"y\"]), // end\n \
            \"a\": (extends: \"base\", name: \"A\", damage: Some((kind: Fire(burn: 3), amount: 2)),\n \
            add: (tags: [r#\"z\"#]), remove: (tags: [\"x\"]), price: \"1+2\\u{31}\", stack: 4) }";
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let found = build(&[("demo/items/a.ron", &text[..cut])]);
        prop_assert!(cut == 0 || cut == text.len() || found.is_err());
    }
}

#[test]
fn derived_values_and_checks_run_in_the_order_of_names() {
    #[derive(Debug, PartialEq)]
    struct Total(f32);
    struct Twice(f32);
    let mut registry = registry();
    registry
        .derive("b.twice", |content, _| {
            Some(Twice(content.derived::<Total>()?.0 * 2.0))
        })
        .derive("a.total", |content, _| {
            Some(Total(
                content
                    .table::<ItemDef>()
                    .iter()
                    .map(|item| item.weight)
                    .sum(),
            ))
        })
        .check("heavy", |content, report| {
            for item in content.table::<ItemDef>() {
                if item.weight > content.derived::<Twice>().map_or(0.0, |twice| twice.0) / 4.0 {
                    let message = format!("{} is heavier than the rest", item.name());
                    report.error(item, "heavy", message, None);
                }
            }
        });
    let even = [(
        "demo/items/a.ron",
        "{ \"a\": (name: \"A\", weight: 1),\n \"b\": (name: \"B\", weight: 1) }",
    )];
    let content = compile(&registry, &files(&even)).unwrap();
    assert_eq!(content.derived::<Total>(), Some(&Total(2.0)));
    let uneven = [(
        "demo/items/a.ron",
        "{ \"a\": (name: \"A\", weight: 1),\n \"b\": (name: \"B\", weight: 3) }",
    )];
    let found = compile(&registry, &files(&uneven)).unwrap_err();
    assert_eq!(
        line(&found[0]),
        "demo/items/a.ron:2:3 [heavy] demo:b is heavier than the rest"
    );
}

#[test]
fn a_panic_in_a_check_is_a_finding() {
    let mut registry = registry();
    registry.check("broken", |_, _| panic!("oh no"));
    let found = compile(&registry, &files(FILES)).unwrap_err();
    assert_eq!(found[0].message, "`broken` panicked: oh no");
}

#[test]
fn two_types_for_one_folder() {
    #[derive(Deserialize)]
    struct Other {}
    impl Definition for Other {
        const KIND: &'static str = "items";
    }
    let mut registry = registry();
    registry.register::<ItemDef>();
    assert!(compile(&registry, &[]).is_ok());
    registry.register::<Other>();
    assert_eq!(
        compile(&registry, &[]).unwrap_err()[0].code,
        "kind-conflict"
    );
}

#[test]
fn two_names_with_one_id() {
    // 32 bits: among 300 000 names some ten pairs are to be expected.
    let mut seen = std::collections::HashMap::new();
    let clash = (0..300_000).find_map(|n| {
        let earlier = seen.insert(DefId::of(&format!("demo:n{n}")), n)?;
        Some((earlier, n))
    });
    let (a, b) = clash.unwrap();
    check_items(
        &format!("{{ \"n{a}\": (name: \"A\"),\n  \"n{b}\": (name: \"B\") }}"),
        &[&format!(
            "demo/items/a.ron:{} [id-collision] `demo:n{}` has the same id as `demo:n{}` \
             (rename one of the two)",
            if format!("n{a}") < format!("n{b}") {
                "2:4"
            } else {
                "1:4"
            },
            std::cmp::max(format!("{a}"), format!("{b}")),
            std::cmp::min(format!("{a}"), format!("{b}")),
        )],
    );
}

#[test]
fn references_and_texts_serialise_as_strings() {
    let reference: Ref<ItemDef> = ron::from_str("\"demo:a\"").unwrap();
    assert_eq!(reference.id(), DefId::of("demo:a"));
    assert_eq!(ron::to_string(&reference).unwrap(), "\"demo:a\"");
    assert!(ron::from_str::<Ref<ItemDef>>("\"a\"").is_err());
    let text: Text = ron::from_str("\"1 + 2\"").unwrap();
    assert_eq!(text, "1 + 2");
    assert!(text.span().is_none());
    let number: Spanned<u8> = ron::from_str("7").unwrap();
    assert_eq!(*number, 7);
}

#[test]
fn what_an_entry_can_ask_while_it_is_linked() {
    #[derive(Deserialize)]
    struct Loot {
        #[serde(default)]
        formula: Text,
    }
    impl Definition for Loot {
        const KIND: &'static str = "loot";

        fn link(&mut self, ctx: &mut LinkCtx<'_>) {
            assert!(ctx.exists::<ItemDef>("core:a") && !ctx.exists::<ItemDef>("core:zz"));
            assert_eq!(ctx.names_of::<ItemDef>().count(), 2);
            assert_eq!(ctx.qualify(&self.formula, "x"), "core:x");
            let help = ctx.suggest::<ItemDef>("core:arrwo");
            assert!(ctx.resolve(&Ref::<ItemDef>::new("core:a")));
            assert!(!ctx.resolve(&Ref::<ItemDef>::new("core:none")));
            let at = ctx.place_of(&self.formula).unwrap();
            let message = format!("{} at {at}", ctx.id());
            ctx.error(&self.formula, "test", message, help);
            ctx.warn(Span::NONE, "test", "without a place: the entry's", None);
        }
    }
    let mut registry = registry();
    registry.register::<Loot>();
    let given = files(&[
        (
            "core/items/a.ron",
            "{ \"a\": (name: \"A\"), \"arrow\": (name: \"B\") }",
        ),
        ("core/loot/a.ron", "{ \"l\": (formula: \"1 + 2\") }"),
    ]);
    let found: Vec<String> = compile(&registry, &given)
        .unwrap_err()
        .iter()
        .map(line)
        .collect();
    assert_eq!(
        found,
        [
            "core/loot/a.ron:1:4 [unknown-reference] unknown item `core:none`",
            "core/loot/a.ron:1:19 [test] core:l at core/loot/a.ron:1:19 (did you mean `core:arrow`?)",
            "core/loot/a.ron:1:4 [test] without a place: the entry's",
        ]
    );
}
