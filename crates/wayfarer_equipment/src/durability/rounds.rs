//! Combat wears what is worn, round by round.

use bevy::prelude::*;
use wayfarer_core::{
    action::HostWorldExt,
    content::Content,
    id::{Uid, UidIndex},
    refusal::Refusal,
    txn::Txn,
};
use wayfarer_inventory::{Inventory, Item};

use super::{
    apply::{WearCause, roll, wear_out_all},
    group_of, hardiness,
    lately::LatelyWorn,
    seen::SeenCauses,
    uses::use_factor,
};
use crate::{
    content::{DamageWear, WearGroup},
    rules::wear::{CombatRates, Fought, round_percent},
};

/// A round of combat is over: the game tells it on the host, as a message or as an event. The same
/// round of the same combat wears once, however often it is told.
#[derive(Message, Event, Clone, Debug, Default, PartialEq)]
pub struct CombatRoundEnded {
    /// Which combat: any number that no other one has.
    pub combat: u64,
    /// Which round of it.
    pub round: u32,
    /// Everybody who fought.
    pub participants: Vec<Participant>,
}

/// What somebody did and suffered in a round.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// Who.
    pub who: Uid,
    /// Actions of the fight that they took part in.
    pub actions: u32,
    /// Hits they landed.
    pub hits: u32,
    /// How many of those were critical.
    pub criticals: u32,
    /// Blows they blocked.
    pub blocks: u32,
    /// Damage they took. Counts only if the rules wear armour by rounds.
    pub damage: f32,
    /// How fierce it was; 1 is ordinary.
    pub intensity: f32,
}

impl Participant {
    /// Somebody who took part in one action of an ordinary round.
    pub fn new(who: Uid) -> Self {
        Self {
            who,
            actions: 1,
            hits: 0,
            criticals: 0,
            blocks: 0,
            damage: 0.0,
            intensity: 1.0,
        }
    }
}

/// Wears by a round, once.
pub(super) fn end_round(world: &mut World, ended: &CombatRoundEnded) {
    let done = world.transact("equipment.round", |txn| {
        let seen = txn.world().get_resource::<SeenCauses>();
        let mut seen = seen.cloned().unwrap_or_default();
        if !seen.round(ended.combat, ended.round) {
            return Ok(());
        }
        txn.set_resource(seen);
        for participant in &ended.participants {
            // Somebody who has left the world does not keep the others' swords sharp.
            let _gone = txn.attempt(|txn| wear_participant(txn, participant));
        }
        Ok(())
    });
    if let Err(refusal) = done {
        tracing::warn!("a round of combat wore nothing: {refusal}");
    }
}

fn wear_participant(txn: &mut Txn<'_>, participant: &Participant) -> Result<(), Refusal> {
    let entity = txn.entity(participant.who)?;
    let fought = Fought {
        actions: participant.actions,
        hits: participant.hits,
        criticals: participant.criticals,
        blocks: participant.blocks,
        damage: participant.damage,
        intensity: participant.intensity,
    };
    wear_all(txn, entity, fought, WearCause::Round)
}

/// Wears by a hit that somebody took, if the rules do not wait for the end of the round.
pub(super) fn take_hit(world: &mut World, entity: Entity, damage: f32) {
    let fought = Fought {
        damage,
        intensity: 1.0,
        ..Fought::default()
    };
    let done = world.transact("equipment.hit", |txn| {
        wear_all(txn, entity, fought, WearCause::Hit)
    });
    if let Err(refusal) = done {
        tracing::debug!("a hit wore nothing: {refusal}");
    }
}

/// Everything that somebody wears, or took off a moment ago.
fn wear_all(
    txn: &mut Txn<'_>,
    entity: Entity,
    fought: Fought,
    cause: WearCause,
) -> Result<(), Refusal> {
    let content = txn.content();
    let mut amounts = Vec::new();
    for item in exposed(txn, entity)? {
        let Some((rules, group)) = group_of(&content, &item) else {
            continue;
        };
        let by_hit = rules.damage == DamageWear::ByHit;
        let damage = if by_hit == (cause == WearCause::Hit) {
            fought.damage
        } else {
            0.0
        };
        let percent = round_percent(rates(group), Fought { damage, ..fought });
        let hardiness = hardiness(&content, &item, use_factor);
        let amount = roll(txn, percent, hardiness, rules.variance);
        amounts.push((item.uid, amount));
    }
    wear_out_all(txn, entity, &amounts, cause)
}

/// What somebody wears, and what they took off a moment ago and still have, by uid.
pub(super) fn exposed(txn: &Txn<'_>, entity: Entity) -> Result<Vec<Item>, Refusal> {
    let inventory = txn.need::<Inventory>(entity, "inventory")?;
    let lately = txn.get::<LatelyWorn>(entity);
    let lately = lately.into_iter().flat_map(|lately| lately.at(txn.tick()));
    let lately = lately.filter_map(|uid| inventory.get(uid));
    let lately = lately.filter(|item| item.place.slot().is_none());
    let mut all: Vec<Item> = inventory.worn().chain(lately).cloned().collect();
    all.sort_unstable_by_key(|item| item.uid);
    Ok(all)
}

fn rates(group: &WearGroup) -> CombatRates {
    CombatRates {
        per_action: group.per_action,
        per_hit: group.per_hit,
        critical: group.critical,
        per_block: group.per_block,
        per_damage: group.per_damage,
    }
}

/// Whether anybody of a round is known here; a round of strangers is dropped early.
pub(super) fn concerns_somebody(world: &World, ended: &CombatRoundEnded) -> bool {
    let index = world.get_resource::<UidIndex>();
    let known = |who: Uid| index.is_some_and(|index| index.get(who).is_some());
    ended.participants.iter().any(|one| known(one.who))
}

/// Whether the rules wear anything at all.
pub(super) fn anything_wears(content: &Content) -> bool {
    crate::content::WearRulesDef::in_force(content).is_some()
}
