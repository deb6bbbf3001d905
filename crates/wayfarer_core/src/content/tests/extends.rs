//! `extends`, `add`, `remove`, `abstract`, `replace`.

use super::*;

const BASE: &str = r#"{
    "blade": (abstract: true, weight: 2.0, tags: ["metal", "sharp"], stats: { "hit": 1, "cut": 2 }),
    "sword": (extends: "blade", name: "Sword", damage: (kind: Slashing, amount: 6)),
    "long_sword": (
        extends: "sword",
        name: "Long sword",
        weight: 3.5,
        add: (tags: ["two-handed"], stats: { "cut": 4, "reach": 1 }),
        remove: (tags: [ /* bent */ "sharp"], stats: ["hit"]),
    ),
}"#;

fn item<'a>(content: &'a Content, name: &str) -> &'a Def<ItemDef> {
    content.table::<ItemDef>().get_by_name(name).unwrap()
}

#[test]
fn fields_are_inherited_one_by_one() {
    let content = good(&[("demo/items/a.ron", BASE)]);
    let sword = item(&content, "demo:long_sword");
    assert_eq!(sword.name, "Long sword");
    assert_eq!(sword.weight, 3.5);
    assert_eq!(sword.damage.as_ref().unwrap().amount, 6);
    assert_eq!(sword.damage.as_ref().unwrap().kind, DamageKind::Slashing);
    assert_eq!(sword.tags, ["metal", "two-handed"]);
    let stats: Vec<(&str, i32)> = sword.stats.iter().map(|(k, v)| (k.as_str(), *v)).collect();
    assert_eq!(stats, [("cut", 4), ("reach", 1)]);
    assert_eq!(item(&content, "demo:sword").tags, ["metal", "sharp"]);
    assert_eq!(sword.place().to_string(), "demo/items/a.ron:4:6");
    // What is abstract is nowhere.
    assert_eq!(content.table::<ItemDef>().len(), 2);
}

#[test]
fn a_mistake_in_the_parent_is_one_mistake_at_its_own_place() {
    check_items(
        "{ \"base\": (abstract: true, wieght: 1),\n  \"a\": (extends: \"base\", name: \"A\"),\n  \
           \"b\": (extends: \"base\", name: \"B\", add: (tgas: [\"x\"])),\n  \
           \"c\": (extends: \"base\", name: 3) }",
        &[
            "demo/items/a.ron:1:28 [unknown-field] unknown field `wieght` (did you mean `weight`?)",
            "demo/items/a.ron:3:43 [unknown-field] unknown field `tgas` (did you mean `tags`?)",
            "demo/items/a.ron:4:32 [wrong-value] expected a string, found `3`",
        ],
    );
}

#[test]
fn errors_in_inherited_files_have_their_own_place() {
    let found = bad(&[
        (
            "core/items/base.ron",
            "{\n\n \"base\": (name: \"B\",\n   tags: [\"x\", 3]) }",
        ),
        (
            "demo/pack.ron",
            "(name: \"demo\", version: \"1\", depends: [\"core\"])",
        ),
        (
            "demo/items/a.ron",
            "{ \"a\": (extends: \"core:base\", add: (tags: [\"y\", Z])) }",
        ),
    ]);
    assert_eq!(
        found,
        ["core/items/base.ron:4:16 [wrong-value] expected a string, found `3`",]
    );
    let found = bad(&[
        (
            "core/items/base.ron",
            "{ \"base\": (name: \"B\", tags: [\"x\"]) }",
        ),
        (
            "demo/pack.ron",
            "(name: \"demo\", version: \"1\", depends: [\"core\"])",
        ),
        (
            "demo/items/a.ron",
            "{ \"a\": (extends: \"core:base\", add: (tags: [\"y\", Z])) }",
        ),
    ]);
    assert_eq!(
        found,
        [
            "demo/items/a.ron:1:49 [wrong-value] expected a string, found `Z` \
          (write it in quotes: `\"Z\"`)"
        ]
    );
}

