//! What a rule sees of one inventory: the items, their definitions, the limits that hold now.

use bevy::prelude::*;
use wayfarer_core::{
    authority::Authority,
    content::{Content, Def},
    id::{DefId, Uid},
    refusal::{Code, Refusal},
    txn::Txn,
};

use crate::{
    content::{Amount, CompartmentDef, ItemDef, KitDef},
    inventory::Inventory,
    item::{Item, Place},
    refusals,
    rules::{Cells, Forecast, Limits, Shape},
    stats,
};

/// One inventory with the world around it, to read.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The world.
    pub world: &'a World,
    /// The loaded content.
    pub content: &'a Content,
    /// The holder.
    pub entity: Entity,
    /// What it holds.
    pub inventory: &'a Inventory,
}

impl<'a> View<'a> {
    /// The inventory of `entity`.
    ///
    /// # Errors
    /// `not_found` when it has none.
    pub fn of(world: &'a World, content: &'a Content, entity: Entity) -> Result<Self, Refusal> {
        let inventory = world.get::<Inventory>(entity);
        Ok(Self {
            world,
            content,
            entity,
            inventory: inventory.ok_or_else(|| Refusal::not_found("inventory"))?,
        })
    }

    /// The inventory of `entity` as a transaction sees it now. `content` is
    /// [`Txn::content`], which the caller keeps.
    ///
    /// # Errors
    /// `not_found` when it has none.
    pub fn of_txn(txn: &'a Txn<'_>, content: &'a Content, entity: Entity) -> Result<Self, Refusal> {
        txn.need::<Inventory>(entity, "inventory")?;
        Self::of(txn.world(), content, entity)
    }

