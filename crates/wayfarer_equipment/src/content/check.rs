//! Checks that need the whole content: items, stats and kits.

use wayfarer_core::{
    content::{Content, Def, Ref, Report},
    id::DefId,
};
use wayfarer_inventory::content::{ItemDef, KitDef};
use wayfarer_stats::index::StatIndex;

use super::{GearDef, RarityDef, SlotDef, WearRulesDef};

/// Content check: gear is of items, its stats exist, and kits wear what can be worn.
pub(crate) fn check_gear(content: &Content, report: &mut Report) {
    let items = content.table::<ItemDef>();
    for gear in content.table::<GearDef>() {
        if items.get(gear.id()).is_none() {
            let message = format!("there is no item `{}` for this gear", gear.name());
            let names = items.iter().map(Def::name);
            let near = wayfarer_core::content::did_you_mean(gear.name(), names);
            let help = near.map(|near| format!("did you mean `{near}`?"));
            report.error(gear, "gear-without-item", message, help);
        }
        for modifier in &gear.modifiers {
            modifier.check(content, report);
        }
        check_wear(content, report, gear);
        check_rarity(content, report, gear);
        for requirement in &gear.requires {
            let Some(index) = content.derived::<StatIndex>() else {
                continue;
            };
            if let Err(error) = index.resolve(None, &requirement.stat) {
                report.error(&requirement.stat, "unknown-stat", error.message, error.help);
            }
        }
    }
    check_kits(content, report);
}

/// What lists and searches call its rarity is what prices and enchanting take it for.
fn check_rarity(content: &Content, report: &mut Report, gear: &Def<GearDef>) {
    let item = content.table::<ItemDef>().get(gear.id());
    let Some(said) = item
        .map(|item| item.rarity.as_str())
        .filter(|said| !said.is_empty())
    else {
        return;
    };
    let lowest = RarityDef::lowest(content).map(Def::name);
    let meant = gear.rarity.as_ref().map(Ref::name);
    let Some(meant) = meant.or(lowest) else {
        return;
    };
    if meant.rsplit(':').next() != Some(said) {
        let message = format!("the item says it is `{said}`, the gear that it is `{meant}`");
        let help = "write the same `rarity` in both".to_owned();
        report.warn(gear, "rarity-differs", message, Some(help));
    }
}

/// The kind that something wears as exists, and it is no stack.
fn check_wear(content: &Content, report: &mut Report, gear: &Def<GearDef>) {
    let Some(group) = &gear.wear else {
        return;
    };
    if let Some(rules) = WearRulesDef::in_force(content)
        && !rules.groups.contains_key(&**group)
    {
        let message = format!("the wear rules have no group `{group}`");
        let names = rules.groups.keys().map(String::as_str);
        let near = wayfarer_core::content::did_you_mean(group, names);
        let help = near.map(|near| format!("did you mean `{near}`?"));
        report.error(group, "unknown-group", message, help);
    }
    let stacks = content.table::<ItemDef>().get(gear.id());
    if stacks.is_some_and(|item| item.max_stack > 1) {
        let message = "what wears is no stack: each piece has a condition of its own";
        let help = "take `wear` out, or give the item `max_stack: 1`".to_owned();
        report.error(group, "wearing-stack", message, Some(help));
    }
}

fn check_kits(content: &Content, report: &mut Report) {
    for kit in content.table::<KitDef>() {
        let mut taken: Vec<DefId> = Vec::new();
        for line in &kit.items {
            let Some(wear) = &line.wear else {
                continue;
            };
            let slot = DefId::of(wear);
            let Some(slot_def) = content.table::<SlotDef>().get_by_name(wear) else {
                let names = content.table::<SlotDef>().iter().map(Def::name);
                let near = wayfarer_core::content::did_you_mean(wear, names);
                let help = near.map(|near| format!("did you mean `{near}`?"));
                let message = format!("there is no slot `{wear}`");
                report.error(&line.item, "unknown-slot", message, help);
                continue;
            };
            let Some(gear) = content.table::<GearDef>().get(line.item.id()) else {
                let message = format!("`{}` is no gear and can not be worn", line.item);
                report.error(&line.item, "not-wearable", message, None);
                continue;
            };
            if !gear.fits(slot) {
                let message = format!("`{}` is not worn there: {}", line.item, slot_def.name);
                report.error(&line.item, "wrong-slot", message, None);
            }
            for slot in gear.takes(slot) {
                if taken.contains(&slot) {
                    let message = format!("`{}` needs a slot that is taken", line.item);
                    report.error(&line.item, "slot-taken", message, None);
                }
                taken.push(slot);
            }
        }
    }
}
