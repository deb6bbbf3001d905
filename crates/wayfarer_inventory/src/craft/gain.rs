//! Content check: recipes that make more and more of the same out of it.
//!
//! Things are points, recipes of one material are the ways between them, and each way has a gain:
//! how many pieces come of one. A round trip whose gains multiply to more than 1 makes something
//! out of nothing, whatever skill and time it takes.

use std::collections::BTreeMap;

use wayfarer_core::{
    content::{Content, Def, Report},
    id::DefId,
};

use crate::content::{ItemDef, RecipeDef, StationDef};

/// What things are called here: an item, or anything with a tag.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Point<'c> {
    Item(DefId),
    Tag(&'c str),
}

/// From one point to another; `None` is the way from a thing to its tag.
struct Way<'c> {
    from: usize,
    to: usize,
    /// The logarithm of the gain, so that gains along a way add up.
    gain: f64,
    recipe: Option<&'c Def<RecipeDef>>,
}

/// Warns of the first round trip that makes something out of nothing. Others are told when it is
/// mended.
pub(super) fn check_gain(content: &Content, report: &mut Report) {
    let mut points = BTreeMap::new();
    let mut ways = ways(content, &mut points);
    peel(&mut ways, points.len());
    let Some(round) = growing_round(&ways, points.len()) else {
        return;
    };
    let mut recipes: Vec<&Def<RecipeDef>> = round.iter().filter_map(|way| way.recipe).collect();
    // The same one is told wherever the search began.
    let first = (0..recipes.len()).min_by_key(|at| recipes.get(*at).map(|recipe| recipe.name()));
    recipes.rotate_left(first.unwrap_or(0));
    let Some(&recipe) = recipes.first() else {
        return;
    };
    let gain: f64 = round.iter().map(|way| way.gain).sum();
    let names: Vec<String> = recipes.iter().map(|r| format!("`{}`", r.name())).collect();
    let message = format!(
        "{}: one piece becomes {:.2} of the same, again and again",
        names.join(" → "),
        gain.exp()
    );
    let help = "let the way back give less, or cost something".to_owned();
    report.warn(recipe, "out-of-nothing", message, Some(help));
}

fn ways<'c>(content: &'c Content, points: &mut BTreeMap<Point<'c>, usize>) -> Vec<Way<'c>> {
    let mut ways = Vec::new();
    let mut point = |at: Point<'c>| {
        let next = points.len();
        *points.entry(at).or_insert(next)
    };
    let mut tags: Vec<&str> = Vec::new();
    for recipe in content.table::<RecipeDef>() {
        let [input] = recipe.inputs.as_slice() else {
            continue;
        };
        if recipe.cost > 0 || fee_of(content, recipe) != Some(0) {
            continue;
        }
        let from = match (&input.item, &input.tag) {
            (Some(item), _) => Point::Item(item.id()),
            (None, Some(tag)) => {
                tags.push(tag);
                Point::Tag(tag)
            }
            (None, None) => continue,
        };
        let done = recipe.sure_chance();
        let lost = f64::from(recipe.on_fail.lost_of(input.count));
        let used = done * f64::from(input.count) + (1.0 - done) * lost;
        let mut way = |to: DefId, count: f64| {
            if count > 0.0 && used > 0.0 {
                ways.push(Way {
                    from: point(from),
                    to: point(Point::Item(to)),
                    gain: (count / used).ln(),
                    recipe: Some(recipe),
                });
            }
        };
        way(
            recipe.output.item.id(),
            done * f64::from(recipe.output.count),
        );
        for beside in &recipe.byproducts {
            let count = beside.count.odds(&[0.0]).mean() * f64::from(beside.chance);
            way(beside.item.id(), done * count);
        }
    }
    tags.sort_unstable();
    tags.dedup();
    for tag in tags {
        let things = content.table::<ItemDef>().iter();
        for thing in things.filter(|item| item.has_tag(tag) && !item.quest) {
            ways.push(Way {
                from: point(Point::Item(thing.id())),
                to: point(Point::Tag(tag)),
                gain: 0.0,
                recipe: None,
            });
        }
    }
    ways
}

/// Takes away what no round trip can go over. Mostly that is all.
fn peel(ways: &mut Vec<Way<'_>>, points: usize) {
    loop {
        let (mut comes, mut goes) = (vec![false; points], vec![false; points]);
        for way in &*ways {
            if let (Some(goes), Some(comes)) = (goes.get_mut(way.from), comes.get_mut(way.to)) {
                (*goes, *comes) = (true, true);
            }
        }
        let before = ways.len();
        let is = |list: &[bool], at: usize| list.get(at).copied().unwrap_or(false);
        ways.retain(|way| is(&comes, way.from) && is(&goes, way.to));
        if ways.len() == before {
            return;
        }
    }
}

/// Less than this is a rounding error.
const NOTHING: f64 = 1e-9;

/// A round trip with a gain of more than 1, in order: Bellman and Ford's search for negative
/// cycles, the other way round.
fn growing_round<'w, 'c>(ways: &'w [Way<'c>], points: usize) -> Option<Vec<&'w Way<'c>>> {
    let mut best = vec![0.0_f64; points];
    let mut came: Vec<Option<&Way<'_>>> = vec![None; points];
    let mut last = None;
    // Whatever still grows after as many rounds as there are points grows for ever.
    for _ in 0..=ways.len().min(points) {
        last = None;
        for way in ways {
            let there = best.get(way.from)? + way.gain;
            let known = best.get_mut(way.to)?;
            if there > *known + NOTHING {
                *known = there;
                *came.get_mut(way.to)? = Some(way);
                last = Some(way.to);
            }
        }
        last?;
    }
    // Back along the way, far enough to be on the round trip for certain, and then once around.
    let mut at = last?;
    for _ in 0..points {
        at = came.get(at).copied().flatten()?.from;
    }
    let (start, mut round) = (at, Vec::new());
    loop {
        let way = came.get(at).copied().flatten()?;
        round.push(way);
        at = way.from;
        if at == start {
            break;
        }
    }
    round.reverse();
    Some(round)
}

/// The least that a place takes for making something; `None` when there is no such place.
pub(crate) fn fee_of(content: &Content, recipe: &RecipeDef) -> Option<u64> {
    let Some(wanted) = &recipe.station else {
        return Some(0);
    };
    let made = content.table::<ItemDef>().get(recipe.output.item.id())?;
    let worth = super::plan::worth_of(recipe, made);
    let stations = content.table::<StationDef>().iter();
    let right = stations.filter(|station| station.is(wanted) && station.takes(made));
    right.map(|station| station.fee_for(worth)).min()
}

impl RecipeDef {
    /// How likely it succeeds if that depends on nothing; a formula counts as certain, since skill
    /// may make it so.
    fn sure_chance(&self) -> f64 {
        let chance = self.chance.constant().unwrap_or(1.0);
        f64::from(chance.clamp(0.0, 1.0))
    }
}
