//! Recipes: what is missing, how likely it works, and what comes of it.

use std::collections::BTreeMap;

use bevy::prelude::*;
use proptest::prelude::*;
use wayfarer_core::{content::ActiveContent, ledger::Ledger, prelude::*};
use wayfarer_inventory::{
    craft::{CraftOrder, CraftPreview, Recipes, known_recipes, preview_craft, score_odds},
    facts::{CraftEnded, ToolUsed},
    making::{ItemMakerAppExt, Source},
    prelude::*,
};

use crate::{
    making::{craft, job, note, rig, smith, station, ticks},
    rig::{ANN, BOB, Rig, def},
};

fn preview(rig: &Rig, who: Entity, order: &CraftItem) -> CraftPreview {
    let world = rig.app.world();
    let content = world.resource::<ActiveContent>().0.clone();
    let view = View::of(world, &content, who).unwrap();
    let order = CraftOrder {
        recipe: order.recipe,
        station: order.station,
        pick: order.pick.clone(),
    };
    preview_craft(&view, &order).unwrap()
}

#[test]
fn a_blade_is_made_of_what_was_promised() {
    let (mut done, mut failed) = (0, 0);
    let mut seed = 0;
    while done < 2 || failed < 2 {
        seed += 1;
        assert!(seed < 200, "{done} done, {failed} failed");
        let mut rig = rig();
        rig.app
            .insert_resource(wayfarer_core::dice::WorldSeed(seed));
        let (hero, me) = smith(&mut rig);
        let (_, forge) = station(&mut rig, "smithy", 1.0);
        let order = craft("blade", Some(forge));
        let seen = preview(&rig, hero, &order);
        assert_eq!(seen.refusal, None);
        assert_eq!((seen.chance.hits, seen.chance.of), (80, 100));
        let score = seen.score.unwrap();
        assert_eq!((score.min, score.mean, score.max), (5.5, 30.25, 55.0));
        assert_eq!(seen.seconds, 1.0, "twice as fast at a good forge");
        assert_eq!(
            rig.act(ANN, me, &order).unwrap(),
            job(&rig, hero).map(|job| job.until)
        );
        ticks(&mut rig, 20);
        match note(&rig, hero).as_str() {
            "craft_done" => {
                done += 1;
                assert_eq!((rig.count(hero, "blade"), rig.count(hero, "iron")), (1, 9));
                assert_eq!(rig.count(hero, "slag"), 0);
                assert_eq!(rig.count(hero, "pine"), 1, "the cheaper wood");
            }
            "craft_failed" => {
                failed += 1;
                // Half of three and half of one, rounded up.
                assert_eq!((rig.count(hero, "blade"), rig.count(hero, "iron")), (0, 10));
                assert!((1..=2).contains(&rig.count(hero, "slag")));
                assert_eq!(rig.count(hero, "pine"), 1);
            }
            other => panic!("{other}"),
        }
        assert_eq!((rig.count(hero, "oak"), rig.count(hero, "hammer")), (2, 1));
        let ledger = rig.app.world().resource::<Ledger>();
        let work = ledger
            .iter()
            .find(|e| e.cause.action == "inventory.work")
            .unwrap();
        assert_eq!(work.cause.actor, Some(me), "the ledger knows who made it");
        assert!(!work.rolls.is_empty(), "and what was thrown");
        rig.check_conserved();
    }
}

/// As often as the preview says.
#[test]
fn success_is_as_likely_as_shown() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let (_, forge) = station(&mut rig, "master", 1.0);
    rig.pack.set(
        "t",
        "recipes/b.ron",
        r#"{ "quick": (output: (item: "board"), inputs: [(item: "feather")], chance: 0.37,
            on_fail: (byproducts: [(item: "slag")])) }"#,
    );
    rig.app.load_content_now().unwrap();
    rig.give(hero, "feather", 2000, 0);
    let quick = CraftItem {
        times: 100,
        ..craft("quick", Some(forge))
    };
    for _ in 0..20 {
        assert_eq!(rig.act(ANN, me, &quick).unwrap(), None, "done at once");
    }
    let made = rig.count(hero, "board");
    assert_eq!(made + rig.count(hero, "slag"), 2000);
    // 740 ± 4 standard deviations.
    assert!((654..=826).contains(&made), "{made}");
    rig.check_conserved();
}

