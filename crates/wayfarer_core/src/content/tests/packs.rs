//! Packs: their own files, their order, and what one may do to another.

use super::*;
use crate::id::DefId;

const CORE: (&str, &str) = (
    "core/items/a.ron",
    "{\n  \"rock\": (name: \"Rock\", weight: 1.0) }",
);
const DEMO: (&str, &str) = (
    "demo/pack.ron",
    "(name: \"demo\", version: \"1\", depends: [\"core\"])",
);

#[test]
fn later_packs_replace_and_patch() {
    let content = good(&[
        CORE,
        DEMO,
        (
            "demo/items/a.ron",
            "{ \"core:rock\": (extends: \"core:rock\", weight: 2.0) }",
        ),
        (
            "zoo/pack.ron",
            "(name: \"zoo\", version: \"1\", depends: [\"demo\"], licence: \"MIT\", title: \"Zoo\")",
        ),
        (
            "zoo/items/a.ron",
            "{ \"core:rock\": (extends: \"core:rock\", tags: [\"x\"]),\n\
               \"pebble\": (extends: \"core:rock\", name: \"Pebble\") }",
        ),
    ]);
    let items = content.table::<ItemDef>();
    let rock = items.get_by_name("core:rock").unwrap();
    assert_eq!(
        (rock.name.as_str(), rock.weight, rock.tags.len()),
        ("Rock", 2.0, 1)
    );
    assert_eq!(rock.place().to_string(), "zoo/items/a.ron:1:4");
    assert_eq!(rock.pack(), "core");
    // Who extends an entry extends its last version.
    assert_eq!(items.get_by_name("zoo:pebble").unwrap().weight, 2.0);
    let order: Vec<&str> = content
        .packs()
        .iter()
        .map(|pack| pack.name.as_str())
        .collect();
    assert_eq!(order, ["core", "demo", "zoo"]);
    assert_eq!(content.packs()[2].title, "Zoo");

    let content = good(&[
        CORE,
        DEMO,
        (
            "demo/items/a.ron",
            "{ \"core:rock\": (replace: true, name: \"Stone\") }",
        ),
    ]);
    let rock = content.table::<ItemDef>().get_by_name("core:rock").unwrap();
    assert_eq!((rock.name.as_str(), rock.weight), ("Stone", 0.0));
}

#[test]
fn nobody_replaces_by_accident() {
    let found = bad(&[
        CORE,
        DEMO,
        (
            "demo/items/a.ron",
            "{ \"core:rock\": (name: \"Stone\"),\n  \"core:rok\": (replace: true, name: \"X\"),\n  \
               \"own\": (name: \"O\", replace: true),\n  \"croe:rock\": (name: \"X\") }",
        ),
        (
            "other/items/a.ron",
            "{ \"core:rock\": (replace: true, name: \"Mine\") }",
        ),
    ]);
    assert_eq!(
        found,
        [
            "demo/items/a.ron:1:4 [not-replaced] `core:rock` is already defined in \
             core/items/a.ron:2:4 (write `replace: true` to replace it, or \
             `extends: \"core:rock\"` to change parts of it)",
            "demo/items/a.ron:2:4 [nothing-to-replace] pack `core` has no item `core:rok` to \
             replace or extend (did you mean `core:rock`?)",
            "demo/items/a.ron:3:31 [nothing-to-replace] there is no earlier `demo:own` to replace \
             (leave `replace` out; it is for entries of other packs, such as `\"core:own\"`)",
            "demo/items/a.ron:4:4 [unknown-pack] pack `croe` is not there \
             (did you mean `core`?)",
            "other/items/a.ron:1:4 [undeclared-pack] pack `other` does not depend on `core` \
             (add `\"core\"` to `depends` in other/pack.ron)",
        ]
    );
}

#[test]
fn one_name_one_definition() {
    let found = bad(&[
        (
            "demo/items/a.ron",
            "{ \"a\": (name: \"A\"),\n  \"a\": (name: \"B\") }",
        ),
        ("demo/items/sub/b.ron", "{ \"demo:a\": (name: \"C\") }"),
    ]);
    assert_eq!(
        found,
        [
            "demo/items/a.ron:2:4 [duplicate-entry] `demo:a` is defined twice (the first one is \
             at demo/items/a.ron:1:4; give one of them another name)",
            "demo/items/sub/b.ron:1:4 [duplicate-entry] `demo:a` is defined twice (the first one \
             is at demo/items/a.ron:1:4; give one of them another name)",
        ]
    );
}

