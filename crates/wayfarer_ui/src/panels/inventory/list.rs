use std::collections::BTreeSet;

use bevy_egui::egui::{self, DragAndDrop, Sense, Ui, UiBuilder, vec2};
use wayfarer_inventory::{Place, rules::Search};

use super::{
    Cx,
    drag::{Dragged, Source, Target, resolve},
    grid,
    load::gauge,
    row::{HEIGHT, item_row},
    split::SplitDialog,
};
use crate::{
    intent::{Intent, SortBy},
    model::{
        inventory::{CompartmentModel, HolderModel},
        item::ItemRow,
    },
    texts::{Label, labels},
};

/// How far the head of a pocket stands in for each bag around it.
const INDENT: f32 = 12.0;

/// Between two lines.
pub(super) const GAP: f32 = 1.0;

/// A head and the items under it.
pub(super) struct Section<'a> {
    title: &'a str,
    compartment: Option<&'a CompartmentModel>,
    items: &'a [ItemRow],
}

impl<'a> Section<'a> {
    /// Items without a compartment.
    pub fn bare(title: &'a str, items: &'a [ItemRow]) -> Self {
        Self {
            title,
            compartment: None,
            items,
        }
    }

    fn place(&self) -> Option<Place> {
        self.compartment.map(|compartment| compartment.place)
    }
}

/// One section for each compartment.
pub(super) fn sections(holder: &HolderModel) -> Vec<Section<'_>> {
    let compartments = holder.compartments.iter();
    compartments
        .map(|compartment| Section {
            title: &compartment.name,
            compartment: Some(compartment),
            items: &compartment.items,
        })
        .collect()
}

/// Sections by their places: others may come before them at any time.
type Closed = BTreeSet<Option<Place>>;

/// What a list remembers: which sections are closed, and the lines that the search leaves.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListState {
    closed: Closed,
    of: Option<(u64, Search, Closed)>,
    lines: Vec<Line>,
}

/// One line of the list.
#[derive(Clone, Copy, Debug)]
struct Line {
    section: u16,
    what: What,
}

/// What a line shows.
#[derive(Clone, Copy, Debug)]
enum What {
    /// The head of the section.
    Head,
    /// One of its items.
    Item(u32),
    /// One row of its cells.
    Cells(u32),
}

impl ListState {
    /// How high all the lines are together, as they were shown last.
    pub(super) fn height(&self) -> f32 {
        self.lines.len() as f32 * (HEIGHT + GAP)
    }

    /// Finds the lines again when the items, the search or the closed sections have changed: at
    /// tens of thousands of items this is too much for every frame.
    fn update(&mut self, revision: u64, query: &Search, sections: &[Section<'_>]) {
        let same = self.of.as_ref().is_some_and(|(known, search, closed)| {
            *known == revision && search == query && *closed == self.closed
        });
        if same {
            return;
        }
        self.lines.clear();
        for (section, index) in sections.iter().zip(0u16..) {
            let line = |what| Line {
                section: index,
                what,
            };
            self.lines.push(line(What::Head));
            // A search looks into closed sections too.
            if query.is_empty() && self.closed.contains(&section.place()) {
                continue;
            }
            // What was found stands in a list, wherever it lies.
            let cells = section.compartment.and_then(|c| c.cells);
            if let Some(cells) = cells.filter(|_| query.is_empty()) {
                let rows = (0..cells.rows()).map(|row| line(What::Cells(row)));
                self.lines.extend(rows);
                // What lies in no cell, for whatever reason, is not hidden.
                let astray = section.items.iter().zip(0u32..);
                let astray = astray.filter(|(item, _)| grid::area(cells, item).is_none());
                self.lines
                    .extend(astray.map(|(_, item)| line(What::Item(item))));
                continue;
            }
            let found = section.items.iter().zip(0u32..);
            let found = found.filter(|(item, _)| item.fits(query));
            self.lines
                .extend(found.map(|(_, item)| line(What::Item(item))));
        }
        self.of = Some((revision, query.clone(), self.closed.clone()));
    }
}

/// A list of items in sections, `height` points high. Only the lines in view are laid out.
pub(super) fn items(
    ui: &mut Ui,
    (salt, height): (&str, f32),
    source: Source,
    sections: &[Section<'_>],
    state: &mut ListState,
    cx: &mut Cx<'_>,
) {
    state.update(cx.model.revision, &cx.query, sections);
    let lines = std::mem::take(&mut state.lines);
    let size = vec2(ui.available_width(), height.max(HEIGHT));
    let (_, rect) = ui.allocate_space(size);
    // A child of its own: a list as wide as its panel must not make the panel wider.
    let mut ui = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(salt));
    ui.spacing_mut().item_spacing.y = GAP;
    egui::ScrollArea::vertical().auto_shrink(false).show_rows(
        &mut ui,
        HEIGHT,
        lines.len(),
        |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                let Some(section) = sections.get(usize::from(line.section)) else {
                    continue;
                };
                match line.what {
                    What::Head => head(ui, section, source, state, cx),
                    What::Cells(row) => {
                        if let Some(compartment) = section.compartment {
                            grid::cells_row(ui, compartment, row, source, cx);
                        }
                    }
                    What::Item(item) => {
                        if let Some(item) = section.items.get(item as usize) {
                            let response = item_row(ui, item, source, cx);
                            let target = target(source, section.compartment, Some(item));
                            drop_here(ui, &response, target, cx);
                        }
                    }
                }
            }
        },
    );
    state.lines = lines;
}