#[test]
fn inherited_references_mean_the_pack_they_were_written_in() {
    let content = good(&[
        (
            "core/items/a.ron",
            "{ \"arrow\": (name: \"A\"), \"bow\": (name: \"B\", ammo: [\"arrow\"]) }",
        ),
        (
            "demo/pack.ron",
            "(name: \"demo\", version: \"1\", depends: [\"core\"])",
        ),
        (
            "demo/items/a.ron",
            "{ \"bolt\": (name: \"C\"),\n \"bow\": (extends: \"core:bow\", add: (ammo: [\"bolt\"])),\n \
              \"sling\": (extends: \"bow\", remove: (ammo: [\"core:arrow\"])) }",
        ),
    ]);
    let names = |item: &str| -> Vec<String> {
        let item = self::item(&content, item);
        item.ammo.iter().map(|r| r.name().to_owned()).collect()
    };
    assert_eq!(names("demo:bow"), ["core:arrow", "demo:bolt"]);
    assert_eq!(names("demo:sling"), ["demo:bolt"]);
}

#[test]
fn wrong_extends() {
    check_items(
        "{ \"sword\": (name: \"S\", tags: [\"x\"]),\n  \"a\": (extends: \"swrod\"),\n  \
           \"b\": (extends: \"b\"),\n  \
           \"x\": (extends: \"z\"), \"y\": (extends: \"x\"), \"z\": (extends: \"y\"),\n  \
           \"after\": (extends: \"y\", nonsense: 1) }",
        &[
            "demo/items/a.ron:2:19 [unknown-parent] there is no item `demo:swrod` to extend \
             (did you mean `demo:sword`?)",
            "demo/items/a.ron:3:19 [extends-cycle] `demo:b` extends itself: demo:b → demo:b",
            "demo/items/a.ron:4:19 [extends-cycle] `demo:x` extends itself: \
             demo:x → demo:z → demo:y → demo:x",
        ],
    );
}

#[test]
fn wrong_changes() {
    check_items(
        "{ \"s\": (name: \"S\", tags: [\"x\"], stats: {\"a\": 1}),\n  \
           \"a\": (name: \"A\", add: (tags: [\"y\"])),\n  \
           \"b\": (extends: \"s\", remove: (tgas: [\"x\"])),\n  \
           \"c\": (extends: \"s\", remove: (tags: [\"y\"])),\n  \
           \"d\": (extends: \"s\", add: (name: \"y\")),\n  \
           \"e\": (extends: \"s\", add: (tags: {\"y\": 1})),\n  \
           \"f\": (extends: \"s\", add: (stats: [\"y\"])),\n  \
           \"g\": (extends: \"s\", remove: (stats: [\"b\"])) }",
        &[
            "demo/items/a.ron:2:26 [bad-change] `add` and `remove` change what `extends` brings in \
             (without `extends`, write the field itself: `tags: …`)",
            "demo/items/a.ron:3:32 [bad-change] no field `tgas` is inherited \
             (did you mean `tags`?)",
            "demo/items/a.ron:4:39 [bad-change] `y` is not in the inherited `tags`",
            "demo/items/a.ron:5:29 [bad-change] `name` is neither a list `[…]` nor a map `{…}` \
             (write the field itself: `name: …`)",
            "demo/items/a.ron:6:35 [bad-change] expected a list `[…]`, as the field is one",
            "demo/items/a.ron:7:36 [bad-change] expected a map `{…}`, as the field is one",
            "demo/items/a.ron:8:40 [bad-change] `b` is not in the inherited `stats`",
        ],
    );
}

#[test]
fn a_long_chain_does_not_overflow_the_stack() {
    let mut text = String::from("{ \"n0\": (name: \"N\")");
    for at in 1..5000 {
        text += &format!(",\n\"n{at}\": (extends: \"n{}\")", at - 1);
    }
    text += "}";
    let content = good(&[("demo/items/a.ron", &text)]);
    assert_eq!(item(&content, "demo:n4999").name, "N");
}
