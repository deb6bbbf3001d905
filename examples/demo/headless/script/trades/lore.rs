//! Making a thing one's own, looking back at what another has been through, and taking it apart to
//! learn from it.

use bevy::prelude::*;
use wayfarer::{
    inventory::{actions::HistoryLine, history::Deed},
    prelude::*,
    stats::actions::{PatchChange, PatchLayer, PatchStat},
};

use super::{ann, bag, check, done, finish_well, name_of, thing};
use crate::headless::{
    script::{ask, item, stat, ticks},
    stage::{Steps, refused},
};

const STEALTH: &str = "core:skills.stealth";
const OIL: &str = "demo:whispered_oil";

pub fn play(app: &mut App, steps: &mut Steps) {
    let told = attune(app);
    steps.step("the ring does something once it is hers", told);
    let Some(sword) = item(app.world_mut(), "demo:iron_sword") else {
        return steps.step("she has a sword", Err("she has none".into()));
    };
    let told = remember(app, sword);
    steps.step("her sword remembers what was done to it", told);
    let told = take_off(app, sword);
    steps.step("she has read too little to learn from it", told);
    let told = read(app);
    steps.step("who has read more is called to better things", told);
    let told = take_apart(app, sword);
    steps.step(
        "she takes the blade apart, at the odds that she was told",
        told,
    );
}

fn attune(app: &mut App) -> Result<String, String> {
    let ring = item(app.world_mut(), "demo:tarnished_ring").ok_or("she has no ring")?;
    let wear = EquipItem {
        item: ring,
        slot: None,
    };
    done(app, &wear)?;
    ticks(app, 2);
    let before = stat(app.world_mut(), STEALTH);
    done(app, &AttuneItem { item: ring })?;
    finish_well(app)?;
    let now = stat(app.world_mut(), STEALTH);
    check(now == before + 15.0, format!("stealth {before} → {now}"))
}

fn remember(app: &mut App, sword: Uid) -> Result<String, String> {
    let lines: Vec<HistoryLine> = done(app, &AskHistory { item: sword })?;
    let notes: Vec<&str> = lines
        .iter()
        .rev()
        .filter_map(|line| match &line.deed {
            Deed::Noted(note) => Some(note.what.as_str()),
            Deed::Went(_) => None,
        })
        .collect();
    let all = ["worn_down", "repaired", "enchanted"];
    let all = all.iter().all(|what| notes.contains(what));
    check(all, notes.join(", "))
}

fn wish(item: Uid) -> DisenchantItem {
    DisenchantItem {
        item,
        enchantment: DefId::of(OIL),
        station: None,
    }
}

fn take_off(app: &mut App, sword: Uid) -> Result<String, String> {
    ticks(app, 60);
    let answer = ask(app, &wish(sword));
    refused(app.world(), answer, "worn")?;
    let slot = DefId::of("core:main_hand");
    let off = UnequipItem {
        slot,
        compartment: None,
    };
    done(app, &off)?;
    let answer = ask(app, &wish(sword));
    refused(app.world(), answer, "enchant_skill")
}

/// A winter over books, as the game master has it.
fn read(app: &mut App) -> Result<String, String> {
    let (who, target) = ann(app.world_mut()).ok_or("there is no character")?;
    let winter = PatchStat {
        target,
        stat: StatId::of("core:skills.lore"),
        layer: PatchLayer::Base,
        change: PatchChange::Set(40.0),
    };
    let read = app.world_mut().act(PlayerId::LOCAL, None, &winter);
    read.map_err(|refusal| refusal.to_string())?;
    ticks(app, 2);
    let advice = upgrades(app.world(), who);
    let content = app.world().resource::<ActiveContent>().0.clone();
    let lines: Vec<String> = advice
        .iter()
        .filter_map(|one| {
            let item = thing(app, one.item).ok()?;
            let quality = content.table::<QualityDef>().get(one.quality)?;
            Some(format!("{}: {}", name_of(app, &item), quality.name))
        })
        .collect();
    check(!lines.is_empty(), lines.join(", "))
}

fn take_apart(app: &mut App, sword: Uid) -> Result<String, String> {
    let (who, _) = ann(app.world_mut()).ok_or("there is no character")?;
    let wish = wish(sword);
    let plan = sacrifice_odds(app.world(), who, &wish).map_err(|r| r.to_string())?;
    done(app, &wish)?;
    let note = finish_well(app)?;
    let lore = app.world().get::<EnchantLore>(who).cloned();
    let lore = lore.ok_or("she has learned nothing at all")?;
    let gone = bag(app).is_some_and(|bag| bag.get(sword).is_none());
    let knows = lore.knows(DefId::of(OIL));
    let xp = if knows { plan.xp_learned } else { plan.xp };
    check(
        lore.xp == u64::from(xp) && u32::from(gone) == lore.taken_apart,
        format!("{note} {} of experience", lore.xp),
    )
}