/// Where something lands that is let go over this section.
pub(super) fn target(
    source: Source,
    compartment: Option<&CompartmentModel>,
    onto: Option<&ItemRow>,
) -> Option<Target> {
    let compartment = compartment.map(|c| c.place);
    // What has overflowed is taken out; nothing is put there.
    let compartment = compartment.filter(|place| place.takes_items());
    match source {
        Source::Own => Some(Target::Own {
            compartment: compartment?,
            onto: onto.map(|item| item.uid),
        }),
        Source::Container(uid) => Some(Target::Container {
            uid,
            compartment: compartment?,
            onto: onto.map(|item| item.uid),
        }),
        Source::Ground => Some(Target::Ground),
        Source::Worn(slot) => Some(Target::Slot(slot)),
    }
}

fn head(
    ui: &mut Ui,
    section: &Section<'_>,
    source: Source,
    state: &mut ListState,
    cx: &mut Cx<'_>,
) {
    let size = vec2(ui.available_width(), HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    ui.painter()
        .rect_filled(rect, 3, ui.visuals().widgets.noninteractive.weak_bg_fill);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let depth = section.compartment.map_or(0, |c| c.depth);
    let indent = INDENT * f32::from(depth);
    let mut row = ui.new_child(
        UiBuilder::new()
            .max_rect(
                rect.shrink2(vec2(4.0, 0.0))
                    .with_min_x(rect.left() + 4.0 + indent),
            )
            .layout(layout),
    );
    let place = section.place();
    let open = !state.closed.contains(&place);
    let sign = if open { "⏷" } else { "⏵" };
    let title = format!("{sign} {} ({})", section.title, section.items.len());
    let button = egui::Button::new(egui::RichText::new(title).strong()).frame(false);
    if row.add(button).clicked() && !state.closed.remove(&place) {
        state.closed.insert(place);
    }
    let ctx = row.ctx().clone();
    if let Some(compartment) = section.compartment {
        gauge(&mut row, &labels::BULK.get(&ctx), compartment.bulk);
        gauge(&mut row, &labels::WEIGHT.get(&ctx), compartment.weight);
        gauge(&mut row, &labels::STACKS.get(&ctx), compartment.stacks);
        let sorted = compartment.items.len() > 1 && compartment.place.takes_items();
        if source == Source::Own && sorted {
            sort(&mut row, compartment.place, cx);
        }
    }
    drop_here(ui, &response, target(source, section.compartment, None), cx);
}

fn sort(ui: &mut Ui, compartment: Place, cx: &mut Cx<'_>) {
    let ctx = ui.ctx().clone();
    ui.menu_button(labels::SORT.get(&ctx), |ui| {
        for by in SortBy::ALL {
            if ui.button(sort_label(by).get(&ctx)).clicked() {
                cx.intents.push(Intent::Sort { compartment, by });
                ui.close();
            }
        }
        if ui.button(labels::STACK_ALL.get(&ctx)).clicked() {
            cx.intents.push(Intent::StackAll(compartment));
            ui.close();
        }
    });
}

fn sort_label(by: SortBy) -> Label {
    match by {
        SortBy::Name => labels::BY_NAME,
        SortBy::Weight => labels::BY_WEIGHT,
        SortBy::Value => labels::BY_VALUE,
        SortBy::Kind => labels::BY_KIND,
        SortBy::Bulk => labels::BY_BULK,
        SortBy::Newest => labels::BY_NEWEST,
        SortBy::Rarity => labels::BY_RARITY,
    }
}

/// Shows where the dragged item would land, and lets it land.
pub(super) fn drop_here(
    ui: &Ui,
    response: &egui::Response,
    target: Option<Target>,
    cx: &mut Cx<'_>,
) {
    let Some(target) = target else {
        return;
    };
    if !DragAndDrop::has_payload_of_type::<Dragged>(ui.ctx()) {
        return;
    }
    if let Some(dragged) = response.dnd_hover_payload::<Dragged>()
        && resolve(cx.model, *dragged, target, None).is_some()
    {
        let stroke = ui.visuals().selection.stroke;
        let painter = ui.painter();
        painter.rect_stroke(response.rect, 3, stroke, egui::StrokeKind::Inside);
    }
    if let Some(dragged) = response.dnd_release_payload::<Dragged>() {
        land(*dragged, target, cx);
    }
}

fn land(dragged: Dragged, target: Target, cx: &mut Cx<'_>) {
    let Some(intent) = resolve(cx.model, dragged, target, None) else {
        return;
    };
    let have = cx.model.item(dragged.item).map_or(0, |item| item.count);
    // Putting on and taking off is of one piece; everything else can be of some.
    let whole = matches!(
        intent,
        Intent::Equip { .. }
            | Intent::Unequip { .. }
            | Intent::Swap { .. }
            | Intent::Put { .. }
            | Intent::Rearrange { .. }
            | Intent::SetHotbar { .. }
    );
    if dragged.ask && have > 1 && !whole {
        cx.state.split = Some(SplitDialog::new(dragged, Some(target), have));
    } else {
        cx.intents.push(intent);
    }
}
