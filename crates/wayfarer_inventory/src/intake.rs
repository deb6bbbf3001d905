//! How items come into an inventory: planned on the totals as they would be, then committed.

use smallvec::SmallVec;
use wayfarer_core::{content::Def, refusal::Refusal};

use crate::{
    constraint::{Planned, Purpose, check_constraints, named},
    content::ItemDef,
    ext,
    item::{Item, Place},
    measure::Tally,
    refusals,
    rules::{Forecast, Joining},
    view::View,
};

mod commit;
mod order;
mod parcel;
mod room;

pub use commit::{commit_intake, commit_parcel, take_out};
pub(crate) use commit::{join_stack, lay_aside};
pub use order::order_at_end;
pub(crate) use order::order_before;
pub use parcel::{Parcel, take_parcel};
pub use room::{check_accepts, check_nesting, check_room, free_cell};

/// How many stacks with room are looked at in each place; with more than this, differing ones of a
/// kind, new pieces start a stack of their own.
const MAX_LOOKED_AT: usize = 64;

/// Where pieces go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intake {
    /// The compartment or pocket that the rest goes to; where the last ones join if there is none.
    pub place: Place,
    /// Stacks that take some, wherever they are.
    pub joins: SmallVec<[Joining; 2]>,
    /// Pieces that become a stack of their own.
    pub rest: u32,
    /// The cells of the new stacks, where the place has cells.
    pub cells: SmallVec<[u32; 2]>,
}

impl Intake {
    /// All of `item` into the overflow, where there is always room: first it joins stacks that are
    /// there and have room, of at most `max` pieces. Or what falls off beside work would become as
    /// many stacks as there was work.
    pub fn aside(view: &View<'_>, item: &Item, max: u32) -> Self {
        let mut joins = SmallVec::new();
        let there = view.inventory.at(Place::Overflow);
        let alike = there.filter(|stack| stack.def == item.def && stack.count < max);
        let open = alike
            .filter(|stack| ext::joined(stack, item, 1).is_some())
            .map(|stack| (stack.uid, stack.count));
        let rest = crate::rules::join(item.count, max, open, &mut joins);
        Self {
            place: Place::Overflow,
            joins,
            rest,
            cells: SmallVec::new(),
        }
    }
}

/// What is to come in.
#[derive(Clone, Copy, Debug)]
pub struct Incoming<'a> {
    /// The item; its place does not matter.
    pub item: &'a Item,
    /// What is inside it, bags before what is in them; nothing for most.
    pub inside: &'a [Item],
    /// How many of it.
    pub count: u32,
    /// Most pieces of a new stack; more make several. The stack as it is if left out.
    pub split: Option<u32>,
    /// Why.
    pub purpose: Purpose,
}

/// Plans `incoming` for a place, or for the best that takes it: first it joins stacks that have
/// room, then the rest goes to the first place that it likes best and fits into. `forecast` is
/// changed only if there is a plan.
///
/// # Errors
/// `template_unavailable`, `illegal_place`, `not_accepted`, `exceeds_bulk`, `exceeds_weight`,
/// `exceeds_count`, `no_cells`, `inside_itself`, `too_deep`, `insufficient_space`, or what a
/// constraint says.
pub fn plan_intake(
    view: &View<'_>,
    forecast: &mut Forecast<'_>,
    incoming: Incoming<'_>,
    place: Option<Place>,
) -> Result<Intake, Refusal> {
    let def = view.def(incoming.item)?;
    let plan = Plan {
        view,
        incoming,
        def,
        height: parcel::height(incoming.item, incoming.inside),
        outside: parcel::outside(view.inventory.measures(), incoming.item, incoming.inside),
    };
    if let Some(place) = place {
        plan.check_place(place)?;
        let (mut would, mut intake) = (forecast.clone(), plan.nowhere(place));
        plan.join(&mut would, &mut intake, place);
        plan.lay(&mut would, &mut intake, place)?;
        plan.check_total(&would)?;
        *forecast = would;
        return Ok(intake);
    }
    plan.anywhere(forecast)
}

/// What planning needs to know.
struct Plan<'a> {
    view: &'a View<'a>,
    incoming: Incoming<'a>,
    def: &'a Def<ItemDef>,
    height: u8,
    outside: Tally,
}

