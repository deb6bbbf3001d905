//! [`DamageIndex`]: damage types and rules, ready to be looked up.

use std::sync::Arc;

use bevy::platform::collections::HashMap;
use wayfarer_core::{
    content::{Content, Def, Located, Ref, Report},
    id::DefId,
};
use wayfarer_formula::Expr;

use super::{
    check::above,
    kinds::DamageTypeDef,
    model::{DamageRules, Reason, ReasonSource},
    rules_def::DamageRulesDef,
};
use crate::{content::Formula, id::StatId, index::StatIndex, tags::TagDef};

/// Damage types with what their groups add, and the rules in force. Computed when content is
/// loaded; read it with `content.derived::<DamageIndex>()`.
#[derive(Debug, Default)]
pub struct DamageIndex {
    types: HashMap<DefId, TypeEntry>,
    rules: Option<RulesEntry>,
}

/// One type with everything that its groups say as well.
#[derive(Debug)]
pub(super) struct TypeEntry {
    pub(super) name: Arc<str>,
    pub(super) place: Option<Arc<str>>,
    /// Each with a tag as its source.
    pub(super) immune: Vec<Reason>,
    pub(super) resist: Vec<Reason>,
    pub(super) vulnerable: Vec<Reason>,
    /// Each with a formula as its source.
    pub(super) reductions: Vec<Reason>,
    pub(super) shares: Vec<Reason>,
}

/// The rules in force.
#[derive(Debug)]
pub(super) struct RulesEntry {
    pub(super) rules: DamageRules,
    pub(super) resource: (StatId, Arc<str>),
    pub(super) temporary: Option<(StatId, Arc<str>)>,
    pub(super) healing_share: Option<Reason>,
    pub(super) healing_blocked: Vec<Reason>,
}

impl DamageIndex {
    pub(super) fn build(content: &Content, _: &mut Report) -> Option<Self> {
        let types = content.table::<DamageTypeDef>().iter();
        Some(Self {
            types: types.map(|def| (def.id(), entry(content, def))).collect(),
            rules: content
                .table::<DamageRulesDef>()
                .iter()
                .next()
                .and_then(|def| rules(content, def)),
        })
    }

    /// The rules in force; `None` when no pack says any.
    pub fn rules(&self) -> Option<&DamageRules> {
        self.rules.as_ref().map(|entry| &entry.rules)
    }

    /// The resource that damage takes from.
    pub fn resource(&self) -> Option<StatId> {
        self.rules.as_ref().map(|entry| entry.resource.0)
    }

    /// The resource that holds temporary points.
    pub fn temporary(&self) -> Option<StatId> {
        let temporary = self.rules.as_ref()?.temporary.as_ref()?;
        Some(temporary.0)
    }

    /// Whether there is a type with this id.
    pub fn has_type(&self, id: DefId) -> bool {
        self.types.contains_key(&id)
    }

    pub(super) fn get(&self, id: DefId) -> Option<&TypeEntry> {
        self.types.get(&id)
    }

    pub(super) fn entry(&self) -> Option<&RulesEntry> {
        self.rules.as_ref()
    }
}

fn entry(content: &Content, def: &Def<DamageTypeDef>) -> TypeEntry {
    let chain = || above(content, def);
    let tags = |of: fn(&DamageTypeDef) -> &Vec<Ref<TagDef>>| {
        let mut reasons = Vec::<Reason>::new();
        for tag in chain().flat_map(|def| of(def)) {
            let reason = tag_reason(content, tag);
            if reasons.iter().all(|known| known.source != reason.source) {
                reasons.push(reason);
            }
        }
        reasons
    };
    let formulas = |of: fn(&DamageTypeDef) -> &Option<Formula>| {
        let all = chain().filter_map(|def| of(def).as_ref());
        all.map(|formula| formula_reason(content, formula))
            .collect()
    };
    TypeEntry {
        name: def.name.as_str().into(),
        place: Some(def.place().to_string().into()),
        immune: tags(|def| &def.immune),
        resist: tags(|def| &def.resist),
        vulnerable: tags(|def| &def.vulnerable),
        reductions: formulas(|def| &def.reduction),
        shares: formulas(|def| &def.share),
    }
}

fn rules(content: &Content, def: &Def<DamageRulesDef>) -> Option<RulesEntry> {
    let stats = content.derived::<StatIndex>()?;
    let stat = |name: &str| {
        let stat = stats.resolve(None, name).ok()?;
        Some((stat, crate::api::display_name(content, stat).into()))
    };
    Some(RulesEntry {
        rules: DamageRules {
            place: Some(def.place().to_string().into()),
            ..def.rules()
        },
        resource: stat(&def.resource)?,
        temporary: def.temporary.as_ref().and_then(|name| stat(name)),
        healing_share: def
            .healing_share
            .as_ref()
            .map(|formula| formula_reason(content, formula)),
        healing_blocked: def
            .healing_blocked_by
            .iter()
            .map(|tag| tag_reason(content, tag))
            .collect(),
    })
}

fn place(content: &Content, at: impl Located) -> Option<Arc<str>> {
    content.place_of(at).map(|place| place.to_string().into())
}

fn tag_reason(content: &Content, tag: &Ref<TagDef>) -> Reason {
    let known = content.table::<TagDef>().get(tag.id());
    Reason {
        label: known.map_or(tag.name(), |def| &def.name).into(),
        source: ReasonSource::Tag(tag.id()),
        place: place(content, tag),
    }
}

fn formula_reason(content: &Content, formula: &Formula) -> Reason {
    let text: Arc<str> = formula.text().as_str().into();
    // A single stat is known by its own name.
    let only = |expr: &Expr| {
        let stats = content.derived::<StatIndex>()?;
        let (name, _) = expr.names().next().filter(|(name, _)| **name == *text)?;
        let stat = stats.resolve(None, name).ok()?;
        Some(Arc::<str>::from(crate::api::display_name(content, stat)))
    };
    Reason {
        label: formula
            .expr()
            .and_then(only)
            .unwrap_or_else(|| text.clone()),
        source: ReasonSource::Formula(text),
        place: place(content, formula),
    }
}