#[test]
fn every_reason_for_saying_no() {
    let mut rig = rig();
    let (hero, me) = smith(&mut rig);
    let (_, forge) = station(&mut rig, "smithy", 1.0);
    let (_, far) = station(&mut rig, "smithy", 50.0);
    let (_, altar) = station(&mut rig, "altar", 1.0);
    let (_, farrier) = station(&mut rig, "farrier", 1.0);
    let nobody = Uid::new(u64::MAX).unwrap();
    let sword = rig.give(hero, "sword", 1, 0);
    let blade = |station| craft("blade", station);
    let picking = |uid| CraftItem {
        pick: vec![uid],
        ..blade(Some(forge))
    };
    for (order, code) in [
        (blade(None), "station_missing"),
        (blade(Some(altar)), "station_missing"),
        (blade(Some(me)), "station_missing"),
        (blade(Some(far)), "out_of_reach"),
        (blade(Some(farrier)), "station_refuses"),
        (blade(Some(nobody)), "not_found"),
        (craft("nonsense", None), "template_unavailable"),
        (craft("secret", None), "recipe_unknown"),
        (craft("dear", Some(forge)), "insufficient_funds"),
        (
            CraftItem {
                times: 0,
                ..blade(Some(forge))
            },
            "invalid_amount",
        ),
        (
            CraftItem {
                times: 101,
                ..blade(Some(forge))
            },
            "invalid_amount",
        ),
        (
            CraftItem {
                pick: vec![sword; 65],
                ..blade(Some(forge))
            },
            "invalid_amount",
        ),
        (picking(sword), "not_material"),
        (picking(nobody), "not_found"),
    ] {
        assert_eq!(
            rig.refused(ANN, me, &order).code.as_str(),
            code,
            "{order:?}"
        );
    }
    assert_eq!(
        rig.refused(BOB, me, &blade(Some(forge))).code,
        Code::NOT_OWNER
    );

    let order = blade(Some(forge));
    let strength = |rig: &mut Rig, value: f32| {
        let world = rig.app.world_mut();
        let patch = wayfarer_stats::actions::PatchStat {
            target: me,
            stat: wayfarer_stats::StatId::of("t:body.strength"),
            layer: wayfarer_stats::actions::PatchLayer::Base,
            change: wayfarer_stats::actions::PatchChange::Set(value),
        };
        world.act(PlayerId::LOCAL, None, &patch).unwrap();
    };
    strength(&mut rig, 7.0);
    let gate = rig.refused(ANN, me, &order);
    assert_eq!(gate.code.as_str(), "skill_gate");
    assert_eq!(
        gate.to_string(),
        "skill_gate (stat strength, need 8, have 7)"
    );
    strength(&mut rig, 10.0);

    let hammer = rig
        .bag(hero)
        .iter()
        .find(|i| i.def == def("hammer"))
        .unwrap()
        .uid;
    rig.act(
        ANN,
        me,
        &DropItem {
            item: hammer,
            count: None,
        },
    )
    .unwrap();
    assert_eq!(rig.refused(ANN, me, &order).code.as_str(), "tool_missing");
    assert_eq!(
        preview(&rig, hero, &order).tools,
        [("hammer".to_owned(), None)]
    );
    rig.act(
        ANN,
        me,
        &PickUpItem {
            item: hammer,
            count: None,
            to: None,
        },
    )
    .unwrap();

    let iron = rig
        .bag(hero)
        .iter()
        .find(|i| i.def == def("iron"))
        .unwrap()
        .uid;
    rig.act(
        ANN,
        me,
        &DropItem {
            item: iron,
            count: Some(10),
        },
    )
    .unwrap();
    let short = rig.refused(ANN, me, &order);
    assert_eq!(
        short.to_string(),
        "materials_missing (what Iron, need 3, have 2)"
    );
    let seen = preview(&rig, hero, &order);
    let lines: Vec<_> = seen
        .materials
        .iter()
        .map(|l| (l.label.as_str(), l.need, l.have))
        .collect();
    assert_eq!(lines, [("Iron", 3, 2), ("wood", 1, 1)]);
    assert_eq!(seen.refusal.unwrap().code.as_str(), "materials_missing");
    rig.check_conserved();
}

