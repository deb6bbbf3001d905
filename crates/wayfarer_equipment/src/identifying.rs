//! Finding out what a thing is: by study, for money, with a scroll, by rising in level while it is
//! worn, or by whatever a game does through [`identify`].

use bevy::prelude::*;
use serde::{Deserialize, Serialize};
use wayfarer_core::formula::Roller;
use wayfarer_core::{
    action::Action,
    content::ActiveContent,
    feature::Features,
    id::Uid,
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};
use wayfarer_inventory::{
    Inventory, Item,
    actions::remove,
    constraint::{Planned, Purpose, check_constraints},
    currency::{pay, purse},
    facts::ItemsChanged,
    history::Note,
    refusals::insufficient_funds,
    station::find_station,
    view::View,
    work::{WorkKind, start_work, tell_outcome},
};

use crate::{
    FEATURE,
    content::{EquipRulesDef, IdentificationRulesDef, value},
    enchanting::rarity_place,
    ext::{Identified, hidden_steps, known_steps, set_ext},
    facts::ItemIdentified,
    maintenance,
    refusals::{BEYOND_STATION, CANNOT_IDENTIFY, FULLY_KNOWN},
    rules::{applying::success_parts, outcome::WHOLE},
    total::lay_down,
};

/// How something is found out.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifyBy {
    /// By oneself.
    Study,
    /// For money, at this station.
    Station(Uid),
    /// By using up this thing.
    Helper(Uid),
}

/// `equipment.identify`: finds out more about a thing of the actor's own, worn or not. Study may
/// fail; the other ways do not. The answer is the tick in which it is done, or nothing when it is
/// done already. Errors are those of [`plan_identify`] and `busy`.
#[derive(Serialize, Deserialize, Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdentifyItem {
    /// The item.
    pub item: Uid,
    /// How.
    pub by: IdentifyBy,
}

/// What an attempt may lead to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IdentifyPlan {
    /// The chance of success, as parts of a million.
    pub chance: u32,
    /// What it costs, in the smallest coin.
    pub price: u64,
    /// How long it takes, in seconds.
    pub seconds: f32,
    /// How many steps are known afterwards, if it succeeds.
    pub steps: u8,
}

/// What an attempt may lead to. Nothing is touched.
///
/// # Errors
/// The refusal that [`IdentifyItem`] would get.
pub fn identify_odds(
    world: &World,
    actor: Entity,
    action: &IdentifyItem,
) -> Result<IdentifyPlan, Refusal> {
    let content = world.resource::<ActiveContent>().0.clone();
    plan_identify(&View::of(world, &content, actor)?, action)
}

/// Plans it: whether it may be done, and what may come of it.
///
/// # Errors
/// `feature_disabled`, `not_found`, `template_unavailable`, `fully_known`, `cannot_identify`,
/// `station_missing`, `out_of_reach`, `station_refuses`, `beyond_station`, `insufficient_funds`,
/// `worn` (a helper that is worn), and what constraints say of using the helper.
pub fn plan_identify(view: &View<'_>, action: &IdentifyItem) -> Result<IdentifyPlan, Refusal> {
    Features::check(view.world, FEATURE)?;
    let item = view.item(action.item)?;
    view.def(item)?;
    let (known, hidden) = (
        known_steps(view.content, item),
        hidden_steps(view.content, item),
    );
    if known >= hidden {
        return Err(FULLY_KNOWN.into());
    }
    let rules = IdentificationRulesDef::in_force(view.content);
    let rules = rules.ok_or(CANNOT_IDENTIFY)?;
    let next = known.saturating_add(1);
    match action.by {
        IdentifyBy::Study => {
            let study = rules.study.as_ref().ok_or(CANNOT_IDENTIFY)?;
            let skill = value(&study.skill, view.world, view.entity);
            let rarity = rarity_place(view.content, item);
            let chance = study.chance.eval(&[skill, f32::from(next), rarity]);
            Ok(IdentifyPlan {
                chance: success_parts(chance, 0.0, 1.0),
                price: 0,
                seconds: study.seconds,
                steps: next,
            })
        }
        IdentifyBy::Station(station) => plan_station(view, rules, item, station, next),
        IdentifyBy::Helper(helper) => {
            let helper = view.loose_item(helper)?;
            // It is used up, and would be gone before it could be told.
            if helper.uid == item.uid {
                return Err(CANNOT_IDENTIFY.into());
            }
            let def = view.def(helper)?;
            let fits = rules.helpers.iter().find(|known| def.has_tag(&known.tag));
            let steps = fits.ok_or(CANNOT_IDENTIFY)?.steps;
            let planned = Planned {
                item: helper,
                count: 1,
                purpose: Purpose::Use,
                to: None,
            };
            check_constraints(view, &planned)?;
            Ok(IdentifyPlan {
                chance: WHOLE,
                price: 0,
                seconds: 0.0,
                steps: known.saturating_add(steps).min(hidden),
            })
        }
    }
}

