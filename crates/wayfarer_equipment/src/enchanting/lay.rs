//! Laying an enchantment on a thing.

use bevy::prelude::*;
use wayfarer_core::formula::Roller;
use wayfarer_core::{
    content::Ref,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_inventory::{
    Item,
    constraint::{Planned, Purpose, check_constraints},
    facts::ItemsChanged,
    history::Note,
    station::StationView,
    view::View,
    work::tell_outcome,
};

use super::{
    EnchantItem, EnchantLore, Subject, check_skill,
    cost::{self, MaterialNeed},
    hz, now, quality_place, station_for,
};
use crate::{
    condition::enchant_gate,
    content::{EnchantmentDef, GearDef, QualityDef},
    durability::gate,
    ext::{AppliedEnchant, Enchants, enchant_slots, is_known, set_ext},
    facts::{EnchantmentFailed, EnchantmentLaid},
    maintenance,
    refusals::{
        ENCHANT_EXCLUSIVE, ENCHANT_LIMIT, ENCHANT_PREREQUISITE, NO_ENCHANT_SLOT, NO_KEEPER,
        NOT_ENCHANTABLE, NOT_LEARNED, ONE_AT_A_TIME, QUALITY_TOO_LOW, UNIDENTIFIED,
        UNKNOWN_ENCHANTMENT,
    },
    rules::{
        applying::{PowerRange, success_parts},
        identify::Aspect,
        outcome::WHOLE,
    },
    total::refresh,
};

/// What laying an enchantment may lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct EnchantPlan {
    /// The chance of success, as parts of a million.
    pub chance: u32,
    /// Which powers are possible then; [`PowerRange::distribution`] tells how likely each is.
    pub power: PowerRange,
    /// What a success costs, in the smallest coin.
    pub price: u64,
    /// What a failure costs.
    pub failed_price: u64,
    /// What is used up by a success.
    pub materials: Vec<MaterialNeed>,
    /// The chance that a failure uses them up too, 0 to 1.
    pub lose_materials: f32,
    /// How much stability a failure costs the enchantments that are there.
    pub shake: u8,
    /// How long it takes, in seconds.
    pub seconds: f32,
    /// How well the actor masters it; 0 when the keeper of the station does it.
    pub mastery: u8,
    /// Whether the keeper of the station does it.
    pub keeper: bool,
    /// Whether it makes one firm again that is there already.
    pub renews: bool,
}

impl EnchantPlan {
    /// The chance of success, 0 to 1.
    pub fn share(&self) -> f32 {
        (f64::from(self.chance) / f64::from(WHOLE)) as f32
    }
}

/// Plans it: whether it may be done, and what may come of it.
///
/// # Errors
/// In this order: `feature_disabled`, `unknown_enchantment`, `not_found`, `template_unavailable`,
/// `station_missing`, `out_of_reach`, `station_refuses`, `no_keeper`, `not_learned`, `enchant_prerequisite`,
/// `enchant_skill`, `one_at_a_time`, `not_enchantable`, `unidentified`, `quality_too_low`,
/// `too_worn`, `enchant_exclusive`, `enchant_limit`, `no_enchant_slot`, what constraints
/// say, `missing_materials`, `only_spared`, `insufficient_funds`.
pub fn plan_enchant(view: &View<'_>, action: &EnchantItem) -> Result<EnchantPlan, Refusal> {
    let subject = Subject::of(view, action.enchantment)?;
    let rules = &subject.rules.apply;
    let item = view.item(action.item)?;
    let def = view.def(item)?;
    let station = station_for(view, rules.station.as_deref(), action.station)?;
    if let Some(station) = &station {
        station.check_takes(def)?;
    }
    let keeper = if action.keeper {
        Some(subject.keeper_skill(station.as_ref()).ok_or(NO_KEEPER)?)
    } else {
        None
    };
    let lore = view.world.get::<EnchantLore>(view.entity);
    if keeper.is_none() {
        check_learned(view, &subject, lore)?;
    }
    let skill = keeper.unwrap_or_else(|| subject.own_skill(view));
    check_skill(subject.def.min_skill, skill)?;
    check_item(view, &subject, item)?;
    let renews = check_others(view, &subject, item)?;
    let planned = Planned {
        item,
        count: 1,
        purpose: Purpose::Enchant,
        to: item.place.slot().map(|_| item.place),
    };
    check_constraints(view, &planned)?;

    let mastery = match keeper {
        Some(_) => 0,
        None => lore.map_or(0, |lore| lore.mastery(subject.rules, action.enchantment)),
    };
    let efficiency = station
        .as_ref()
        .map_or(1.0, |station| station.def.efficiency);
    let known = [
        subject.grade,
        skill,
        quality_place(view.content, item),
        f32::from(mastery.max(1)),
        efficiency,
        f32::from(u8::from(keeper.is_some())),
    ];
    let with = |base: f32| {
        let [a, b, c, d, e, f] = known;
        [a, b, c, d, e, f, base]
    };
    let work = cost::coins(rules.cost.eval(&with(subject.def.cost)));
    let price = work.saturating_add(fee(station.as_ref(), work));
    let failed_price = (price as f64 * f64::from(rules.failed_cost)).ceil() as u64;
    let materials = cost::needs(view, &subject.def.materials, item.uid);
    cost::check(view, price.max(failed_price), &materials, item.uid)?;
    Ok(EnchantPlan {
        chance: success_parts(rules.chance.eval(&known), 0.0, 1.0),
        power: PowerRange {
            middle: rules.power.eval(&known),
            spread: rules.spread,
            least: rules.least_power,
            most: rules.most_power,
        },
        price,
        failed_price: failed_price.min(price),
        materials,
        lose_materials: rules.lose_materials,
        shake: rules.shake,
        seconds: rules.seconds.eval(&with(subject.def.seconds)).max(0.0),
        mastery,
        keeper: keeper.is_some(),
        renews,
    })
}

