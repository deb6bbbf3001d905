//! Wear: uses, rounds of combat, blows, weather; and what is done with what is nothing.

use wayfarer_core::{
    prelude::*,
    state::{restore_world, snapshot_world},
};
use wayfarer_equipment::{
    content::{MaterialDef, WearRulesDef},
    durability::{Expose, LatelyWorn, outlook},
    ext::Usage,
    prelude::*,
};
use wayfarer_inventory::{audit::audit, prelude::*};

use crate::gear_rig::{Gear, packs};

fn use_it(rig: &mut Gear, item: Uid, usage: UseOfGear<'_>) -> Result<u32, Refusal> {
    let hero = rig.hero;
    let world = rig.app.world_mut();
    world.transact("test.use", |txn| use_gear(txn, hero, item, &usage))
}

fn round(rig: &Gear, combat: u64, round: u32) -> CombatRoundEnded {
    let me = Participant {
        hits: 1,
        criticals: 0,
        ..Participant::new(rig.me)
    };
    CombatRoundEnded {
        combat,
        round,
        participants: vec![me],
    }
}

fn within(amount: u32, middle: f32, variance: f32) -> bool {
    let amount = amount as f32;
    amount >= (middle * (1.0 - variance)).floor() && amount <= (middle * (1.0 + variance)).ceil()
}

#[test]
fn the_wear_rules_are_shipped() {
    let content = Gear::new().content();
    let rules = WearRulesDef::in_force(&content).unwrap();
    for (kind, factor) in [
        ("light", 0.5),
        ("normal", 1.0),
        ("heavy", 1.5),
        ("extreme", 2.0),
        ("critical_hit", 2.5),
        ("blocking", 1.2),
        ("parrying", 1.3),
        ("environmental", 0.8),
    ] {
        assert_eq!(rules.uses.get(kind), Some(&factor), "{kind}");
    }
    for (group, per_action, exposure) in [
        ("weapon", 0.5, 0.02),
        ("armor", 0.2, 0.015),
        ("shield", 0.3, 0.01),
        ("accessory", 0.1, 0.005),
    ] {
        let group = rules.groups.get(group).unwrap();
        assert_eq!((group.per_action, group.exposure), (per_action, exposure));
    }
    assert_eq!(rules.groups["weapon"].critical, 2.0);
    assert_eq!(rules.groups["armor"].per_damage, 0.05);
    assert_eq!(rules.groups["shield"].per_block, 0.2);
    assert_eq!((rules.variance, rules.taken_off_seconds), (0.2, 10.0));
    for (place, factor) in [
        ("normal", 1.0),
        ("humid", 1.2),
        ("dry", 0.8),
        ("cold", 1.5),
        ("heat", 1.3),
        ("rain", 1.3),
        ("desert", 1.4),
        ("swamp", 1.5),
        ("magic", 1.6),
        ("underground", 0.9),
    ] {
        assert_eq!(rules.environments.get(place), Some(&factor), "{place}");
    }
    for (material, exposure) in [
        ("metal", 1.0),
        ("leather", 1.3),
        ("cloth", 1.5),
        ("wood", 1.2),
        ("magical", 0.7),
        ("starmetal", 0.3),
        ("moonsilver", 0.4),
    ] {
        let table = content.table::<MaterialDef>();
        let def = table.get_by_name(&format!("core:{material}")).unwrap();
        assert_eq!(def.exposure_factor, exposure, "{material}");
    }
}

#[test]
fn uses_wear_by_tier_kind_and_luck() {
    for (tier, kind, critical, middle, variance) in [
        ("basic", "normal", false, 595.2, 0.3),
        ("basic", "light", false, 297.6, 0.3),
        ("basic", "normal", true, 1190.5, 0.3),
        ("military", "normal", false, 297.6, 0.25),
        ("military", "heavy", true, 803.6, 0.25),
        ("elite", "normal", false, 148.8, 0.2),
        ("masterwork", "parrying", false, 154.8, 0.2),
    ] {
        let mut rig = Gear::new();
        let item = rig.give("sword", 1);
        rig.set_quality(item, tier);
        let mut last = 100_000;
        let mut seen = Vec::new();
        for _ in 0..30 {
            let usage = UseOfGear {
                kind,
                critical,
                cause: None,
            };
            let left = use_it(&mut rig, item, usage).unwrap();
            assert!(
                within(last - left, middle, variance),
                "{tier} {kind}: {}",
                last - left
            );
            seen.push(last - left);
            last = left;
        }
        seen.sort_unstable();
        seen.dedup();
        assert!(seen.len() > 5, "{tier} {kind}: luck varies: {seen:?}");
        assert_eq!(rig.left(item), last);
    }
}