impl Plan<'_> {
    fn nowhere(&self, place: Place) -> Intake {
        Intake {
            place,
            joins: SmallVec::new(),
            rest: self.incoming.count,
            cells: SmallVec::new(),
        }
    }

    /// Whether it may go there at all, room aside.
    fn check_place(&self, place: Place) -> Result<(), Refusal> {
        let Incoming { item, inside, .. } = self.incoming;
        check_accepts(self.view, item, place)?;
        check_nesting(self.view, item.uid, self.height, place)?;
        let planned = |item, count, to| Planned {
            item,
            count,
            purpose: self.incoming.purpose,
            to,
        };
        check_constraints(self.view, &planned(item, self.incoming.count, Some(place)))?;
        inside.iter().try_for_each(|inner| {
            let refused = check_constraints(self.view, &planned(inner, inner.count, None));
            refused.map_err(|refusal| named(self.view, inner, refusal))
        })
    }

    fn anywhere(&self, forecast: &mut Forecast<'_>) -> Result<Intake, Refusal> {
        let mut refusals: SmallVec<[Refusal; 4]> = SmallVec::new();
        let mut places: SmallVec<[Place; 8]> = SmallVec::new();
        for place in self.view.places_for(self.def) {
            match self.check_place(place) {
                Ok(()) => places.push(place),
                Err(refusal) => refusals.push(refusal),
            }
        }
        let (mut joined, mut intake) = (forecast.clone(), self.nowhere(Place::In(0)));
        for &place in &places {
            self.join(&mut joined, &mut intake, place);
        }
        for &place in &places {
            let (mut would, mut intake) = (joined.clone(), intake.clone());
            let fits = self
                .lay(&mut would, &mut intake, place)
                .and_then(|()| self.check_total(&would));
            match fits {
                Ok(()) => {
                    *forecast = would;
                    return Ok(intake);
                }
                Err(refusal) => refusals.push(refusal),
            }
        }
        // The shared limit is the same for every compartment, so its answer is the clearest one.
        let mut all = forecast.clone();
        all.put_tally(Place::Overflow, self.tally(self.incoming.count));
        self.check_total(&all)?;
        // One reason is worth telling; several different ones come to "no room".
        refusals.retain(|refusal| refusal.code != refusals::NOT_ACCEPTED);
        refusals.dedup();
        match (refusals.len(), refusals.pop()) {
            (1, Some(refusal)) => Err(refusal),
            _ => Err(refusals::INSUFFICIENT_SPACE.into()),
        }
    }

    /// So many pieces, with what is inside.
    fn tally(&self, count: u32) -> Tally {
        let mut tally = self.outside;
        let measure = self.view.inventory.measures().get(self.def.id());
        tally.add(measure, count, 0);
        tally
    }

    fn check_total(&self, would: &Forecast<'_>) -> Result<(), Refusal> {
        if would.total().weight <= self.view.inventory.total().weight {
            return Ok(());
        }
        would
            .check_total(self.view.hard_limit())
            .map_err(refusals::excess)
    }

    /// Lets pieces join stacks of a place, as far as the place has room for them.
    fn join(&self, would: &mut Forecast<'_>, intake: &mut Intake, place: Place) {
        let item = self.incoming.item;
        let measure = self.view.inventory.measures().get(item.def);
        if intake.rest == 0 || !self.incoming.inside.is_empty() {
            return;
        }
        let open = self.view.inventory.open_stacks(item.def, place);
        let open = open
            .take(MAX_LOOKED_AT)
            .filter(|stack| stack.uid != item.uid && ext::joined(stack, item, 1).is_some())
            .filter(|stack| !would.is_gone(stack.uid))
            .map(|stack| (stack.uid, stack.count));
        let mut joins = SmallVec::<[Joining; 2]>::new();
        let rest = crate::rules::join(intake.rest, measure.max_stack, open, &mut joins);
        if joins.is_empty() {
            return;
        }
        let mut with = would.clone();
        with.put(place, measure, intake.rest - rest, 0);
        if check_room(self.view, &with, place).is_ok() {
            *would = with;
            intake.joins.extend(joins);
            intake.rest = rest;
            intake.place = place;
        }
    }

    /// Lays the rest as stacks of their own.
    fn lay(
        &self,
        would: &mut Forecast<'_>,
        intake: &mut Intake,
        place: Place,
    ) -> Result<(), Refusal> {
        let stacks = match self.incoming.split {
            Some(max) => crate::rules::stacks_for(intake.rest, max),
            None => u32::from(intake.rest > 0),
        };
        if stacks == 0 {
            return Ok(());
        }
        let mut tally = self.tally(intake.rest);
        tally.stacks = stacks;
        would.put_tally(place, tally);
        check_room(self.view, would, place)?;
        if let Some(mut cells) = self.view.cells(place, would)? {
            for _ in 0..stacks {
                let cell = cells.take_first(self.def.shape());
                let cell = cell.ok_or_else(|| Refusal::from(refusals::NO_CELLS))?;
                would.lay(place, self.def.shape(), cell);
                intake.cells.push(cell);
            }
        }
        intake.place = place;
        Ok(())
    }
}
