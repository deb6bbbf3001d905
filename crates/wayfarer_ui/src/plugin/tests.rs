#![allow(clippy::unwrap_used, reason = "tests")]

use bevy::{ecs::system::RunSystemOnce, input::InputPlugin};
use bevy_egui::{EguiContext, EguiUserTextures, PrimaryEguiContext, egui};
use leafwing_input_manager::prelude::Buttonlike;
use wayfarer_core::{ledger::Ledger, prelude::*};
use wayfarer_inventory::{Container, Inventory, WorldItem};

use super::*;
use crate::{
    build::Cached,
    intent::StatPatch,
    keys::{Chord, KeyStore},
    model::{InspectorModel, InventoryModel, LogModel, SheetModel, Subject, hud::Prompt},
    open::{Panel, PanelsOpen},
};

mod character;
mod game;
mod keys;
mod making;
mod repair;
mod things;

use game::Game;

#[test]
fn the_sheet_shows_values_tiers_and_reasons() {
    let mut game = Game::new();
    game.open(Panel::Sheet);
    assert_eq!(game.sheet().name, "Hero");
    assert_eq!(game.sheet().description, "Brave.");
    let strength = game.stat("Strength");
    assert_eq!(
        (strength.text.as_str(), strength.tier.as_deref()),
        ("12", Some("weak"))
    );
    let last = strength.breakdown.last().unwrap();
    assert_eq!(last.running, "12");
    assert!(last.place.contains("sheets/a.ron:1:"), "{last:?}");
    let health = game.stat("Health").resource.unwrap();
    assert_eq!((health.current, health.max), (24.0, 24.0));
}

#[test]
fn the_inventory_shows_what_there_is_and_why_not() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let model = game.inventory();
    assert_eq!(model.own.compartments[0].name, "Bag");
    assert_eq!(model.own.compartments[0].bulk.used, 9.0);
    assert_eq!(model.load.weight.max, Some(20.0));
    assert!(
        model.load.warn && model.load.factor == 1.0,
        "{:?}",
        model.load
    );
    assert_eq!(model.doll.len(), 2);
    assert_eq!(game.item("Apple").count, 3);
    assert_eq!(game.item("Iron sword").blocked, None);
    let axe = game.item("Great axe");
    assert!(axe.blocked.as_ref().unwrap().contains("14"), "{axe:?}");
}

#[test]
fn equipping_goes_through_the_door_and_back() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    game.open(Panel::Sheet);
    let sword = game.item("Iron sword").uid;
    let before = game.inventory().revision;
    game.want(Intent::Equip {
        item: sword,
        slot: None,
    });
    let hand = &game.inventory().doll[0];
    assert_eq!(hand.worn.as_ref().unwrap().uid, sword);
    assert!(hand.cooldown.is_some(), "the slot is locked now");
    assert!(game.inventory().revision > before);
    assert!(game.inventory().feedback.pending.is_empty());
    assert_eq!(game.stat("Speed").text, "3");
    // Taking it off at once is refused, at the slot.
    let slot = hand.id;
    game.want(Intent::Unequip {
        slot,
        compartment: None,
    });
    let feedback = &game.inventory().feedback;
    let refusal = feedback.refusal(Subject::Slot(slot)).unwrap();
    assert!(refusal.text.starts_with("Not yet"), "{}", refusal.text);
    let toasts = game.app.world().resource::<Toasts>();
    let said: Vec<&str> = toasts.list().iter().map(|toast| &*toast.text).collect();
    assert_eq!(said, ["Iron sword: put on", &refusal.text]);
}

#[test]
fn a_refusal_shows_at_its_item() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let axe = game.item("Great axe").uid;
    game.want(Intent::Equip {
        item: axe,
        slot: None,
    });
    let feedback = &game.inventory().feedback;
    assert!(feedback.refusal(Subject::Item(axe)).is_some());
    assert!(!feedback.is_pending(Subject::Item(axe)));
}

