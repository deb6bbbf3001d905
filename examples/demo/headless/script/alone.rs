//! Walking, picking up, wearing, carrying too much, looking into a chest; what is refused and why.

use bevy::prelude::*;
use wayfarer::{
    core::{ledger::UndoAction, state::state_hash},
    prelude::*,
};

use super::{ANN, ann, ask, equal, item, on_the_ground, stat, ticks, walk_to};
use crate::{
    headless::stage::{Steps, refused},
    scene::layout::CHEST_POSITIONS,
};

const SLOT: &str = "core:main_hand";

pub fn play(app: &mut App, steps: &mut Steps) {
    let here = ann(app.world_mut()).map(|(_, uid)| format!("character {uid}"));
    steps.step("Ann has a character", here.ok_or("she has none".into()));
    wear(app, steps);
    ground(app, steps);
    chest(app, steps);
    burden(app, steps);
    refusals(app, steps);
    master(app, steps);
}

fn wear(app: &mut App, steps: &mut Steps) {
    let slot = DefId::of(SLOT);
    let off = ask(
        app,
        &UnequipItem {
            slot,
            compartment: None,
        },
    );
    steps.step(
        "she puts her weapon away",
        off.map(|_| String::new()).map_err(|r| r.to_string()),
    );
    ticks(app, 41);
    let before = stat(app.world_mut(), "core:attributes.strength");
    let Some(ring) = grant(app, "demo:ring_of_strength") else {
        steps.step("a ring is given to her", Err("it was not".into()));
        return;
    };
    let on = ask(
        app,
        &EquipItem {
            item: ring,
            slot: None,
        },
    );
    steps.step(
        "she puts a ring on",
        on.map(|_| String::new()).map_err(|r| r.to_string()),
    );
    let after = stat(app.world_mut(), "core:attributes.strength");
    let rose = if after > before {
        Ok(format!("{before} → {after}"))
    } else {
        Err(format!("{before} → {after}"))
    };
    steps.step("her strength rises", rose);
    let again = ask(
        app,
        &EquipItem {
            item: ring,
            slot: None,
        },
    );
    let told = match again {
        Err(refusal) => Ok(refusal.to_string()),
        Ok(done) => Err(format!("{done:?}")),
    };
    steps.step("what is worn cannot be put on again", told);
    explain(app, steps);
}

fn grant(app: &mut App, name: &str) -> Option<Uid> {
    let (_, to) = ann(app.world_mut())?;
    let gift = GrantItem {
        to,
        def: DefId::of(name),
        count: 1,
        compartment: None,
    };
    app.world_mut()
        .act(PlayerId::LOCAL, None, &gift)
        .or_else(|_| app.world_mut().act(PlayerId::LOCAL, Some(to), &gift))
        .ok()?;
    ticks(app, 1);
    item(app.world_mut(), name)
}

fn explain(app: &mut App, steps: &mut Steps) {
    let strength = StatId::of("core:attributes.strength");
    let why =
        ann(app.world_mut()).and_then(|(entity, _)| explain_entity(app.world(), entity, strength));
    let told = match why {
        Some(why) => {
            for line in &why.lines {
                let place = line.place.as_deref().unwrap_or("");
                println!(
                    "          {:<28} {:>7.2}  {place}",
                    line.label, line.running
                );
            }
            let sum = why.lines.last().map_or(f32::NAN, |line| line.running);
            equal("the end of the explanation", sum, why.value)
        }
        None => Err("there is no explanation".into()),
    };
    steps.step("the number explains itself", told);
}

fn ground(app: &mut App, steps: &mut Steps) {
    let Some(apples) = on_the_ground(app.world_mut(), "demo:apple") else {
        steps.step("apples lie in the grass", Err("none do".into()));
        return;
    };
    let walked = walk_to(app, 1.4, 2.0);
    steps.step("she walks to the apples", walked);
    let taken = ask(
        app,
        &PickUpItem {
            item: apples,
            count: None,
            to: None,
        },
    );
    steps.step(
        "she picks them up",
        taken.map(|uid| format!("{uid}")).map_err(|r| r.to_string()),
    );
    let far = on_the_ground(app.world_mut(), "demo:iron_ore");
    let too_far = far.map(|item| {
        ask(
            app,
            &PickUpItem {
                item,
                count: None,
                to: None,
            },
        )
    });
    let told = match too_far {
        Some(result) => refused(app.world(), result, "out_of_reach"),
        None => Err("no ore lies there".into()),
    };
    steps.step("what is far away stays there", told);
    let dropped = item(app.world_mut(), "demo:apple")
        .ok_or("she has no apples".to_owned())
        .and_then(|item| {
            ask(
                app,
                &DropItem {
                    item,
                    count: Some(1),
                },
            )
            .map(|uid| format!("one apple is {uid} now"))
            .map_err(|r| r.to_string())
        });
    steps.step("she drops one", dropped);
}

fn chest(app: &mut App, steps: &mut Steps) {
    let spot = CHEST_POSITIONS[0];
    let mut query = app
        .world_mut()
        .query_filtered::<(&Identity, &Position), With<Container>>();
    let chest = query
        .iter(app.world())
        .find(|(_, at)| (at.x - spot.x).abs() < 0.1)
        .map(|(identity, _)| identity.0);
    let Some(container) = chest else {
        steps.step("there is a chest", Err("there is none".into()));
        return;
    };
    let shut = first_in(app, container).map(|item| take(container, item));
    if let Some(take) = shut.map(|take| take(app)) {
        let told = ask(app, &take);
        let code = match &told {
            Err(refusal) if refusal.code.as_str() == "not_open" => "not_open",
            _ => "out_of_reach",
        };
        steps.step(
            "a closed chest gives nothing",
            refused(app.world(), told, code),
        );
    }
    let walked = walk_to(app, spot.x + 0.4, spot.z + 1.2);
    steps.step("she walks to the chest", walked);
    let opened = ask(app, &OpenContainer { container });
    steps.step(
        "she opens it",
        opened.map(|()| String::new()).map_err(|r| r.to_string()),
    );
    let taken = match first_in(app, container) {
        Some(item) => {
            let wish = take(container, item)(app);
            ask(app, &wish)
                .map(|uid| format!("{uid}"))
                .map_err(|r| r.to_string())
        }
        None => Err("it is empty".into()),
    };
    steps.step("she takes the first thing out", taken);
}