#[test]
fn pack_files() {
    let found = compile(
        &registry(),
        &[
            SourceFile::new("bare", "items/a.ron", "{}"),
            SourceFile::new("typo", "pack.ron", "(name: \"typo\",\n verison: \"1\")"),
            SourceFile::new("other", "pack.ron", "(name: \"othr\", version: \"1\")"),
            SourceFile::new(
                "needs",
                "pack.ron",
                "(name: \"needs\", version: \"1\",\n depends: [\"other\", \"bar\"])",
            ),
            SourceFile::new(
                "bad name",
                "pack.ron",
                "(name: \"bad name\", version: \"1\")",
            ),
        ],
    )
    .unwrap_err();
    let found: Vec<String> = found.iter().map(line).collect();
    assert_eq!(
        found,
        [
            "bad name/pack.ron:1:1 [bad-name] `bad name` is no name for a pack \
             (use letters, digits, `_` and `-`)",
            "bare/pack.ron:1:1 [no-pack-file] pack `bare` has no `pack.ron` \
             (create it: `(name: \"bare\", version: \"0.1.0\")`)",
            "needs/pack.ron:2:22 [unknown-pack] pack `bar` is not there (did you mean `bare`?)",
            "other/pack.ron:1:9 [pack-name] the pack calls itself `othr` \
             (its folder is `other`; the two must be the same)",
            "typo/pack.ron:2:2 [unknown-field] unknown field `verison` in `Manifest` \
             (did you mean `version`?)",
        ]
    );
}

#[test]
fn packs_that_wait_for_each_other() {
    let pack = |name: &str, depends: &str| {
        let text = format!("(name: \"{name}\", version: \"1\",\n depends: [{depends}])");
        SourceFile::new(name, "pack.ron", text)
    };
    let given = [
        pack("a", "\"b\""),
        pack("b", "\"c\""),
        pack("c", "\"d\", \"b\""),
        pack("d", ""),
        pack("e", "\"e\""),
    ];
    let found = compile(&registry(), &given).unwrap_err();
    assert_eq!(
        line(&found[0]),
        "c/pack.ron:2:18 [pack-cycle] packs depend on each other: b → c → b \
         (take one of them out of `depends`)"
    );
    let found = compile(&registry(), &given[4..]).unwrap_err();
    assert!(found[0].message.ends_with("e → e"));
}

#[test]
fn files_in_the_wrong_place() {
    let found = bad(&[
        ("demo/itmes/a.ron", "{}"),
        ("demo/itmes/b.ron", "{}"),
        ("demo/zzz/b.ron", "{}"),
        ("demo/a.ron", "{}"),
    ]);
    assert_eq!(
        found,
        [
            "demo/a.ron:1:1 [misplaced-file] `a.ron` lies outside the folders of kinds \
             (move it to one of: `items`, `spells`)",
            "demo/itmes/a.ron:1:1 [unknown-folder] unknown folder `itmes` (did you mean `items`?)",
            "demo/zzz/b.ron:1:1 [unknown-folder] unknown folder `zzz` \
             (possible here: `items`, `spells`)",
        ]
    );
    let mut registry = registry();
    registry.ignore_folder("zzz");
    assert!(compile(&registry, &files(&[("demo/zzz/b.ron", "not even RON")])).is_ok());
}

#[test]
fn files_given_twice_or_too_large() {
    let huge = " ".repeat(MAX_FILE_BYTES + 1);
    let found = bad(&[
        ("demo/items/a.ron", "{}"),
        ("demo/items/a.ron", "{}"),
        ("demo/items/b.ron", &huge),
    ]);
    assert_eq!(found.len(), 2);
    assert!(found[0].contains("[duplicate-file]"));
    assert!(found[1].contains("[too-large]"));
}

#[test]
fn using_a_pack_without_saying_so_is_a_warning() {
    let content = good(&[
        CORE,
        (
            "demo/items/a.ron",
            "{ \"a\": (name: \"A\", ammo: [\"core:rock\"]) }",
        ),
    ]);
    let warnings: Vec<String> = content.warnings.iter().map(line).collect();
    assert_eq!(
        warnings,
        [
            "demo/items/a.ron:1:28 [undeclared-pack] pack `demo` uses `core:rock` but does not \
          depend on `core` (add `\"core\"` to `depends` in demo/pack.ron)"
        ]
    );
}

