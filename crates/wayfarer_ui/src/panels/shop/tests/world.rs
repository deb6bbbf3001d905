//! The model, read out of a world.

use bevy::prelude::*;
use wayfarer_core::{content::MemorySource, prelude::*};
use wayfarer_inventory::{actions::GrantItem, prelude::*};

use super::*;
use crate::{game_panel::Visiting, panels::shop::build::shop_model};

fn pack() -> MemorySource {
    let pack = MemorySource::new();
    for (path, text) in [
        ("pack.ron", r#"(name: "p", version: "0.1.0")"#),
        (
            "characters/a.ron",
            r#"{ "hero": (name: "Hero"), "otto": (name: "Otto") }"#,
        ),
        (
            "items/a.ron",
            r#"{
                "coin": (name: "Coin", max_stack: 1000, value: 1),
                "blade": (name: "Blade", value: 50, tags: ["weapon"]),
                "rock": (name: "Rock"),
            }"#,
        ),
        (
            "currencies/a.ron",
            r#"{ "coins": (name: "Coins", coins: [(item: "coin", worth: 1, short: "c")]) }"#,
        ),
        ("compartments/a.ron", r#"{ "bag": (name: "Bag") }"#),
        (
            "kits/a.ron",
            r#"{ "hero": (compartments: ["bag"], items: [(item: "coin", count: 70), (item: "rock")]), "otto": (compartments: ["bag"]) }"#,
        ),
        (
            "shops/a.ron",
            r#"{ "otto": (buys: ["weapon"], sells_at: 1.2, stock: [(item: "blade", max: 2)], till: 40, buyback: 60) }"#,
        ),
    ] {
        pack.set("p", path, text);
    }
    pack
}

fn game() -> (App, Entity, Entity) {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InventoryPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .init_resource::<Visiting>()
        .add_pack_source(pack());
    app.load_content_now().unwrap();
    let owner = Owner(PlayerId::LOCAL);
    let hero = app.world_mut().spawn((Character::new("p:hero"), owner));
    let hero = hero.id();
    let otto = app.world_mut().spawn(Character::new("p:otto")).id();
    app.world_mut().run_schedule(RulesTick);
    (app, hero, otto)
}

fn uid_of(app: &App, entity: Entity) -> Uid {
    app.world().get::<Identity>(entity).unwrap().0
}

fn read(app: &App, hero: Entity) -> ShopModel {
    let scene = PanelScene {
        world: app.world(),
        local: Some(hero),
    };
    shop_model(&scene, 1)
}

#[test]
fn a_shop_is_read_and_its_prices_hold() {
    let (mut app, hero, otto) = game();
    assert_eq!(read(&app, hero).shop, None, "nobody is visited");
    let (me, shop) = (uid_of(&app, hero), uid_of(&app, otto));
    app.world_mut().resource_mut::<Visiting>().0 = Some(shop);
    let closed = read(&app, hero).shop.unwrap();
    assert_eq!((closed.name.as_str(), closed.open), ("Otto", false));
    let open = OpenContainer { container: shop };
    let act = |app: &mut App, action: &dyn Fn(&mut World)| action(app.world_mut());
    act(&mut app, &|world| {
        world.act(PlayerId::LOCAL, Some(me), &open).unwrap();
    });
    let view = read(&app, hero).shop.unwrap();
    assert_eq!((view.till.as_str(), view.purse.as_str()), ("40 c", "70 c"));
    let names: Vec<_> = view
        .wares
        .iter()
        .map(|w| (&*w.name, &*w.price.text))
        .collect();
    assert_eq!(
        names,
        [("Blade", "60 c"), ("Blade", "60 c")],
        "money is not for sale"
    );
    assert!(view.own.is_empty(), "nobody wants a rock");

    // What the panel shows is what the host takes.
    let ware = &view.wares[0];
    let buy = BuyItem {
        shop,
        item: ware.uid,
        count: ware.count,
        price: ware.price.amount,
    };
    act(&mut app, &|world| {
        world.act(PlayerId::LOCAL, Some(me), &buy).unwrap();
    });
    let view = read(&app, hero).shop.unwrap();
    assert_eq!(view.wares[0].blocked, Some(Blocked::Purse("10 c".into())));
    assert_eq!((view.own.len(), view.own[0].price.amount), (1, 25));
    let sell = SellItem {
        shop,
        item: buy.item,
        count: 1,
        price: 25,
    };
    let grant = GrantItem {
        to: me,
        def: DefId::of("p:coin"),
        count: 40,
        compartment: None,
    };
    act(&mut app, &|world| {
        world.act(PlayerId::LOCAL, Some(me), &sell).unwrap();
        world.act(PlayerId::LOCAL, None, &grant).unwrap();
    });
    let view = read(&app, hero).shop.unwrap();
    let back = view.wares.iter().find(|ware| ware.uid == buy.item).unwrap();
    assert!(
        back.price.bought_back && back.price.amount == 25,
        "{back:?}"
    );
}
