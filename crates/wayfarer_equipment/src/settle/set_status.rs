//! What panels show of sets: how far somebody has come, what is missing, what putting something on
//! or repairing would bring. By the very rules that count.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content, Ref},
    feature::Features,
    id::{DefId, Uid},
    refusal::Refusal,
};
use wayfarer_inventory::{Inventory, Item, view::View};
use wayfarer_stats::ops::StatOp;

use super::sets::{ActiveSets, active_with, modifiers, pieces};
use crate::{
    FEATURE,
    content::GearSetDef,
    plan::plan_equip,
    rules::sets::{Piece, count, if_repaired, missing, reached},
};

/// How far somebody has come with a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetStatus {
    /// The set.
    pub set: DefId,
    /// Its pieces that are worn.
    pub pieces: Vec<Piece>,
    /// How many of them count.
    pub counted: u32,
    /// How many tiers count.
    pub tiers: usize,
    /// How many pieces are missing for the next tier; `None` when all count.
    pub next: Option<u32>,
    /// The things that belong to it by name and are not worn.
    pub missing: Vec<DefId>,
    /// How many more tiers would count if every piece were in good repair.
    pub restored: usize,
}

impl SetStatus {
    /// The pieces that would have to be repaired to count.
    pub fn unsound(&self) -> impl Iterator<Item = Uid> {
        let unsound = self.pieces.iter().filter(|piece| !piece.sound);
        unsound.map(|piece| piece.uid)
    }
}

/// Every set of which `actor` wears a piece, by name.
pub fn set_status(world: &World, actor: Entity) -> Vec<SetStatus> {
    let content = world.get_resource::<ActiveContent>();
    let inventory = world.get::<Inventory>(actor);
    let Some((content, inventory)) = content.zip(inventory) else {
        return Vec::new();
    };
    status_of(&content.0, &inventory.worn().collect::<Vec<_>>())
}

/// Every set of which `actor` would wear a piece after putting something on; what gives way is taken
/// off.
///
/// # Errors
/// The refusal that putting it on would get.
pub fn set_what_if(
    world: &World,
    actor: Entity,
    item: Uid,
    slot: Option<DefId>,
) -> Result<Vec<SetStatus>, Refusal> {
    Features::check(world, FEATURE)?;
    let content = world.resource::<ActiveContent>().0.clone();
    let view = View::of(world, &content, actor)?;
    let plan = plan_equip(&view, item, slot)?;
    let off: Vec<Uid> = plan.taken_off.iter().map(|off| off.item).collect();
    let worn = worn_after(&view, &off, Some(view.item(item)?));
    Ok(status_of(&content, &worn))
}

/// What would be worn without some things and with another.
pub(crate) fn worn_after<'a>(
    view: &View<'a>,
    without: &[Uid],
    with: Option<&'a Item>,
) -> Vec<&'a Item> {
    let stays =
        |item: &&Item| !without.contains(&item.uid) && with.is_none_or(|with| with.uid != item.uid);
    view.inventory.worn().filter(stays).chain(with).collect()
}

/// The change of stats through sets, if these things were worn.
pub(crate) fn set_op(view: &View<'_>, content: &std::sync::Arc<Content>, worn: &[&Item]) -> StatOp {
    let sets = view.world.get::<ActiveSets>(view.entity);
    // Nothing has the last of all uids.
    let last = Uid::new(u64::MAX).unwrap_or(Uid::MIN);
    let source = sets.and_then(ActiveSets::source).unwrap_or(last);
    let active = active_with(content, worn);
    StatOp::SetModifiers {
        source,
        modifiers: modifiers(content, &active, source),
    }
}

fn status_of(content: &Content, worn: &[&Item]) -> Vec<SetStatus> {
    let mut all = Vec::new();
    for set in content.table::<GearSetDef>() {
        let pieces = pieces(content, set, worn.iter().copied());
        if pieces.is_empty() {
            continue;
        }
        let steps = set.steps();
        let counted = count(&pieces, !set.doubles);
        let tiers = reached(counted, &steps);
        let absent = |item: &DefId| !pieces.iter().any(|piece| piece.def == *item);
        all.push(SetStatus {
            set: set.id(),
            counted,
            tiers,
            next: missing(counted, &steps),
            missing: set.items.iter().map(Ref::id).filter(absent).collect(),
            restored: if_repaired(&pieces, !set.doubles, &steps).saturating_sub(tiers),
            pieces,
        });
    }
    all
}
