//! What would become of it.

use bevy_egui::egui::Ui;

use super::row::remaining;
use crate::{
    model::{effects::EffectOutlook, item::Now},
    panels::viewed::changes,
    texts::labels,
};

/// What would change; `lasting` also tells how long it would last.
pub(super) fn outlook(ui: &mut Ui, outlook: &EffectOutlook, now: Now, lasting: bool) {
    match outlook {
        EffectOutlook::Refused(why) => {
            ui.colored_label(ui.visuals().error_fg_color, why);
        }
        EffectOutlook::Would {
            until,
            stacks,
            does,
            changes: rows,
        } => {
            if lasting {
                let time = remaining(ui.ctx(), *until, now);
                ui.label(labels::IT_WOULD_LAST.fill(ui.ctx(), &[("time", &time)]));
                if *stacks > 1 {
                    ui.label(labels::WITH_STACKS.fill(ui.ctx(), &[("stacks", stacks)]));
                }
            }
            for line in does {
                ui.label(line);
            }
            changes(ui, rows);
        }
    }
}
