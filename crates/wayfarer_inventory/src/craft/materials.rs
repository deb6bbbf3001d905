//! What somebody has of what a recipe needs.

use wayfarer_core::{
    content::Content,
    id::Uid,
    refusal::{Code, Refusal},
};

use crate::{
    constraint::{Planned, Purpose, check_constraints},
    content::{ItemDef, RecipeDef, RecipeInput},
    item::Item,
    naming::tag_words,
    refusals::NOT_MATERIAL,
    rules::{Assignment, Need, assign},
    spared::{is_spared, only_spared},
    view::View,
};

/// One material of a recipe, and how much of it there is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialLine {
    /// The name of the item, or the tag.
    pub label: String,
    /// How many are needed for one.
    pub need: u32,
    /// How many of them there are; pieces that two materials compete for count once.
    pub have: u32,
}

/// What would be taken for one piece of work.
pub(super) struct Materials {
    /// Stack, how many pieces, and for which input.
    pub(super) taken: Vec<(Uid, u32, usize)>,
    pub(super) lines: Vec<MaterialLine>,
}

/// Chooses materials: those of `pick` first, then the plainest and cheapest, out of the smallest
/// stacks. What is [spared](is_spared), a tool for this or may not be used up, stays unless it is
/// picked.
///
/// # Errors
/// `not_found` for picks that are not there, `not_material` for ones that the recipe does not
/// need, and why a pick may not be used up.
pub(super) fn choose(
    view: &View<'_>,
    recipe: &RecipeDef,
    pick: &[Uid],
    tools: &[Uid],
) -> Result<Materials, Refusal> {
    let may_go = |item: &Item| -> Result<(), Refusal> {
        let planned = Planned {
            item,
            count: 1,
            purpose: Purpose::Craft,
            to: None,
        };
        check_constraints(view, &planned)
    };
    let mut stacks: Vec<(&Item, &ItemDef)> = Vec::new();
    for &uid in pick {
        let item = view.loose_item(uid)?;
        let def = view.def(item)?;
        let wanted = recipe.inputs.iter().any(|input| input.takes(item, def));
        if !wanted || view.inventory.is_filled(uid) {
            return Err(Refusal::new(NOT_MATERIAL).with("item", def.name.as_str()));
        }
        may_go(item)?;
        if !stacks.iter().any(|(known, _)| known.uid == uid) {
            stacks.push((item, &**def));
        }
    }
    let picked = stacks.len();
    for item in view.inventory.iter() {
        let Ok(def) = view.def(item) else {
            continue;
        };
        let fits = !pick.contains(&item.uid)
            && !tools.contains(&item.uid)
            && takes_itself(view, recipe, item, def);
        if fits && may_go(item).is_ok() {
            stacks.push((item, &**def));
        }
    }
    if let Some(rest) = stacks.get_mut(picked..) {
        rest.sort_by(|(a, a_def), (b, b_def)| {
            let (a_exts, b_exts) = (a.exts().count(), b.exts().count());
            a_exts
                .cmp(&b_exts)
                .then(a_def.value.total_cmp(&b_def.value))
                .then((a.count, a.uid).cmp(&(b.count, b.uid)))
        });
    }
    let needs: Vec<Need> = recipe
        .inputs
        .iter()
        .map(|input| Need {
            count: input.count,
            from: (0..stacks.len())
                .filter(|&at| stacks.get(at).is_some_and(|(i, def)| input.takes(i, def)))
                .collect(),
        })
        .collect();
    let counts: Vec<u32> = stacks.iter().map(|(item, _)| item.count).collect();
    let found = assign(&needs, &counts);
    Ok(Materials {
        lines: lines(view.content, recipe, &found),
        taken: found
            .taken
            .iter()
            .filter_map(|&(need, at, count)| Some((stacks.get(at)?.0.uid, count, need)))
            .collect(),
    })
}

/// Whether an item is taken for one of the materials without having been picked.
fn takes_itself(view: &View<'_>, recipe: &RecipeDef, item: &Item, def: &ItemDef) -> bool {
    let mut inputs = recipe.inputs.iter();
    inputs.any(|input| input.takes(item, def) && !is_spared(view, item, def, input.item.is_some()))
}

/// The refusal for a material that is short only because something is spared, or is one of the
/// tools: it names the first such thing. What is picked is used already.
pub(super) fn spared_only(
    view: &View<'_>,
    recipe: &RecipeDef,
    short: &MaterialLine,
    (pick, tools): (&[Uid], &[Uid]),
) -> Option<Refusal> {
    let mut inputs = recipe.inputs.iter();
    let input = inputs.find(|input| input.label(view.content) == short.label)?;
    let kept = |item: &&Item| {
        let def = view.def(item).ok();
        def.is_some_and(|def| {
            let named = input.item.is_some();
            !pick.contains(&item.uid)
                && input.takes(item, def)
                && (tools.contains(&item.uid) || is_spared(view, item, def, named))
        })
    };
    let all = || view.inventory.iter().filter(kept);
    let pieces = all().fold(short.have, |sum, item| sum.saturating_add(item.count));
    let first = all().next().filter(|_| pieces >= short.need)?;
    Some(only_spared(short.label.as_str(), view.def(first).ok()?))
}

fn lines(content: &Content, recipe: &RecipeDef, found: &Assignment) -> Vec<MaterialLine> {
    let inputs = recipe.inputs.iter().zip(&found.lacking);
    inputs
        .map(|(input, lacking)| MaterialLine {
            label: input.label(content),
            need: input.count,
            have: input.count.saturating_sub(*lacking),
        })
        .collect()
}

impl RecipeInput {
    /// Whether an item can be this material.
    pub fn takes(&self, item: &Item, def: &ItemDef) -> bool {
        match (&self.item, &self.tag) {
            (Some(wanted), _) => wanted.id() == item.def,
            // What a story needs is used up only where it is named.
            (None, Some(tag)) => def.has_tag(tag) && !def.quest,
            (None, None) => false,
        }
    }

    /// The name of the item, or the tag.
    pub fn label(&self, content: &Content) -> String {
        let item = self.item.as_ref();
        let def = item.and_then(|item| content.table::<ItemDef>().get(item.id()));
        match (def, &self.tag) {
            (Some(def), _) => def.name.clone(),
            (None, Some(tag)) => tag_words(tag),
            (None, None) => String::new(),
        }
    }
}

/// The tool with a tag that somebody would use: one in the hand before one in the bag, and one
/// that may be used and is not `pick`ed to be used up. `Err` says why the best of them may not, if
/// there is one.
pub(super) fn find_tool(view: &View<'_>, tag: &str, pick: &[Uid]) -> Result<Uid, Option<Refusal>> {
    let mut why = None;
    // Worn ones come last in the inventory.
    for item in view.inventory.iter().rev() {
        if pick.contains(&item.uid) || !view.def(item).is_ok_and(|def| def.has_tag(tag)) {
            continue;
        }
        let planned = Planned {
            item,
            count: 1,
            purpose: Purpose::Use,
            to: None,
        };
        match check_constraints(view, &planned) {
            Ok(()) => return Ok(item.uid),
            Err(refusal) => why = why.or(Some(refusal)),
        }
    }
    Err(why.filter(|refusal| refusal.code != Code::NOT_FOUND))
}
