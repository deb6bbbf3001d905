//! What can not be done with an item, by the plans that the actions decide by.

use bevy::prelude::*;
use wayfarer_core::{content::Content, refusal::Refusal, text::Texts};
use wayfarer_inventory::{
    Inventory, Item,
    constraint::{Planned, Purpose, check_constraints, check_with_contents},
    intake::{Parcel, plan_intake},
    rules::Forecast,
    view::View,
};

use crate::model::item::Refusals;

/// Who looks at what, and where it is.
pub(super) struct Looking<'w> {
    pub world: &'w World,
    pub content: &'w Content,
    pub texts: &'w Texts,
    pub actor: Entity,
    pub holder: Entity,
    pub open: Option<Entity>,
    pub item: &'w Item,
}

/// What can not be done with it. What is worn has to be taken off first, and says so elsewhere.
pub(super) fn refusals(looking: &Looking<'_>) -> Refusals {
    let (holder, item) = (looking.holder, looking.item);
    if item.place.slot().is_some() {
        return Refusals::default();
    }
    let say = |refused: Result<(), Refusal>| {
        let refusal = refused.err();
        refusal.map(|refusal| looking.texts.refusal(&refusal, looking.content))
    };
    if holder == looking.actor {
        let open = looking.open.map(|open| looking.given(holder, open));
        return Refusals {
            using: say(looking.with_it(Purpose::Use)),
            drop: say(looking.with_it(Purpose::Drop)),
            put: open.and_then(say),
            take: None,
        };
    }
    // What lies on the ground is nobody's; what is in a container is given from there.
    let taken = match looking.world.get::<Inventory>(holder) {
        Some(inventory) if inventory.get(item.uid).is_some() => {
            looking.given(holder, looking.actor)
        }
        _ => looking.fits(looking.actor, &Parcel::from(item.clone()), Purpose::PickUp),
    };
    Refusals {
        take: say(taken),
        ..Refusals::default()
    }
}

impl Looking<'_> {
    fn view(&self, entity: Entity) -> Result<View<'_>, Refusal> {
        View::of(self.world, self.content, entity)
    }

    /// Whether its holder may do something with it.
    fn with_it(&self, purpose: Purpose) -> Result<(), Refusal> {
        let view = self.view(self.holder)?;
        let planned = Planned {
            item: self.item,
            count: if purpose == Purpose::Use {
                1
            } else {
                self.item.count
            },
            purpose,
            to: None,
        };
        match purpose {
            Purpose::Use => check_constraints(&view, &planned),
            _ => check_with_contents(&view, &planned),
        }
    }

    /// Whether all of it may go from one to the other, and fits there.
    fn given(&self, from: Entity, to: Entity) -> Result<(), Refusal> {
        self.with_it(Purpose::Give)?;
        let view = self.view(from)?;
        let parcel = Parcel::of(view.inventory, self.item, self.item.count);
        self.fits(to, &parcel, Purpose::Receive)
    }

    fn fits(&self, to: Entity, parcel: &Parcel, purpose: Purpose) -> Result<(), Refusal> {
        let view = self.view(to)?;
        let mut forecast = Forecast::of(view.inventory);
        plan_intake(&view, &mut forecast, parcel.incoming(purpose), None).map(|_| ())
    }
}
