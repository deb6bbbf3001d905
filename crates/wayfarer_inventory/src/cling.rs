//! What hangs on single things: charges, and being one person's alone.

mod bound;
mod charges;
mod quest;

pub(crate) use bound::claimed;
pub use bound::{Bound, bind, bound_to};
pub use charges::{Charges, charges_now, spend_charges};

use bevy::prelude::*;

use crate::{constraint::ItemConstraintAppExt, ext::ItemExtAppExt};

pub(crate) fn plugin(app: &mut App) {
    app.register_item_ext::<Bound>()
        .register_item_ext::<Charges>()
        .register_item_constraint("inventory.bound", bound::constraint)
        .register_item_constraint("inventory.quest", quest::constraint)
        .add_observer(charges::rested);
}