#[test]
fn nothing_is_built_while_nothing_changes() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    game.frame();
    let before = game.inventory().revision;
    for _ in 0..5 {
        game.frame();
    }
    assert_eq!(game.inventory().revision, before);
}

#[test]
fn details_come_for_what_is_looked_at() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let sword = game.item("Iron sword").uid;
    game.app
        .world_mut()
        .resource_mut::<PanelStates>()
        .inventory
        .selected = Some(sword);
    game.frame();
    let details = game.inventory().details_of(sword).unwrap();
    assert_eq!(details.description, "Sharp.");
    let speed = &details.changes[0];
    assert_eq!(
        (speed.stat.as_str(), speed.before, speed.after),
        ("Speed", 4.0, 3.0)
    );
    assert_eq!(speed.better, Some(false));
    // While the slot is locked nothing can be told; afterwards it is, without a new look.
    game.want(Intent::Equip {
        item: sword,
        slot: None,
    });
    assert_eq!(game.inventory().details_of(sword).unwrap().changes, []);
    for _ in 0..41 {
        game.frame();
    }
    let speed = &game.inventory().details_of(sword).unwrap().changes[0];
    assert_eq!(
        (speed.before, speed.after),
        (3.0, 4.0),
        "if it is taken off"
    );
}

/// Loose: nothing here is optimised, and it happens only when the items have changed.
#[test]
fn a_container_of_thousands_is_shown_without_a_hitch() {
    let mut game = Game::new();
    let def = DefId::of("core:gem");
    let entity = game.hero;
    let granted = game.app.world_mut().transact("test.fill", |txn| {
        let kit = txn.need::<Inventory>(entity, "inventory")?.kit();
        let compartments = txn.need::<Inventory>(entity, "inventory")?.compartments();
        let mut full = Inventory::new(kit, compartments.to_vec());
        for order in 0..27_400 {
            let item = wayfarer_inventory::Item::new(txn.mint(), def, 1);
            let item = item.at(wayfarer_inventory::Place::In(0), order);
            Aggregate::apply(&mut full, &wayfarer_inventory::ItemOp::Insert(item))
                .map_err(|error| Refusal::new(Code::STATE_CORRUPT).with("detail", error.0))?;
        }
        Ok(full)
    });
    game.app
        .world_mut()
        .entity_mut(game.hero)
        .insert(granted.unwrap());
    let started = std::time::Instant::now();
    game.open(Panel::Inventory);
    let built = started.elapsed();
    assert_eq!(game.inventory().own.items().count(), 27_400);
    let started = std::time::Instant::now();
    game.app.update();
    let idle = started.elapsed();
    println!("27 400 rows are built in {built:?}; a frame without a change takes {idle:?}");
    assert!(built < std::time::Duration::from_secs(2), "{built:?}");
    assert!(idle < std::time::Duration::from_millis(50), "{idle:?}");
}

#[test]
fn dropped_things_lie_on_the_ground_until_they_are_picked_up() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let apples = game.item("Apple").uid;
    game.want(Intent::Drop {
        item: apples,
        count: Some(1),
    });
    assert_eq!(game.inventory().ground.len(), 1);
    let lying = game.inventory().ground[0].uid;
    game.want(Intent::PickUp {
        item: lying,
        count: None,
        compartment: None,
    });
    assert!(game.inventory().ground.is_empty());
    assert_eq!(game.item("Apple").count, 3);
    let mut lying = game.app.world_mut().query::<&WorldItem>();
    assert_eq!(lying.iter(game.app.world()).count(), 0);
}

