//! What the host makes of names, coins, shares, order in chests, histories and switches, and what
//! the panels show of it.

use wayfarer_core::{authority::LocalPlayer, character::DisplayName, feature::SwitchFeature};
use wayfarer_equipment::prelude::RenameItem;
use wayfarer_inventory::{
    Place,
    actions::{ExchangeCoins, SetLootRights, ShareOut, Spot, TidyPurse},
};

use super::{game::Game, *};
use crate::{
    build::FeaturesPanelModel,
    game_panel::{GamePanel as _, GamePanels, PanelScene},
    intent::Ask,
    model::inventory::SharerModel,
    panels::history::HistoryPanel,
};

fn give(game: &mut Game, name: &str, count: u32) -> Uid {
    let (hero, def) = (game.hero, DefId::of(name));
    let given = game.app.world_mut().transact("test.give", |txn| {
        let kind = MovementKind::Granted;
        wayfarer_inventory::actions::create(txn, hero, kind, def, count, None)
    });
    game.frame();
    *given.unwrap().last().unwrap()
}

#[test]
fn a_thing_is_named_and_called_as_usual_again() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    assert_eq!(game.inventory().naming.most, 32);
    let item = game.item("Iron sword").uid;
    let name = |name: Option<&str>| RenameItem {
        item,
        name: name.map(str::to_owned),
    };
    game.want(Ask::of(&name(Some("Widow"))).into());
    assert_eq!(game.item("Widow").uid, item);
    game.want(Ask::of(&name(None)).into());
    assert_eq!(game.item("Iron sword").uid, item);
}

#[test]
fn switching_a_part_of_the_rules_shows_everywhere() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    game.open(Panel::Session);
    let shown = |game: &Game| game.app.world().resource::<FeaturesPanelModel>().0.clone();
    let equipment = |game: &Game| {
        let model = shown(game);
        let mut rows = model.rows.into_iter();
        rows.find(|row| row.feature == "equipment").unwrap()
    };
    assert!(shown(&game).may_switch, "the host may");
    assert!(equipment(&game).on);
    assert_eq!(game.inventory().naming.refusal, None);
    let off = SwitchFeature {
        feature: "equipment".into(),
        on: false,
    };
    game.want(Ask::of(&off).into());
    assert!(!equipment(&game).on);
    let why = game.inventory().naming.refusal.clone();
    assert!(why.is_some(), "and nothing is named meanwhile");
    let on = SwitchFeature { on: true, ..off };
    game.want(Ask::of(&on).into());
    assert!(equipment(&game).on);
}

#[test]
fn the_purse_is_read_changed_and_tidied() {
    let mut game = Game::new();
    give(&mut game, "core:copper", 25);
    game.open(Panel::Inventory);
    let money = |game: &Game| game.inventory().money.clone().unwrap();
    let counts = |game: &Game| -> Vec<u64> {
        let money = money(game);
        money.coins.iter().map(|coin| coin.count).collect()
    };
    assert_eq!(money(&game).text, "2 s 5 c");
    assert_eq!(counts(&game), [0, 25]);
    assert!(!money(&game).tidy && money(&game).changes);
    let change = ExchangeCoins {
        from: DefId::of("core:copper"),
        count: 10,
        into: DefId::of("core:silver"),
    };
    game.want(Ask::of(&change).into());
    assert_eq!(counts(&game), [1, 15]);
    game.want(Ask::of(&TidyPurse).into());
    assert_eq!(counts(&game), [2, 5]);
    assert!(money(&game).tidy);
}