#[test]
fn without_room_nothing_is_used_up() {
    let mut rig = rig();
    let (hero, me) = smith(&mut rig);
    let (_, forge) = station(&mut rig, "master", 1.0);
    // Bags full of bulky things; a blade would take two.
    rig.give(hero, "rock", 50, 0);
    rig.give(hero, "rock", 10, 1);
    rig.give(hero, "penny", 20, 0);
    rig.act(ANN, me, &craft("dear", Some(forge))).unwrap_err();
    let before = rig.bag(hero).clone();
    let refused = rig.refused(ANN, me, &craft("dear", Some(forge)));
    assert_eq!(refused.code.as_str(), "insufficient_space");
    assert_eq!(*rig.bag(hero), before);
    rig.check_conserved();
}

#[test]
fn the_keeper_works_and_is_paid() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    let (master, forge) = station(&mut rig, "master", 1.0);
    let (_, cheap) = station(&mut rig, "smithy", 1.0);
    rig.give(hero, "iron", 5, 0);
    rig.give(hero, "penny", 20, 0);
    let order = craft("dear", Some(forge));
    let seen = preview(&rig, hero, &order);
    assert_eq!((seen.cost, seen.fee, seen.skill), (7, 5, 14.0));
    rig.act(ANN, me, &order).unwrap();
    assert_eq!(
        (rig.count(hero, "penny"), rig.count(master, "penny")),
        (8, 5)
    );
    assert_eq!((rig.count(hero, "blade"), rig.count(hero, "iron")), (1, 4));
    assert_eq!(
        rig.refused(ANN, me, &order).code.as_str(),
        "insufficient_funds"
    );
    // Where nobody works for others, nobody is paid.
    rig.act(ANN, me, &craft("dear", Some(cheap))).unwrap();
    assert_eq!(rig.count(hero, "penny"), 1);
    rig.check_conserved();
}

#[test]
fn picks_come_first_and_what_is_dear_stays() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "pine", 3, 0);
    let oak = rig.give(hero, "oak", 3, 0);
    rig.give(hero, "idol", 1, 0);
    rig.act(
        ANN,
        me,
        &CraftItem {
            pick: vec![oak],
            ..craft("board", None)
        },
    )
    .unwrap();
    assert_eq!((rig.count(hero, "oak"), rig.count(hero, "pine")), (2, 3));
    rig.act(
        ANN,
        me,
        &CraftItem {
            times: 5,
            pick: vec![oak],
            ..craft("board", None)
        },
    )
    .unwrap();
    // A pick that is used up is no reason to stop.
    assert_eq!((rig.count(hero, "oak"), rig.count(hero, "pine")), (0, 0));
    assert_eq!(rig.count(hero, "board"), 12);
    // What a story needs is wood too, and not for boards.
    assert_eq!(
        rig.refused(ANN, me, &craft("board", None)).code.as_str(),
        "materials_missing"
    );
    assert_eq!(rig.count(hero, "idol"), 1);
    rig.check_conserved();
}

