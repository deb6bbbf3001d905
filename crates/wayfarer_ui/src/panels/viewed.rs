//! What the panels about one character have in common.

use bevy_egui::egui::{self, RichText, Ui};

use super::number;
use crate::{
    intent::Intent,
    model::{Viewed, effects::ChangeRow, item::Now},
    texts::labels,
    widgets::empty_state,
};

/// Whom the panel is about. Whoever can look at several characters chooses here. `false` when
/// there is nobody.
pub(super) fn viewed(ui: &mut Ui, viewed: &Viewed, intents: &mut Vec<Intent>) -> bool {
    if viewed.others.len() > 1 {
        let text = if viewed.name.is_empty() {
            "–"
        } else {
            &viewed.name
        };
        egui::ComboBox::from_id_salt("viewed")
            .selected_text(RichText::new(text).strong())
            .show_ui(ui, |ui| {
                for (uid, name) in viewed.others.iter() {
                    let text = format!("{name} {uid}");
                    let chosen = viewed.uid == Some(*uid);
                    if ui.selectable_label(chosen, text).clicked() {
                        intents.push(Intent::Inspect(*uid));
                    }
                }
            });
    } else if !viewed.name.is_empty() {
        ui.heading(&viewed.name);
    }
    if viewed.name.is_empty() {
        empty_state(ui, "…", &labels::NO_CHARACTER.get(ui.ctx()), "");
    }
    !viewed.name.is_empty()
}

/// A time in words, in two units at most. What is not finite or lies behind is 0.
pub(super) fn time_words(ctx: &egui::Context, seconds: f64) -> String {
    // `as` turns NaN into 0 and keeps what is too large.
    let whole = seconds.max(0.0).ceil() as u64;
    let (minutes, hours, days) = (whole / 60, whole / 3600, whole / 86_400);
    match (days, hours, minutes) {
        (0, 0, 0) => labels::TIME_SECONDS.fill(ctx, &[("seconds", &whole)]),
        (0, 0, _) => {
            let rest = whole % 60;
            labels::TIME_MINUTES.fill(ctx, &[("minutes", &minutes), ("seconds", &rest)])
        }
        (0, _, _) => {
            let rest = minutes % 60;
            labels::TIME_HOURS.fill(ctx, &[("hours", &hours), ("minutes", &rest)])
        }
        _ => labels::TIME_DAYS.fill(ctx, &[("days", &days), ("hours", &(hours % 24))]),
    }
}

/// How long ago a tick was, in words.
pub(super) fn ago(ctx: &egui::Context, tick: u64, now: Now) -> String {
    let seconds = now.tick.saturating_sub(tick) as f64 / now.hz;
    let time = time_words(ctx, seconds.floor());
    labels::TIME_AGO.fill(ctx, &[("time", &time)])
}

/// Stats before and after, one a line. Says so when nothing changes.
pub(super) fn changes(ui: &mut Ui, rows: &[ChangeRow]) {
    if rows.is_empty() {
        ui.weak(labels::NO_CHANGE.get(ui.ctx()));
    }
    for row in rows {
        ui.label(change(ui.ctx(), row));
    }
}

fn change(ctx: &egui::Context, row: &ChangeRow) -> String {
    let (before, after) = (number(row.before), number(row.after));
    let common: [(&str, &dyn std::fmt::Display); 3] =
        [("stat", &row.stat), ("before", &before), ("after", &after)];
    match &row.tiers {
        None => labels::CHANGE.fill(ctx, &common),
        Some((tier_before, tier_after)) => {
            let [stat, before, after] = common;
            let all = [
                stat,
                before,
                after,
                ("tier_before", tier_before as _),
                ("tier_after", tier_after as _),
            ];
            labels::CHANGE_TIER.fill(ctx, &all)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_two_units() {
        let ctx = egui::Context::default();
        for (seconds, words) in [
            (0.0, "0 s"),
            (0.2, "1 s"),
            (59.0, "59 s"),
            (60.0, "1 min 0 s"),
            (3_599.0, "59 min 59 s"),
            (3_660.0, "1 h 1 min"),
            (90_000.0, "1 d 1 h"),
            (-5.0, "0 s"),
            (f64::NAN, "0 s"),
        ] {
            assert_eq!(time_words(&ctx, seconds), words);
        }
        assert!(time_words(&ctx, f64::INFINITY).ends_with('h'));
    }

    #[test]
    fn a_past_that_lies_ahead_is_now() {
        let ctx = egui::Context::default();
        let now = Now {
            tick: 100,
            hz: 20.0,
        };
        assert_eq!(ago(&ctx, 60, now), "2 s ago");
        assert_eq!(ago(&ctx, 160, now), "0 s ago");
    }
}
