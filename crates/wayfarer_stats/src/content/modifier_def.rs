//! Modifiers as they are written in definitions of items, effects and places.

use serde::Deserialize;
use wayfarer_core::{
    content::{Content, LinkCtx, Ref, Report, Spanned, Text},
    id::{DefId, Uid},
};

use super::{BonusTypeDef, Formula, StatSetDef, number::check_finite};
use crate::{
    id::StatId,
    index::StatIndex,
    inputs::MAX_CONDITION_BYTES,
    layout::MAX_NAMES,
    modifier::{Marks, Modifier, ModifierKind},
};

/// One modifier in a definition. Exactly one of the six amounts is given.
///
/// ```ron
/// (stat: "core:attributes.strength", flat: 2, type: "core:enhancement")
/// (stat: "movement.speed", more: 0.5, when: "health < max_health / 2")
/// ```
///
/// A definition that contains some calls [`link`](Self::link) for each from its own
/// [`Definition::link`](wayfarer_core::content::Definition::link), and
/// [`check`](Self::check) from a content check, when all stats are known.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
pub struct ModifierDef {
    /// The stat, as in a formula; best in full, `pack:set.stat`.
    pub stat: Text,
    /// Added to the base.
    #[serde(default)]
    pub flat: Option<Spanned<f32>>,
    /// A share; shares are added up before they multiply. 0.1 is ten percent more.
    #[serde(default)]
    pub increased: Option<Spanned<f32>>,
    /// A factor of its own. 0.5 halves, 2 doubles. Not negative.
    #[serde(default)]
    pub more: Option<Spanned<f32>>,
    /// The stat is this, whatever else is said, but for floors and caps.
    #[serde(default, rename = "override")]
    pub set: Option<Spanned<f32>>,
    /// The stat is at least this.
    #[serde(default)]
    pub floor: Option<Spanned<f32>>,
    /// The stat is at most this.
    #[serde(default)]
    pub cap: Option<Spanned<f32>>,
    /// The bonus type; without one the modifier always stacks.
    #[serde(default, rename = "type")]
    pub bonus: Option<Ref<BonusTypeDef>>,
    /// Among overrides the highest wins.
    #[serde(default)]
    pub priority: i16,
    /// Counts only while this formula over the owner's stats is not 0. It sees the stats as they
    /// are without conditional modifiers, so that conditions cannot chase each other.
    #[serde(default)]
    pub when: Option<Formula>,
}

impl ModifierDef {
    fn amounts(&self) -> impl Iterator<Item = (ModifierKind, &Spanned<f32>)> {
        [
            (ModifierKind::Override, &self.set),
            (ModifierKind::Flat, &self.flat),
            (ModifierKind::Increased, &self.increased),
            (ModifierKind::More, &self.more),
            (ModifierKind::Floor, &self.floor),
            (ModifierKind::Cap, &self.cap),
        ]
        .into_iter()
        .filter_map(|(kind, amount)| Some((kind, amount.as_ref()?)))
    }

    /// What it does and how much; `None` when the definition is wrong, which has been reported.
    pub fn kind(&self) -> Option<(ModifierKind, f32)> {
        let mut amounts = self.amounts();
        let (kind, amount) = amounts.next()?;
        amounts.next().is_none().then_some((kind, amount.value))
    }

    /// Checks what can be checked without the stats: exactly one amount, finite; the condition is
    /// a formula.
    pub fn link(&mut self, ctx: &mut LinkCtx<'_>) {
        let given: Vec<(ModifierKind, Spanned<f32>)> = self
            .amounts()
            .map(|(kind, amount)| (kind, *amount))
            .collect();
        match given.as_slice() {
            [] => {
                let help = "add one of `flat`, `increased`, `more`, `override`, `floor`, `cap`";
                let message = "this modifier does nothing";
                ctx.error(&self.stat, "no-amount", message, Some(help.to_owned()));
            }
            [(kind, amount)] => {
                if check_finite(ctx, amount, "the amount of a modifier")
                    && *kind == ModifierKind::More
                    && amount.value < 0.0
                {
                    let help = "`more` is a factor: 0.5 halves; use `flat` to subtract".to_owned();
                    ctx.error(amount, "bad-factor", "a factor below 0", Some(help));
                }
            }
            [_, (kind, second), ..] => {
                let message = format!("`{}` is a second amount", kind.name());
                let help = "give each modifier one amount and write two modifiers".to_owned();
                ctx.error(second, "two-amounts", message, Some(help));
            }
        }
        if let Some(when) = &mut self.when {
            link_condition(when, ctx);
        }
        self.link_set(ctx);
    }

