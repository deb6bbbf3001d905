//! Days and nights, as far as effects need them.

use bevy::prelude::*;
use serde::Deserialize;
use wayfarer_core::{
    clock::{ClockMode, RulesClock},
    content::{Content, Definition, LinkCtx, Spanned},
    refusal::Refusal,
};

use super::rules::dawn;
use crate::refusals::NO_CALENDAR;

/// Definition kind `calendars`: how time passes in the world. The first entry by name is used,
/// unless the game supplies [`NextDawn`].
///
/// ```ron
/// { "default": (hours: 24, scale: 60, dawn: 6) }
/// ```
///
/// The world begins on its first day at midnight.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct CalendarDef {
    /// Hours of a day.
    pub hours: Spanned<f32>,
    /// How many times faster time passes in the world than for the players.
    pub scale: Spanned<f32>,
    /// The hour at which the sun rises.
    pub dawn: Spanned<f32>,
}

impl Definition for CalendarDef {
    const KIND: &'static str = "calendars";

    fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        for (number, what) in [(&self.hours, "`hours`"), (&self.scale, "`scale`")] {
            if !(number.value.is_finite() && number.value > 0.0) {
                let message = format!("{what} must be more than 0, not {}", number.value);
                ctx.error(number, "bad-calendar", message, None);
            }
        }
        if !(0.0..self.hours.value).contains(&self.dawn.value) {
            let message = format!("`dawn` must be an hour of the day, not {}", self.dawn.value);
            let help = format!("write a number from 0 up to {}", self.hours.value);
            ctx.error(self.dawn, "bad-calendar", message, Some(help));
        }
    }
}

/// The game's own answer to "when is the next dawn": the first tick of dawn after the given one.
#[derive(Resource, Clone, Copy)]
pub struct NextDawn(pub fn(&World, u64) -> u64);

/// The tick of the rules.
pub(super) fn now(world: &World) -> u64 {
    world
        .get_resource::<RulesClock>()
        .map_or(0, |clock| clock.tick)
}

/// The first tick of dawn after `now`.
///
/// # Errors
/// `no_calendar` when nobody knows the sun.
pub fn next_dawn(world: &World, content: &Content, now: u64) -> Result<u64, Refusal> {
    if let Some(game) = world.get_resource::<NextDawn>() {
        return Ok((game.0)(world, now).max(now.saturating_add(1)));
    }
    let calendar = content.table::<CalendarDef>().iter().next();
    let calendar = calendar.ok_or_else(|| Refusal::new(NO_CALENDAR))?;
    let hz = world
        .get_resource::<ClockMode>()
        .copied()
        .unwrap_or_default()
        .hz();
    let scale = f64::from(calendar.scale.value);
    // Negative and infinite lengths have been refused with the content.
    let hours = |hours: f32| (f64::from(hours) * 3600.0 / scale * hz).round() as u64;
    Ok(dawn::next(
        now,
        hours(calendar.hours.value),
        hours(calendar.dawn.value),
    ))
}