/// What the keeper of a station takes.
pub(super) fn fee(station: Option<&StationView<'_>>, price: u64) -> u64 {
    station.map_or(0, |station| station.def.fee_for(price))
}

fn check_learned(
    view: &View<'_>,
    subject: &Subject<'_>,
    lore: Option<&EnchantLore>,
) -> Result<(), Refusal> {
    let knows = |what| lore.is_some_and(|lore| lore.knows(what));
    if !knows(subject.def.id()) {
        return Err(Refusal::new(NOT_LEARNED).with("enchantment", subject.name()));
    }
    if let Some(first) = subject.def.requires.iter().find(|first| !knows(first.id())) {
        let def = view.content.table::<EnchantmentDef>().get(first.id());
        let name = def.map_or_else(|| first.to_string(), |def| def.name.clone());
        return Err(Refusal::new(ENCHANT_PREREQUISITE).with("enchantment", name));
    }
    Ok(())
}

/// Whether the thing itself takes it.
fn check_item(view: &View<'_>, subject: &Subject<'_>, item: &Item) -> Result<(), Refusal> {
    let content = view.content;
    if item.count > 1 {
        return Err(ONE_AT_A_TIME.into());
    }
    let def = view.def(item)?;
    let tags = &subject.def.items;
    let fits = tags.is_empty() || tags.iter().any(|tag| def.has_tag(tag));
    if !fits || content.table::<GearDef>().get(item.def).is_none() {
        return Err(Refusal::new(NOT_ENCHANTABLE).with("enchantment", subject.name()));
    }
    if !is_known(content, item, Aspect::Enchantments) {
        return Err(UNIDENTIFIED.into());
    }
    if let Some(least) = subject.def.min_quality.as_ref().map(Ref::id) {
        let order = QualityDef::in_order(content);
        let place = order.iter().position(|def| def.id() == least).unwrap_or(0);
        if quality_place(content, item) < place as f32 {
            let name = order
                .get(place)
                .map_or_else(String::new, |def| def.name.clone());
            return Err(Refusal::new(QUALITY_TOO_LOW).with("need", name));
        }
    }
    gate::check(content, item, enchant_gate(content))?;
    Ok(())
}

/// Whether it goes together with what is there. The answer is whether it renews one of its own.
fn check_others(view: &View<'_>, subject: &Subject<'_>, item: &Item) -> Result<bool, Refusal> {
    let table = view.content.table::<EnchantmentDef>();
    let there = Enchants::of(item, now(view.world));
    let own = subject.def.id();
    for other in &there.0 {
        let Some(def) = table.get(other.def) else {
            continue;
        };
        let excluded = subject.def.excludes.iter().any(|no| no.id() == other.def)
            || def.excludes.iter().any(|no| no.id() == own);
        if excluded {
            return Err(Refusal::new(ENCHANT_EXCLUSIVE).with("other", def.name.as_str()));
        }
    }
    let slots = enchant_slots(view.content, item);
    let full = there.count(own) >= usize::from(subject.def.max_per_item);
    if full || there.0.len() >= slots {
        // One that has become loose, or is running out, can be made firm again in its place.
        if there
            .0
            .iter()
            .any(|one| one.def == own && is_loose(one, subject.def))
        {
            return Ok(true);
        }
        return Err(if full {
            Refusal::new(ENCHANT_LIMIT).with("max", u32::from(subject.def.max_per_item))
        } else {
            Refusal::new(NO_ENCHANT_SLOT).with("max", slots)
        });
    }
    Ok(false)
}

