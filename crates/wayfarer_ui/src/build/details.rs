use std::sync::Arc;

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::{DefId, Uid},
    refusal::Refusal,
    text::Texts,
};
use wayfarer_equipment::{
    condition::band_of,
    content::{GearDef, MaterialDef, SlotDef},
    durability::outlook,
    ext::{Durability, Quality, Rarity, Usage, quality_of, rarity_of},
    plan::plan_equip,
    preview_equip, preview_unequip,
    refusals::EQUIP_LOCKED,
    total::{Wearer, modifiers_of},
};
use wayfarer_inventory::{
    Inventory, Item, Place, WorldItem,
    content::ItemDef,
    ext::{self, ItemExt},
    naming::tag_words,
    view::View,
};
use wayfarer_stats::{api::display_name, effects::EffectDef, what_if::Change};

use crate::{
    build::effects::amount_words,
    model::item::{ItemDetails, StatChange},
    panels::number,
    texts::{Label, labels},
};

/// Everything about an item that `actor` looks at: in its own inventory, in a container, or on the
/// ground. For an own item that can be worn, what would change if it were put on; for a worn one,
/// what would change if it were taken off. `open` is the container that is open, if one is.
pub fn item_details(
    world: &World,
    actor: Entity,
    holder: Option<Entity>,
    open: Option<Entity>,
    uid: Uid,
) -> Option<ItemDetails> {
    let content = &world.get_resource::<ActiveContent>()?.0;
    let default = Texts::default();
    let texts = world.get_resource::<Texts>().unwrap_or(&default);
    let holder = holder?;
    // A bag that lies somewhere is both: an item, and what holds others.
    let held = world.get::<Inventory>(holder);
    let item = match held.and_then(|inventory| inventory.get(uid)) {
        Some(item) => item,
        None => &world.get::<WorldItem>(holder)?.item,
    };
    let def = content.table::<ItemDef>().get(item.def);
    let mut details = ItemDetails {
        description: def.map_or_else(String::new, |def| def.description.clone()),
        facts: facts(world, content, texts, item, actor),
        ..ItemDetails::default()
    };
    let own = holder == actor;
    details.refusals = refusals(&Looking {
        world,
        content,
        texts,
        actor,
        holder,
        open,
        item,
    });
    let wearable = content.table::<GearDef>().get(item.def).is_some();
    if own && wearable {
        let preview = match item.place {
            Place::Worn(slot) => preview_unequip(world, actor, slot),
            Place::In(_) | Place::Inside { .. } | Place::Overflow => {
                details.replaces = replaces(world, content, actor, uid);
                preview_equip(world, actor, uid, None)
            }
        };
        match preview {
            Ok(changes) => details.changes = changes.iter().map(|c| change(content, c)).collect(),
            // A lock passes by itself and is shown as such.
            Err(refusal) if refusal.code == EQUIP_LOCKED => {}
            Err(refusal) => details.refusal = Some(say(texts, content, &refusal)),
        }
    }
    Some(details)
}

mod refused;

use refused::{Looking, refusals};

fn say(texts: &Texts, content: &Content, refusal: &Refusal) -> String {
    texts.refusal(refusal, content)
}