#[test]
fn containers_open_give_and_close() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let near = game.inventory().nearby[0].clone();
    let (chest, name) = (near.uid, near.name);
    assert_eq!(name, "Chest");
    assert!(game.inventory().container.is_none());
    game.want(Intent::OpenContainer(chest));
    let gem = game.item("Gem").uid;
    let me = game.uid(game.hero);
    game.want(Intent::Transfer {
        item: gem,
        from: chest,
        to: me,
        compartment: None,
        count: Some(1),
    });
    assert_eq!(
        game.inventory()
            .container
            .as_ref()
            .unwrap()
            .content
            .items()
            .count(),
        1
    );
    // Closing the inventory closes the chest; opening the chest opens the inventory.
    game.want(Intent::Close(Panel::Inventory));
    game.frame();
    let open = |game: &Game| {
        let container = game.app.world().get::<Container>(game.chest).unwrap();
        let panels = game.app.world().resource::<PanelsOpen>();
        (container.open, panels.is_open(Panel::Inventory))
    };
    assert_eq!(open(&game), (false, false));
    game.want(Intent::OpenContainer(chest));
    assert_eq!(open(&game), (true, true));
    game.want(Intent::CloseContainer(chest));
    assert!(game.inventory().container.is_none());
    assert_eq!(game.item("Gem").count, 1);
}

#[test]
fn the_game_master_patches_and_undoes() {
    let mut game = Game::new();
    game.open(Panel::Inspector);
    game.open(Panel::Log);
    game.open(Panel::Sheet);
    let model = |game: &Game| {
        let cached = game.app.world().resource::<Cached<InspectorModel>>();
        cached.model.clone()
    };
    let inspector = model(&game);
    assert!(inspector.may_edit);
    let strength = &inspector.rows[0];
    assert_eq!(
        (strength.template, strength.base, strength.value),
        (Some(12.0), None, 12.0)
    );
    let stat = strength.id;
    game.want(Intent::PatchStat {
        character: inspector.target.unwrap(),
        stat,
        patch: StatPatch::Base(Some(16.0)),
    });
    assert_eq!(model(&game).rows[0].base, Some(16.0));
    assert_eq!(game.stat("Strength").tier.as_deref(), Some("strong"));
    let log = game
        .app
        .world()
        .resource::<Cached<LogModel>>()
        .model
        .clone();
    let entry = log.entries.back().unwrap();
    assert!(log.complete && log.may_undo && entry.can_undo);
    assert_eq!(entry.action, "stats.patch");
    assert!(entry.payload.contains("16"), "{}", entry.payload);
    assert_eq!(entry.who, "Host");
    game.want(Intent::Undo {
        sequence: entry.sequence,
    });
    assert_eq!(game.stat("Strength").text, "12");
    let ledger = game.app.world().resource::<Ledger>();
    let log = &game.app.world().resource::<Cached<LogModel>>().model;
    assert_eq!(log.entries.len(), ledger.iter().len());
}

#[test]
fn a_client_logs_its_own_answers() {
    let mut game = Game::new();
    game.open(Panel::Log);
    let sword = game
        .app
        .world()
        .get::<Inventory>(game.hero)
        .unwrap()
        .iter()
        .next()
        .unwrap()
        .uid;
    game.want(Intent::Equip {
        item: sword,
        slot: None,
    });
    *game.app.world_mut().resource_mut::<Authority>() = Authority::Client;
    game.frame();
    let log = &game.app.world().resource::<Cached<LogModel>>().model;
    assert!(!log.complete && log.metrics.is_none());
    assert_eq!(log.entries.back().unwrap().action, "equipment.equip");
}

/// Draws one frame as `bevy_egui` does, without a window.
fn draw_frame(game: &mut Game, ctx: &egui::Context, events: Vec<egui::Event>, twice: bool) {
    let input = egui::RawInput {
        screen_rect: Some(egui::Rect::from_min_size(
            egui::Pos2::ZERO,
            egui::vec2(1600.0, 1000.0),
        )),
        events,
        ..egui::RawInput::default()
    };
    let mut pass = 0;
    let _ = ctx.clone().run_ui(input, |_| {
        game.app.world_mut().run_system_once(draw::draw).unwrap();
        if twice && pass == 0 {
            ctx.request_discard("a test");
        }
        pass += 1;
    });
    assert_eq!(pass, if twice { 2 } else { 1 });
}

