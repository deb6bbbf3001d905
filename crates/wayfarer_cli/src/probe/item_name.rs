//! What a typed name stands for.

use bevy::prelude::*;
use wayfarer_core::{
    character::{Character, DisplayName},
    content::{ActiveContent, did_you_mean},
    id::{DefId, Uid, UidIndex},
};
use wayfarer_equipment::prelude::SlotDef;
use wayfarer_inventory::{
    Inventory, Item, WorldItem,
    content::{CompartmentDef, ItemDef},
};

/// The name of an item as players see it; its id when the packs do not have it.
pub(crate) fn name_of(world: &World, item: &Item) -> String {
    let content = &world.resource::<ActiveContent>().0;
    let def = content.table::<ItemDef>().get(item.def);
    def.map_or_else(
        || format!("unknown item {}", item.def),
        |def| def.name.clone(),
    )
}

/// An item of the actor's own. A uid is taken as it is, so that a host can be asked for what is
/// not there.
pub(crate) fn own_item(world: &World, actor: Uid, typed: &str) -> Result<Uid, String> {
    if let Some(uid) = uid(typed) {
        return uid;
    }
    let inventory = entity(world, actor).and_then(|entity| world.get::<Inventory>(entity));
    let items = inventory.into_iter().flat_map(Inventory::iter);
    let named = items.map(|item| (name_of(world, item), item.uid));
    choose("item of yours", typed, named.collect(), Uid::to_string)
}

/// An item that lies somewhere in sight.
pub(crate) fn lying_item(world: &World, typed: &str) -> Result<Uid, String> {
    if let Some(uid) = uid(typed) {
        return uid;
    }
    let all = world.resource::<UidIndex>().sorted();
    let lying = all.into_iter().filter_map(|(uid, entity)| {
        let lying = world.get::<WorldItem>(entity)?;
        Some((name_of(world, &lying.item), uid))
    });
    choose("item on the ground", typed, lying.collect(), Uid::to_string)
}

/// A character in sight.
pub(crate) fn character(world: &World, typed: &str) -> Result<Uid, String> {
    if let Some(uid) = uid(typed) {
        return uid;
    }
    let all = world.resource::<UidIndex>().sorted();
    let named = all.into_iter().filter_map(|(uid, entity)| {
        world.get::<Character>(entity)?;
        Some((world.get::<DisplayName>(entity)?.0.clone(), uid))
    });
    choose("character", typed, named.collect(), Uid::to_string)
}

/// A slot of the content.
pub(crate) fn slot(world: &World, typed: &str) -> Result<DefId, String> {
    let content = &world.resource::<ActiveContent>().0;
    let slots = content.table::<SlotDef>();
    if let Some(slot) = slots.get_by_name(typed) {
        return Ok(slot.id());
    }
    let named = slots.iter().flat_map(|slot| {
        // `main_hand` as well as "Main hand".
        let key = slot.name().rsplit(':').next().unwrap_or_default();
        [(slot.name.clone(), slot.id()), (key.to_owned(), slot.id())]
    });
    choose("slot", typed, named.collect(), |_| String::new())
}

/// A compartment of the actor's own.
pub(crate) fn compartment(world: &World, actor: Uid, typed: &str) -> Result<u8, String> {
    if let Ok(index) = typed.parse() {
        return Ok(index);
    }
    let content = &world.resource::<ActiveContent>().0;
    let inventory = entity(world, actor).and_then(|entity| world.get::<Inventory>(entity));
    let compartments = inventory.map(Inventory::compartments).unwrap_or_default();
    let named = (0..=u8::MAX).zip(compartments).flat_map(|(index, def)| {
        let def = content.table::<CompartmentDef>().get(*def);
        def.into_iter().flat_map(move |def| {
            let key = def.name().rsplit(':').next().unwrap_or_default();
            [(def.name.clone(), index), (key.to_owned(), index)]
        })
    });
    choose("compartment", typed, named.collect(), u8::to_string)
}

/// The entity of a uid.
pub(crate) fn entity(world: &World, uid: Uid) -> Option<Entity> {
    world.resource::<UidIndex>().get(uid)
}

/// `#12`; `None` if it does not look like a uid.
fn uid(typed: &str) -> Option<Result<Uid, String>> {
    let number = typed.strip_prefix('#')?;
    let uid = number.parse().ok().and_then(Uid::new);
    Some(uid.ok_or_else(|| format!("`{typed}` is no uid; write one like #12")))
}

/// The one candidate whose name is `typed` or begins with it. Case does not matter. `number` tells
/// those of one name apart.
fn choose<T: Copy + PartialEq>(
    what: &str,
    typed: &str,
    candidates: Vec<(String, T)>,
    number: fn(&T) -> String,
) -> Result<T, String> {
    let wanted = typed.to_lowercase();
    let matching = |whole: bool| {
        let mut found: Vec<&(String, T)> = Vec::new();
        for candidate in &candidates {
            let name = candidate.0.to_lowercase();
            let fits = name == wanted || !whole && name.starts_with(&wanted);
            if fits && !found.iter().any(|(_, known)| *known == candidate.1) {
                found.push(candidate);
            }
        }
        found
    };
    let whole = matching(true);
    let found = if whole.is_empty() {
        matching(false)
    } else {
        whole
    };
    match found.as_slice() {
        [(_, one)] => Ok(*one),
        [] => {
            // Suggestions mind the case, and here it does not matter.
            let lower: Vec<String> = candidates.iter().map(|c| c.0.to_lowercase()).collect();
            let near = did_you_mean(&wanted, lower.iter().map(String::as_str));
            let near = near.and_then(|near| candidates.iter().find(|c| c.0.to_lowercase() == near));
            let near = near.map(|(near, _)| format!("; did you mean `{near}`?"));
            let near = near.unwrap_or_default();
            Err(format!("there is no {what} `{typed}`{near}"))
        }
        several => {
            let names: Vec<String> = several
                .iter()
                .map(|(name, one)| format!("{name} {}", number(one)).trim_end().to_owned())
                .collect();
            let names = names.join(", ");
            Err(format!(
                "`{typed}` could be several: {names}; write more of the name, or its number"
            ))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn a_beginning_is_enough_if_it_is_unique() {
        let bag = || {
            ["Iron sword", "Iron shield", "Apple", "Apple pie"]
                .into_iter()
                .zip(1..)
                .map(|(name, number)| (name.to_owned(), number))
                .collect()
        };
        for (typed, expected) in [
            ("iron sw", 1),
            ("IRON SHIELD", 2),
            ("apple", 3),
            ("apple p", 4),
        ] {
            assert_eq!(
                choose("item", typed, bag(), i32::to_string).unwrap(),
                expected,
                "{typed}"
            );
        }
        let several = choose("item", "iron", bag(), i32::to_string).unwrap_err();
        assert!(
            several.contains("Iron sword 1, Iron shield 2;"),
            "{several}"
        );
        let none = choose("item", "aple", bag(), i32::to_string).unwrap_err();
        assert!(none.contains("did you mean `Apple`?"), "{none}");
    }

    #[test]
    fn one_thing_with_two_names_is_one() {
        let slots = vec![("Main hand".to_owned(), 1), ("main_hand".to_owned(), 1)];
        assert_eq!(choose("slot", "main", slots, i32::to_string).unwrap(), 1);
    }

    #[test]
    fn uids_are_numbers() {
        assert_eq!(uid("#12").unwrap().unwrap(), Uid::new(12).unwrap());
        assert!(uid("#0").unwrap().is_err());
        assert!(uid("#x").unwrap().is_err());
        assert!(uid("12").is_none());
    }
}