fn plan_station(
    view: &View<'_>,
    rules: &IdentificationRulesDef,
    item: &Item,
    station: Uid,
    next: u8,
) -> Result<IdentifyPlan, Refusal> {
    let sage = rules.stations.as_ref().ok_or(CANNOT_IDENTIFY)?;
    let station = find_station(view.world, view.content, view.entity, station, &sage.kind)?;
    station.check_takes(view.def(item)?)?;
    let tier = f32::from(station.def.tier);
    let skill = station.def.skill.unwrap_or(0.0);
    let reach = sage.reach.eval(&[tier, skill]);
    if f32::from(next) > reach {
        return Err(Refusal::new(BEYOND_STATION).with("reach", reach));
    }
    let level = EquipRulesDef::level_of(view.content, view.world, view.entity);
    let rarity = rarity_place(view.content, item);
    let price = sage
        .price
        .eval(&[level, rarity, f32::from(next), tier, skill]);
    // The cast saturates; what is below 0 is nothing.
    let work = price.ceil() as u64;
    let price = work.saturating_add(station.def.fee_for(work));
    let have = purse(view);
    if have < price {
        return Err(insufficient_funds(view.content, price, have));
    }
    Ok(IdentifyPlan {
        chance: WHOLE,
        price,
        seconds: sage.seconds,
        steps: next,
    })
}

/// Lets more be known about a thing, by so many steps: what a spell, a quest or a wise friend does.
/// The answer is how many steps are known then.
///
/// # Errors
/// `not_found`, `fully_known`.
pub fn identify(txn: &mut Txn<'_>, holder: Entity, item: Uid, steps: u8) -> Result<u8, Refusal> {
    let content = txn.content();
    let view = View::of_txn(txn, &content, holder)?;
    let held = view.item(item)?;
    let (known, hidden) = (known_steps(&content, held), hidden_steps(&content, held));
    if known >= hidden {
        return Err(FULLY_KNOWN.into());
    }
    let now = known.saturating_add(steps).min(hidden);
    reveal(txn, holder, item, now, Note::new(maintenance::IDENTIFIED))?;
    Ok(now)
}

/// Sets how many steps are known, never fewer than before, and lays down anew what a worn thing
/// does. The note goes into the history of the thing.
pub(crate) fn reveal(
    txn: &mut Txn<'_>,
    holder: Entity,
    uid: Uid,
    steps: u8,
    note: Note,
) -> Result<(), Refusal> {
    let content = txn.content();
    let inventory = txn.need::<Inventory>(holder, "inventory")?;
    let item = inventory.get(uid).ok_or_else(|| Refusal::not_found(uid))?;
    let (known, hidden) = (known_steps(&content, item), hidden_steps(&content, item));
    let steps = steps.min(hidden);
    if steps <= known {
        return Ok(());
    }
    set_ext(txn, holder, uid, Some(&Identified(steps)))?;
    lay_down(txn, holder, &[uid])?;
    maintenance::note(txn, holder, uid, note)?;
    txn.emit(ItemIdentified {
        entity: holder,
        item: uid,
        steps,
    });
    txn.emit(ItemsChanged { entity: holder });
    Ok(())
}

impl Action for IdentifyItem {
    const NAME: &'static str = "equipment.identify";
    type Receipt = Option<u64>;
    const FEATURE: Option<&'static str> = Some(FEATURE);

    fn apply(&self, txn: &mut Txn<'_>) -> Result<Option<u64>, Refusal> {
        let entity = txn.actor()?;
        let content = txn.content();
        let seconds = plan_identify(&View::of_txn(txn, &content, entity)?, self)?.seconds;
        let station = match self.by {
            IdentifyBy::Station(station) => Some(station),
            _ => None,
        };
        start_work(txn, entity, self, seconds, station)
    }
}

impl WorkKind for IdentifyItem {
    const NAME: &'static str = "equipment.identify";

    fn check(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        let content = txn.content();
        plan_identify(&View::of_txn(txn, &content, worker)?, self).map(|_| ())
    }

    fn finish(&self, txn: &mut Txn<'_>, worker: Entity) -> Result<(), Refusal> {
        let content = txn.content();
        let plan = plan_identify(&View::of_txn(txn, &content, worker)?, self)?;
        pay(txn, worker, plan.price, None)?;
        let mut note = Note::new(maintenance::IDENTIFIED).cost(plan.price);
        if let IdentifyBy::Helper(helper) = self.by {
            let inventory = txn.need::<Inventory>(worker, "inventory")?;
            let used = inventory.get(helper).map(|item| (item.def, 1));
            note = note.materials(used);
            remove(txn, worker, MovementKind::Consumed, helper, 1)?;
        }
        let mut done = true;
        if plan.chance < WHOLE {
            let mut dice = txn.dice("identify");
            done = dice.die(WHOLE) <= plan.chance;
            txn.keep_rolls(&dice);
        }
        if done {
            reveal(txn, worker, self.item, plan.steps, note)?;
        } else {
            note.what = Code::new(maintenance::IDENTIFY_FAILED);
            maintenance::note(txn, worker, self.item, note.done(false))?;
        }
        let code = if done {
            "identified"
        } else {
            "identify_failed"
        };
        tell_outcome(txn, worker, Refusal::new(Code::new(code)))
    }
}
