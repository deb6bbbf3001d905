//! What falls apart is shared: both open what is left, dice decide who chooses first.

use bevy::prelude::*;
use wayfarer::{
    inventory::actions::{ShareOut, Shared},
    prelude::*,
};

use super::{
    Pair,
    barter::{as_gus, as_hanna},
    blessing::walk,
};
use crate::{
    game,
    headless::{script::effects::place, stage::Steps},
    scene::layout::STRAW_MAN_POSITION,
};

const ROD: &str = "demo:spark_rod";
const STRAW_MAN: &str = "demo:straw_man";
const HEAP: &str = "demo:straw_heap";

/// The character of the guest is `gus`.
pub fn play(pair: &mut Pair, gus: Uid, steps: &mut Steps) {
    let Some((_, hanna)) = game::my_character(pair.host.world_mut(), PlayerId::LOCAL) else {
        return steps.step("Hanna plays on", Err("she has no character".into()));
    };
    let walked = walk(pair, gus, STRAW_MAN_POSITION + Vec3::new(0.9, 0.0, 0.4));
    steps.step("Gus walks to the straw man", walked);
    let told = bring_down(pair, hanna);
    steps.step("Hanna brings him down; Gus sees what is left", told);
    let told = share(pair, hanna, gus);
    steps.step("both open it, and it is shared", told);
}

fn bring_down(pair: &mut Pair, hanna: Uid) -> Result<String, String> {
    let gift = GrantItem {
        to: hanna,
        def: DefId::of(ROD),
        count: 1,
        compartment: None,
    };
    as_hanna(pair, hanna, &gift).map_err(|r| r.to_string())?;
    let (_, target) = place(pair.host.world_mut(), STRAW_MAN).ok_or("there is no straw man")?;
    let mut sparks = 0;
    while place(pair.host.world_mut(), STRAW_MAN).is_some() {
        let (me, _) = game::my_character(pair.host.world_mut(), PlayerId::LOCAL)
            .ok_or("there is no character")?;
        let bag = pair.host.world().get::<Inventory>(me).ok_or("no bag")?;
        let rod = bag.iter().find(|item| item.def == DefId::of(ROD));
        let spark = UseAbility {
            item: rod.map(|item| item.uid).ok_or("she has no rod")?,
            ability: DefId::of("demo:spark"),
            target: Some(target),
        };
        as_hanna(pair, hanna, &spark).map_err(|r| r.to_string())?;
        sparks += 1;
        // The rod needs a second, and time goes by as it does.
        let mut again = 0;
        pair.run_until(10.0, |pair| {
            again += 1;
            again > 3 && !is_waiting(pair, me)
        });
    }
    let seen = pair.run_until(10.0, |pair| place(pair.guest.world_mut(), HEAP).is_some());
    match seen {
        true => Ok(format!("{sparks} sparks")),
        false => Err("Gus sees nothing".into()),
    }
}

/// Whether the rod is not ready yet.
fn is_waiting(pair: &Pair, me: Entity) -> bool {
    let all = list_abilities(pair.host.world(), me, false);
    let spark = DefId::of("demo:spark");
    all.iter()
        .any(|one| one.ability == spark && one.remaining > 0.0)
}

fn share(pair: &mut Pair, hanna: Uid, gus: Uid) -> Result<String, String> {
    let (_, container) = place(pair.host.world_mut(), HEAP).ok_or("there is no heap")?;
    let open = OpenContainer { container };
    as_hanna(pair, hanna, &open).map_err(|r| r.to_string())?;
    as_gus(pair, gus, &open)?;
    let among = vec![hanna, gus];
    let shared: Shared =
        as_hanna(pair, hanna, &ShareOut { container, among }).map_err(|r| r.to_string())?;
    let fair = shared.worth.iter().all(|&worth| worth > 0) && shared.stayed == 0;
    let empty = pair.run_until(10.0, |pair| {
        let heap = place(pair.guest.world_mut(), HEAP);
        let heap = heap.and_then(|(heap, _)| pair.guest.world().get::<Inventory>(heap));
        heap.is_none_or(Inventory::is_empty)
    });
    let close = CloseContainer { container };
    as_gus(pair, gus, &close)?;
    as_hanna(pair, hanna, &close).map_err(|r| r.to_string())?;
    let told = format!("{:?} gp worth", shared.worth);
    if fair && empty { Ok(told) } else { Err(told) }
}