#[test]
fn the_same_use_wears_once() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let usage = |cause| UseOfGear {
        cause: Some(cause),
        ..Default::default()
    };
    let left = use_it(&mut rig, item, usage(7)).unwrap();
    assert!(left < 100_000);
    let hash = state_hash(rig.app.world());
    assert_eq!(use_it(&mut rig, item, usage(7)).unwrap(), left);
    assert_eq!(state_hash(rig.app.world()), hash);
    assert!(use_it(&mut rig, item, usage(8)).unwrap() < left);
    // And after a restart.
    let record = snapshot_world(rig.app.world());
    let mut other = Gear::new();
    restore_world(other.app.world_mut(), &record);
    let index = other.app.world().resource::<UidIndex>();
    other.hero = index.get(rig.me).unwrap();
    other.me = rig.me;
    let left = other.left(item);
    assert_eq!(use_it(&mut other, item, usage(8)).unwrap(), left);
}

#[test]
fn what_can_not_be_used_wears_no_more() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let code = |result: Result<u32, Refusal>| result.unwrap_err().code.to_string();
    let odd = UseOfGear {
        kind: "sideways",
        ..Default::default()
    };
    assert_eq!(code(use_it(&mut rig, item, odd)), "unknown_use");
    rig.set_left(item, 4_999);
    assert_eq!(
        code(use_it(&mut rig, item, UseOfGear::default())),
        "too_worn"
    );
    rig.set_left(item, 5_000);
    use_it(&mut rig, item, UseOfGear::default()).unwrap();
    // What is no gear does not wear.
    let iron = rig.give("iron", 5);
    assert_eq!(use_it(&mut rig, iron, odd), Ok(100_000));
}

#[test]
fn tools_wear_when_they_are_used() {
    let mut rig = Gear::new();
    let hoe = rig.give("hoe", 1);
    let dig = UseItem {
        item: hoe,
        target: None,
    };
    rig.act(&dig).unwrap();
    rig.ticks(1);
    assert!(within(100_000 - rig.left(hoe), 595.2, 0.3));
    rig.set_left(hoe, 4_000);
    assert_eq!(rig.refused(&dig), "too_worn");
}

#[test]
fn a_round_wears_once_however_often_it_is_told() {
    let mut rig = Gear::new();
    let items = ["sword", "plate", "shield", "ring"].map(|name| {
        let item = rig.give(name, 1);
        rig.wear(item)
    });
    let [sword, plate, shield, ring] = items;
    let first = round(&rig, 1, 1);
    // As a message, as an event, and again.
    rig.app.world_mut().write_message(first.clone());
    rig.app.world_mut().trigger(first.clone());
    rig.ticks(1);
    let lost = |rig: &Gear| items.map(|item| 100_000 - rig.left(item));
    let once = lost(&rig);
    // The plate is twice as tough as others.
    for (item, middle) in [
        (sword, 500.0),
        (plate, 100.0),
        (shield, 300.0),
        (ring, 100.0),
    ] {
        let lost = 100_000 - rig.left(item);
        assert!(within(lost, middle, 0.2), "{lost} of {middle}");
    }
    for _ in 0..3 {
        rig.app.world_mut().trigger(first.clone());
        rig.ticks(1);
    }
    assert_eq!(lost(&rig), once);
    // Another round wears, also one that comes late; another combat has rounds of its own.
    for (combat, number) in [(1, 3), (1, 2), (2, 1)] {
        let before = rig.left(sword);
        let ended = round(&rig, combat, number);
        rig.app.world_mut().trigger(ended.clone());
        rig.app.world_mut().trigger(ended);
        rig.ticks(1);
        assert!(
            within(before - rig.left(sword), 500.0, 0.2),
            "{combat} {number}"
        );
    }
    // Kept over a restart.
    let record = snapshot_world(rig.app.world());
    restore_world(rig.app.world_mut(), &record);
    rig.hero = rig.app.world().resource::<UidIndex>().get(rig.me).unwrap();
    let now = lost(&rig);
    rig.app.world_mut().trigger(first);
    rig.ticks(1);
    assert_eq!(lost(&rig), now);
}

