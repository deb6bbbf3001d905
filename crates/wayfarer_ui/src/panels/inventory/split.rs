use bevy_egui::egui;

use super::{
    Cx,
    drag::{Dragged, Source, Target, resolve},
};
use crate::{intent::Intent, texts::labels};

/// The question "how many?".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitDialog {
    /// The stack.
    pub dragged: Dragged,
    /// Where the part goes; `None` is a new stack beside the old one.
    pub target: Option<Target>,
    /// How many, as chosen so far.
    pub count: u32,
}

impl SplitDialog {
    /// Asks about a stack of `have`.
    pub fn new(dragged: Dragged, target: Option<Target>, have: u32) -> Self {
        Self {
            dragged,
            target,
            count: (have / 2).max(1),
        }
    }
}

/// The dialog, while it is open.
pub(super) fn dialog(ctx: &egui::Context, cx: &mut Cx<'_>) {
    let Some(mut split) = cx.state.split else {
        return;
    };
    let Some(item) = cx.model.item(split.dragged.item) else {
        // Gone while the question stood.
        cx.state.split = None;
        return;
    };
    // A new stack beside the old one must leave something there.
    let most = match split.target {
        Some(_) => item.count,
        None => item.count.saturating_sub(1),
    };
    if most == 0 {
        cx.state.split = None;
        return;
    }
    split.count = split.count.clamp(1, most);
    let mut done = None;
    let modal = egui::Modal::new(egui::Id::new("split")).show(ctx, |ui| {
        ui.set_width(260.0);
        ui.heading(labels::HOW_MANY.fill(ctx, &[("name", &item.name)]));
        let slider = egui::Slider::new(&mut split.count, 1..=most).integer();
        ui.add(slider);
        ui.horizontal(|ui| {
            if ui.button(labels::OK.get(ctx)).clicked() {
                done = Some(true);
            }
            if ui.button(labels::CANCEL.get(ctx)).clicked() {
                done = Some(false);
            }
        });
    });
    if ctx.input(|input| input.key_pressed(egui::Key::Enter)) {
        done = Some(true);
    } else if modal.should_close() {
        done = done.or(Some(false));
    }
    cx.state.split = Some(split);
    let Some(yes) = done else {
        return;
    };
    cx.state.split = None;
    if !yes {
        return;
    }
    let intent = match (split.target, split.dragged.source) {
        (Some(target), _) => resolve(cx.model, split.dragged, target, Some(split.count)),
        (None, Source::Own) => Some(Intent::Split {
            item: item.uid,
            count: split.count,
            compartment: None,
        }),
        (None, _) => None,
    };
    cx.intents.extend(intent);
}
