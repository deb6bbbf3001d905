//! Damage and healing in the game.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, ledger::UndoAction, prelude::*, state::state_hash};
use wayfarer_stats::{
    api,
    damage::{
        DamageReceipt, DamageTaken, DealDamage, GiveTemporary, Heal, HealReceipt, Healed,
        ResourceDepleted, preview, preview_healing,
    },
    effects::{ActiveEffects, EffectSpec, apply_effect, remove_all},
    prelude::*,
};

use crate::common::*;

const TYPES: &str = r#"{
    "fire": (name: "Fire", immune: ["fireproof"], resist: ["shielded"], reduction: "luck"),
    "cold": (name: "Cold", share: "health / 100"),
}"#;

const RULES: &str = r#"{ "default": (
    resource: "body.health", temporary: "body.shield",
    healing_share: "luck / 10", healing_blocked_by: ["cursed"],
) }"#;

fn files(rules: &str) -> MemorySource {
    let pack = pack();
    let shield = r#""shield": (name: "Shield", default: 0, resource: (max: "50")), "luck""#;
    pack.set("t", "stats/all.ron", STATS.replacen("\"luck\"", shield, 1));
    let tags = r#"{ "fireproof": (name: "Fireproof"), "shielded": (name: "Shielded"),
        "cursed": (name: "Cursed") }"#;
    pack.set("t", "tags/all.ron", tags);
    let effects = r#"{
        "is_fireproof": (name: "Asbestos", lasts: Forever, grants: ["fireproof"]),
        "is_shielded": (name: "Shield", lasts: Forever, grants: ["shielded"]),
        "is_cursed": (name: "Curse", lasts: Forever, grants: ["cursed"]),
    }"#;
    pack.set("t", "effects/all.ron", effects);
    pack.set("t", "damage_types/all.ron", TYPES);
    pack.set("t", "damage_rules/all.ron", rules);
    pack
}

/// The knight has 22 health, which does not come back.
fn arena() -> (App, Entity, Uid) {
    let (mut app, knight, uid) = game_with(files(RULES));
    let action = patch(uid, "regen", PatchLayer::Base, PatchChange::Set(0.0));
    app.world_mut().act(GM, None, &action).unwrap();
    tick(&mut app, 1);
    (app, knight, uid)
}

fn kind(name: &str) -> DefId {
    DefId::of(&format!("t:{name}"))
}

fn fire(amount: f32) -> Vec<(DefId, f32)> {
    vec![(kind("fire"), amount)]
}

/// Makes the knight what these words say and nothing else.
fn give_tags(app: &mut App, entity: Entity, names: &[&str]) {
    let gave = app.world_mut().transact("test", |txn| {
        for name in ["fireproof", "shielded", "cursed"] {
            remove_all(txn, entity, kind(&format!("is_{name}")))?;
        }
        for name in names {
            apply_effect(txn, entity, &EffectSpec::new(kind(&format!("is_{name}"))))?;
        }
        Ok(())
    });
    gave.unwrap();
}

fn hit(app: &mut App, target: Uid, blow: Vec<(DefId, f32)>) -> DamageReceipt {
    let action = DealDamage { target, blow };
    app.world_mut().act(GM, None, &action).unwrap()
}

fn drain<M: Message>(app: &mut App) -> Vec<M> {
    let mut messages = app.world_mut().resource_mut::<Messages<M>>();
    messages.drain().collect()
}

