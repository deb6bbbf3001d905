//! Compartments whose items lie in cells.

use bevy_egui::egui::{self, Rect, Sense, StrokeKind, Ui, vec2};
use wayfarer_inventory::rules::{ROTATED, Shape};

use super::{
    Cx,
    drag::{Source, Target},
    list::{drop_here, target},
    row::{self, HEIGHT},
};
use crate::{
    model::{
        inventory::{CellsModel, CompartmentModel},
        item::ItemRow,
    },
    texts::labels,
    theme::Palette,
};

/// Width of a cell; its height is that of a line of the list.
const WIDTH: f32 = 30.0;

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
        Rect::from_min_size(corner, vec2(width as f32 * WIDTH, HEIGHT + 1.0))
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
        piece(
            ui,
            at,
            item,
            (row == y, row + 1 == y + height),
            compartment,
            source,
            cx,
        );
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
fn area(cells: CellsModel, item: &ItemRow) -> Option<(u32, u32, u32, u32)> {
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
    (first, last): (bool, bool),
    compartment: &CompartmentModel,
    source: Source,
    cx: &mut Cx<'_>,
) {
    let id = ui
        .id()
        .with(("cell item", item.uid, first, rect.top() as i32));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    let palette = Palette::of(ui.ctx());
    let color = row::tint(&palette, item);
    let color = if item.blocked.is_some() {
        color.gamma_multiply(0.5)
    } else {
        color
    };
    let visuals = ui.visuals();
    let fill = if cx.state.selected == Some(item.uid) {
        visuals.selection.bg_fill
    } else {
        visuals.extreme_bg_color
    };
    let painter = ui.painter_at(rect);
    let bottom = if last {
        rect.bottom() - 2.0
    } else {
        rect.bottom()
    };
    painter.rect_filled(rect.with_max_y(bottom), 0, fill);
    if first {
        let square = Rect::from_min_size(rect.min, vec2(WIDTH - 4.0, HEIGHT - 2.0));
        row::icon(&painter, square, item, color, fill);
        if item.count > 1 {
            let at = rect.with_max_y(rect.top() + HEIGHT).right_bottom() - vec2(2.0, 1.0);
            let font = egui::FontId::proportional(9.0);
            let text = item.count.to_string();
            painter.text(
                at,
                egui::Align2::RIGHT_BOTTOM,
                text,
                font,
                visuals.text_color(),
            );
        }
        row::behave(ui, &response, item, source, cx);
    } else {
        row::handle(ui, &response, item, source, cx);
    }
    let target = target(source, Some(compartment), Some(item));
    drop_here(ui, &response, target, cx);
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
