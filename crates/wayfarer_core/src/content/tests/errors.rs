//! Each kind of mistake inside a file: place, message, suggestion.

use super::*;

#[test]
fn unknown_fields_are_found_at_every_depth() {
    check_items(
        "{\n  \"a\": (name: \"A\", wieght: 3.5),\n}",
        &["demo/items/a.ron:2:20 [unknown-field] unknown field `wieght` (did you mean `weight`?)"],
    );
    check_items(
        "{ \"a\": (name: \"A\", damage: (kind: Slashing,\n    amonut: 3)) }",
        &[
            "demo/items/a.ron:2:5 [unknown-field] unknown field `amonut` in `Damage` \
           (did you mean `amount`?)",
        ],
    );
    check_items(
        "{ \"a\": (name: \"A\", damage: (kind: Mixed([Slashing, Fire(brun: 3)]))) }",
        &[
            "demo/items/a.ron:1:57 [unknown-field] unknown field `brun` in `Fire` \
           (did you mean `burn`?)",
        ],
    );
}

#[test]
fn unknown_variants() {
    check_items(
        "{ \"a\": (name: \"A\", damage: (kind: Slahsing)) }",
        &[
            "demo/items/a.ron:1:35 [unknown-variant] unknown variant `Slahsing` in `DamageKind` \
           (did you mean `Slashing`?)",
        ],
    );
    check_items(
        "{ \"a\": (name: \"A\", damage: (kind: Ice)) }",
        &[
            "demo/items/a.ron:1:35 [unknown-variant] unknown variant `Ice` in `DamageKind` \
           (possible here: `Slashing`, `Fire`, `Mixed`)",
        ],
    );
}

#[test]
fn missing_and_repeated_fields() {
    check_items(
        "{ \"a\": (weight: 1) }",
        &["demo/items/a.ron:1:4 [missing-field] missing field `name` (add `name: …`)"],
    );
    check_items(
        "{ \"a\": (name: \"A\", damage: (amount: 1)) }",
        &[
            "demo/items/a.ron:1:38 [missing-field] missing field `kind` in `Damage` \
           (add `kind: …`)",
        ],
    );
    check_items(
        "{ \"a\": (name: \"A\",\n weight: 1,\n weight: 2) }",
        &["demo/items/a.ron:3:2 [duplicate-field] field `weight` is written twice"],
    );
}

#[test]
fn wrong_values() {
    for (field, column, expected) in [
        (
            "name: A",
            15,
            "expected a string, found `A` (write it in quotes: `\"A\"`)",
        ),
        (
            "name: \"A\", weight: \"3\"",
            28,
            "expected a number, found `\"3\"`",
        ),
        (
            "name: \"A\", weight: 3.5.2",
            28,
            "expected a number, found `3.5.2`",
        ),
        (
            "name: \"A\", tags: \"x\"",
            26,
            "expected a list `[…]`, found `\"x\"`",
        ),
        (
            "name: \"A\", tags: [\"x\", 7]",
            32,
            "expected a string, found `7`",
        ),
        (
            "name: \"A\", stats: [1]",
            27,
            "expected a map `{…}`, found `[`",
        ),
        (
            "name: \"A\", damage: (kind: \"Fire\")",
            35,
            "expected a name, found `\"Fire\"` (write it without quotes: `Fire`)",
        ),
        (
            "name: \"A\", damage: (kind: Slashing, amount: 300)",
            53,
            "the number `300` is too large or too small here",
        ),
        (
            "name: \"A\", stack: -1",
            28,
            "the number `1` is too large or too small here",
        ),
        (
            "name: \"A\", stack: x",
            27,
            "expected a whole number, found `x`",
        ),
    ] {
        check_items(
            &format!("{{ \"a\": ({field}) }}"),
            &[&format!(
                "demo/items/a.ron:1:{column} [wrong-value] {expected}"
            )],
        );
    }
}

#[test]
fn syntax_errors_do_not_hide_other_files() {
    let found = bad(&[
        (
            "demo/items/a.ron",
            "{\n  \"a\": (name: \"A\"\n  \"b\": (name: \"B\"),\n}",
        ),
        ("demo/items/b.ron", "{ \"c\": (nam: \"C\") }"),
        // Refers to what stands in the broken file: nothing can be said about that.
        (
            "demo/items/c.ron",
            "{ \"d\": (name: \"D\", ammo: [\"a\"]) }",
        ),
        ("demo/spells/s.ron", "{ \"e\": (circle: 1), }}"),
        ("demo/spells/t.ron", "[1, 2]"),
        ("demo/spells/u.ron", "{ flame: (circle: 1) }"),
        ("demo/spells/v.ron", "{ \"x\": (circle: 1"),
    ]);
    assert_eq!(
        found,
        [
            "demo/items/a.ron:3:3 [syntax] expected `,`, found `\"b\"` \
             (a `,` or a closing bracket is missing before this)",
            "demo/items/b.ron:1:9 [unknown-field] unknown field `nam` (did you mean `name`?)",
            "demo/spells/s.ron:1:22 [syntax] `}` follows the end of the value",
            "demo/spells/t.ron:1:1 [wrong-value] expected a map `{…}`, found `[`",
            "demo/spells/u.ron:1:3 [wrong-value] expected a string, found `flame` \
             (write it in quotes: `\"flame\"`)",
            "demo/spells/v.ron:1:18 [syntax] expected `,`, found the end of the file \
             (a `,` or a closing bracket is missing before this)",
        ]
    );
}