/// Whoever writes a pack learns of the mistakes in it, also when another pack replaces the entry.
#[test]
fn mistakes_in_what_is_replaced_are_told() {
    let over = |entry: &str| format!("{{ \"core:rock\": ({entry}) }}");
    let (replace, change) = (
        "replace: true, name: \"Stone\"",
        "extends: \"core:rock\", weight: 2.0",
    );
    for (base, with, expected) in [
        // An unknown field, a wrong value, a formula, a reference that leads nowhere.
        (
            "name: \"Rock\", wieght: 1.0",
            replace,
            "core/items/a.ron:1:26 [unknown-field] unknown field `wieght` (did you mean `weight`?)",
        ),
        (
            "name: \"Rock\", weight: \"heavy\"",
            change,
            "core/items/a.ron:1:34 [wrong-value] expected a number, found `\"heavy\"`",
        ),
        (
            "name: \"Rock\", price: \"1+x\"",
            replace,
            "core/items/a.ron:1:36 [formula] not a number",
        ),
        (
            "name: \"Rock\", teaches: \"fier\"",
            replace,
            "core/items/a.ron:1:36 [unknown-reference] unknown spell `core:fier`",
        ),
        (
            "weight: 1.0",
            replace,
            "core/items/a.ron:1:4 [missing-field] missing field `name` (add `name: …`)",
        ),
    ] {
        let base = format!("{{ \"rock\": ({base}) }}");
        let found = bad(&[
            ("core/items/a.ron", &base),
            DEMO,
            ("demo/items/a.ron", &over(with)),
        ]);
        assert_eq!(found, [expected], "{base}");
    }
    // What is only changed may have left something out, and warnings are of what counts.
    good(&[
        ("core/items/a.ron", "{ \"rock\": (weight: 1.0) }"),
        DEMO,
        (
            "demo/items/a.ron",
            &over("extends: \"core:rock\", name: \"Rock\""),
        ),
    ]);
    let content = good(&[
        (
            "core/items/a.ron",
            "{ \"rock\": (name: \"Rock\", stack: 0) }",
        ),
        DEMO,
        ("demo/items/a.ron", &over(replace)),
    ]);
    assert!(content.warnings.is_empty(), "{:?}", content.warnings);
    // Three versions of one entry: each mistake once, in its own file.
    let found = bad(&[
        ("core/items/a.ron", "{ \"rock\": (name: 1) }"),
        DEMO,
        ("demo/items/a.ron", &over("replace: true, name: 2")),
        (
            "zoo/pack.ron",
            "(name: \"zoo\", version: \"1\", depends: [\"core\", \"demo\"])",
        ),
        ("zoo/items/a.ron", &over("replace: true, name: \"Three\"")),
    ]);
    let places: Vec<&str> = found.iter().filter_map(|f| f.split(' ').next()).collect();
    assert_eq!(places, ["core/items/a.ron:1:18", "demo/items/a.ron:1:38"]);
}

const RENAMED: &[(&str, &str)] = &[
    CORE,
    (
        "demo/pack.ron",
        "(name: \"demo\", version: \"1\", depends: [\"core\"],\n\
          renamed: { \"stone\": \"boulder\", \"boulder\": \"cliff\", \"flint\": \"core:rock\" })",
    ),
    ("demo/items/a.ron", "{ \"cliff\": (name: \"Cliff\") }"),
];

/// Saves know the names that entries had.
#[test]
fn a_renamed_entry_is_found_by_its_old_names() {
    let content = good(RENAMED);
    let items = content.table::<ItemDef>();
    let cliff = DefId::of("demo:cliff");
    for old in ["demo:stone", "demo:boulder", "demo:cliff"] {
        let id = DefId::of(old);
        assert_eq!(items.get(id).map(|def| def.name.as_str()), Some("Cliff"));
        assert_eq!(content.current(id), cliff);
        assert_eq!(content.name_of(id), Some("demo:cliff"));
    }
    let flint = DefId::of("demo:flint");
    assert_eq!(content.current(flint), DefId::of("core:rock"));
    // It is there once, and only its own name is a name.
    assert_eq!(items.len(), 2);
    assert!(items.get_by_name("demo:stone").is_none());
}

#[test]
fn a_rename_that_leads_nowhere_is_an_error() {
    let with = |renamed: &str, items: &str| {
        let pack = format!("(name: \"demo\", version: \"1\",\n renamed: {{ {renamed} }})");
        bad(&[("demo/pack.ron", &pack), ("demo/items/a.ron", items)])
    };
    let cliff = "{ \"cliff\": (name: \"Cliff\") }";
    for (renamed, expected) in [
        (
            "\"cliff\": \"cliff\"",
            "demo/pack.ron:2:14 [bad-rename] `demo:cliff` is still there, so it cannot be renamed \
             (remove the entry, or this line)",
        ),
        (
            "\"stone\": \"clif\"",
            "demo/pack.ron:2:23 [bad-rename] `demo:stone` was renamed to `demo:clif`, which is not \
             there (did you mean `demo:cliff`?)",
        ),
        (
            "\"core:stone\": \"cliff\"",
            "demo/pack.ron:2:14 [bad-rename] `core:stone` is no entry of pack `demo` (a pack renames \
             entries of its own: leave the pack's name out)",
        ),
    ] {
        assert_eq!(with(renamed, cliff), [expected]);
    }
    // In a circle nothing is there.
    let errors = with("\"a\": \"b\", \"b\": \"a\"", cliff);
    assert_eq!(errors.len(), 2, "{errors:?}");
    // Who still uses the old name is told the new one.
    let errors = with(
        "\"stone\": \"cliff\"",
        "{ \"cliff\": (name: \"Cliff\", ammo: [\"stone\"]) }",
    );
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(
        errors[0].ends_with("(it is called `demo:cliff` now)"),
        "{errors:?}"
    );
}
