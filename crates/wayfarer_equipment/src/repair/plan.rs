//! Everything about a repair, before it is begun. Pure: the same on the host and on clients.

use bevy::prelude::*;
use wayfarer_core::{
    feature::Features,
    id::Uid,
    refusal::{Code, Refusal},
};
use wayfarer_inventory::{
    Item,
    constraint::{Planned, Purpose, check_constraints},
    currency::purse,
    naming::{display_name, tag_words},
    refusals::insufficient_funds,
    station::{StationView, find_station, missing},
    value::{Appraisal, PriceLine},
    view::View,
};
use wayfarer_stats::{StatId, api, ops::StatOp, what_if::Change};

use super::{
    RepairItem,
    materials::{Taken, choose, find_tool, spared_only},
};
use crate::{
    FEATURE,
    content::{QualityDef, RepairExtra, RepairMaterial, RepairRulesDef},
    durability::{group_of, hour_seconds, material_of},
    enchanting::quality_place,
    ext::{Durability, quality_of},
    preview::what_if,
    refusals::{MATERIALS_MISSING, NO_EXTRAS, NOT_DAMAGED, NOT_REPAIRABLE, TOOL_MISSING},
    rules::repair::{RepairOdds, pieces, round_up},
    total::{Wearer, modifiers_of},
};

/// One material of a repair, and how much of it there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialNeed {
    /// The name for players.
    pub name: String,
    /// How many pieces.
    pub need: u32,
    /// How many of them there are.
    pub have: u32,
}

/// Something that may be used on top, and what it is good for.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtraOffer {
    /// The name for players.
    pub name: String,
    /// Percent that it adds to the chance, before the formula limits it.
    pub chance: f32,
    /// Percent that can be restored at once beyond the usual.
    pub points: f32,
}

/// A repair as it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct RepairPlan {
    /// The item.
    pub item: Uid,
    /// Percent that are restored.
    pub points: f32,
    /// What is left of it now.
    pub before: Durability,
    /// What is left after success.
    pub after: Durability,
    /// What is left after failure.
    pub after_failure: Durability,
    /// What is left after a botch.
    pub after_botch: Durability,
    /// How the cost comes about, without the fee.
    pub lines: Vec<PriceLine>,
    /// What it costs, in the smallest coin.
    pub cost: u64,
    /// What the station takes on top.
    pub fee: u64,
    /// Who is paid; nobody when the coins are used up.
    pub keeper: Option<Entity>,
    /// What it uses up.
    pub materials: Vec<MaterialNeed>,
    /// What may be used on top, whether it is or not; empty when there is no such thing for it.
    pub offers: Vec<ExtraOffer>,
    /// Whether it is used.
    pub extras: bool,
    /// A tool that it needs, by tag, and the one that would be used.
    pub tool: Option<(String, Option<Uid>)>,
    /// How it may come out.
    pub odds: RepairOdds,
    /// The name of the rank of who does it.
    pub rank: String,
    /// Seconds of the rules.
    pub seconds: f32,
    /// Why it cannot be done now, if it cannot.
    pub refusal: Option<Refusal>,
    pub(super) taken: Taken,
}

impl RepairPlan {
    /// What has to be paid in all.
    pub fn price(&self) -> u64 {
        self.cost.saturating_add(self.fee)
    }
}

