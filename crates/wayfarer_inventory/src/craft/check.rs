//! Content check of recipes.

use wayfarer_core::content::{Content, Report, Text};

use super::gain::check_gain;
use crate::{
    content::{RecipeDef, StationDef, check_stat},
    loot::items_with,
};

/// Content check: tags that nothing has, stats that do not exist, places that are nowhere, and
/// recipes that make something out of nothing.
pub fn check_recipes(content: &Content, report: &mut Report) {
    for recipe in content.table::<RecipeDef>() {
        let tags = recipe.inputs.iter().filter_map(|input| input.tag.as_ref());
        for tag in tags.chain(&recipe.tools) {
            check_tag(content, report, tag);
        }
        if let Some(skill) = &recipe.skill {
            check_stat(content, report, &skill.stat, &skill.stat, skill.stat_id());
        }
        if let Some(wanted) = &recipe.station {
            let mut stations = content.table::<StationDef>().iter();
            if !stations.any(|station| station.is(wanted)) {
                let message = format!("there is no station of the kind `{wanted}`");
                report.warn(wanted, "no-station", message, None);
            }
        }
    }
    check_gain(content, report);
}

fn check_tag(content: &Content, report: &mut Report, tag: &Text) {
    if items_with(content, tag, None).next().is_none() {
        let message = format!("no item has the tag `{tag}`");
        report.error(tag, "unknown-tag", message, None);
    }
}
