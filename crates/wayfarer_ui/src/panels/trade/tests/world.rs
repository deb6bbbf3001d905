//! The model, read out of a world.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, prelude::*};
use wayfarer_inventory::prelude::*;

use super::*;
use crate::{game_panel::Visiting, panels::trade::build::trade_model};

const OTHER: PlayerId = PlayerId(7);

fn game() -> (App, Entity, Entity) {
    let pack = MemorySource::new();
    for (path, text) in [
        ("pack.ron", r#"(name: "p", version: "0.1.0")"#),
        (
            "characters/a.ron",
            r#"{ "hero": (name: "Hero"), "bob": (name: "Bob"), "chest": (name: "Chest") }"#,
        ),
        (
            "items/a.ron",
            r#"{ "blade": (name: "Blade", value: 50, description: "Sharp."), "herb": (name: "Herb", max_stack: 9) }"#,
        ),
        ("compartments/a.ron", r#"{ "bag": (name: "Bag") }"#),
        (
            "kits/a.ron",
            r#"{ "hero": (compartments: ["bag"], items: [(item: "blade"), (item: "herb", count: 4)]),
                 "bob": (compartments: ["bag"]), "chest": (compartments: ["bag"]) }"#,
        ),
    ] {
        pack.set("p", path, text);
    }
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .init_resource::<Visiting>()
        .add_pack_source(pack);
    app.load_content_now().unwrap();
    let world = app.world_mut();
    world
        .resource_mut::<Players>()
        .arrive(OTHER, "Other", Role::Player);
    let owner = Owner(PlayerId::LOCAL);
    let hero = world.spawn((Character::new("p:hero"), owner)).id();
    let bob = world.spawn((Character::new("p:bob"), Owner(OTHER))).id();
    world.spawn((Character::new("p:chest"), Container::default()));
    world.run_schedule(RulesTick);
    (app, hero, bob)
}

fn read(app: &App, who: Entity) -> (TradeModel, bool) {
    let scene = PanelScene {
        world: app.world(),
        local: Some(who),
    };
    (trade_model(&scene), TradePanel::is_called(&scene))
}

#[test]
fn both_see_the_same_trade_from_their_side() {
    let (mut app, hero, bob) = game();
    let uid_of = |app: &App, entity| app.world().get::<Identity>(entity).unwrap().0;
    let (me, other) = (uid_of(&app, hero), uid_of(&app, bob));
    let (model, called) = read(&app, hero);
    assert_eq!(
        model.partners,
        [(other, "Bob".to_owned())],
        "a chest is nobody"
    );
    assert!(model.trade.is_none() && !called);

    let world = app.world_mut();
    let ask = AskTrade { with: other };
    let trade = world.act(PlayerId::LOCAL, Some(me), &ask).unwrap();
    let (model, called) = read(&app, bob);
    let view = model.trade.unwrap();
    assert!(called && !view.asked_by_me && view.with == "Hero");
    assert!(read(&app, hero).0.trade.unwrap().asked_by_me);

    let world = app.world_mut();
    let yes = AnswerTrade { trade, yes: true };
    world.act(OTHER, Some(other), &yes).unwrap();
    let bag = world.get::<Inventory>(hero).unwrap();
    let blade = bag.iter().find(|item| item.count == 1).unwrap().uid;
    let (items, money) = (vec![(blade, 1)], 0);
    let offer = OfferTrade {
        trade,
        items,
        money,
    };
    world.act(PlayerId::LOCAL, Some(me), &offer).unwrap();
    let mine = read(&app, hero).0.trade.unwrap();
    let theirs = read(&app, bob).0.trade.unwrap();
    assert_eq!(mine.own, theirs.other);
    assert_eq!(theirs.other.items[0].name, "Blade");
    assert_eq!(theirs.other.worth, "50");
    let left: Vec<_> = mine.bags.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(left, ["Herb"], "what is offered is not offered twice");

    let world = app.world_mut();
    world
        .act(OTHER, Some(other), &CancelTrade { trade })
        .unwrap();
    assert!(!read(&app, hero).1 && read(&app, bob).0.trade.is_none());
}