#[test]
fn recipes_are_learned_once() {
    let mut rig = rig();
    let (hero, me) = rig.hero(ANN);
    rig.give(hero, "slag", 3, 0);
    let scroll = rig.give(hero, "scroll", 2, 0);
    let _ = scroll;
    let secret = craft("secret", None);
    assert_eq!(
        rig.refused(ANN, me, &secret).code.as_str(),
        "recipe_unknown"
    );
    let scrolls: Vec<Uid> = rig
        .bag(hero)
        .iter()
        .filter(|i| i.def == def("scroll"))
        .map(|i| i.uid)
        .collect();
    let read = |item| UseItem { item, target: None };
    let all = |rig: &Rig| -> Vec<DefId> {
        let content = rig.app.world().resource::<ActiveContent>().0.clone();
        let known = known_recipes(rig.app.world(), &content, hero);
        known.iter().map(|recipe| recipe.id()).collect()
    };
    let before = all(&rig);
    assert!(before.contains(&def("blade")) && !before.contains(&def("secret")));
    rig.act(ANN, me, &read(scrolls[0])).unwrap();
    assert_eq!(all(&rig).len(), before.len() + 1, "one more");
    assert!(all(&rig).contains(&def("secret")));
    assert_eq!(rig.count(hero, "scroll"), 1, "a scroll crumbles");
    let known = rig.app.world().get::<Recipes>(hero).unwrap();
    assert_eq!(
        known.known.iter().copied().collect::<Vec<_>>(),
        [def("secret")]
    );
    assert_eq!(
        rig.refused(ANN, me, &read(scrolls[1])).code.as_str(),
        "already_known"
    );
    rig.act(ANN, me, &secret).unwrap();
    assert_eq!(rig.count(hero, "band"), 1);
    // Some know it from the beginning.
    let (sage, _) = station(&mut rig, "sage", 0.0);
    assert!(
        rig.app
            .world()
            .get::<Recipes>(sage)
            .unwrap()
            .known
            .contains(&def("secret"))
    );
    rig.check_conserved();
}

#[derive(Resource, Default)]
struct Told(Vec<(Option<f32>, bool)>, u32);

#[derive(serde::Serialize, serde::Deserialize, Debug, PartialEq)]
struct Craftsmanship(u8);

impl ItemExt for Craftsmanship {
    const NAME: &'static str = "test.craftsmanship";
}

#[test]
fn makers_know_how_well_it_was_made() {
    let mut rig = crate::making::with(|app| {
        app.init_resource::<Told>()
            .register_item_ext::<Craftsmanship>()
            .register_item_maker("test", |making, dice, item| {
                if let Some(score) = making.score
                    && making.source == Source::Craft
                {
                    use wayfarer_formula::Roller;
                    item.set_ext(&Craftsmanship(score as u8 + dice.die(1) as u8));
                }
            })
            .add_observer(|ended: On<CraftEnded>, mut told: ResMut<Told>| {
                told.0.push((ended.score, ended.item.is_some()));
            })
            .add_observer(|_: On<ToolUsed>, mut told: ResMut<Told>| told.1 += 1);
    });
    let (hero, me) = smith(&mut rig);
    let (_, forge) = station(&mut rig, "smithy", 1.0);
    rig.act(
        ANN,
        me,
        &CraftItem {
            times: 4,
            ..craft("blade", Some(forge))
        },
    )
    .unwrap();
    ticks(&mut rig, 100);
    let told = rig.app.world().resource::<Told>();
    assert_eq!(
        told.1,
        told.0.len() as u32,
        "a failure wears the hammer too"
    );
    let scores: Vec<u8> = told
        .0
        .iter()
        .filter_map(|(score, made)| {
            assert_eq!(score.is_some(), *made);
            score.map(|score| score as u8 + 1)
        })
        .collect();
    let carried: Vec<u8> = rig
        .bag(hero)
        .iter()
        .filter_map(Item::ext::<Craftsmanship>)
        .map(|c| c.0)
        .collect();
    assert!(!scores.is_empty());
    assert_eq!(carried, scores);
    let content = rig.app.world().resource::<ActiveContent>().0.clone();
    let recipe = content
        .table::<wayfarer_inventory::content::RecipeDef>()
        .get(def("blade"))
        .unwrap();
    let faces = score_odds(recipe, 10.0, 1.0).unwrap();
    assert_eq!((faces.len(), faces[0], faces[99]), (100, 5.5, 55.0));
}