#[test]
fn loot_is_shared_with_who_looks_in() {
    let mut game = Game::new();
    let bob = game.app.world_mut().spawn((
        Character::new("core:hero"),
        Owner(PlayerId(7)),
        DisplayName("Bob".into()),
    ));
    let bob = bob.id();
    game.open(Panel::Inventory);
    let chest = game.uid(game.chest);
    game.want(Intent::OpenContainer(chest));
    let (me, other) = (game.uid(game.hero), game.uid(bob));
    let sharer = |uid, name: &str, looks_in| SharerModel {
        uid,
        name: name.into(),
        looks_in: Some(looks_in),
    };
    let container = |game: &Game| game.inventory().container.clone().unwrap();
    let people = container(&game).people;
    assert_eq!(
        people,
        [sharer(me, "Hero", true), sharer(other, "Bob", false)]
    );
    // Whose it is for the time being.
    let rights = SetLootRights {
        container: chest,
        among: vec![other],
        seconds: 10.0,
    };
    game.want(Ask::of(&rights).into());
    let rights = container(&game).rights.unwrap();
    assert_eq!((rights.names, rights.mine), (vec!["Bob".to_owned()], false));
    let near = &game.inventory().nearby[0];
    assert!(near.rights.is_some() && near.refusal.is_none());
    assert!(game.inventory().master);
    // Game masters share out as they like.
    let share = ShareOut {
        container: chest,
        among: vec![me],
    };
    game.want(Ask::of(&share).into());
    assert!(container(&game).content.items().next().is_none());
    assert_eq!(game.item("Gem").count, 2);
}

#[test]
fn a_chest_of_somebody_else_stays_shut() {
    let mut game = Game::new();
    let chest = game.chest;
    game.app
        .world_mut()
        .entity_mut(chest)
        .insert(Owner(PlayerId(9)));
    game.open(Panel::Inventory);
    assert_eq!(
        game.inventory().nearby[0].refusal,
        None,
        "to a host nothing"
    );
    game.app.world_mut().resource_mut::<LocalPlayer>().role = Role::Player;
    game.app
        .world_mut()
        .entity_mut(chest)
        .insert(Owner(PlayerId(8)));
    game.frame();
    assert!(game.inventory().nearby[0].refusal.is_some());
}

#[test]
fn things_are_put_in_order_in_a_chest() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let holder = game.uid(game.chest);
    game.want(Intent::OpenContainer(holder));
    let (me, sword) = (game.uid(game.hero), game.item("Iron sword").uid);
    game.want(Intent::Transfer {
        item: sword,
        from: me,
        to: holder,
        compartment: None,
        count: None,
    });
    let order = |game: &Game| -> Vec<String> {
        let container = game.inventory().container.as_ref().unwrap();
        let items = container.content.items();
        items.map(|item| item.name.to_string()).collect()
    };
    assert_eq!(order(&game), ["Gem", "Iron sword"]);
    let gem = game.item("Gem").uid;
    game.want(Intent::Rearrange {
        holder,
        item: sword,
        compartment: Place::In(0),
        at: Spot::Before(gem),
    });
    assert_eq!(order(&game), ["Iron sword", "Gem"]);
}

/// Dragged from the chest onto the doll: two requests, one wish.
#[test]
fn what_lies_in_a_chest_or_on_the_ground_is_put_on_at_once() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let (me, chest) = (game.uid(game.hero), game.uid(game.chest));
    let (sword, slot) = (game.item("Iron sword").uid, DefId::of("core:hand"));
    game.want(Intent::OpenContainer(chest));
    game.want(Intent::Transfer {
        item: sword,
        from: me,
        to: chest,
        compartment: None,
        count: None,
    });
    let worn = |game: &Game| {
        let mut slots = game.inventory().doll.iter();
        let hand = slots.find(|known| known.id == slot).unwrap();
        hand.worn.as_ref().map(|item| item.uid)
    };
    let fetch = |from| Intent::Fetch {
        item: sword,
        from,
        slot,
    };
    game.want(fetch(Some(chest)));
    game.frame();
    assert_eq!(worn(&game), Some(sword));
    // The slot is locked for two seconds.
    let wait = |game: &mut Game| (0..60).for_each(|_| game.frame());
    wait(&mut game);
    game.want(Intent::Unequip {
        slot,
        compartment: None,
    });
    game.want(Intent::Drop {
        item: sword,
        count: None,
    });
    let ground = game.inventory().ground.iter();
    assert_eq!(ground.map(|item| item.uid).collect::<Vec<_>>(), [sword]);
    wait(&mut game);
    game.want(fetch(None));
    game.frame();
    assert_eq!(worn(&game), Some(sword));
    // What does not come is not put on either.
    let axe = game.item("Great axe").uid;
    game.want(Intent::Fetch {
        item: axe,
        from: Some(chest),
        slot,
    });
    game.frame();
    assert_eq!(worn(&game), Some(sword));
    let feedback = &game.inventory().feedback;
    assert!(feedback.refusal(Subject::Item(axe)).is_some());
}