fn first_in(app: &mut App, container: Uid) -> Option<Uid> {
    let entity = app.world().resource::<UidIndex>().get(container)?;
    let inventory = app.world().get::<Inventory>(entity)?;
    inventory.iter().next().map(|item| item.uid)
}

fn take(container: Uid, item: Uid) -> impl Fn(&mut App) -> TransferItem {
    move |app| TransferItem {
        from: container,
        item,
        count: None,
        to: ann(app.world_mut()).map_or(container, |(_, uid)| uid),
        compartment: None,
    }
}

fn burden(app: &mut App, steps: &mut Steps) {
    let light = stat(app.world_mut(), "core:movement.speed");
    let mut given = 0;
    while given < 400 && grant(app, "demo:iron_ore").is_some() {
        given += 1;
        if stat(app.world_mut(), "core:movement.speed") < light {
            break;
        }
    }
    let heavy = stat(app.world_mut(), "core:movement.speed");
    let told = if heavy < light {
        Ok(format!("{light:.2} → {heavy:.2} m/s"))
    } else {
        Err(format!(
            "{given} pieces of ore leave the speed at {heavy:.2} m/s"
        ))
    };
    steps.step("much ore makes her slow", told);
    let anvil = on_the_ground(app.world_mut(), "demo:anvil");
    let _ = walk_to(app, 6.0, 0.4);
    let told = match anvil.map(|item| {
        ask(
            app,
            &PickUpItem {
                item,
                count: None,
                to: None,
            },
        )
    }) {
        Some(Err(refusal)) if refusal.code.as_str().starts_with("exceeds") => {
            let content = app.world().resource::<ActiveContent>().0.clone();
            Ok(app.world().resource::<Texts>().refusal(&refusal, &content))
        }
        Some(other) => Err(format!("{other:?}")),
        None => Err("there is no anvil".into()),
    };
    steps.step("an anvil on top is too much", told);
}

fn refusals(app: &mut App, steps: &mut Steps) {
    let before = state_hash(app.world());
    let stranger = PlayerId(0xBAD << 32);
    let (_, uid) = ann(app.world_mut()).unwrap_or((Entity::PLACEHOLDER, before_uid()));
    app.world_mut()
        .resource_mut::<Players>()
        .arrive(stranger, "Stranger", Role::Player);
    let slot = DefId::of("core:ring_left");
    let theft = app.world_mut().act(
        stranger,
        Some(uid),
        &UnequipItem {
            slot,
            compartment: None,
        },
    );
    steps.step(
        "a stranger cannot act for her",
        refused(app.world(), theft, "not_owner"),
    );
    app.world_mut().resource_mut::<Players>().depart(stranger);
    let nothing = item(app.world_mut(), "demo:apple").map(|item| {
        app.world_mut().act(
            ANN,
            Some(uid),
            &DropItem {
                item,
                count: Some(0),
            },
        )
    });
    let told = match nothing {
        Some(result) => refused(app.world(), result, "invalid_amount"),
        None => Err("she has no apples left".into()),
    };
    steps.step("dropping none is refused", told);
    let same = if state_hash(app.world()) == before {
        Ok(format!("{before:016x}"))
    } else {
        Err("the state hash has changed".into())
    };
    steps.step("refusals have changed nothing", same);
}

/// Only reached when there is no character, which an earlier step has reported.
fn before_uid() -> Uid {
    let mut mint = wayfarer::core::id::UidMint::default();
    mint.mint()
}

fn master(app: &mut App, steps: &mut Steps) {
    let Some((_, target)) = ann(app.world_mut()) else {
        return;
    };
    let stat_id = StatId::of("core:attributes.dexterity");
    let was = stat(app.world_mut(), "core:attributes.dexterity");
    let patch = PatchStat {
        target,
        stat: stat_id,
        layer: PatchLayer::Base,
        change: PatchChange::Add(3.0),
    };
    let not_hers = app.world_mut().act(ANN, None, &patch);
    let not_hers = match not_hers {
        Err(refusal) if refusal.code == Code::NO_ACTOR => {
            app.world_mut().act(ANN, Some(target), &patch)
        }
        other => other,
    };
    steps.step(
        "she cannot change her own stats",
        refused(app.world(), not_hers, "not_authorised"),
    );
    let done = app.world_mut().act(PlayerId::LOCAL, Some(target), &patch);
    ticks(app, 1);
    let now = stat(app.world_mut(), "core:attributes.dexterity");
    let told = done
        .map_err(|r| r.to_string())
        .and_then(|_| equal("dexterity", now, was + 3.0));
    steps.step("the game master can", told);
    let sequence = app.world().resource::<Ledger>().next_sequence() - 1;
    let undone = app
        .world_mut()
        .act(PlayerId::LOCAL, None, &UndoAction { sequence });
    ticks(app, 1);
    let now = stat(app.world_mut(), "core:attributes.dexterity");
    let told = undone
        .map_err(|r| r.to_string())
        .and_then(|()| equal("dexterity", now, was));
    steps.step("and can undo it", told);
}