#[test]
fn mistakes_in_recipes_are_told() {
    let with = |text: &str| format!(r#"{{ "x": (output: (item: "board"), {text}) }}"#);
    for (text, code) in [
        (with("inputs: [(count: 2)]"), "material"),
        (with(r#"inputs: [(item: "iron", tag: "wood")]"#), "material"),
        (with(r#"inputs: [(item: "iron", count: 0)]"#), "bad-number"),
        (with(r#"inputs: [(tag: "nonsense")]"#), "unknown-tag"),
        (
            with(r#"inputs: [(item: "iron")], tools: ["nonsense"]"#),
            "unknown-tag",
        ),
        (
            with(r#"inputs: [(item: "iron")], chance: "skil""#),
            "formula",
        ),
        (with(r#"inputs: [(item: "iron")], score: "1d6""#), "dice"),
        (
            with(r#"inputs: [(item: "iron")], on_fail: (lost: 2)"#),
            "bad-number",
        ),
        (
            with(r#"inputs: [(item: "iron")], skill: (stat: "body.nonsense")"#),
            "unknown-stat",
        ),
        (
            with(r#"inputs: [(item: "iron")], byproducts: [(item: "slag", chance: -1)]"#),
            "bad-number",
        ),
    ] {
        let mut rig = rig();
        rig.pack.set("t", "recipes/x.ron", &text);
        let errors = rig.app.load_content_now().unwrap_err();
        assert!(
            errors.iter().any(|error| error.code == code),
            "{text}: {errors:#?}"
        );
    }
    for (text, code) in [
        (r#"{ "x": (name: "X", kinds: []) }"#, "no-kind"),
        (
            r#"{ "x": (name: "X", kinds: ["y"], efficiency: 0) }"#,
            "bad-number",
        ),
        (
            r#"{ "x": (name: "X", kinds: ["y"], skill: 101) }"#,
            "bad-number",
        ),
        (
            r#"{ "x": (name: "X", kinds: ["y"], fee: "prise") }"#,
            "formula",
        ),
    ] {
        let mut rig = rig();
        rig.pack.set("t", "stations/x.ron", text);
        let errors = rig.app.load_content_now().unwrap_err();
        assert!(
            errors.iter().any(|error| error.code == code),
            "{text}: {errors:#?}"
        );
    }
}

/// What happens to a worker.
#[derive(Clone, Debug)]
enum Step {
    Craft(u8, u32),
    Stop,
    Walk(bool),
    Wait(u32),
    Drop(u8),
    Load,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0_u8..4, 1_u32..4).prop_map(|(recipe, times)| Step::Craft(recipe, times)),
        Just(Step::Stop),
        any::<bool>().prop_map(Step::Walk),
        (1_u32..30).prop_map(Step::Wait),
        (0_u8..8).prop_map(Step::Drop),
        Just(Step::Load),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Whoever begins, stops, leaves, drops things, saves and loads: what there is, is what the
    /// ledger says, and materials go only for what is made or spoiled.
    #[test]
    fn nothing_is_lost_in_the_middle(steps in proptest::collection::vec(step(), 1..24)) {
        let mut rig = rig();
        let (_, me) = smith(&mut rig);
        let (_, forge) = station(&mut rig, "smithy", 1.0);
        let mut books = Books::default();
        let find = |rig: &Rig, uid| rig.app.world().resource::<UidIndex>().get(uid).unwrap();
        for step in steps {
            let hero = find(&rig, me);
            match step {
                Step::Craft(which, times) => {
                    let recipe = ["blade", "board", "slow_board", "secret"][usize::from(which)];
                    let order = CraftItem { times, ..craft(recipe, Some(forge)) };
                    let _ = rig.act(ANN, me, &order);
                }
                Step::Stop => {
                    let _ = rig.act(ANN, me, &StopWork);
                }
                Step::Walk(away) => {
                    let at = Position::ground(if away { 40.0 } else { 0.0 }, 0.0);
                    rig.app.world_mut().entity_mut(hero).insert(at);
                }
                Step::Wait(count) => ticks(&mut rig, count),
                Step::Drop(which) => {
                    let item = rig.bag(hero).iter().nth(usize::from(which)).map(|i| i.uid);
                    if let Some(item) = item {
                        rig.act(ANN, me, &DropItem { item, count: Some(1) }).unwrap();
                    }
                }
                Step::Load => {
                    books.close(&mut rig);
                    let before = rig.hash();
                    let saved = wayfarer_core::state::snapshot_world(rig.app.world());
                    let world = rig.app.world_mut();
                    let report = wayfarer_core::state::restore_world(world, &saved);
                    prop_assert!(report.problems.is_empty(), "{report:?}");
                    prop_assert_eq!(rig.hash(), before);
                }
            }
            books.check(&rig);
        }
        books.close(&mut rig);
        prop_assert!(books.spoiled >= 0 && books.spoiled % 2 == 0, "{}", books.spoiled);
    }
}

/// What there was when the ledger was begun anew, and what became of the iron since the start.
#[derive(Default)]
struct Books {
    counts: BTreeMap<DefId, i64>,
    spoiled: i64,
}

impl Books {
    /// Everything that is there, as it must be.
    fn sum(&self, rig: &Rig) -> BTreeMap<DefId, i64> {
        let mut sum = self.counts.clone();
        for entry in rig.app.world().resource::<Ledger>().iter() {
            for movement in &entry.movements {
                let signed = movement.kind.sign() * i64::from(movement.count);
                *sum.entry(movement.def).or_default() += signed;
            }
        }
        sum.retain(|_, count| *count != 0);
        sum
    }

    fn check(&self, rig: &Rig) {
        let found = wayfarer_inventory::audit::audit(rig.app.world());
        assert!(found.twice.is_empty(), "twice: {:?}", found.twice);
        let counts: BTreeMap<DefId, i64> = found
            .counts
            .into_iter()
            .map(|(def, count)| (def, count as i64))
            .collect();
        assert_eq!(counts, self.sum(rig));
    }

    /// Loading forgets the ledger, so what it said is written down: every piece of iron that is
    /// gone went into a blade, or two of three into a failure.
    fn close(&mut self, rig: &mut Rig) {
        self.counts = self.sum(rig);
        let mut ledger = rig.app.world_mut().resource_mut::<Ledger>();
        for movement in ledger.iter().flat_map(|entry| &entry.movements) {
            let count = i64::from(movement.count);
            match movement.kind {
                MovementKind::Consumed if movement.def == def("iron") => self.spoiled += count,
                MovementKind::Crafted if movement.def == def("blade") => self.spoiled -= 3 * count,
                _ => {}
            }
        }
        ledger.forget();
    }
}

/// A bag that has room for what is made, and none for what a failure leaves, is no way out of
/// failures.
#[test]
fn a_full_bag_does_not_undo_failures() {
    let mut rig = rig();
    rig.pack.set(
        "t",
        "recipes/b.ron",
        r#"{ "quick": (output: (item: "board"), inputs: [(item: "feather")], chance: 0,
            on_fail: (byproducts: [(item: "slag")])) }"#,
    );
    rig.pack.set(
        "t",
        "compartments/b.ron",
        r#"{ "two": (name: "Two", max_count: 1) }"#,
    );
    rig.pack.set(
        "t",
        "kits/b.ron",
        r#"{ "smithy": (compartments: ["two"]) }"#,
    );
    rig.app.load_content_now().unwrap();
    let (hero, me) = rig.spawn((Character::new("t:smithy"), Owner(ANN)));
    rig.give(hero, "feather", 2, 0);
    rig.act(ANN, me, &craft("quick", None)).unwrap();
    assert_eq!(note(&rig, hero), "craft_failed");
    assert_eq!(rig.count(hero, "feather"), 1, "the material is gone");
    assert_eq!(rig.count(hero, "slag"), 0);
    rig.check_conserved();
}
