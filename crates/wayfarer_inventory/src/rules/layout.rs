//! How things lie in a compartment: one after the other, in slots, or in a grid.

use serde::Deserialize;

/// Longest side of a grid and of what lies in it.
pub const MAX_SIDE: u8 = 64;
/// Most slots of a compartment.
pub const MAX_SLOTS: u16 = 4096;
/// The bit of a position that says that the thing is turned.
pub const ROTATED: u32 = 1 << 31;

/// How the items of a compartment lie.
#[derive(Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// One after the other, without positions of their own.
    #[default]
    List,
    /// This many numbered places, each for one stack.
    Slots(u16),
    /// Cells: width and height. Each stack takes as many as its [`Shape`] has.
    Grid(u8, u8),
}

/// What something takes in a grid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Cells from left to right.
    pub width: u8,
    /// Cells from top to bottom.
    pub height: u8,
    /// It may be turned.
    pub rotates: bool,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            width: 1,
            height: 1,
            rotates: false,
        }
    }
}

impl Shape {
    /// Width and height as it lies at `position`.
    pub const fn lying(self, position: u32) -> (u8, u8) {
        if position & ROTATED == 0 {
            (self.width, self.height)
        } else {
            (self.height, self.width)
        }
    }
}

/// The cells of a compartment with a layout. A position is the number of the cell of the upper left
/// corner, row by row, with [`ROTATED`] for what is turned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cells {
    width: u32,
    height: u32,
    slots: bool,
    taken: Vec<bool>,
}

impl Cells {
    /// Empty cells; `None` for a list, which has none.
    pub fn of(layout: Layout) -> Option<Self> {
        let (width, height, slots) = match layout {
            Layout::List => return None,
            Layout::Slots(count) => (count.min(MAX_SLOTS).into(), 1, true),
            Layout::Grid(w, h) => (w.min(MAX_SIDE).into(), h.min(MAX_SIDE).into(), false),
        };
        Some(Self {
            width,
            height,
            slots,
            taken: vec![false; (width * height) as usize],
        })
    }

    /// The cells that something takes at `position`; `None` when part of it would lie outside, or
    /// when it may not be turned.
    fn covered(&self, shape: Shape, position: u32) -> Option<impl Iterator<Item = usize> + use<>> {
        let turned = position & ROTATED != 0;
        if turned && (!shape.rotates || self.slots) {
            return None;
        }
        let (w, h) = match shape.lying(position) {
            _ if self.slots => (1, 1),
            (w, h) => (u32::from(w), u32::from(h)),
        };
        let cell = position & !ROTATED;
        if self.width == 0 {
            return None;
        }
        let (x, y) = (cell % self.width, cell / self.width);
        if x + w > self.width || y.checked_add(h)? > self.height {
            return None;
        }
        let width = self.width;
        let rows =
            (y..y + h).flat_map(move |row| (x..x + w).map(move |column| row * width + column));
        Some(rows.map(|cell| cell as usize))
    }

    /// Whether something can lie at `position`.
    pub fn fits(&self, shape: Shape, position: u32) -> bool {
        self.covered(shape, position)
            .is_some_and(|mut cells| cells.all(|cell| self.taken.get(cell) == Some(&false)))
    }

    /// Takes the cells; `false`, and nothing is taken, when something is there already or part of
    /// it would lie outside.
    pub fn take(&mut self, shape: Shape, position: u32) -> bool {
        if !self.fits(shape, position) {
            return false;
        }
        for cell in self.covered(shape, position).into_iter().flatten() {
            if let Some(taken) = self.taken.get_mut(cell) {
                *taken = true;
            }
        }
        true
    }

    /// The first position where it can lie, row by row; turned only where it does not lie upright.
    pub fn first_free(&self, shape: Shape) -> Option<u32> {
        let cells = 0..self.width * self.height;
        let turned = shape.rotates && shape.width != shape.height && !self.slots;
        let mut positions = cells.flat_map(|cell| {
            let turned = turned.then_some(cell | ROTATED);
            std::iter::once(cell).chain(turned)
        });
        positions.find(|&position| self.fits(shape, position))
    }

    /// Takes the first position where it can lie.
    pub fn take_first(&mut self, shape: Shape) -> Option<u32> {
        let position = self.first_free(shape)?;
        self.take(shape, position).then_some(position)
    }

    /// Width and height.
    pub const fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const fn shape(width: u8, height: u8, rotates: bool) -> Shape {
        Shape {
            width,
            height,
            rotates,
        }
    }

    #[test]
    fn what_lies_where() {
        let mut cells = Cells::of(Layout::Grid(3, 2)).unwrap();
        for (shape, position, fits) in [
            (shape(1, 1, false), 0, true),
            (shape(1, 1, false), 5, true),
            (shape(1, 1, false), 6, false),
            (shape(3, 2, false), 0, true),
            (shape(3, 2, false), 1, false),
            (shape(2, 1, false), 2, false),
            (shape(1, 3, true), 0, false),
            (shape(1, 3, true), ROTATED, true),
            (shape(1, 3, false), ROTATED, false),
            (shape(1, 1, false), u32::MAX, false),
            (shape(64, 64, true), ROTATED, false),
        ] {
            assert_eq!(cells.fits(shape, position), fits, "{shape:?} at {position}");
        }
        assert!(cells.take(shape(2, 2, false), 0));
        assert!(!cells.take(shape(1, 1, false), 4), "taken");
        assert_eq!(cells.first_free(shape(2, 1, false)), None);
        assert_eq!(cells.first_free(shape(2, 1, true)), Some(2 | ROTATED));
        assert_eq!(cells.take_first(shape(1, 2, false)), Some(2));
        assert_eq!(cells.first_free(shape(1, 1, false)), None);
    }

    #[test]
    fn slots_take_one_each_whatever_its_size() {
        let mut cells = Cells::of(Layout::Slots(2)).unwrap();
        assert_eq!(cells.take_first(shape(9, 9, true)), Some(0));
        assert_eq!(cells.take_first(shape(1, 1, false)), Some(1));
        assert_eq!(cells.take_first(shape(1, 1, false)), None);
        assert!(!cells.fits(shape(1, 1, true), 1 | ROTATED));
        assert!(Cells::of(Layout::List).is_none());
    }

    proptest! {
        #[test]
        fn nothing_overlaps_and_nothing_lies_outside(
            side in (1..9u8, 1..9u8),
            things in proptest::collection::vec((1..5u8, 1..5u8, any::<bool>()), 0..40),
        ) {
            let mut cells = Cells::of(Layout::Grid(side.0, side.1)).unwrap();
            let mut count = vec![0_u32; usize::from(side.0) * usize::from(side.1)];
            for (w, h, rotates) in things {
                let shape = shape(w, h, rotates);
                let Some(position) = cells.take_first(shape) else { continue };
                let (w, h) = shape.lying(position);
                let at = position & !ROTATED;
                let (x, y) = (at % u32::from(side.0), at / u32::from(side.0));
                for row in y..y + u32::from(h) {
                    for column in x..x + u32::from(w) {
                        prop_assert!(column < u32::from(side.0) && row < u32::from(side.1));
                        count[(row * u32::from(side.0) + column) as usize] += 1;
                    }
                }
            }
            prop_assert!(count.iter().all(|&n| n <= 1));
        }
    }
}