    /// A wrong set name is told here already, with a suggestion.
    fn link_set(&self, ctx: &mut LinkCtx<'_>) {
        let Some((set, _)) = self.stat.rsplit_once('.') else {
            return;
        };
        let known = if set.contains(':') {
            ctx.exists::<StatSetDef>(set)
        } else {
            let mut names = ctx.names_of::<StatSetDef>();
            names.any(|name| name.split_once(':').is_some_and(|(_, rest)| rest == set))
        };
        if !known {
            let help = ctx.suggest::<StatSetDef>(set);
            let message = format!("there is no stat set `{set}`");
            ctx.error_in(&self.stat, 0..set.len(), "unknown-stat", message, help);
        }
    }

    /// Checks the stat and the names in the condition against all stats there are.
    pub fn check(&self, content: &Content, report: &mut Report) {
        let Some(index) = content.derived::<StatIndex>() else {
            return;
        };
        match index.resolve(None, &self.stat) {
            Ok(stat) => {
                if index.get(stat).is_some_and(|entry| entry.is_resource) {
                    let message = format!("`{}` is a resource and takes no modifiers", self.stat);
                    let help = "change the stat in its `max` or `regen`".to_owned();
                    report.error(&self.stat, "modifier-on-resource", message, Some(help));
                }
            }
            Err(error) => report.error(&self.stat, "unknown-stat", error.message, error.help),
        }
        if let Some(when) = &self.when {
            index.check_names(None, when, report);
        }
    }

    /// The stat it changes.
    pub fn stat(&self, index: &StatIndex) -> Option<StatId> {
        index.resolve(None, &self.stat).ok()
    }

    /// The modifier at run time; `None` if the definition is wrong.
    pub fn to_modifier(
        &self,
        stats: &StatIndex,
        source: Uid,
        origin: DefId,
        index: u16,
    ) -> Option<Modifier> {
        let (kind, amount) = self.kind()?;
        Some(Modifier {
            stat: self.stat(stats)?,
            kind,
            amount,
            bonus: self.bonus.as_ref().map(Ref::id),
            priority: self.priority,
            source,
            origin,
            index,
            when: self.when.as_ref().map(|when| when.text().to_string()),
            marks: Marks::default(),
        })
    }

    /// All modifiers of a list, numbered from `first`.
    pub fn to_modifiers(
        defs: &[Self],
        stats: &StatIndex,
        source: Uid,
        origin: DefId,
        first: u16,
    ) -> Vec<Modifier> {
        defs.iter()
            .zip(first..)
            .filter_map(|(def, index)| def.to_modifier(stats, source, origin, index))
            .collect()
    }
}

/// Parses a condition and reports what is wrong with it.
pub(crate) fn link_condition(when: &mut Formula, ctx: &mut LinkCtx<'_>) {
    when.link(ctx);
    if when.text().len() > MAX_CONDITION_BYTES {
        let message = format!("a condition is at most {MAX_CONDITION_BYTES} bytes long");
        ctx.error(&*when, "condition-too-long", message, None);
    }
    let names = when.expr().map_or(0, |expr| expr.names().count());
    if names > MAX_NAMES {
        let message = format!("a condition names at most {MAX_NAMES} stats, not {names}");
        let help = "put a part of it into a stat of its own".to_owned();
        ctx.error(&*when, "condition-too-long", message, Some(help));
    }
}