/// Plans a repair of something that the viewed actor holds. What stands in its way but may change
/// (money, materials, a place) is in [`RepairPlan::refusal`].
///
/// # Errors
/// `feature_disabled`, `not_found`, `not_repairable`, `not_damaged`, `no_extras`, `invalid_amount`,
/// and what constraints say.
pub fn plan_repair(view: &View<'_>, order: &RepairItem) -> Result<RepairPlan, Refusal> {
    Features::check(view.world, FEATURE)?;
    let item = view.item(order.item)?;
    let rules = RepairRulesDef::in_force(view.content).filter(|_| item.count == 1);
    let rules = rules.filter(|_| group_of(view.content, item).is_some());
    let rules = rules
        .ok_or_else(|| Refusal::new(NOT_REPAIRABLE).with("item", display_name(view.world, item)))?;
    let planned = Planned {
        item,
        count: 1,
        purpose: Purpose::Repair,
        to: None,
    };
    check_constraints(view, &planned)?;
    let before = Durability::of(item);
    if before.lost() <= 0.0 {
        return Err(Refusal::new(NOT_DAMAGED).with("item", display_name(view.world, item)));
    }
    let quality = quality_of(view.content, item).map(|quality| &**quality);
    let place_of_quality = quality_place(view.content, item);
    let offers: Vec<&RepairExtra> = rules.extras_for(place_of_quality).collect();
    if order.extras && offers.is_empty() {
        return Err(Refusal::new(NO_EXTRAS).with("item", display_name(view.world, item)));
    }
    let extras: &[&RepairExtra] = if order.extras { &offers } else { &[] };
    let points = points_of(rules, extras, before, order.points)?;
    let (station, mut refusal) = place(view, rules, item, order.station);
    let efficiency = station.map_or(1.0, |station| station.def.efficiency);
    let skill = skill_of(view, rules, station);
    // How badly it is damaged, of a whole one: what can never come back counts as well.
    let lost = 1.0 - before.percent() / 100.0;
    let rank = rules.rank(skill);
    let success = rank.map_or(0.0, |rank| rank.success);
    let extra = extras.iter().map(|extra| extra.chance).sum();
    let chance = rules
        .chance
        .eval(&[success, skill, lost, efficiency, extra]);

    let (lines, cost) = cost_of(rules, quality, points, 100.0 - before.percent(), station);
    let fee = station.map_or(0, |station| station.def.fee_for(cost));
    let tool = rules.tool.as_ref();
    let tool = tool.filter(|tool| before.percent() < tool.below);
    let tool = tool.map(|tool| (tool.tag.to_string(), find_tool(view, item.uid, &tool.tag)));
    let used = tool.as_ref().and_then(|(_, tool)| *tool);
    let factor = quality.map_or(1.0, |quality| quality.repair_material_factor);
    let amount = rules.materials.eval(&[points, lost, factor]);
    let wanted = materials_of(view, item, extras, amount);
    let (materials, taken) = choose(view, (item.uid, used), &wanted);
    let time = quality.map_or(1.0, |quality| quality.repair_time_factor);
    let hours = rules.hours.eval(&[points, skill, time, efficiency]);

    let thousandths = (points * 1000.0).round() as u32;
    let price = cost.saturating_add(fee);
    let spared = |at: usize, short: &MaterialNeed| {
        let (line, _) = wanted.get(at)?;
        spared_only(view, (item.uid, used), line, short)
    };
    refusal = refusal.or_else(|| lacking(view, price, &materials, tool.as_ref(), spared));
    let part = (f64::from(thousandths) * f64::from(rules.failure.repaired) + 1e-4).floor() as u32;
    let spoilt = (rules.botch_loss * 1000.0).round() as u32;
    let max = before.max.saturating_sub(spoilt);
    Ok(RepairPlan {
        item: item.uid,
        points,
        before,
        after: before.repaired_by(thousandths),
        after_failure: before.repaired_by(part),
        after_botch: Durability { max, ..before }.repaired_by(0),
        lines,
        cost,
        fee,
        keeper: station.and_then(|station| station.keeper(view.world)),
        materials,
        offers: offers.into_iter().map(offer).collect(),
        extras: order.extras,
        tool,
        odds: RepairOdds::of(chance, rank.map_or(0.0, |rank| rank.botch)),
        rank: rank.map_or_else(String::new, |rank| rank.name.clone()),
        seconds: (hours * hour_seconds(view.content)).max(0.0),
        refusal,
        taken,
    })
}

fn offer(extra: &RepairExtra) -> ExtraOffer {
    ExtraOffer {
        name: extra.material.shown(),
        chance: extra.chance,
        points: extra.points,
    }
}

fn points_of(
    rules: &RepairRulesDef,
    extras: &[&RepairExtra],
    before: Durability,
    points: Option<u8>,
) -> Result<f32, Refusal> {
    let more: f32 = extras.iter().map(|extra| extra.points).sum();
    let most = (rules.max_points + more).min(100.0);
    let wanted = points.map_or(most, f32::from);
    if wanted <= 0.0 || wanted > most {
        return Err(Refusal::new(Code::INVALID_AMOUNT)
            .with("amount", wanted)
            .with("max", most));
    }
    Ok(wanted.min(before.lost()))
}

