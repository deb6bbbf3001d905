//! The packs that are shipped.

use bevy::prelude::*;
use wayfarer_core::{
    content::{Def, FolderSource},
    prelude::*,
};
use wayfarer_equipment::prelude::*;
use wayfarer_inventory::prelude::*;
use wayfarer_stats::api;

fn app() -> App {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets");
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, EquipmentPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_pack_source(FolderSource::new(folder));
    app.load_content_now().unwrap_or_else(|errors| {
        let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
        panic!("{}", errors.join("\n"));
    });
    app
}

fn spawn(app: &mut App, name: &'static str) -> (Entity, Uid) {
    let entity = app
        .world_mut()
        .spawn((Character::new(name), Owner(PlayerId::LOCAL)))
        .id();
    app.world_mut().run_schedule(RulesTick);
    (entity, app.world().get::<Identity>(entity).unwrap().0)
}

#[test]
fn the_knight_and_the_ranger_are_dressed() {
    let mut app = app();
    assert_eq!(
        app.world()
            .resource::<ActiveContent>()
            .0
            .table::<SlotDef>()
            .len(),
        13
    );
    for (name, worn) in [
        (
            "demo:knight",
            vec![
                ("main_hand", "iron_sword"),
                ("off_hand", "wooden_shield"),
                ("chest", "leather_armor"),
            ],
        ),
        (
            "demo:ranger",
            vec![
                ("main_hand", "hunting_bow"),
                ("back", "travel_cloak"),
                ("chest", "leather_armor"),
            ],
        ),
    ] {
        let (entity, _) = spawn(&mut app, name);
        let look = app.world().get::<WornLook>(entity).unwrap();
        assert_eq!(look.0.len(), worn.len());
        for (slot, item) in worn {
            let slot = DefId::of(&format!("core:{slot}"));
            assert_eq!(
                look.worn_in(slot),
                Some(DefId::of(&format!("demo:{item}"))),
                "{name}"
            );
        }
        let load = app.world().get::<Load>(entity).unwrap();
        assert!(load.share > 0.05 && load.share < 0.5, "{name}: {load:?}");
        assert_eq!(load.factor, 1.0);
    }
}

/// Every shipped item in every shipped slot, by somebody who can do everything: it is worn exactly
/// where its gear says so.
#[test]
fn the_shipped_slot_matrix() {
    let mut app = app();
    let content = app.world().resource::<ActiveContent>().0.clone();
    let (knight, me) = spawn(&mut app, "demo:knight");
    let mut worn = 0;
    for item in content.table::<ItemDef>() {
        let gear = content.table::<GearDef>().get(item.id());
        let (hero, uid) = (knight, me);
        let made = app.world_mut().transact("test.make", |txn| {
            // Straight in: this is not about room.
            let uid = txn.mint();
            let item = Item::new(uid, item.id(), 1);
            txn.op::<Inventory>(hero, wayfarer_inventory::ItemOp::Insert(item))?;
            Ok(uid)
        });
        let made = made.unwrap();
        for slot in content.table::<SlotDef>() {
            let checked = check_equip(app.world(), hero, made, Some(slot.id()));
            let fits = gear.is_some_and(|gear| gear.fits(slot.id()));
            match checked {
                Ok(()) => {
                    assert!(fits, "{} in {}", item.name(), slot.name());
                    worn += 1;
                }
                Err(refusal) if fits => assert!(
                    ["skill_gate", "insufficient_space"].contains(&refusal.code.as_str()),
                    "{} in {}: {refusal}",
                    item.name(),
                    slot.name()
                ),
                Err(refusal) => assert_eq!(refusal.code.as_str(), "illegal_slot"),
            }
        }
        let _ = uid;
        app.world_mut()
            .transact("test.unmake", |txn| {
                txn.op::<Inventory>(hero, wayfarer_inventory::ItemOp::Remove(made))
            })
            .unwrap();
    }
    assert!(worn >= 12, "most gear can be worn by the knight: {worn}");
}

