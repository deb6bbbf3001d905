//! The guest prays; both see what comes of it.

use bevy::prelude::*;
use wayfarer::{core::clock::RulesClock, prelude::*, stats::effects::Until};

use super::Pair;
use crate::{
    headless::{script::effects::place, stage::Steps},
    scene::layout::SHRINE_POSITION,
    walk::Walk,
};

/// The character of the guest is `uid`.
pub fn play(pair: &mut Pair, uid: Uid, steps: &mut Steps) {
    let walked = walk(pair, uid, SHRINE_POSITION + Vec3::Z * 1.4);
    steps.step("Gus walks to the shrine", walked);
    let Some((_, from)) = place(pair.guest.world_mut(), "demo:shrine") else {
        steps.step("Gus sees the shrine", Err("there is none".into()));
        return;
    };
    let effect = DefId::of("demo:prayer");
    let wish = AcceptEffect { from, effect };
    let world = pair.guest.world_mut();
    world.resource_mut::<Messages<Answered>>().clear();
    world.resource_mut::<Outbox>().send(Some(uid), &wish);
    let both = pair.run_until(10.0, |pair| {
        is_seen(&pair.host, uid) && is_seen(&pair.guest, uid)
    });
    let told = if both {
        Ok(String::new())
    } else {
        let (host, guest) = (is_seen(&pair.host, uid), is_seen(&pair.guest, uid));
        Err(format!("Hanna sees it: {host}; Gus sees it: {guest}"))
    };
    steps.step("he prays; both see that he is blessed", told);
    let mut lefts = (None, None);
    let same = pair.run_until(10.0, |pair| {
        lefts = (left(&pair.host, uid), left(&pair.guest, uid));
        matches!(lefts, (Some((a, x)), Some((b, y))) if a == b && (x - y).abs() < 0.5)
    });
    let told = match lefts {
        (Some((_, host)), Some((_, guest))) if same => {
            Ok(format!("{host:.1} s for Hanna, {guest:.1} s for Gus"))
        }
        lefts => Err(format!("{lefts:?}")),
    };
    steps.step("for both it lasts as long", told);
}

fn entity(app: &App, uid: Uid) -> Option<Entity> {
    app.world().resource::<UidIndex>().get(uid)
}

fn is_seen(app: &App, uid: Uid) -> bool {
    entity(app, uid)
        .and_then(|entity| app.world().get::<PublicEffects>(entity))
        .is_some_and(|effects| effects.has(DefId::of("demo:blessed")))
}

/// The tick at which the blessing ends, and the seconds until then.
fn left(app: &App, uid: Uid) -> Option<(u64, f64)> {
    let effects = app.world().get::<ActiveEffects>(entity(app, uid)?)?;
    let blessing = effects.of(DefId::of("demo:blessed")).next()?;
    let Until::Tick(end) = blessing.until else {
        return None;
    };
    let now = app.world().resource::<RulesClock>().tick;
    let hz = app.world().resource::<ClockMode>().hz();
    Some((end, end.saturating_sub(now) as f64 / hz))
}

/// The guest's character walks, as his keys would make it.
pub(super) fn walk(pair: &mut Pair, uid: Uid, to: Vec3) -> Result<String, String> {
    let mut frames = 0_u32;
    let arrived = pair.run_until(15.0, |pair| {
        let here = entity(&pair.guest, uid)
            .and_then(|entity| pair.guest.world().get::<Position>(entity).copied());
        let Some(here) = here else { return false };
        let gap = Vec2::new(to.x - here.x, to.z - here.z);
        let near = gap.length() < 0.6;
        // A wish for every frame would be more than a host puts up with.
        if near || frames.is_multiple_of(25) {
            let way = if near {
                Vec2::ZERO
            } else {
                gap.normalize() * 100.0
            };
            let wish = Walk {
                x: way.x as i8,
                z: way.y as i8,
            };
            let mut outbox = pair.guest.world_mut().resource_mut::<Outbox>();
            outbox.send(Some(uid), &wish);
        }
        frames += 1;
        near
    });
    if arrived {
        Ok(String::new())
    } else {
        Err("he did not get there within 15 seconds".into())
    }
}