#[test]
fn rounds_are_told_of_anybody_and_anything() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let sword = rig.wear(item);
    let mut ended = round(&rig, 5, 1);
    let stranger = Participant::new(Uid::new(u64::MAX).unwrap());
    let wild = Participant {
        actions: u32::MAX,
        criticals: u32::MAX,
        damage: f32::NAN,
        intensity: f32::INFINITY,
        ..stranger.clone()
    };
    ended.participants.splice(0..0, [stranger, wild]);
    ended.participants[2].criticals = 1;
    rig.app.world_mut().trigger(ended);
    rig.ticks(1);
    assert!(
        within(100_000 - rig.left(sword), 1000.0, 0.2),
        "a critical one counts twice"
    );
}

#[test]
fn blows_wear_armour_and_not_swords() {
    for by_round in [false, true] {
        let pack = if by_round {
            let pack = packs(&["wear_rules"]);
            let rules = include_str!("../../../../assets/core/wear_rules/default.ron");
            let rules = rules.replace("ByHit", "ByRound");
            pack.set("core", "wear_rules/default.ron", &rules);
            pack
        } else {
            packs(&[])
        };
        let mut rig = Gear::with(pack);
        let [sword, plate] = ["sword", "plate"].map(|name| {
            let item = rig.give(name, 1);
            rig.wear(item)
        });
        let hero = rig.hero;
        let world = rig.app.world_mut();
        let hurt = world.transact("test.hurt", |txn| {
            let blow = [(DefId::of("core:slashing"), 20.0)];
            wayfarer_stats::damage::deal_damage(txn, hero, None, &blow, "test")
        });
        let taken = hurt.unwrap().taken;
        assert!(taken > 0.0);
        rig.ticks(1);
        let by_hit = 100_000 - rig.left(plate);
        // 0.05 % a point, halved by toughness.
        let middle = taken * 25.0;
        assert_eq!(rig.left(sword), 100_000);
        let mut ended = round(&rig, 1, 1);
        ended.participants[0].actions = 0;
        ended.participants[0].damage = taken;
        rig.app.world_mut().trigger(ended);
        rig.ticks(1);
        let both = 100_000 - rig.left(plate);
        assert!(
            within(both, middle, 0.2),
            "once, not twice: {both} of {middle}"
        );
        assert_eq!(by_hit, if by_round { 0 } else { both });
    }
}

#[test]
fn undressing_does_not_save_the_armour() {
    let mut rig = Gear::new();
    let item = rig.give("plate", 1);
    let plate = rig.wear(item);
    let off = UnequipItem {
        slot: DefId::of("core:chest"),
        compartment: None,
    };
    rig.act(&off).unwrap();
    let ended = round(&rig, 1, 1);
    rig.app.world_mut().trigger(ended);
    rig.ticks(1);
    let left = rig.left(plate);
    assert!(within(100_000 - left, 100.0, 0.2));
    // A tick before ten seconds are over it still does; then no more.
    rig.ticks(197);
    for (number, wears) in [(2, true), (3, false)] {
        let before = rig.left(plate);
        let ended = round(&rig, 1, number);
        rig.app.world_mut().trigger(ended);
        rig.ticks(1);
        assert_eq!(rig.left(plate) < before, wears, "round {number}");
    }
    let lately = rig.app.world().get::<LatelyWorn>(rig.hero).unwrap();
    let now = rig.app.world().resource::<RulesClock>().tick;
    assert_eq!(lately.0, [(plate, now)]);
}

#[test]
fn what_is_nothing_falls_off_and_is_not_lost() {
    for full in [false, true] {
        let mut rig = Gear::new();
        let item = rig.give("sword", 1);
        let sword = rig.wear(item);
        if full {
            rig.give("anvil", 1);
        }
        let before = audit(rig.app.world());
        assert_eq!(rig.stat("attack"), 15.0);
        let hero = rig.hero;
        let worn_out = rig.app.world_mut().transact("test.wear", |txn| {
            let cause = wayfarer_equipment::durability::WearCause::Other;
            wayfarer_equipment::durability::wear_out(txn, hero, sword, u32::MAX, cause)
        });
        assert_eq!(worn_out, Ok(0));
        rig.ticks(1);
        let item = rig.item(sword);
        let place = if full { Place::Overflow } else { Place::In(0) };
        assert_eq!(item.place, place);
        assert_eq!((rig.stat("attack"), rig.stat("speed")), (10.0, 30.0));
        assert_eq!(audit(rig.app.world()), before);
        let look = rig.app.world().get::<WornLook>(hero).unwrap();
        assert_eq!(look.worn_in(DefId::of("core:main_hand")), None);
        let broken = rig
            .app
            .world()
            .resource::<bevy::prelude::Messages<GearBroken>>();
        assert_eq!(broken.len(), 1);
    }
}