/// The place that the work needs: the station, and why it is not one, if it is not.
fn place<'a>(
    view: &View<'a>,
    rules: &'a RepairRulesDef,
    item: &Item,
    station: Option<Uid>,
) -> (Option<StationView<'a>>, Option<Refusal>) {
    let own = material_of(view.content, item).and_then(|material| material.station.as_ref());
    let Some(wanted) = own.or(rules.station.as_ref()) else {
        return (None, None);
    };
    let found = station.ok_or_else(|| missing(wanted)).and_then(|station| {
        let found = find_station(view.world, view.content, view.entity, station, wanted)?;
        found.check_takes(view.def(item)?)?;
        Ok(found)
    });
    match found {
        Ok(found) => (Some(found), None),
        Err(refusal) => (None, Some(refusal)),
    }
}

/// The keeper's skill where there is one, else the actor's own.
fn skill_of(view: &View<'_>, rules: &RepairRulesDef, station: Option<StationView<'_>>) -> f32 {
    let keeper = station.and_then(|station| station.def.skill);
    let own = || {
        let skill = rules.skill.as_ref()?;
        let value = |stat| api::value_of(view.world, view.entity, StatId(stat)).unwrap_or(0.0);
        Some(skill.eval(value))
    };
    keeper.or_else(own).unwrap_or(0.0)
}

fn cost_of(
    rules: &RepairRulesDef,
    quality: Option<&QualityDef>,
    points: f32,
    lost: f32,
    station: Option<StationView<'_>>,
) -> (Vec<PriceLine>, u64) {
    let price = quality.map(|quality| quality.repair).unwrap_or_default();
    let name = quality.map_or_else(
        || "Any quality".to_owned(),
        |quality| format!("{} quality", quality.name),
    );
    let mut sum = Appraisal::default();
    sum.plus(price.base * points / 100.0, name, None);
    let each = format!("{points} % at {} each", price.per_point);
    sum.plus(price.per_point * points, each, None);
    sum.times(rules.severity(lost), "Badly damaged", None);
    if let Some(station) = station {
        let label = station.def.name.as_str();
        sum.times(1.0 / station.def.efficiency, label, None);
    }
    let cost = round_up(sum.exact());
    (sum.lines, cost)
}

/// What is used up, and how many pieces of it.
fn materials_of<'a>(
    view: &View<'a>,
    item: &Item,
    extras: &[&'a RepairExtra],
    amount: f32,
) -> Vec<(&'a RepairMaterial, u32)> {
    let material = material_of(view.content, item);
    let own = material.into_iter().flat_map(|material| &material.repair);
    let own = own.map(|line| (line, pieces(amount, line.share)));
    let extras = extras.iter().map(|extra| &extra.material);
    // Nothing helps without being used up.
    let extras = extras.map(|line| (line, pieces(amount, line.share).max(1)));
    own.filter(|(_, count)| *count > 0).chain(extras).collect()
}

/// What is missing of money, materials and tools.
fn lacking(
    view: &View<'_>,
    price: u64,
    materials: &[MaterialNeed],
    tool: Option<&(String, Option<Uid>)>,
    spared: impl Fn(usize, &MaterialNeed) -> Option<Refusal>,
) -> Option<Refusal> {
    if let Some((tag, None)) = tool {
        return Some(Refusal::new(TOOL_MISSING).with("tool", tag_words(tag)));
    }
    let mut lines = materials.iter().enumerate();
    if let Some((at, short)) = lines.find(|(_, line)| line.have < line.need) {
        let missing = || {
            Refusal::new(MATERIALS_MISSING)
                .with("what", short.name.as_str())
                .with("need", short.need)
                .with("have", short.have)
        };
        return Some(spared(at, short).unwrap_or_else(missing));
    }
    let have = purse(view);
    (price > have).then(|| insufficient_funds(view.content, price, have))
}

/// Which of the wearer's stats would change if the repair succeeded; none for what is not worn.
///
/// # Errors
/// `not_found`, `state_corrupt`.
pub fn what_comes_back(view: &View<'_>, plan: &RepairPlan) -> Result<Vec<Change>, Refusal> {
    let item = view.item(plan.item)?;
    if item.place.slot().is_none() {
        return Ok(Vec::new());
    }
    let wearer = Wearer {
        world: view.world,
        entity: view.entity,
    };
    let repaired = item.clone().with_ext(&plan.after);
    let content = crate::preview::content(view.world);
    let ops = [StatOp::SetModifiers {
        source: plan.item,
        modifiers: modifiers_of(&content, &repaired, &wearer),
    }];
    what_if(view.world, view.entity, &ops)
}
