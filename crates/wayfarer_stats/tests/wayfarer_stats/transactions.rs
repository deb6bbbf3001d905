//! Modifiers inside transactions, as other crates use them.

use bevy::prelude::*;
use wayfarer_core::{prelude::*, state::state_hash};
use wayfarer_stats::{api, prelude::*};

use crate::common::*;

fn stronger(amount: f32, source: Uid) -> Vec<Modifier> {
    vec![Modifier::new(
        stat("strength"),
        ModifierKind::Flat,
        amount,
        source,
    )]
}

#[test]
fn a_transaction_sees_its_own_changes() {
    let (mut app, knight, _) = game();
    let source = Uid::new(500).unwrap();
    let seen = app.world_mut().transact("test", |txn| {
        api::set_modifiers(txn, knight, source, stronger(4.0, source))?;
        Ok(api::value(txn.world(), knight, "strength_mod"))
    });
    assert_eq!(seen, Ok(Some(4.0)));
    assert_eq!(
        settled(&app, knight, "strength_mod"),
        2.0,
        "not settled yet"
    );
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength_mod"), 4.0);
}

#[test]
fn a_refusal_takes_modifiers_back() {
    let (mut app, knight, _) = game();
    let before = state_hash(app.world());
    let source = Uid::new(500).unwrap();
    let refused: Result<(), Refusal> = app.world_mut().transact("test", |txn| {
        api::set_modifiers(txn, knight, source, stronger(4.0, source))?;
        Err(Refusal::not_found("reason"))
    });
    assert!(refused.is_err());
    assert_eq!(state_hash(app.world()), before);
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    assert_eq!(value(&app, knight, "strength"), 14.0);
}

#[test]
fn nothing_is_written_where_nothing_changes() {
    let (mut app, knight, _) = game();
    let source = Uid::new(500).unwrap();
    let set = |app: &mut App, amount| {
        app.world_mut().transact("test", |txn| {
            api::set_modifiers(txn, knight, source, stronger(amount, source))
        })
    };
    set(&mut app, 4.0).unwrap();
    let revision = app.world().get::<StatInputs>(knight).unwrap().revision();
    set(&mut app, 4.0).unwrap();
    app.world_mut()
        .transact("test", |txn| {
            api::remove_modifiers(txn, knight, Uid::new(1).unwrap())
        })
        .unwrap();
    assert_eq!(
        app.world().get::<StatInputs>(knight).unwrap().revision(),
        revision
    );
    app.world_mut()
        .transact("test", |txn| api::remove_modifiers(txn, knight, source))
        .unwrap();
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    assert!(
        app.world()
            .get::<StatInputs>(knight)
            .unwrap()
            .modifiers()
            .is_empty()
    );
}

#[test]
fn a_new_entity_can_be_read_before_it_is_settled() {
    let (mut app, _, _) = game();
    let inputs = StatInputs::new(Some(DefId::of("t:knight")), [DefId::of("t:body")]);
    let entity = app.world_mut().spawn(inputs).id();
    assert_eq!(
        api::value(app.world(), entity, "t:body.strength"),
        Some(14.0)
    );
    tick(&mut app, 1);
    assert_eq!(settled(&app, entity, "strength"), 14.0);
    app.world_mut().despawn(entity);
    tick(&mut app, 1);
}

#[test]
fn modifiers_end_by_themselves() {
    let (mut app, knight, _) = game();
    let source = Uid::new(500).unwrap();
    let def: ModifierDef = ron::from_str("(stat: \"t:body.strength\", flat: Some(4.0))").unwrap();
    app.world_mut()
        .transact("test", |txn| {
            let defs = std::slice::from_ref(&def);
            api::add_timed_modifiers(txn, knight, source, DefId(0), defs, 2.0)
        })
        .unwrap();
    tick(&mut app, 39);
    assert_eq!(settled(&app, knight, "strength"), 18.0);
    tick(&mut app, 1);
    assert_eq!(settled(&app, knight, "strength"), 14.0);
    let inputs = app.world().get::<StatInputs>(knight).unwrap();
    assert!(inputs.modifiers().is_empty() && inputs.expiry(source).is_none());
    for seconds in [0.0, -1.0, f32::NAN] {
        let refused = app.world_mut().transact("test", |txn| {
            api::add_timed_modifiers(txn, knight, source, DefId(0), &[], seconds)
        });
        assert_eq!(refused.unwrap_err().code.as_str(), "invalid_amount");
    }
}

#[test]
fn a_source_can_be_given_more() {
    let (mut app, knight, _) = game();
    let source = Uid::new(500).unwrap();
    let def: ModifierDef = ron::from_str("(stat: \"strength\", flat: Some(1.0))").unwrap();
    for _ in 0..2 {
        let defs = std::slice::from_ref(&def);
        app.world_mut()
            .transact("test", |txn| {
                api::add_modifiers(txn, knight, source, DefId(0), defs)
            })
            .unwrap();
    }
    tick(&mut app, 1);
    assert_eq!(
        settled(&app, knight, "strength"),
        16.0,
        "one and one are two"
    );
}
