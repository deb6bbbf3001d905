//! Checks that need the whole content: items, stats and kits.

use wayfarer_core::{
    content::{Content, Def, Report},
    id::DefId,
};
use wayfarer_inventory::content::{ItemDef, KitDef};
use wayfarer_stats::index::StatIndex;

use super::{GearDef, SlotDef};

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