#[test]
fn a_blow_meets_tags_stats_and_temporary_points() {
    let (mut app, knight, target) = arena();
    let luck = patch(target, "luck", PatchLayer::Base, PatchChange::Set(2.0));
    app.world_mut().act(GM, None, &luck).unwrap();
    give_tags(&mut app, knight, &["shielded"]);
    let points = GiveTemporary {
        target,
        amount: 3.0,
    };
    let given = app.world_mut().act(GM, None, &points);
    assert_eq!(given.map(|receipt| receipt.left), Ok(3.0));
    // (12 - 2) / 2 = 5, of which the shield takes 3.
    let expected = DamageReceipt {
        taken: 2.0,
        absorbed: 3.0,
        overkill: 0.0,
        left: 20.0,
    };
    let before = preview(app.world(), knight, &fire(12.0)).unwrap();
    assert_eq!(hit(&mut app, target, fire(12.0)), expected);
    assert_eq!((before.taken, before.absorbed), (2.0, 3.0));
    assert_eq!(value(&app, knight, "health"), 20.0);
    assert_eq!(value(&app, knight, "shield"), 0.0);
    give_tags(&mut app, knight, &["fireproof"]);
    assert_eq!(hit(&mut app, target, fire(12.0)).taken, 0.0);
    // 20 % of it is taken off at 20 health; nothing else protects.
    let cold = hit(&mut app, target, vec![(kind("cold"), 10.0)]);
    assert_eq!((cold.taken, cold.left), (8.0, 12.0));
}

#[test]
fn formulas_see_resources_as_they_are_now() {
    let (mut app, knight, target) = game_with(files(RULES));
    hit(&mut app, target, fire(12.0));
    assert_eq!(value(&app, knight, "health"), 10.0);
    app.world_mut().resource_mut::<RulesClock>().tick += 100;
    let outcome = preview(app.world(), knight, &[(kind("cold"), 10.0)]).unwrap();
    assert_eq!(outcome.before().have, 15.0);
    assert_eq!(outcome.taken, 8.5);
}

#[test]
fn healing_is_limited_and_can_be_blocked() {
    let (mut app, knight, target) = arena();
    hit(&mut app, target, fire(12.0));
    let heal = |app: &mut App, amount| app.world_mut().act(GM, None, &Heal { target, amount });
    let receipt = |gained, wasted, left| {
        Ok(HealReceipt {
            gained,
            wasted,
            left,
        })
    };
    give_tags(&mut app, knight, &["cursed"]);
    assert_eq!(heal(&mut app, 4.0), receipt(0.0, 0.0, 10.0));
    let told = preview_healing(app.world(), knight, 4.0)
        .unwrap()
        .to_string();
    assert!(told.contains("Cursed [t/damage_rules/all.ron:3:"), "{told}");
    give_tags(&mut app, knight, &[]);
    assert_eq!(heal(&mut app, 4.0), receipt(4.0, 0.0, 14.0));
    let luck = patch(target, "luck", PatchLayer::Base, PatchChange::Set(5.0));
    app.world_mut().act(GM, None, &luck).unwrap();
    assert_eq!(heal(&mut app, 4.0), receipt(2.0, 0.0, 16.0));
    assert_eq!(heal(&mut app, 100.0), receipt(6.0, 44.0, 22.0));
    let inputs = app.world().get::<StatInputs>(knight).unwrap();
    assert_eq!(inputs.current_rows(), [], "full is as if never touched");
}

#[test]
fn temporary_points_stay_at_the_higher_amount() {
    let (mut app, knight, target) = arena();
    for (amount, left) in [(5.0, 5.0), (3.0, 5.0), (8.0, 8.0), (500.0, 50.0)] {
        let action = GiveTemporary { target, amount };
        let receipt = app.world_mut().act(GM, None, &action).unwrap();
        assert_eq!(receipt.left, left);
        assert_eq!(value(&app, knight, "shield"), left);
    }
}

