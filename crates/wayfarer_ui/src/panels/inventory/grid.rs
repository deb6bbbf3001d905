//! Compartments whose items lie in cells.

use bevy_egui::egui::{
    self, Align2, FontId, Painter, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2,
};
use wayfarer_inventory::rules::{ROTATED, Shape};

use super::{
    Cx,
    drag::{Source, Target},
    list::{GAP, drop_here, target},
    row::{self, HEIGHT},
};
use crate::{
    model::{
        Subject,
        inventory::{CellsModel, CompartmentModel},
        item::ItemRow,
    },
    texts::labels,
    theme::Palette,
};

/// Width of a cell; its height is that of a line of the list.
const WIDTH: f32 = 33.0;

/// One row of cells. Things that take several rows are drawn row by row.
pub(super) fn cells_row(
    ui: &mut Ui,
    compartment: &CompartmentModel,
    row: u32,
    source: Source,
    cx: &mut Cx<'_>,
) {
    let Some(cells) = compartment.cells else {
        return;
    };
    let size = vec2(ui.available_width(), HEIGHT);
    let (line, _) = ui.allocate_exact_size(size, Sense::hover());
    let indent = 6.0 + 12.0 * f32::from(compartment.depth);
    let rect = |column: u32, width: u32| {
        let corner = line.min + vec2(indent + column as f32 * WIDTH, 0.0);
        Rect::from_min_size(corner, vec2(width as f32 * WIDTH, HEIGHT + GAP))
    };
    let mut covered = vec![false; cells.columns as usize];
    for item in &compartment.items {
        let Some((x, y, width, height)) = area(cells, item) else {
            continue;
        };
        if !(y..y + height).contains(&row) {
            continue;
        }
        for taken in covered.iter_mut().skip(x as usize).take(width as usize) {
            *taken = true;
        }
        let at = rect(x, width).shrink2(vec2(1.0, 0.0));
        piece(ui, at, item, (row - y, height), compartment, source, cx);
    }
    for (column, covered) in (0..cells.columns).zip(covered) {
        let position = row * cells.columns + column;
        if !covered && position < cells.count {
            empty_cell(
                ui,
                rect(column, 1),
                compartment,
                (column, row, position),
                source,
                cx,
            );
        }
    }
}

/// Column, row, width and height of what an item takes; `None` outside of the cells.
pub(super) fn area(cells: CellsModel, item: &ItemRow) -> Option<(u32, u32, u32, u32)> {
    let shape = if cells.slots {
        Shape::default()
    } else {
        item.shape
    };
    let (width, height) = shape.lying(item.position);
    let at = item.position & !ROTATED;
    if at >= cells.count || cells.columns == 0 {
        return None;
    }
    let (x, y) = (at % cells.columns, at / cells.columns);
    let width = u32::from(width).min(cells.columns - x);
    Some((x, y, width, u32::from(height)))
}

/// What of an item lies in this row. Its name is told in the first one only.
fn piece(
    ui: &mut Ui,
    rect: Rect,
    item: &ItemRow,
    (above, rows): (u32, u32),
    compartment: &CompartmentModel,
    source: Source,
    cx: &mut Cx<'_>,
) {
    let id = ui.id().with(("cell item", item.uid, above));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let selected = cx.state.selected == Some(item.uid);
    // The whole of it, of which this row shows its part.
    let step = HEIGHT + GAP;
    let top = rect.top() - above as f32 * step;
    let whole = Rect::from_min_size(
        pos2(rect.left(), top),
        vec2(rect.width(), rows as f32 * step - GAP),
    );
    let flash = cx.model.feedback.refusal(Subject::Item(item.uid));
    let painter = ui.painter_at(rect);
    paint(ui, &painter, whole, item, selected);
    if let Some(flash) = flash {
        painter.rect_filled(whole, 4, row::red(ui, flash));
    }
    if above == 0 {
        row::behave(ui, &response, item, source, cx);
    } else {
        row::handle(ui, &response, item, source, cx);
    }
    let target = target(source, Some(compartment), Some(item));
    drop_here(ui, &response, target, cx);
}

/// A plate in the colour of its rarity, with its name where there is room for it.
fn paint(ui: &Ui, painter: &Painter, whole: Rect, item: &ItemRow, selected: bool) {
    let palette = Palette::of(ui.ctx());
    let color = row::tint(&palette, item);
    let color = if item.blocked.is_some() {
        color.gamma_multiply(0.5)
    } else {
        color
    };
    let fill = if selected {
        ui.visuals().selection.bg_fill
    } else {
        palette.raised
    };
    let stroke = Stroke::new(1.0, color.gamma_multiply(0.6));
    let plate = whole.shrink2(vec2(0.0, 1.0));
    painter.rect(plate, 4, fill, stroke, StrokeKind::Inside);
    let room = plate.shrink(3.0);
    let name = if room.width() > WIDTH {
        let font = FontId::proportional(10.0);
        painter.layout(item.name.to_string(), font, color, room.width())
    } else {
        let font = FontId::proportional(13.0);
        painter.layout_no_wrap(row::initials(item), font, color)
    };
    let at = Align2::CENTER_CENTER.anchor_size(room.center(), name.size());
    painter.with_clip_rect(room).galley(at.min, name, color);
    if item.count > 1 {
        let font = FontId::proportional(9.0);
        let count = painter.layout_no_wrap(item.count.to_string(), font, palette.text);
        let corner = room.right_bottom() + vec2(1.0, 2.0);
        let at = Align2::RIGHT_BOTTOM.anchor_size(corner, count.size());
        painter.rect_filled(at, 2, fill);
        painter.galley(at.min, count, palette.text);
    }
    if let Some(durability) = item.durability {
        row::wear(painter, room, durability, ui.visuals());
    }
}

fn empty_cell(
    ui: &mut Ui,
    rect: Rect,
    compartment: &CompartmentModel,
    (column, row, position): (u32, u32, u32),
    source: Source,
    cx: &mut Cx<'_>,
) {
    let id = ui.id().with(("cell", compartment.place, position));
    let response = ui.interact(rect, id, Sense::hover());
    let args: [(&str, &dyn std::fmt::Display); 3] = [
        ("name", &compartment.name),
        ("column", &(column + 1)),
        ("row", &(row + 1)),
    ];
    // Outside of the closure, which may not ask the context anything.
    let label = labels::CELL.fill(ui.ctx(), &args);
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Other, true, label.as_str()));
    let stroke = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter()
        .rect_stroke(rect.shrink(1.0), 2, stroke, StrokeKind::Inside);
    let target = match source {
        Source::Own | Source::Container(_) if compartment.place.takes_items() => {
            let of = match source {
                Source::Container(container) => Some(container),
                _ => None,
            };
            Some(Target::Cell {
                of,
                compartment: compartment.place,
                position,
            })
        }
        _ => target(source, Some(compartment), None),
    };
    drop_here(ui, &response, target, cx);
}