    /// An item.
    ///
    /// # Errors
    /// `not_found`.
    pub fn item(&self, uid: Uid) -> Result<&'a Item, Refusal> {
        self.inventory
            .get(uid)
            .ok_or_else(|| Refusal::not_found(uid))
    }

    /// An item that is not worn.
    ///
    /// # Errors
    /// `not_found`, `worn`.
    pub fn loose_item(&self, uid: Uid) -> Result<&'a Item, Refusal> {
        let item = self.item(uid)?;
        if item.place.slot().is_some() {
            return Err(refusals::WORN.into());
        }
        Ok(item)
    }

    /// The definition of an item.
    ///
    /// # Errors
    /// `template_unavailable` when the packs do not have it (any more).
    pub fn def(&self, item: &Item) -> Result<&'a Def<ItemDef>, Refusal> {
        self.content
            .table::<ItemDef>()
            .get(item.def)
            .ok_or_else(|| refusals::template_unavailable(item))
    }

    /// The definition of a compartment.
    ///
    /// # Errors
    /// `not_found` when there is no such compartment, `template_unavailable` when the packs do not
    /// have it (any more).
    pub fn compartment(&self, index: u8) -> Result<&'a Def<CompartmentDef>, Refusal> {
        let def = self.inventory.compartments().get(index as usize);
        let def = *def.ok_or_else(|| Refusal::not_found("compartment"))?;
        self.content
            .table::<CompartmentDef>()
            .get(def)
            .ok_or_else(|| Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", def))
    }

    /// The definition of the compartment or pocket that a place is.
    ///
    /// # Errors
    /// Those of [`View::compartment`], for pockets as well, and `illegal_place` or `overflow_only_out`
    /// for what is neither.
    pub fn compartment_at(
        &self,
        place: impl Into<Place>,
    ) -> Result<&'a Def<CompartmentDef>, Refusal> {
        match place.into() {
            Place::In(index) => self.compartment(index),
            Place::Inside { bag, pocket } => {
                let pockets = &self.def(self.item(bag)?)?.container;
                let pocket = pockets.get(pocket as usize);
                let pocket = pocket.ok_or_else(|| Refusal::not_found("pocket"))?.id();
                self.content
                    .table::<CompartmentDef>()
                    .get(pocket)
                    .ok_or_else(|| Refusal::new(Code::TEMPLATE_UNAVAILABLE).with("what", pocket))
            }
            Place::Worn(_) => Err(refusals::ILLEGAL_PLACE.into()),
            Place::Overflow => Err(refusals::OVERFLOW_ONLY_OUT.into()),
        }
    }

    /// The limits of a compartment or pocket, with the owner's stats as they are. On a client, what
    /// follows from stats that it is not told (a merchant's strength) is no limit: the host decides.
    ///
    /// # Errors
    /// Those of [`View::compartment_at`].
    pub fn limits(&self, place: impl Into<Place>) -> Result<Limits, Refusal> {
        let def = self.compartment_at(place)?;
        let eval = |amount: &Option<Amount>| self.eval_known(amount.as_ref()?);
        Ok(Limits {
            bulk: eval(&def.max_bulk),
            weight: eval(&def.max_weight),
            count: eval(&def.max_count),
        })
    }

    /// The kit whose rules hold here.
    pub fn kit(&self) -> Option<&'a Def<KitDef>> {
        self.content.table::<KitDef>().get(self.inventory.kit())
    }

    /// Kilograms that are a full load; `None` without limit, and for what a client cannot know (see
    /// [`limits`](Self::limits)).
    pub fn weight_limit(&self) -> Option<f32> {
        let amount = self.kit()?.weight_limit.as_ref()?;
        Some(self.eval_known(amount)?.max(0.0))
    }

    /// Kilograms beyond which nothing more is taken; `None` without limit.
    pub fn hard_limit(&self) -> Option<f32> {
        Some(self.weight_limit()? * self.kit()?.hard_limit)
    }

    /// The compartments in the order in which new items look for room.
    pub fn by_order(&self) -> Vec<u8> {
        let mut all: Vec<(i32, u8)> = (0..=u8::MAX)
            .take(self.inventory.compartments().len())
            .map(|index| (self.compartment(index).map_or(i32::MAX, |c| c.order), index))
            .collect();
        all.sort_unstable();
        all.into_iter().map(|(_, index)| index).collect()
    }

    /// The places in which new items look for room, in that order: the compartments, then the
    /// pockets of worn bags. Bags that are only carried are filled by hand.
    pub fn places(&self) -> Vec<Place> {
        let mut pockets: Vec<(i32, Place)> = Vec::new();
        for bag in self.inventory.worn() {
            pockets.extend(self.pockets(bag));
        }
        // The sort is stable, so bags come in the order of their slots.
        pockets.sort_by_key(|&(order, _)| order);
        let own = self.by_order().into_iter().map(Place::In);
        own.chain(pockets.into_iter().map(|(_, place)| place))
            .collect()
    }

    /// The places in which a kind of item looks for room: those that prefer it before the others.
    pub fn places_for(&self, item: &ItemDef) -> Vec<Place> {
        let mut places = self.places();
        places.sort_by_cached_key(|&place| {
            let def = self.compartment_at(place).ok();
            !def.is_some_and(|def| def.is_preferred_by(item))
        });
        places
    }

    /// The pockets of an item in the order of its definition, with the order in which they are
    /// filled; nothing for what is no bag.
    pub fn pockets(&self, bag: &Item) -> impl Iterator<Item = (i32, Place)> {
        let defs = self.def(bag).map(|def| def.container.as_slice());
        let (bag, table) = (bag.uid, self.content.table::<CompartmentDef>());
        let defs = (0..=u8::MAX).zip(defs.unwrap_or_default());
        defs.map(move |(pocket, def)| {
            let order = table.get(def.id()).map_or(i32::MAX, |def| def.order);
            (order, Place::Inside { bag, pocket })
        })
    }

    /// The cells of a place as they would be taken; `None` for a place without cells.
    ///
    /// # Errors
    /// Those of [`View::compartment_at`].
    pub fn cells(&self, place: Place, would: &Forecast<'_>) -> Result<Option<Cells>, Refusal> {
        let Some(mut cells) = Cells::of(self.compartment_at(place)?.layout) else {
            return Ok(None);
        };
        for item in self.inventory.at(place) {
            if !would.is_gone(item.uid) {
                cells.take(self.shape(item), item.order);
            }
        }
        for (shape, position) in would.laid(place) {
            cells.take(shape, position);
        }
        Ok(Some(cells))
    }

    /// What an item takes in a grid; one cell for what has no definition.
    pub fn shape(&self, item: &Item) -> Shape {
        self.def(item)
            .map_or_else(|_| Shape::default(), |def| def.shape())
    }

    /// `None` where the amount follows from stats that this client is not told.
    fn eval_known(&self, amount: &Amount) -> Option<f32> {
        let host = self.world.get_resource::<Authority>() != Some(&Authority::Client);
        let known = host || amount.stats().is_empty() || stats::are_known(self.world, self.entity);
        known.then(|| self.eval(amount))
    }

    fn eval(&self, amount: &Amount) -> f32 {
        amount.eval(|stat: DefId| stats::value(self.world, self.entity, stat))
    }
}
