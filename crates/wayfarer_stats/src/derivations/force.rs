//! Which derivations apply in a world.

use wayfarer_core::content::{Content, Def, Ref};

use crate::content::{DerivationDef, WorldDef};

/// The derivations that apply in a world, or without one, in the order in which they do.
pub(super) fn in_force<'c>(
    content: &'c Content,
    world: Option<&Def<WorldDef>>,
) -> Vec<&'c Def<DerivationDef>> {
    let stands_in = |derivation: &Def<DerivationDef>| {
        let mut new = world
            .into_iter()
            .flat_map(|world| world.replacements.iter());
        new.any(|(_, new)| new.id() == derivation.id())
    };
    let gone = |derivation: &Def<DerivationDef>| {
        world.is_some_and(|world| {
            let excluded = world
                .exclude
                .iter()
                .map(Ref::id)
                .any(|id| id == derivation.id());
            excluded || world.replacements.get(derivation.name()).is_some()
        })
    };
    let mut all: Vec<&Def<DerivationDef>> = content
        .table::<DerivationDef>()
        .iter()
        .filter(|one| (one.enabled || stands_in(one)) && !gone(one))
        .collect();
    // Sorted by name already; sorting keeps that order among equals.
    all.sort_by_key(|derivation| derivation.priority);
    all
}