#[test]
fn every_panel_is_drawn_and_a_discarded_pass_loses_no_click() {
    let mut game = Game::new();
    let world = game.app.world_mut();
    world.init_resource::<EguiUserTextures>();
    world.insert_resource(UiOptions {
        hud: true,
        theme: true,
    });
    let context = world.spawn(PrimaryEguiContext).id();
    let ctx = world
        .get_mut::<EguiContext>(context)
        .unwrap()
        .get_mut()
        .clone();
    for panel in Panel::ALL {
        game.open(panel);
    }
    for _ in 0..3 {
        draw_frame(&mut game, &ctx, Vec::new(), false);
    }
    // Only the content panel, so that nothing covers its button.
    *game.app.world_mut().resource_mut::<PanelsOpen>() = PanelsOpen::default();
    game.open(Panel::Content);
    for _ in 0..3 {
        draw_frame(&mut game, &ctx, Vec::new(), false);
    }
    assert!(game.app.world().resource::<Intents>().0.is_empty());
    let area = egui::Id::new(("wayfarer panel", Panel::Content));
    let window = ctx.memory(|memory| memory.area_rect(area)).unwrap();
    // The cross in the corner closes the window.
    let cross = window.right_top() + egui::vec2(-24.0, 22.0);
    let button = |pressed| egui::Event::PointerButton {
        pos: cross,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    };
    draw_frame(
        &mut game,
        &ctx,
        vec![egui::Event::PointerMoved(cross)],
        false,
    );
    draw_frame(&mut game, &ctx, vec![button(true)], false);
    draw_frame(&mut game, &ctx, vec![button(false)], true);
    let wanted = &game.app.world().resource::<Intents>().0;
    assert_eq!(
        *wanted,
        [Intent::Close(Panel::Content)],
        "once, though drawn twice"
    );
}

#[test]
fn bags_show_what_is_in_them_wherever_they_are() {
    use wayfarer_inventory::Place;
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let (hero, def) = (game.hero, DefId::of("core:sack"));
    let sack = game.app.world_mut().transact("test.sack", |txn| {
        let kind = MovementKind::Granted;
        wayfarer_inventory::actions::create(txn, hero, kind, def, 1, None)
    });
    let sack = *sack.unwrap().first().unwrap();
    let inside = Place::Inside {
        bag: sack,
        pocket: 0,
    };
    game.frame();
    let apples = game.item("Apple").uid;
    game.want(Intent::Move {
        item: apples,
        compartment: inside,
        before: None,
    });
    let pocket = &game.inventory().own.compartments[1];
    assert_eq!((pocket.name.as_str(), pocket.depth), ("Sack: Inside", 1));
    assert_eq!((pocket.place, pocket.items[0].uid), (inside, apples));
    assert!(game.item("Sack").weight > 1.0, "with what is in it");
    game.want(Intent::Mark {
        item: apples,
        favourite: true,
    });
    assert!(game.item("Apple").favourite);
    game.want(Intent::SetHotbar {
        slot: 2,
        item: Some(apples),
    });
    assert_eq!(game.inventory().hotbar[2], Some(apples));
    // Where it lies it is a container with its name.
    game.want(Intent::Drop {
        item: sack,
        count: None,
    });
    let nearby = &game.inventory().nearby;
    let known = nearby.iter().find(|near| near.uid == sack).unwrap();
    assert_eq!((&*known.name, &known.refusal), ("Sack", &None));
    game.want(Intent::OpenContainer(sack));
    let container = game.inventory().container.as_ref().unwrap();
    assert_eq!(container.name, "Sack");
    assert_eq!(container.content.items().next().unwrap().uid, apples);
    game.want(Intent::TakeAll(sack));
    assert!(
        game.inventory()
            .container
            .as_ref()
            .unwrap()
            .content
            .items()
            .next()
            .is_none()
    );
    assert_eq!(game.item("Apple").count, 3);
}
