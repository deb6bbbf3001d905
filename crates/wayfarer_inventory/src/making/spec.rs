//! One order for new items, and its carrying out.

use bevy::prelude::*;
use smallvec::SmallVec;
use wayfarer_core::{
    content::{Content, Def},
    dice::DiceStream,
    id::{DefId, Uid},
    ledger::MovementKind,
    refusal::{Code, Refusal},
    txn::Txn,
};

use super::{ItemMakers, Making, Source};
use crate::{
    actions::MAX_NEW_STACKS,
    constraint::Purpose,
    content::ItemDef,
    facts::{ItemsChanged, ItemsOverflowed},
    intake::{Incoming, Intake, commit_intake, plan_intake},
    item::{Item, Place},
    refusals::invalid_amount,
    rules::{Forecast, stacks_for},
    view::View,
};

/// What is to be made.
#[derive(Clone, Debug, Default)]
pub struct MakeSpec {
    /// What: an entry of kind `items`.
    pub def: DefId,
    /// How many, from 1; at most [`MAX_NEW_STACKS`] stacks.
    pub count: u32,
    /// How well, 0 to 100; `None` when nobody's skill decides.
    pub score: Option<f32>,
    /// The level of the encounter, the maker or the place; from 0.
    pub level: f32,
    /// Free words for the place and the occasion.
    pub themes: Vec<String>,
    /// Where it comes from.
    pub source: Source,
}

impl MakeSpec {
    /// So many pieces from a source, ordinary ones.
    pub fn new(def: DefId, count: u32, source: Source) -> Self {
        Self {
            def,
            count,
            source,
            ..Self::default()
        }
    }

    fn kind(&self) -> MovementKind {
        match self.source {
            Source::Loot => MovementKind::Looted,
            Source::Craft => MovementKind::Crafted,
            Source::Shop | Source::Kit => MovementKind::Spawned,
            Source::Grant => MovementKind::Granted,
        }
    }

    /// How many are made by themselves, and of how many pieces each is.
    fn pieces(&self, max_stack: u32) -> (u32, u32) {
        match max_stack > 1 {
            true => (1, self.count),
            false => (self.count, 1),
        }
    }

    fn check<'c>(&self, content: &'c Content) -> Result<&'c Def<ItemDef>, Refusal> {
        let Some(def) = content.table::<ItemDef>().get(self.def) else {
            return Err(Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", self.def));
        };
        if self.count == 0 || stacks_for(self.count, def.max_stack) > MAX_NEW_STACKS {
            let max = def.max_stack.saturating_mul(MAX_NEW_STACKS);
            return Err(invalid_amount(self.count, max));
        }
        Ok(def)
    }
}

/// Makes new items in an inventory, through the makers; the ledger says where they come from. Each
/// piece of what does not stack is made by itself. Returns the uids of the stacks that hold them.
///
/// # Errors
/// `invalid_amount`, `template_unavailable`, and those of
/// [`plan_intake`](crate::intake::plan_intake).
pub fn make(
    txn: &mut Txn<'_>,
    holder: Entity,
    spec: &MakeSpec,
    place: Option<Place>,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    make_new(txn, holder, spec, place, false)
}

/// [`make`], whether there is room or not: what fits nowhere goes into the overflow. For what dice
/// have decided: a refusal would let them be thrown again.
///
/// # Errors
/// `invalid_amount`, `template_unavailable`, `not_found`.
pub fn make_or_overflow(
    txn: &mut Txn<'_>,
    holder: Entity,
    spec: &MakeSpec,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    make_new(txn, holder, spec, None, true)
}

/// Whether there would be room for ordinary pieces. Throws no dice and changes nothing but the
/// forecast: what is made may turn out to stack with less.
///
/// # Errors
/// Those of [`make`].
pub(crate) fn check_room_for(
    view: &View<'_>,
    would: &mut Forecast<'_>,
    spec: &MakeSpec,
) -> Result<(), Refusal> {
    let max_stack = spec.check(view.content)?.max_stack;
    let (pieces, each) = spec.pieces(max_stack);
    // It is nowhere, and has a uid that nothing else will ever have.
    let item = Item::new(Uid::new(u64::MAX).unwrap_or(Uid::MIN), spec.def, each);
    for _ in 0..pieces {
        plan_intake(view, would, incoming(&item, max_stack), None)?;
    }
    Ok(())
}

fn incoming(item: &Item, max_stack: u32) -> Incoming<'_> {
    Incoming {
        item,
        inside: &[],
        count: item.count,
        split: Some(max_stack),
        purpose: Purpose::Receive,
    }
}

fn make_new(
    txn: &mut Txn<'_>,
    holder: Entity,
    spec: &MakeSpec,
    place: Option<Place>,
    overflow: bool,
) -> Result<SmallVec<[Uid; 2]>, Refusal> {
    let content = txn.content();
    let max_stack = spec.check(&content)?.max_stack;
    let mut uids = SmallVec::new();
    let mut aside = 0u32;
    for item in new_items(txn, &content, spec)? {
        let view = View::of_txn(txn, &content, holder)?;
        let mut forecast = Forecast::of(view.inventory);
        let planned = plan_intake(&view, &mut forecast, incoming(&item, max_stack), place);
        let intake = planned.or_else(|refusal| {
            if !overflow {
                return Err(refusal);
            }
            aside = aside.saturating_add(stacks_for(item.count, max_stack));
            Ok(Intake::aside(&view, &item, max_stack))
        })?;
        let held = commit_intake(txn, holder, &intake, &item, Some(max_stack))?;
        let uid = held.last().copied().unwrap_or(item.uid);
        txn.record(spec.kind(), uid, item.def, item.count);
        uids.extend(held);
    }
    if aside > 0 {
        txn.emit(ItemsOverflowed {
            entity: holder,
            stacks: aside,
        });
    }
    txn.emit(ItemsChanged { entity: holder });
    Ok(uids)
}

/// The items of an order, which are nowhere yet and in no ledger.
fn new_items(txn: &mut Txn<'_>, content: &Content, spec: &MakeSpec) -> Result<Vec<Item>, Refusal> {
    let def = spec.check(content)?;
    let (pieces, each) = spec.pieces(def.max_stack);
    let mut workshop = Workshop::open(txn);
    let making = Making {
        content,
        def,
        count: each,
        score: spec.score,
        level: spec.level,
        themes: &spec.themes,
        source: spec.source,
    };
    let items = (0..pieces).map(|_| workshop.item(&making, txn.mint()));
    let items = items.collect();
    workshop.close(txn);
    Ok(items)
}

/// The makers at work, with the dice that they share.
pub(crate) struct Workshop {
    makers: ItemMakers,
    dice: DiceStream,
}

impl Workshop {
    pub(crate) fn open(txn: &mut Txn<'_>) -> Self {
        let makers = txn.world().get_resource::<ItemMakers>().cloned();
        Self {
            makers: makers.unwrap_or_default(),
            dice: txn.dice("make"),
        }
    }

    /// A new item, which is nowhere yet and in no ledger.
    pub(crate) fn item(&mut self, making: &Making<'_>, uid: Uid) -> Item {
        let mut item = Item::new(uid, making.def.id(), making.count);
        self.makers.apply(making, &mut self.dice, &mut item);
        item
    }

    /// What was thrown goes into the ledger.
    pub(crate) fn close(self, txn: &mut Txn<'_>) {
        txn.keep_rolls(&self.dice);
    }
}
