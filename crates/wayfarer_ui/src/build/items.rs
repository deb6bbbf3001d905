//! Rows for items: what is the same for all of a kind is looked up once.

use std::{collections::HashMap, sync::Arc};

use bevy::prelude::*;
use wayfarer_core::{
    clock::{ClockMode, ticks},
    content::{ActiveContent, Content, Ref},
    id::DefId,
    refusal::{Code, Refusal},
    text::Texts,
};
use wayfarer_equipment::{
    Equipment, check_equip,
    content::{EquipRulesDef, GearDef},
    durability::share_left,
    ext::{Rarity, rarity_of},
    refusals::EQUIP_LOCKED,
};
use wayfarer_inventory::{
    Inventory, Item, content::ItemDef, marks::Marks, naming::display_name, value::appraise,
};

use crate::model::item::{Cooldown, ItemRow};

/// Up to this many items each is asked for itself whether it can be put on; beyond, one of a kind
/// speaks for all.
const ASK_EACH: usize = 1000;

/// Makes rows.
pub(super) struct ItemRows<'w> {
    pub world: &'w World,
    pub content: &'w Content,
    pub texts: &'w Texts,
    /// Who would put them on.
    pub actor: Entity,
    marks: Option<&'w Marks>,
    kinds: HashMap<DefId, Kind>,
    blocked: HashMap<DefId, Option<Arc<str>>>,
    ask_each: bool,
    hz: f64,
}

/// What all items of a kind have in common.
#[derive(Clone)]
struct Kind {
    row: ItemRow,
    weight: f32,
    bulk: f32,
    value: f32,
    gear: bool,
    bag: bool,
}

impl<'w> ItemRows<'w> {
    /// `None` while there is no content.
    pub fn new(world: &'w World, actor: Entity, default: &'w Texts) -> Option<Self> {
        let inventory = world.get::<Inventory>(actor);
        Some(Self {
            world,
            content: &world.get_resource::<ActiveContent>()?.0,
            texts: world.get_resource::<Texts>().unwrap_or(default),
            actor,
            marks: world.get::<Marks>(actor),
            kinds: HashMap::new(),
            blocked: HashMap::new(),
            ask_each: inventory.is_none_or(|inventory| inventory.len() <= ASK_EACH),
            hz: world
                .get_resource::<ClockMode>()
                .map_or(20.0, |mode| mode.hz()),
        })
    }

    /// A row for an item that is neither worn nor to be put on from where it is.
    pub fn plain(&mut self, item: &Item) -> ItemRow {
        let favourite = self.marks.is_some_and(|marks| marks.is_favourite(item.uid));
        let (content, world) = (self.content, self.world);
        let kind = self.kind(item);
        let count = item.count as f32;
        let row = ItemRow {
            uid: item.uid,
            count: item.count,
            position: item.order,
            favourite,
            weight: kind.weight * count,
            bulk: kind.bulk * count,
            value: kind.value * count,
            ..kind.row.clone()
        };
        single(world, content, item, row)
    }

    /// A row for an item in the actor's own bags: can it be put on now?
    pub fn own(&mut self, item: &Item) -> ItemRow {
        let mut row = self.plain(item);
        if self.kind(item).gear {
            row.blocked = self.blocked(item);
            row.cooldown = self.locked(&row.slots);
        } else if row.max_stack == 0 {
            row.blocked = Some(self.say(&missing(item)));
        }
        row
    }

    /// Whether it has pockets.
    pub fn is_bag(&mut self, item: &Item) -> bool {
        self.kind(item).bag
    }

    fn kind(&mut self, item: &Item) -> &Kind {
        let (content, world) = (self.content, self.world);
        self.kinds.entry(item.def).or_insert_with(|| {
            let Some(def) = content.table::<ItemDef>().get(item.def) else {
                let name = content.name_of(item.def).unwrap_or("?");
                let mut row = ItemRow::new(item.uid, item.def, name, 1);
                row.max_stack = 0;
                return Kind {
                    row,
                    weight: 0.0,
                    bulk: 0.0,
                    value: 0.0,
                    gear: false,
                    bag: false,
                };
            };
            let gear = content.table::<GearDef>().get(item.def);
            // As a new one is called: what is unknown about all of its kind is unknown here too.
            let name = display_name(world, &Item::new(item.uid, item.def, 1));
            let mut row = ItemRow::new(item.uid, item.def, &name, 1);
            row.max_stack = def.max_stack;
            row.rarity = def.rarity.as_str().into();
            row.icon = def.icon.as_str().into();
            row.usable = def.usage.is_some();
            row.tags = def.tags.iter().map(|tag| Box::from(&**tag)).collect();
            row.shape = def.shape();
            row.slots = gear
                .iter()
                .flat_map(|gear| gear.slots.iter().map(Ref::id))
                .collect();
            Kind {
                row,
                weight: def.weight,
                bulk: def.bulk,
                value: def.value,
                gear: gear.is_some(),
                bag: def.is_container(),
            }
        })
    }

    fn blocked(&mut self, item: &Item) -> Option<Arc<str>> {
        if !self.ask_each
            && let Some(known) = self.blocked.get(&item.def)
        {
            return known.clone();
        }
        let refusal = check_equip(self.world, self.actor, item.uid, None).err();
        // A lock passes by itself and is shown as such.
        let refusal = refusal.filter(|refusal| refusal.code != EQUIP_LOCKED);
        let reason = refusal.map(|refusal| self.say(&refusal));
        self.blocked.insert(item.def, reason.clone());
        reason
    }

    /// The wait until the first of these slots is free; `None` when one is free now.
    fn locked(&self, slots: &[DefId]) -> Option<Cooldown> {
        let locks = slots.iter().map(|&slot| self.lock(slot, None));
        locks.min_by_key(|lock| lock.map(|lock| lock.until))?
    }

    /// Until when a slot is locked. How long the lock is in all follows from what is worn there.
    pub fn lock(&self, slot: DefId, worn: Option<&Item>) -> Option<Cooldown> {
        let until = self
            .world
            .get::<Equipment>(self.actor)?
            .locked_until(slot)?;
        let gear = worn.and_then(|item| self.content.table::<GearDef>().get(item.def));
        let seconds = EquipRulesDef::cooldown_of(self.content);
        let seconds = seconds.max(gear.map_or(0.0, |gear| gear.equip_cooldown));
        let length = ticks(seconds, self.hz).max(1);
        Some(Cooldown { until, length })
    }

    pub fn say(&self, refusal: &Refusal) -> Arc<str> {
        self.texts.refusal(refusal, self.content).into()
    }
}

/// What one thing is other than its kind: how worn, how rare, what it is worth and called.
fn single(world: &World, content: &Content, item: &Item, mut row: ItemRow) -> ItemRow {
    row.durability = share_left(content, item);
    if item.exts().next().is_none() || row.max_stack == 0 {
        return row;
    }
    if item.ext::<Rarity>().is_some()
        && let Some(rarity) = rarity_of(content, item)
    {
        let word = rarity.name().rsplit(':').next();
        row.rarity = word.unwrap_or_default().into();
    }
    row.value = appraise(content, item).total as f32 * item.count as f32;
    let name = display_name(world, item);
    row.name = name.into();
    row
}

fn missing(item: &Item) -> Refusal {
    Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", item.def)
}
