//! Recipes: what is missing, how likely it works, and what comes of it.

use bevy::prelude::*;
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

pub fn preview(rig: &Rig, who: Entity, order: &CraftItem) -> CraftPreview {
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