/// Whether making an enchantment firm again would change anything.
fn is_loose(enchant: &AppliedEnchant, def: &EnchantmentDef) -> bool {
    enchant.stability < def.stability || enchant.until.is_some() || enchant.uses.is_some()
}

/// Throws the dice, pays, and lays it on or fails.
pub(super) fn finish(
    txn: &mut Txn<'_>,
    entity: Entity,
    action: &EnchantItem,
) -> Result<(), Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, entity)?;
    let plan = plan_enchant(&view, action)?;
    let item = view.item(action.item)?;
    let mut all = Enchants::of(item, txn.tick());
    let def = content.table::<EnchantmentDef>().get(action.enchantment);
    let def =
        def.ok_or_else(|| Refusal::new(UNKNOWN_ENCHANTMENT).with("what", action.enchantment))?;
    let by = txn.cause().actor;

    let mut dice = txn.dice("enchant.lay");
    let done = dice.die(WHOLE) <= plan.chance;
    let used = plan.materials.iter().map(|need| (need.item, need.need));
    let (note, line) = if done {
        let power = plan.power.power(dice.die(plan.power.sides()));
        let fresh = AppliedEnchant::new(def, power, by, txn.tick(), hz(txn.world()));
        let power = put(&mut all, fresh, def, plan.renews);
        cost::use_up(txn, entity, &plan.materials, action.item)?;
        cost::pay_up(txn, entity, plan.price)?;
        if !plan.keeper {
            practise(txn, entity, action)?;
        }
        txn.emit(EnchantmentLaid {
            entity,
            item: action.item,
            enchantment: action.enchantment,
            power,
        });
        let line = Note::new(maintenance::ENCHANTED)
            .cost(plan.price)
            .materials(used);
        let note = Refusal::new(Code::new("enchant_done")).with("power", u32::from(power));
        (note, line)
    } else {
        let parts = success_parts(plan.lose_materials, 0.0, 1.0);
        let lost = !plan.materials.is_empty() && dice.die(WHOLE) <= parts;
        if lost {
            cost::use_up(txn, entity, &plan.materials, action.item)?;
        }
        cost::pay_up(txn, entity, plan.failed_price)?;
        for other in &mut all.0 {
            other.stability = other.stability.saturating_sub(plan.shake);
        }
        txn.emit(EnchantmentFailed {
            entity,
            item: action.item,
            enchantment: action.enchantment,
            materials_lost: lost,
        });
        let line = Note::new(maintenance::ENCHANT_FAILED)
            .done(false)
            .cost(plan.failed_price)
            .materials(used.filter(|_| lost));
        let code = if lost {
            "enchant_failed_materials"
        } else {
            "enchant_failed"
        };
        (Refusal::new(Code::new(code)), line)
    };
    txn.keep_rolls(&dice);
    set_ext(txn, entity, action.item, all.carried().as_ref())?;
    maintenance::note(txn, entity, action.item, line.about(action.enchantment))?;
    refresh(txn, entity, action.item)?;
    txn.emit(ItemsChanged { entity });
    tell_outcome(txn, entity, note.with("enchantment", def.name.as_str()))
}

/// Puts a fresh enchantment behind the others, or in the place of one that it renews; the power
/// that there is then.
fn put(all: &mut Enchants, fresh: AppliedEnchant, def: &EnchantmentDef, renews: bool) -> u8 {
    let mut own = all.0.iter_mut().filter(|one| one.def == fresh.def);
    let loose = own.find(|one| renews && is_loose(one, def));
    if let Some(old) = loose {
        *old = AppliedEnchant {
            power: old.power.max(fresh.power),
            ..fresh
        };
        old.power
    } else {
        all.0.push(fresh);
        fresh.power
    }
}

/// One more success, on the way to mastery.
fn practise(txn: &mut Txn<'_>, entity: Entity, action: &EnchantItem) -> Result<(), Refusal> {
    let mut lore = txn.need::<EnchantLore>(entity, "lore")?.clone();
    let entry = lore.known.entry(action.enchantment).or_default();
    entry.applied = entry.applied.saturating_add(1);
    txn.set(entity, lore)
}