#[test]
fn what_breaks_in_a_round_gives_nothing_in_the_same_tick() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let sword = rig.wear(item);
    rig.set_left(sword, 10_100);
    rig.ticks(1);
    assert_eq!(rig.stat("attack"), 13.0);
    let ended = round(&rig, 1, 1);
    rig.app.world_mut().trigger(ended);
    rig.ticks(1);
    assert!(rig.left(sword) < 10_000);
    assert_eq!(rig.stat("attack"), 10.0);
}

#[test]
fn weather_wears_by_the_hour_of_the_world() {
    let mut rig = Gear::new();
    let items = ["sword", "robe", "shield", "ring"].map(|name| {
        let item = rig.give(name, 1);
        rig.wear(item)
    });
    let out = |environment: &str| Expose {
        environment: Some(environment.to_owned()),
    };
    assert_eq!(
        rig.act(&out("rain")).unwrap_err().code,
        Code::NOT_AUTHORISED
    );
    assert_eq!(rig.host(&out("hail")).unwrap_err().code, Code::NOT_FOUND);
    // An hour of the world is a minute of play; under a roof nothing happens in it.
    rig.ticks(1300);
    assert!(items.iter().all(|&item| rig.left(item) == 100_000));
    rig.host(&out("swamp")).unwrap();
    rig.ticks(1199);
    assert!(items.iter().all(|&item| rig.left(item) == 100_000));
    rig.ticks(2);
    let [sword, robe, shield, ring] = items;
    // Metal 1, cloth 1.5, wood 1.2, nothing in particular 1; the swamp 1.5.
    for (item, middle) in [(sword, 30.0), (robe, 33.75), (shield, 18.0), (ring, 7.5)] {
        let lost = 100_000 - rig.left(item);
        assert!(within(lost, middle, 0.2), "{lost} of {middle}");
    }
    let before = items.map(|item| rig.left(item));
    rig.host(&Expose { environment: None }).unwrap();
    rig.ticks(2500);
    assert_eq!(items.map(|item| rig.left(item)), before);
}

#[test]
fn the_outlook_is_what_the_past_was() {
    let mut rig = Gear::new();
    let item = rig.give("sword", 1);
    let content = rig.content();
    let now = outlook(rig.app.world(), &content, &rig.item(item)).unwrap();
    assert_eq!((now.uses, now.days, now.name.as_str()), (None, None, "Low"));
    // A day of the world is 24 minutes: 28 800 ticks.
    for (wear, left, days, name) in [
        (10_000, 90_000, 9.0, "Low"),
        (10_000, 70_000, 7.0, "Medium"),
        (10_000, 30_000, 3.0, "High"),
        (10_000, 10_000, 1.0, "Critical"),
    ] {
        rig.set_left(item, left);
        let usage = Usage {
            uses: 20,
            wear,
            since: 0,
            last: 0,
        };
        rig.set(item, Some(&usage));
        let now = outlook(rig.app.world(), &content, &rig.item(item)).unwrap();
        assert_eq!((now.days, now.name.as_str()), (Some(days), name));
        assert_eq!(now.uses, Some(f64::from(left) * 20.0 / 10_000.0));
    }
    let iron = rig.give("iron", 1);
    assert_eq!(outlook(rig.app.world(), &content, &rig.item(iron)), None);
    // A used thing knows what it has been through.
    rig.set_left(item, 100_000);
    rig.set::<Usage>(item, None);
    let left = use_it(&mut rig, item, UseOfGear::default()).unwrap();
    let usage = rig.item(item).ext::<Usage>().unwrap();
    assert_eq!((usage.uses, usage.wear), (1, u64::from(100_000 - left)));
}

#[test]
fn packs_are_told_what_is_wrong_with_wear() {
    for (gear, code) in [
        (
            r#"{ "ring": (slots: ["core:neck"], wear: "wepon") }"#,
            "unknown-group",
        ),
        (
            r#"{ "iron": (slots: ["core:neck"], wear: "weapon") }"#,
            "wearing-stack",
        ),
        (
            r#"{ "ring": (slots: ["core:neck"], durability: 0) }"#,
            "bad-number",
        ),
    ] {
        let pack = packs(&[]);
        pack.set("t", "gear/a.ron", gear);
        let mut app = bevy::prelude::App::new();
        app.add_plugins((bevy::prelude::MinimalPlugins, EquipmentPlugin))
            .add_pack_source(pack);
        let errors = app.load_content_now().unwrap_err();
        assert!(errors.iter().any(|e| e.code == code), "{code}: {errors:?}");
    }
}