#[test]
fn all_mistakes_of_an_entry_at_once() {
    check_items(
        "{ \"a\": (name: \"A\", weihgt: 1, tagz: [], damage: (kind: Fier), ammo: [\"b\"]),\n  \
           \"b c\": (name: \"B\"),\n  \"d\": 5,\n  \"e\": Item(name: \"E\"),\n  \"f\": (name: \"F\", price: \"1+x\") }",
        &[
            "demo/items/a.ron:1:20 [unknown-field] unknown field `weihgt` (did you mean `weight`?)",
            "demo/items/a.ron:1:31 [unknown-field] unknown field `tagz` (did you mean `tags`?)",
            "demo/items/a.ron:1:56 [unknown-variant] unknown variant `Fier` in `DamageKind` \
             (did you mean `Fire`?)",
            "demo/items/a.ron:1:71 [unknown-reference] unknown item `demo:b` \
             (did you mean `demo:a`?)",
            "demo/items/a.ron:2:4 [bad-name] `b c` is no name for an entry \
             (use letters, digits, `_`, `-`, `.` and `/`, as in `iron_sword`)",
            "demo/items/a.ron:3:8 [wrong-value] expected `(`, found `5` \
             (an entry is `(field: value, …)`, without a name)",
            "demo/items/a.ron:4:8 [wrong-value] expected `(`, found `Item` \
             (an entry is `(field: value, …)`, without a name)",
            "demo/items/a.ron:5:30 [formula] not a number",
        ],
    );
}

#[test]
fn references() {
    let found = bad(&[(
        "demo/items/a.ron",
        "{ \"iron_sword\": (name: \"I\"),\n  \"bow\": (name: \"B\", ammo: [\"iron_sword\",\n     \
           \"irn_sword\", \"demo:base\"], teaches: \"iron_sword\"),\n  \"base\": (abstract: true) }",
    )]);
    assert_eq!(
        found,
        [
            "demo/items/a.ron:3:7 [unknown-reference] unknown item `demo:irn_sword` \
             (did you mean `demo:iron_sword`?)",
            "demo/items/a.ron:3:20 [abstract-reference] item `demo:base` is abstract: \
             it exists to be extended",
            "demo/items/a.ron:3:43 [unknown-reference] unknown spell `demo:iron_sword`",
        ]
    );
}

#[test]
fn a_reference_to_a_kind_that_nobody_registered() {
    let mut registry = ContentRegistry::default();
    registry.register::<ItemDef>();
    let given = files(&[(
        "demo/items/a.ron",
        "{ \"a\": (name: \"A\", teaches: \"flame\") }",
    )]);
    let found = compile(&registry, &given).unwrap_err();
    assert_eq!(
        line(&found[0]),
        "demo/items/a.ron:1:30 [unregistered-kind] nothing here knows the kind `spells`, \
         so not `demo:flame` either (add the plugin that registers it)"
    );
}

#[test]
fn places_inside_strings_are_exact_unless_escaped() {
    check_items(
        "{ \"a\": (name: \"A\", price: r#\"12x\"#),\n \"b\": (name: \"B\", price: \"\\u{31}x\") }",
        &[
            "demo/items/a.ron:1:32 [formula] not a number",
            "demo/items/a.ron:2:26 [formula] not a number",
        ],
    );
}

#[test]
fn windows_files_have_the_same_places() {
    check_items(
        "\u{feff}{\r\n  \"a\": (name: \"A\",\r\n    wieght: 3.5),\r\n}",
        &["demo/items/a.ron:3:5 [unknown-field] unknown field `wieght` (did you mean `weight`?)"],
    );
}

#[test]
fn files_cannot_change_the_dialect() {
    check_items(
        "#![enable(unwrap_variant_newtypes)]\n{ \"a\": (name: \"A\") }",
        &[
            "demo/items/a.ron:2:1 [wrong-value] content files cannot switch on extensions with \
           `#![enable(…)]`",
        ],
    );
    good(&[(
        "demo/items/a.ron",
        "#![enable(implicit_some)]\n{ \"a\": (name: \"A\", stack: 3) }",
    )]);
}
