//! Keys in a running game.

use super::{game::Game, *};

#[test]
fn keys_open_panels_and_can_be_changed() {
    let mut game = Game::new();
    let open = |game: &Game, panel| game.app.world().resource::<PanelsOpen>().is_open(panel);
    let press = |game: &mut Game, key: KeyCode| {
        key.press(game.app.world_mut());
        game.app.update();
        key.release(game.app.world_mut());
        game.app.update();
    };
    press(&mut game, KeyCode::KeyI);
    assert!(open(&game, Panel::Inventory));
    press(&mut game, KeyCode::Escape);
    assert!(!open(&game, Panel::Inventory));
    game.want(Intent::Rebind {
        action: UiAction::ToggleInventory,
        index: 0,
        chord: Chord::key(KeyCode::KeyB),
    });
    press(&mut game, KeyCode::KeyI);
    assert!(!open(&game, Panel::Inventory));
    press(&mut game, KeyCode::KeyB);
    assert!(open(&game, Panel::Inventory));
    let kept = game.kept.lock().unwrap().clone().unwrap();
    assert!(kept.contains("KeyB"), "{kept}");
}

#[test]
fn a_key_that_is_up_again_within_the_frame_counts() {
    let mut game = Game::new();
    let open = |game: &Game, panel| game.app.world().resource::<PanelsOpen>().is_open(panel);
    let tap = |game: &mut Game, keys: &[KeyCode]| {
        for key in keys {
            key.press(game.app.world_mut());
        }
        for key in keys.iter().rev() {
            key.release(game.app.world_mut());
        }
        game.app.update();
    };
    // Frame after frame, with nothing in between.
    for wanted in [true, false, true] {
        tap(&mut game, &[KeyCode::KeyI]);
        assert_eq!(open(&game, Panel::Inventory), wanted);
    }
    // It is up: nothing happens by itself, and a slow press counts once.
    game.app.update();
    assert!(open(&game, Panel::Inventory));
    KeyCode::KeyI.press(game.app.world_mut());
    game.app.update();
    game.app.update();
    assert!(!open(&game, Panel::Inventory));
    // Let go and pressed again in one frame is one more press, not two.
    KeyCode::KeyI.release(game.app.world_mut());
    KeyCode::KeyI.press(game.app.world_mut());
    for _ in 0..3 {
        game.app.update();
    }
    assert!(open(&game, Panel::Inventory));
    KeyCode::KeyI.release(game.app.world_mut());
    game.app.update();
    assert!(open(&game, Panel::Inventory));

    // Modifiers: the key alone means the inventory, with Ctrl the people.
    game.want(Intent::Rebind {
        action: UiAction::ToggleSession,
        index: 0,
        chord: Chord {
            ctrl: true,
            ..Chord::key(KeyCode::KeyI)
        },
    });
    tap(&mut game, &[KeyCode::ControlLeft, KeyCode::KeyI]);
    assert!(open(&game, Panel::Session) && open(&game, Panel::Inventory));

    // Typing into a field means nothing else, however fast.
    let mut states = game.app.world_mut().resource_mut::<PanelStates>();
    states.keys.waiting = Some((UiAction::Interact, 0));
    game.app.update();
    tap(&mut game, &[KeyCode::KeyC]);
    assert!(!open(&game, Panel::Sheet));
}

#[test]
fn a_key_that_is_being_chosen_opens_nothing() {
    let mut game = Game::new();
    let mut states = game.app.world_mut().resource_mut::<PanelStates>();
    states.keys.waiting = Some((UiAction::Interact, 0));
    game.app.update();
    KeyCode::KeyI.press(game.app.world_mut());
    game.app.update();
    let mut states = game.app.world_mut().resource_mut::<PanelStates>();
    states.keys.waiting = None;
    game.app.update();
    game.app.update();
    let open = game.app.world().resource::<PanelsOpen>();
    assert!(!open.is_open(Panel::Inventory), "still held, means nothing");
    KeyCode::KeyI.release(game.app.world_mut());
    game.app.update();
    game.app.update();
    KeyCode::KeyI.press(game.app.world_mut());
    game.app.update();
    let open = game.app.world().resource::<PanelsOpen>();
    assert!(open.is_open(Panel::Inventory), "and now it does");
}

#[test]
fn the_interact_key_uses_what_is_near() {
    let mut game = Game::new();
    let target = game.uid(game.hero);
    game.app.insert_resource(NearbyPrompt(Some(Prompt {
        text: "Talk".into(),
        target,
    })));
    KeyCode::KeyE.press(game.app.world_mut());
    game.app.update();
    let told = game.app.world().resource::<Messages<Intent>>();
    let told: Vec<Intent> = told.iter_current_update_messages().cloned().collect();
    assert_eq!(told, [Intent::Interact(target)]);
}

#[test]
fn kept_keys_are_taken_at_the_start() {
    let store = KeyStore::new(|| Some("{toggle_sheet: [(key: KeyP)]}".into()), |_| {});
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InputPlugin, UiLogicPlugin))
        .insert_resource(store);
    app.finish();
    app.cleanup();
    app.update();
    let bindings = app.world().resource::<KeyBindings>();
    let p = Chord::key(KeyCode::KeyP);
    assert_eq!(bindings.meaning(p), Some(UiAction::ToggleSheet));
}

#[test]
fn digits_use_what_is_at_hand() {
    let mut game = Game::new();
    let press = |game: &mut Game, key: KeyCode| {
        key.press(game.app.world_mut());
        game.frame();
        key.release(game.app.world_mut());
        game.frame();
    };
    game.open(Panel::Inventory);
    let sword = game.item("Iron sword").uid;
    for (slot, item) in [(0, sword), (9, sword)] {
        game.want(Intent::SetHotbar {
            slot,
            item: Some(item),
        });
    }
    // The first slot is the key 1, the last the key 0; the same key takes off what it put on.
    let worn = |game: &Game| {
        let hero = game.app.world().resource::<LocalCharacter>().0.unwrap();
        let inventory = game.app.world().get::<Inventory>(hero);
        inventory.unwrap().worn().any(|item| item.uid == sword)
    };
    let before = worn(&game);
    press(&mut game, KeyCode::Digit1);
    assert_ne!(worn(&game), before);
    for _ in 0..100 {
        game.frame();
    }
    press(&mut game, KeyCode::Digit0);
    assert_eq!(worn(&game), before);
    // An empty slot does nothing.
    press(&mut game, KeyCode::Digit5);
    assert_eq!(worn(&game), before);
}
