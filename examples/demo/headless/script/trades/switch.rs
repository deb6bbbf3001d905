//! The game master switches equipment off and on again: everything is as it was.

use bevy::prelude::*;
use wayfarer::{core::feature::SwitchFeature, prelude::*};

use super::{ann, bag, check};
use crate::headless::{
    script::{ANN, ask, item, stat, ticks},
    stage::{Steps, refused},
};

const STATS: [&str; 3] = [
    "core:combat.attack",
    "core:combat.defense",
    "core:movement.speed",
];

pub fn play(app: &mut App, steps: &mut Steps) {
    let (stats, things) = (stats(app), bag(app));
    let told = switch(app, false).and_then(|()| {
        let now = self::stats(app);
        let kept = bag(app) == things;
        let less = now[0] < stats[0] && now[1] < stats[1];
        check(kept && less, format!("{stats:?} → {now:?}"))
    });
    steps.step("equipment switched off gives nothing and keeps all", told);
    let told = item(app.world_mut(), "demo:march_gauntlets").map(|item| {
        let answer = ask(app, &EquipItem { item, slot: None });
        refused(app.world(), answer, "feature_disabled")
    });
    let told = told.unwrap_or_else(|| Err("she has no gauntlets".into()));
    steps.step("nobody puts anything on meanwhile", told);
    let told = switch(app, true).and_then(|()| {
        let now = self::stats(app);
        let kept = bag(app) == things;
        check(kept && now == stats, format!("{now:?}"))
    });
    steps.step("switched on it is as if nothing had been", told);
}

fn stats(app: &mut App) -> [f32; 3] {
    STATS.map(|name| stat(app.world_mut(), name))
}

fn switch(app: &mut App, on: bool) -> Result<(), String> {
    let wish = SwitchFeature {
        feature: "equipment".into(),
        on,
    };
    let (_, uid) = ann(app.world_mut()).ok_or("there is no character")?;
    if app.world_mut().act(ANN, Some(uid), &wish).is_ok() {
        return Err("a player could switch it".into());
    }
    let answer = app.world_mut().act(PlayerId::LOCAL, None, &wish);
    ticks(app, 2);
    match answer {
        Ok(true) => Ok(()),
        Ok(false) => Err("nothing changed".into()),
        Err(refusal) => Err(refusal.to_string()),
    }
}