#[test]
fn boots_of_haste_and_the_belt_in_need() {
    let mut app = app();
    let (knight, me) = spawn(&mut app, "demo:knight");
    let put_on = |app: &mut App, name: &str| {
        let def = DefId::of(name);
        let made = app.world_mut().transact("test.make", |txn| {
            wayfarer_inventory::actions::create(txn, knight, MovementKind::Granted, def, 1, None)
        });
        let item = made.unwrap()[0];
        let action = EquipItem { item, slot: None };
        app.world_mut()
            .act(PlayerId::LOCAL, Some(me), &action)
            .unwrap();
    };
    let value = |app: &App, name: &str| api::value(app.world(), knight, name).unwrap();
    let speed = value(&app, "core:movement.speed");
    put_on(&mut app, "demo:boots_of_haste");
    assert_eq!(value(&app, "core:movement.speed"), speed * 1.25);
    put_on(&mut app, "demo:travel_cloak");
    assert_eq!(
        value(&app, "core:movement.speed"),
        speed * 1.25,
        "the better enhancement counts"
    );
    let strength = value(&app, "core:attributes.strength");
    let limit = value(&app, "core:movement.carry_limit");
    put_on(&mut app, "demo:ring_of_strength");
    put_on(&mut app, "demo:ring_of_strength");
    assert_eq!(value(&app, "core:attributes.strength"), strength + 2.0);
    assert_eq!(value(&app, "core:movement.carry_limit"), limit + 10.0);

    let attack = value(&app, "core:combat.attack");
    put_on(&mut app, "demo:berserker_belt");
    assert_eq!(value(&app, "core:combat.attack"), attack);
    let health = wayfarer_stats::StatId::of("core:resources.health");
    app.world_mut()
        .transact("test.hurt", |txn| {
            api::set_resource(txn, knight, health, 12.0)
        })
        .unwrap();
    app.world_mut().run_schedule(RulesTick);
    assert!(
        value(&app, "core:combat.attack") > attack,
        "now it pulls tight"
    );
}

#[test]
fn the_demo_has_magic_for_everybody() {
    let mut app = app();
    let (chest, _) = spawn(&mut app, "demo:iron_chest");
    let world = app.world();
    let content = world.resource::<ActiveContent>().0.clone();
    let inventory = world.get::<Inventory>(chest).unwrap();
    let has = |name: &str| inventory.iter().any(|item| item.def == DefId::of(name));
    for set in content.table::<wayfarer_equipment::content::GearSetDef>() {
        for item in &set.items {
            assert!(has(item.name()), "{item} is not to be had");
        }
    }
    let ring = inventory
        .iter()
        .find(|item| item.def == DefId::of("demo:tarnished_ring"))
        .unwrap();
    assert_eq!(display_name(world, ring), "Tarnished ring");
    let enchantments = content.table::<wayfarer_equipment::content::EnchantmentDef>();
    assert_eq!(enchantments.len(), 12);
    // Whoever can be met at the table can lay all of them, but for the greatest art.
    let station = content.table::<StationDef>();
    let skill = station
        .get_by_name("demo:enchanter")
        .unwrap()
        .skill
        .unwrap()
        / 20.0;
    let beyond = enchantments.iter().filter(|def| def.min_skill > skill);
    assert_eq!(
        beyond.map(Def::name).collect::<Vec<_>>(),
        ["demo:giants_grip"]
    );
    assert!(content.warnings.is_empty(), "{:?}", content.warnings);
}

