//! Constraints: what other crates and games add to the question whether an item may go somewhere.

use std::collections::BTreeMap;

use bevy::prelude::*;
use wayfarer_core::refusal::Refusal;

use crate::{
    item::{Item, Place},
    view::View,
};

/// What is about to happen to an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// It goes somewhere else in the same inventory.
    Move,
    /// Part of it becomes a stack of its own.
    Split,
    /// It joins another stack.
    Merge,
    /// It is laid on the ground.
    Drop,
    /// It is picked up from the ground.
    PickUp,
    /// It leaves this inventory for another.
    Give,
    /// It comes from another inventory.
    Receive,
    /// It is destroyed by its owner.
    Destroy,
    /// It is used: drunk, eaten, put on a wound.
    Use,
    /// It is put on.
    Equip,
    /// It is taken off.
    Unequip,
    /// It is sold to a merchant.
    Sell,
    /// It is offered to another player, or goes to them by agreement.
    Trade,
    /// It goes into something that is made: a material.
    Craft,
    /// It is mended.
    Repair,
    /// It is enchanted, or an enchantment is taken from it.
    Enchant,
    /// It is given up for what can be learned from it.
    Sacrifice,
}

/// One step of a plan, before anything has changed.
#[derive(Clone, Copy, Debug)]
pub struct Planned<'a> {
    /// The item, as it is now.
    pub item: &'a Item,
    /// How many of it.
    pub count: u32,
    /// What is about to happen.
    pub purpose: Purpose,
    /// Where it would go in the viewed inventory, if it stays in or comes to it and that is known.
    pub to: Option<Place>,
}

/// Whether a step may be. Pure: it reads and answers.
pub type Constraint = fn(&View<'_>, &Planned<'_>) -> Result<(), Refusal>;

/// All constraints, asked in the order of their names.
#[derive(Resource, Default, Clone)]
pub struct ItemConstraints {
    list: BTreeMap<&'static str, Constraint>,
}

/// Registration of constraints.
pub trait ItemConstraintAppExt {
    /// Has `constraint` asked about every step. A name that is there already is replaced.
    ///
    /// ```
    /// # use bevy::prelude::*;
    /// # use wayfarer_inventory::prelude::*;
    /// # use wayfarer_core::prelude::*;
    /// let mut app = App::new();
    /// app.register_item_constraint("game.bound", |view, planned| {
    ///     let bound = view.def(planned.item)?.has_tag("bound");
    ///     if bound && matches!(planned.purpose, Purpose::Drop | Purpose::Give | Purpose::Destroy) {
    ///         return Err(Refusal::new(Code::new("game.bound")));
    ///     }
    ///     Ok(())
    /// });
    /// ```
    fn register_item_constraint(&mut self, name: &'static str, constraint: Constraint)
    -> &mut Self;
}

impl ItemConstraintAppExt for App {
    fn register_item_constraint(
        &mut self,
        name: &'static str,
        constraint: Constraint,
    ) -> &mut Self {
        self.init_resource::<ItemConstraints>();
        let mut constraints = self.world_mut().resource_mut::<ItemConstraints>();
        constraints.list.insert(name, constraint);
        self
    }
}

/// Asks every constraint about an item and about everything inside it, which would go along. The
/// refusal of something inside has its name as the argument `inside`.
///
/// # Errors
/// The first refusal.
pub fn check_with_contents(view: &View<'_>, planned: &Planned<'_>) -> Result<(), Refusal> {
    check_constraints(view, planned)?;
    for inner in view.inventory.contents(planned.item.uid) {
        let along = Planned {
            item: inner,
            count: inner.count,
            to: None,
            ..*planned
        };
        check_constraints(view, &along).map_err(|refusal| named(view, inner, refusal))?;
    }
    Ok(())
}

/// The refusal of something inside, with its name.
pub(crate) fn named(view: &View<'_>, inner: &Item, refusal: Refusal) -> Refusal {
    match view.def(inner) {
        Ok(def) => refusal.with("inside", def.name.as_str()),
        Err(_) => refusal.with("inside", inner.def),
    }
}

/// Asks every constraint.
///
/// # Errors
/// The first refusal.
pub fn check_constraints(view: &View<'_>, planned: &Planned<'_>) -> Result<(), Refusal> {
    let Some(constraints) = view.world.get_resource::<ItemConstraints>() else {
        return Ok(());
    };
    constraints
        .list
        .values()
        .try_for_each(|constraint| constraint(view, planned))
}
