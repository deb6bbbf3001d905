//! Whether something may go to a place, and whether there is room for it.

use wayfarer_core::{id::Uid, refusal::Refusal};

use crate::{
    inventory::MAX_DEPTH,
    item::{Item, Place},
    refusals,
    rules::{Forecast, Shape},
    view::View,
};

/// Whether a compartment or pocket takes such items at all.
///
/// # Errors
/// `not_accepted`, `not_found` for no such compartment, `illegal_place`, `template_unavailable`.
pub fn check_accepts(view: &View<'_>, item: &Item, place: impl Into<Place>) -> Result<(), Refusal> {
    let def = view.compartment_at(place)?;
    def.check_tags(view.def(item)?)
        .map_err(|tag| refusals::not_accepted(def, tag))
}

/// Whether something that is `height` filled bags high may be at a place: never in itself, and not
/// deeper than any of the bags and compartments around it allows.
///
/// # Errors
/// `inside_itself`, `too_deep`, `not_found`.
pub fn check_nesting(
    view: &View<'_>,
    uid: Uid,
    height: u8,
    mut place: Place,
) -> Result<(), Refusal> {
    let mut outer = place.bag();
    for _ in 0..=MAX_DEPTH {
        let Some(bag) = outer else {
            break;
        };
        if bag == uid {
            return Err(refusals::INSIDE_ITSELF.into());
        }
        outer = view.item(bag)?.place.bag();
    }
    let mut depth = usize::from(height);
    loop {
        let def = view.compartment_at(place).ok();
        let own = def.and_then(|def| def.max_depth).map(usize::from);
        let max = own.unwrap_or(MAX_DEPTH).min(MAX_DEPTH);
        if depth > max {
            return Err(refusals::too_deep(max));
        }
        let Some(bag) = place.bag() else {
            return Ok(());
        };
        depth += 1;
        place = view.item(bag)?.place;
    }
}

/// Whether a place would be within its limits, and the places that its bags are in as well, as far
/// as there would be more in them.
///
/// # Errors
/// `exceeds_bulk`, `exceeds_weight`, `exceeds_count`, and those of
/// [`View::compartment_at`].
pub fn check_room(view: &View<'_>, would: &Forecast<'_>, place: Place) -> Result<(), Refusal> {
    let limits = view.limits(place)?;
    would.check(place, limits).map_err(refusals::excess)?;
    let mut at = place;
    for _ in 0..MAX_DEPTH {
        let Some(outer) = at.bag().and_then(|bag| would.place_of(bag)) else {
            break;
        };
        if outer.takes_items()
            && would.grows(outer)
            && let Ok(limits) = view.limits(outer)
        {
            would.check(outer, limits).map_err(refusals::excess)?;
        }
        at = outer;
    }
    Ok(())
}

/// The cell that something gets in a place, `None` where there are no cells; the forecast then
/// knows that it is taken.
///
/// # Errors
/// `no_cells`, and those of [`View::compartment_at`].
pub fn free_cell(
    view: &View<'_>,
    would: &mut Forecast<'_>,
    item: &Item,
    place: Place,
) -> Result<Option<u32>, Refusal> {
    let Some(cells) = view.cells(place, would)? else {
        return Ok(None);
    };
    let shape = view
        .def(item)
        .map_or_else(|_| Shape::default(), |def| def.shape());
    let cell = cells.first_free(shape);
    let cell = cell.ok_or_else(|| Refusal::from(refusals::NO_CELLS))?;
    would.lay(place, shape, cell);
    Ok(Some(cell))
}