#[test]
fn the_ranger_learns_an_enchantment_and_lays_it() {
    let mut app = app();
    let (ranger, me) = spawn(&mut app, "demo:ranger");
    let (_, table) = spawn(&mut app, "demo:rune_table");
    let keen = DefId::of("demo:keen_edge");
    let make = |app: &mut App, name: &str, count| {
        let made = app.world_mut().transact("test", |txn| {
            let kind = MovementKind::Granted;
            wayfarer_inventory::actions::create(txn, ranger, kind, DefId::of(name), count, None)
        });
        *made.unwrap().last().unwrap()
    };
    make(&mut app, "demo:whetstone_dust", 5);
    make(&mut app, "demo:coin", 500);
    // With a chance of 93 % each, ten daggers are enough for anybody.
    for _ in 0..10 {
        let dagger = make(&mut app, "demo:dagger", 1);
        app.world_mut()
            .transact("test", |txn| {
                let content = txn.content();
                let table = content.table::<wayfarer_equipment::content::EnchantmentDef>();
                let def = table.get(keen).unwrap();
                let one = wayfarer_equipment::ext::AppliedEnchant::new(def, 60, None, 0, 20.0);
                let all = wayfarer_equipment::ext::Enchants(vec![one]);
                wayfarer_equipment::ext::set_ext(txn, ranger, dagger, Some(&all))
            })
            .unwrap();
        let ask = DisenchantItem {
            item: dagger,
            enchantment: keen,
            station: None,
        };
        app.world_mut()
            .act(PlayerId::LOCAL, Some(me), &ask)
            .unwrap();
        let lore = app.world().get::<EnchantLore>(ranger).unwrap();
        if lore.knows(keen) {
            break;
        }
    }
    let bow = app.world().get::<Inventory>(ranger).unwrap();
    let bow = bow.worn_in(DefId::of("core:main_hand")).unwrap().uid;
    let before = api::value(app.world(), ranger, "core:combat.attack").unwrap();
    let ask = EnchantItem {
        item: bow,
        enchantment: keen,
        station: Some(table),
        keeper: false,
    };
    let plan = enchant_odds(app.world(), ranger, &ask).unwrap();
    assert!(
        (plan.share() - 0.65).abs() < 1e-4,
        "0.8 + 0.05 - 0.2: {plan:?}"
    );
    for _ in 0..10 {
        app.world_mut()
            .act(PlayerId::LOCAL, Some(me), &ask)
            .unwrap();
        for _ in 0..401 {
            app.world_mut().run_schedule(RulesTick);
        }
        let after = api::value(app.world(), ranger, "core:combat.attack").unwrap();
        if after > before {
            return;
        }
        make(&mut app, "demo:whetstone_dust", 1);
    }
    panic!("ten failures in a row");
}

#[test]
fn the_knight_can_have_the_sword_mended_in_the_clearing() {
    let mut app = app();
    let (knight, _) = spawn(&mut app, "demo:knight");
    let (_, smith) = spawn(&mut app, "demo:smith");
    let world = app.world_mut();
    let given = world.transact("test.give", |txn| {
        for (name, count) in [("demo:iron_ingot", 2), ("demo:leather_strip", 2)] {
            let (kind, def) = (MovementKind::Granted, DefId::of(name));
            wayfarer_inventory::actions::create(txn, knight, kind, def, count, None)?;
        }
        let bag = txn.need::<Inventory>(knight, "inventory")?;
        let sword = bag
            .worn_in(DefId::of("core:main_hand"))
            .map(|item| item.uid);
        let sword = sword.ok_or_else(|| Refusal::not_found("sword"))?;
        let cause = wayfarer_equipment::durability::WearCause::Other;
        wayfarer_equipment::durability::wear_out(txn, knight, sword, 50_000, cause)?;
        Ok(sword)
    });
    let sword = given.unwrap();
    let content = world.resource::<ActiveContent>().0.clone();
    let view = View::of(world, &content, knight).unwrap();
    let order = RepairItem {
        item: sword,
        station: Some(smith),
        points: None,
        extras: false,
    };
    let plan = plan_repair(&view, &order).unwrap();
    assert_eq!(plan.refusal, None);
    // (5 × 30 % + 0.05 × 30) ÷ 1.25, rounded up, and a gold piece and a tenth for the fire.
    assert_eq!((plan.cost, plan.fee), (3, 2));
    let used: Vec<&str> = plan
        .materials
        .iter()
        .map(|line| line.name.as_str())
        .collect();
    assert_eq!(used, ["metal", "leather"]);
}