/// What is known here is said before it is asked for.
#[test]
fn what_does_not_fit_is_told_beforehand() {
    let mut game = Game::new();
    game.open(Panel::Inventory);
    let chest = game.uid(game.chest);
    game.want(Intent::OpenContainer(chest));
    let look = |game: &mut Game, item: Uid| {
        let mut states = game.app.world_mut().resource_mut::<PanelStates>();
        states.inventory.selected = Some(item);
        game.frame();
        game.inventory().details_of(item).unwrap().clone()
    };
    let gem = game.item("Gem").uid;
    let details = look(&mut game, gem);
    assert_eq!(details.refusals, Default::default());
    // Nine of twenty are used by the beginning; now the bag is full.
    give(&mut game, "core:apple", 11);
    let details = look(&mut game, gem);
    let why = details.refusals.take.unwrap();
    assert!(why.starts_with("Too bulky"), "{why}");
    let sword = game.item("Iron sword").uid;
    let details = look(&mut game, sword);
    assert_eq!(details.refusals, Default::default(), "the chest takes it");
    let made = ("Made of".to_owned(), "Steel".to_owned());
    assert!(details.facts.contains(&made), "{:?}", details.facts);
}

#[test]
fn the_key_shows_the_history_of_what_is_pointed_at() {
    let mut game = Game::new();
    let press = |game: &mut Game, key: KeyCode| {
        key.press(game.app.world_mut());
        game.app.update();
        key.release(game.app.world_mut());
        game.frame();
        game.frame();
    };
    let history = HistoryPanel::panel();
    let open = |game: &Game| game.app.world().resource::<PanelsOpen>().is_open(history);
    press(&mut game, KeyCode::KeyH);
    assert!(open(&game), "nothing is pointed at: it opens");
    press(&mut game, KeyCode::KeyH);
    assert!(!open(&game), "and closes");
    game.open(Panel::Inventory);
    assert_eq!(game.inventory().history_key, "H");
    let sword = game.item("Iron sword").uid;
    let mut states = game.app.world_mut().resource_mut::<PanelStates>();
    states.inventory.hovered = Some(sword);
    press(&mut game, KeyCode::KeyH);
    assert!(open(&game));
    let mut panels = game.app.world_mut().resource_mut::<GamePanels>();
    let panel = panels.state::<HistoryPanel>().unwrap();
    assert_eq!(panel.chosen, Some(sword));
    let scene = PanelScene {
        world: game.app.world(),
        local: Some(game.hero),
    };
    let chosen = HistoryPanel {
        chosen: Some(sword),
        ..HistoryPanel::default()
    };
    let model = chosen.model(&scene);
    assert_eq!(model.chosen.as_deref(), Some("Iron sword"));
    assert!(model.lines.is_some(), "the host was asked");
    // Another key: the tooltip says so.
    game.want(Intent::Rebind {
        action: UiAction::ToggleHistory,
        index: 0,
        chord: Chord::key(KeyCode::KeyY),
    });
    game.frame();
    assert_eq!(game.inventory().history_key, "Y");
}

#[test]
fn sets_say_what_each_tier_gives() {
    let mut game = Game::new();
    let panel = GearPanel::panel();
    game.open(Panel::Inventory);
    game.open(panel);
    let item = game.item("Iron sword").uid;
    game.want(Intent::Equip { item, slot: None });
    let scene = PanelScene {
        world: game.app.world(),
        local: Some(game.hero),
    };
    let model = build::gear(&scene);
    let set = model.sets.first().unwrap();
    assert_eq!(set.tiers[0].gives, ["Strength +2", "Speed +10 %", "Rain"]);
    assert!(!set.tiers[0].active, "one of two is worn");
}