#[test]
fn refusals_change_nothing() {
    let (mut app, knight, target) = arena();
    let stone = app.world_mut().spawn(Character::new("t:stone")).id();
    tick(&mut app, 1);
    let stone = app.world().get::<Identity>(stone).unwrap().0;
    hit(&mut app, target, fire(1.0));
    drain::<DamageTaken>(&mut app);
    let before = state_hash(app.world());
    let nobody = Uid::new(999).unwrap();
    let blow = |target, blow: &[(DefId, f32)]| DealDamage {
        target,
        blow: blow.to_vec(),
    };
    let partly = [(kind("fire"), 5.0), (kind("water"), 5.0)];
    for (player, action, code) in [
        (PLAYER, blow(target, &fire(5.0)), "not_authorised"),
        (GM, blow(nobody, &fire(5.0)), "not_found"),
        (GM, blow(stone, &fire(5.0)), "not_found"),
        (GM, blow(target, &partly), "unknown_damage_type"),
        (GM, blow(target, &fire(-5.0)), "invalid_amount"),
        (GM, blow(target, &fire(f32::NAN)), "invalid_amount"),
        (GM, blow(target, &fire(f32::INFINITY)), "invalid_amount"),
    ] {
        let refusal = app.world_mut().act(player, None, &action).unwrap_err();
        assert_eq!(refusal.code.as_str(), code, "{action:?}");
        assert_eq!(state_hash(app.world()), before, "{action:?}");
    }
    for (player, amount, code) in [
        (PLAYER, 5.0, "not_authorised"),
        (GM, -5.0, "invalid_amount"),
        (GM, f32::NAN, "invalid_amount"),
    ] {
        let heal = Heal { target, amount };
        let refusal = app.world_mut().act(player, None, &heal).unwrap_err();
        assert_eq!(refusal.code.as_str(), code);
        let points = GiveTemporary { target, amount };
        let refusal = app.world_mut().act(player, None, &points).unwrap_err();
        assert_eq!(refusal.code.as_str(), code);
        assert_eq!(state_hash(app.world()), before);
    }
    // A rule that hits and then thinks better of it.
    let refused = app.world_mut().transact("test", |txn| {
        api::deal_damage(txn, knight, None, &fire(5.0), "Test")?;
        Err::<(), _>(Refusal::new(Code::OUT_OF_REACH))
    });
    assert!(refused.is_err());
    assert_eq!(state_hash(app.world()), before);
    assert_eq!(drain::<DamageTaken>(&mut app), [], "nothing is told");
}