fn facts(
    world: &World,
    content: &Arc<Content>,
    texts: &Texts,
    item: &Item,
    actor: Entity,
) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
    if let Some(def) = content.table::<ItemDef>().get(item.def) {
        if !def.rarity.is_empty() && rarity_of(content, item).is_none() {
            fact(labels::RARITY.of(texts), def.rarity.clone());
        }
        if !def.tags.is_empty() {
            let tags: Vec<String> = def.tags.iter().map(|tag| tag_words(tag)).collect();
            fact(labels::TAGS.of(texts), tags.join(", "));
        }
        if let Some(usage) = &def.usage {
            let effects = content.table::<EffectDef>();
            let names = usage
                .effects
                .iter()
                .filter_map(|effect| effects.get(effect.id()));
            let names: Vec<&str> = names.map(|effect| effect.name.as_str()).collect();
            fact(labels::WHEN_USED.of(texts), names.join(", "));
        }
    }
    if let Some(gear) = content.table::<GearDef>().get(item.def) {
        let material = gear.material.as_ref();
        let material = material.and_then(|m| content.table::<MaterialDef>().get(m.id()));
        if let Some(material) = material {
            fact(labels::MADE_OF.of(texts), material.name.clone());
        }
        let slots: Vec<&str> = gear
            .slots
            .iter()
            .filter_map(|slot| slot_name(content, slot.id()))
            .collect();
        fact(labels::WORN_IN.of(texts), slots.join(", "));
        for requirement in &gear.requires {
            let stat = requirement.stat_id(content);
            let name = match (&requirement.name, stat) {
                (None, Some(stat)) => display_name(content, stat),
                _ => requirement.shown().to_owned(),
            };
            let needed = format!("{name} {}", number(requirement.min));
            fact(labels::REQUIRES.of(texts), needed);
        }
    }
    let mut name = labels::GIVES.of(texts);
    for gives in gives(world, content, item, actor) {
        facts.push((std::mem::take(&mut name).to_owned(), gives));
    }
    facts.extend(state(world, content, texts, item));
    // What other plugins and the game know of it, as they show it.
    for (kind, bytes) in item.exts().filter(|(kind, _)| !is_state(*kind)) {
        let Some(entry) = ext::entry(kind) else {
            continue;
        };
        if let Some(shown) = (entry.show)(bytes) {
            let name = entry.name.rsplit('.').next().unwrap_or(entry.name);
            facts.push((name.to_owned(), shown));
        }
    }
    facts
}

/// What it does for `actor` while it is worn, as far as it is known; with all that quality,
/// condition and enchantments make of it.
fn gives(world: &World, content: &Arc<Content>, item: &Item, actor: Entity) -> Vec<String> {
    let wearer = Wearer {
        world,
        entity: actor,
    };
    let words = modifiers_of(content, item, &wearer)
        .into_iter()
        .map(|modifier| {
            // It works, but nobody knows yet that this is where it comes from.
            if modifier.marks.sealed {
                return "?".to_owned();
            }
            let stat = display_name(content, modifier.stat);
            let amount = amount_words(modifier.kind, modifier.amount);
            match &modifier.when {
                Some(when) => format!("{stat} {amount} ({when})"),
                None => format!("{stat} {amount}"),
            }
        });
    let mut words: Vec<String> = words.collect();
    words.dedup();
    words
}

/// How well made, how rare and how worn it is.
fn state(world: &World, content: &Content, texts: &Texts, item: &Item) -> Vec<(String, String)> {
    let mut facts = Vec::new();
    let mut fact = |name: Label, value: String| facts.push((name.of(texts).to_owned(), value));
    if let Some(quality) = quality_of(content, item) {
        fact(labels::QUALITY, quality.name.clone());
    }
    if let Some(rarity) = rarity_of(content, item) {
        fact(labels::RARITY, rarity.name.clone());
    }
    let Some(outlook) = outlook(world, content, item) else {
        return facts;
    };
    let percent = number(Durability::of(item).percent());
    let band = band_of(content, item).map_or("", |band| band.name.as_str());
    fact(labels::CONDITION, format!("{band}, {percent} %"));
    if let Some(days) = outlook.days {
        let days = number(days as f32);
        let text = labels::DAYS_LEFT.of(texts).replace("{days}", &days);
        fact(labels::OUTLOOK, format!("{}, {text}", outlook.name));
    }
    facts
}

/// Whether an extension is shown in words already.
fn is_state(kind: DefId) -> bool {
    let shown = [
        Quality::kind(),
        Rarity::kind(),
        Durability::kind(),
        Usage::kind(),
    ];
    shown.contains(&kind)
}

fn slot_name(content: &Content, slot: DefId) -> Option<&str> {
    let def = content.table::<SlotDef>().get(slot)?;
    Some(&def.name)
}

fn replaces(world: &World, content: &Content, actor: Entity, uid: Uid) -> Vec<String> {
    let Ok(view) = View::of(world, content, actor) else {
        return Vec::new();
    };
    let Ok(plan) = plan_equip(&view, uid, None) else {
        return Vec::new();
    };
    let names = plan.taken_off.iter().map(|taken| {
        let def = content.table::<ItemDef>().get(taken.def);
        def.map_or_else(|| taken.item.to_string(), |def| def.name.clone())
    });
    names.collect()
}

fn change(content: &Content, change: &Change) -> StatChange {
    StatChange {
        stat: display_name(content, change.stat),
        before: change.before,
        after: change.after,
        better: Some(change.after > change.before),
    }
}
