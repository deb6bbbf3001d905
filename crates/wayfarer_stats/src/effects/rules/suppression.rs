//! Which effects do nothing for now.

use wayfarer_core::{content::Ref, id::DefId};

use crate::{
    effects::definition::EffectDef,
    tags::{TagIndex, Tags},
};

/// What the bearer is by nature.
#[derive(Clone, Debug, Default)]
pub(crate) struct Nature {
    pub(crate) tags: Vec<DefId>,
    pub(crate) immune: Vec<DefId>,
}

/// What keeps an effect from doing anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hindrance {
    /// The bearer's tags do not fulfil its `during`.
    During,
    /// The bearer is immune by nature.
    Nature,
    /// Another effect, at this position, suppresses it or makes immune to it.
    By(usize),
}

/// For each effect, the oldest first, what hinders it; and the tags that come of the others.
///
/// Effects hinder only while they are not hindered themselves. Where two hinder each other the
/// older one holds. Where there is no answer that holds (one grants a tag without which the other
/// hinders it), those that cannot be decided are hindered. An effect without definition does
/// nothing and hinders nobody.
pub(crate) fn hindered(
    effects: &[Option<&EffectDef>],
    nature: &Nature,
    index: &TagIndex,
) -> (Vec<Option<Hindrance>>, Tags) {
    let mut found: Vec<Option<Hindrance>> = vec![None; effects.len()];
    let involved = effects.iter().flatten().filter(|effect| {
        !(effect.immune.is_empty() && effect.suppresses.is_empty() && effect.during.is_empty())
    });
    let involved = involved.count();
    if involved == 0 && nature.immune.is_empty() {
        let tags = tags(effects, &found, nature, index);
        return (found, tags);
    }
    let mut undecided = vec![false; effects.len()];
    // Without cycles each round decides for good at least one more of those that hinder or are
    // hindered by tags; the others follow from these in the round after.
    let enough = involved + 2;
    for round in 0..=enough + effects.len() {
        let mut changed = false;
        // The youngest is asked first, so that it gives way to those before it.
        for at in (0..effects.len()).rev() {
            let tags = tags(effects, &found, nature, index);
            let new = if undecided[at] {
                found[at].or(Some(Hindrance::During))
            } else {
                hindrance(at, effects, &found, nature, &tags, index)
            };
            if new.is_some() != found[at].is_some() {
                changed = true;
                undecided[at] |= round > enough;
            }
            found[at] = new;
        }
        if !changed {
            break;
        }
    }
    let tags = tags(effects, &found, nature, index);
    (found, tags)
}

fn hindrance(
    at: usize,
    effects: &[Option<&EffectDef>],
    found: &[Option<Hindrance>],
    nature: &Nature,
    tags: &Tags,
    index: &TagIndex,
) -> Option<Hindrance> {
    let this = effects[at]?;
    if !this.during.holds(tags) {
        return Some(Hindrance::During);
    }
    let own: Vec<DefId> = this.tags.iter().map(Ref::id).collect();
    if index.any_under(&own, &nature.immune) {
        return Some(Hindrance::Nature);
    }
    let by = effects.iter().enumerate().find(|(other, effect)| {
        *other != at
            && found[*other].is_none()
            && effect.is_some_and(|effect| {
                let against = effect.immune.iter().chain(&effect.suppresses);
                against
                    .map(Ref::id)
                    .any(|tag| index.any_under(&own, &[tag]))
            })
    });
    by.map(|(other, _)| Hindrance::By(other))
}

fn tags(
    effects: &[Option<&EffectDef>],
    found: &[Option<Hindrance>],
    nature: &Nature,
    index: &TagIndex,
) -> Tags {
    let active = effects
        .iter()
        .zip(found)
        .filter(|(_, hindrance)| hindrance.is_none());
    let granted = active
        .filter_map(|(effect, _)| *effect)
        .flat_map(|effect| &effect.grants);
    Tags::of(
        index,
        nature.tags.iter().copied().chain(granted.map(Ref::id)),
    )
}