#[test]
fn without_rules_nobody_is_hurt() {
    let pack = files(RULES);
    pack.remove("t", "damage_rules/all.ron");
    let (mut app, _, target) = game_with(pack);
    let action = DealDamage {
        target,
        blow: fire(5.0),
    };
    let refusal = app.world_mut().act(GM, None, &action).unwrap_err();
    assert_eq!(refusal.code.as_str(), "damage_not_configured");
    let (mut app, _, target) = game_with(files(r#"{ "default": (resource: "health") }"#));
    let action = GiveTemporary {
        target,
        amount: 5.0,
    };
    let refusal = app.world_mut().act(GM, None, &action).unwrap_err();
    assert_eq!(refusal.code.as_str(), "damage_not_configured");
    assert_eq!(hit(&mut app, target, fire(5.0)).left, 17.0);
    let texts = app.world().resource::<Texts>();
    for code in ["damage_not_configured", "unknown_damage_type"] {
        let key = format!("refusal.{code}");
        assert_ne!(texts.get(&key), key);
    }
}

#[test]
fn what_has_happened_is_told() {
    let (mut app, knight, target) = arena();
    let by = Uid::new(77);
    let strike = |app: &mut App, amount| {
        app.world_mut().transact("test", |txn| {
            api::deal_damage(txn, knight, by, &fire(amount), "Torch")
        })
    };
    strike(&mut app, 20.0).unwrap();
    assert_eq!(drain::<ResourceDepleted>(&mut app), []);
    let outcome = strike(&mut app, 20.0).unwrap();
    assert_eq!((outcome.taken, outcome.overkill), (2.0, 18.0));
    let told = drain::<DamageTaken>(&mut app);
    assert_eq!(told.len(), 2);
    assert_eq!(*told[1].outcome, outcome);
    assert_eq!((told[1].by, &*told[1].cause), (by, "Torch"));
    let depleted = drain::<ResourceDepleted>(&mut app);
    assert_eq!(depleted.len(), 1);
    assert_eq!(
        (depleted[0].entity, depleted[0].stat),
        (knight, stat("health"))
    );
    strike(&mut app, 20.0).unwrap();
    assert_eq!(
        drain::<ResourceDepleted>(&mut app),
        [],
        "it was empty before"
    );
    let action = Heal {
        target,
        amount: 4.0,
    };
    app.world_mut().act(GM, None, &action).unwrap();
    let healed = drain::<Healed>(&mut app);
    assert_eq!((healed.len(), healed[0].outcome.gained), (1, 4.0));
}

#[test]
fn several_blows_in_one_transaction_see_each_other() {
    let (mut app, knight, _) = arena();
    let left = app.world_mut().transact("test", |txn| {
        api::give_temporary(txn, knight, None, 5.0, "Spell")?;
        api::deal_damage(txn, knight, None, &fire(8.0), "Torch")?;
        api::heal(txn, knight, None, 1.0, "Herbs")?;
        api::deal_damage(txn, knight, None, &fire(10.0), "Torch")
    });
    assert_eq!(left.map(|outcome| outcome.left), Ok(10.0));
}

#[test]
fn a_blow_can_be_undone_to_the_bit() {
    let (mut app, knight, target) = arena();
    let action = GiveTemporary {
        target,
        amount: 3.3,
    };
    app.world_mut().act(GM, None, &action).unwrap();
    hit(&mut app, target, fire(8.7));
    let bytes = |app: &App| {
        let inputs = app.world().get::<StatInputs>(knight).unwrap();
        let mut copy = inputs.clone();
        copy.set_revision(0);
        postcard::to_stdvec(&copy).unwrap()
    };
    let steps: [&dyn Fn(&mut App); 3] = [
        &|app| {
            hit(app, target, fire(13.1));
        },
        &|app| {
            hit(
                app,
                target,
                vec![(kind("cold"), 500.0), (kind("fire"), 0.1)],
            );
        },
        &|app| {
            let heal = Heal {
                target,
                amount: 5.7,
            };
            app.world_mut().act(GM, None, &heal).unwrap();
        },
    ];
    for step in steps {
        let before = bytes(&app);
        step(&mut app);
        assert_ne!(bytes(&app), before);
        let ledger = app.world().resource::<Ledger>();
        let sequence = ledger.iter().last().unwrap().sequence;
        let undo = UndoAction { sequence };
        app.world_mut().act(GM, None, &undo).unwrap();
        assert_eq!(bytes(&app), before);
    }
}

#[test]
fn the_owner_can_look_ahead_on_a_client() {
    let (mut host, knight, target) = arena();
    hit(&mut host, target, fire(3.0));
    tick(&mut host, 1);
    give_tags(&mut host, knight, &["shielded"]);
    let mut client = App::new();
    client
        .add_plugins((MinimalPlugins, StatsPlugin))
        .add_pack_source(files(RULES))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .insert_resource(Authority::Client);
    client.load_content_now().unwrap();
    let inputs = host.world().get::<StatInputs>(knight).unwrap();
    let bytes = postcard::to_stdvec(inputs).unwrap();
    let inputs: StatInputs = postcard::from_bytes(&bytes).unwrap();
    let copy = client.world_mut().spawn(inputs).id();
    client.update();
    let effects = host.world().get::<ActiveEffects>(knight).unwrap().clone();
    client.world_mut().entity_mut(copy).insert(effects);
    client.update();
    let blow = [(kind("fire"), 9.0), (kind("cold"), 4.0)];
    let here = preview(client.world(), copy, &blow).unwrap();
    assert_eq!(here, preview(host.world(), knight, &blow).unwrap());
    let stranger = client.world_mut().spawn_empty().id();
    let refusal = preview(client.world(), stranger, &blow).unwrap_err();
    assert_eq!(refusal.code, Code::NOT_FOUND);
}
