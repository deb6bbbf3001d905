//! Writing the lines of an explanation.

use std::sync::Arc;

use wayfarer_core::content::Content;
use wayfarer_formula::Expr;

use super::{Counted, Explanation, Line, LineOp, LineSource};
use crate::{
    content::{Entries, Formula, SheetDef, StatDef, WorldDef},
    id::StatId,
    index::{StatIndex, formulas},
    inputs::StatInputs,
    layout::{DerivedStat, Layout, Slot},
    modifier::{Modifier, ModifierKind},
    origin::{Origin, Origins},
    rules::{
        stacking::{Verdict, verdict},
        sum::Fold,
    },
    values::StatValues,
    world_rules::WorldRules,
};

pub(super) struct Writer<'a> {
    pub(super) inputs: &'a StatInputs,
    pub(super) layout: &'a Arc<Layout>,
    pub(super) content: &'a Content,
    pub(super) origins: &'a Origins,
    pub(super) values: &'a StatValues,
    pub(super) slot: u16,
    pub(super) stat: StatId,
    pub(super) lines: Vec<Line>,
}

/// One layer that says something about the base.
struct Layer {
    label: String,
    source: LineSource,
    amount: f32,
    place: Option<String>,
}

impl Writer<'_> {
    pub(super) fn write(mut self) -> Option<Explanation> {
        let slot = self.layout.stat(self.slot)?;
        let value = self.values.at(self.slot)?;
        let entry = self.content.derived::<StatIndex>()?.get(self.stat)?;
        let def = entry.def(self.content)?;
        let total = if slot.is_resource() {
            self.write_resource(slot, def)
        } else {
            let base = self.write_layers(slot, def);
            self.write_modifiers(base)
        };
        self.write_clamp(total, value);
        let level = self.values.level(entry.set).map(|level| level.name.clone());
        Some(Explanation {
            stat: self.stat,
            name: def.name.clone(),
            unit: def.unit.clone(),
            value,
            reads: self.reads(def),
            tier: self.values.tier(self.stat).map(|tier| tier.name.clone()),
            level,
            lines: self.lines,
        })
    }

    /// The layers from the lowest to the one that counts. Returns the base.
    fn write_layers(&mut self, slot: &Slot, def: &StatDef) -> f32 {
        let mut layers = self.content_layers();
        layers.extend(self.own_layers());
        let layout = Arc::clone(self.layout);
        if let Some(derived) = layout.shape().derived(self.stat) {
            let winner = layers.last().map(|layer| layer.label.clone());
            let total = self.write_derived(derived, winner);
            return if layers.is_empty() {
                total
            } else {
                self.push_layers(layers)
            };
        }
        layers.insert(0, self.lowest(slot, def));
        self.push_layers(layers)
    }

    fn push_layers(&mut self, layers: Vec<Layer>) -> f32 {
        let winner = layers
            .last()
            .map(|layer| (layer.label.clone(), layer.amount));
        let Some((winner, base)) = winner else {
            return 0.0;
        };
        let last = layers.len() - 1;
        for (at, layer) in layers.into_iter().enumerate() {
            let counts = at == last;
            self.lines.push(Line {
                label: layer.label,
                source: layer.source,
                op: LineOp::Set,
                amount: layer.amount,
                running: if counts { base + 0.0 } else { 0.0 },
                counted: if counts {
                    Counted::Yes
                } else {
                    Counted::LostTo(winner.clone())
                },
                place: layer.place,
                sealed: false,
            });
        }
        base
    }

    /// The default or the formula.
    fn lowest(&self, slot: &Slot, def: &StatDef) -> Layer {
        let rules = self.rules();
        let default = rules.own_default(self.stat).or(def.default.as_ref());
        let place = default.and_then(|d| self.place(d));
        match (&def.formula, &slot.formula) {
            (Some(formula), Some(program)) => Layer {
                label: "Formula".to_owned(),
                source: LineSource::Formula(formula.text().to_string()),
                amount: program.eval(self.values.raw()),
                place: self.place(formula),
            },
            _ => Layer {
                label: "Default".to_owned(),
                source: LineSource::Default,
                amount: rules.start(self.stat, def),
                place: place.or_else(|| self.place_of_key()),
            },
        }
    }

    /// Limits and defaults as the world has them.
    pub(super) fn rules(&self) -> WorldRules<'_> {
        let world = self.layout.shape().world();
        match (world, self.content.derived::<StatIndex>()) {
            (Some(_), Some(index)) => WorldRules::of(self.content, index, world),
            _ => WorldRules::default(),
        }
    }

    pub(super) fn place(&self, at: impl wayfarer_core::content::Located) -> Option<String> {
        self.content.place_of(at).map(|place| place.to_string())
    }

    pub(super) fn place_of_key(&self) -> Option<String> {
        let entry = self.content.derived::<StatIndex>()?.get(self.stat)?;
        let sets = self.content.table::<crate::content::StatSetDef>();
        let (key, _) = sets.get(entry.set)?.stats.at(entry.position)?;
        self.place(key)
    }

    /// Template and world.
    fn content_layers(&self) -> Vec<Layer> {
        let sheets = self.content.table::<SheetDef>();
        let sheet = self.layout.template().and_then(|id| sheets.get(id));
        let Some(sheet) = sheet else {
            return Vec::new();
        };
        let template = self.find(&sheet.base).map(|(amount, place)| Layer {
            label: format!("Sheet {}", sheet.name()),
            source: LineSource::Template,
            amount,
            place,
        });
        let worlds = self.content.table::<WorldDef>();
        let world = self.layout.world().and_then(|id| worlds.get(id));
        let varied = world.and_then(|world| {
            let (amount, place) = self.find(world.variation.get(sheet.name())?)?;
            Some(Layer {
                label: world.name.clone(),
                source: LineSource::World,
                amount,
                place,
            })
        });
        template.into_iter().chain(varied).collect()
    }

    fn find(
        &self,
        values: &Entries<wayfarer_core::content::Spanned<f32>>,
    ) -> Option<(f32, Option<String>)> {
        let index = self.content.derived::<StatIndex>()?;
        let sets = self.layout.shape().sets();
        let found = values
            .iter()
            .find(|(name, _)| index.resolve_in(sets, name) == Ok(self.stat));
        found.map(|(_, value)| (value.value, self.place(value)))
    }

    /// Permanent value and runtime override.
    fn own_layers(&self) -> Vec<Layer> {
        let own = |label: &str, source, amount: Option<f32>| {
            amount.map(|amount| Layer {
                label: label.to_owned(),
                source,
                amount,
                place: None,
            })
        };
        let base = own("Permanent", LineSource::Base, self.inputs.base(self.stat));
        let runtime = self.inputs.runtime(self.stat);
        let runtime = own("Override", LineSource::Runtime, runtime);
        base.into_iter().chain(runtime).collect()
    }

    /// The modifiers in the order of evaluation. Returns the total.
    fn write_modifiers(&mut self, base: f32) -> f32 {
        let modifiers = self.modifiers();
        let first = self
            .inputs
            .modifiers
            .partition_point(|m| m.stat < self.stat);
        let mut fold = Fold::NONE;
        let holds = |i: usize| self.values.modifier_holds(first + i);
        let stacks = |bonus| self.layout.shape().stacks(bonus);
        let mut lines = Vec::with_capacity(modifiers.len());
        for (index, modifier) in modifiers.iter().enumerate() {
            let verdict = verdict(modifiers, index, &holds, &stacks);
            let before = fold.apply(base);
            if verdict == Verdict::Counts {
                fold.push(modifier.kind, modifier.amount);
            }
            let limit = matches!(modifier.kind, ModifierKind::Floor | ModifierKind::Cap);
            let counted = match verdict {
                Verdict::Counts if limit && before.to_bits() == fold.apply(base).to_bits() => {
                    Counted::NoEffect
                }
                Verdict::Counts => Counted::Yes,
                Verdict::ConditionFalse => {
                    Counted::ConditionFalse(modifier.when.as_deref().unwrap_or("").to_owned())
                }
                Verdict::Suppressed => Counted::Suppressed,
                Verdict::LostTo(winner) => Counted::LostTo(
                    modifiers
                        .get(winner)
                        .map(|m| self.origin(m).label)
                        .unwrap_or_default(),
                ),
            };
            lines.push(self.modifier_line(modifier, counted, fold.apply(base)));
        }
        self.lines.extend(lines);
        fold.apply(base)
    }

    fn modifiers(&self) -> &[Modifier] {
        let all = &self.inputs.modifiers;
        let first = all.partition_point(|m| m.stat < self.stat);
        let end = all.partition_point(|m| m.stat <= self.stat);
        all.get(first..end).unwrap_or_default()
    }

    fn modifier_line(&self, modifier: &Modifier, counted: Counted, running: f32) -> Line {
        let origin = self.origin(modifier);
        Line {
            label: origin.label,
            source: LineSource::Modifier {
                uid: modifier.source,
                origin: modifier.origin,
            },
            op: modifier.kind.into(),
            amount: modifier.amount,
            running: running + 0.0,
            counted,
            place: origin.place,
            sealed: modifier.marks.sealed,
        }
    }

    fn origin(&self, modifier: &Modifier) -> Origin {
        let found = self
            .origins
            .find(self.content, modifier.origin, modifier.index);
        match found {
            // The amount cannot be hidden from whoever sees the sum; the source can.
            _ if modifier.marks.sealed => Origin {
                label: "Unidentified".to_owned(),
                place: None,
            },
            Some(origin) => origin,
            None => Origin {
                label: modifier.source.to_string(),
                place: None,
            },
        }
    }

    /// A resource: what is left of it, or all there can be. Returns the total before the limits.
    fn write_resource(&mut self, slot: &Slot, def: &StatDef) -> f32 {
        let max = self.values.resource_max(self.stat).unwrap_or(0.0);
        let formula = def.resource.as_ref().map(|resource| &resource.max);
        let mut layers = vec![Layer {
            label: "Full".to_owned(),
            source: LineSource::Formula(formula.map(|f| f.text().to_string()).unwrap_or_default()),
            amount: max,
            place: formula.and_then(|f| self.place(f)),
        }];
        if !slot.start.is_nan() {
            layers.push(Layer {
                label: "Default".to_owned(),
                source: LineSource::Default,
                amount: slot.start,
                place: self.place_of_key(),
            });
        }
        layers.extend(self.content_layers());
        layers.extend(self.own_layers());
        if self.inputs.current(self.stat).is_some() {
            layers.push(Layer {
                label: "Left".to_owned(),
                source: LineSource::Current,
                amount: self.values.at(self.slot).unwrap_or(0.0),
                place: None,
            });
        }
        let total = self.push_layers(layers);
        let ignored: Vec<Line> = self
            .modifiers()
            .iter()
            .map(|m| self.modifier_line(m, Counted::NotForResources, total))
            .collect();
        self.lines.extend(ignored);
        total
    }

    fn write_clamp(&mut self, total: f32, value: f32) {
        if (total + 0.0).to_bits() == value.to_bits() {
            return;
        }
        let (label, op) = if total > value {
            ("Maximum", LineOp::AtMost)
        } else {
            ("Minimum", LineOp::AtLeast)
        };
        self.lines.push(Line {
            label: label.to_owned(),
            source: LineSource::Clamp,
            op,
            amount: value,
            running: value,
            counted: Counted::Yes,
            place: self.place_of_key(),
            sealed: false,
        });
    }

    /// What the formulas of the stat read.
    fn reads(&self, def: &StatDef) -> Vec<(String, f32)> {
        let Some(index) = self.content.derived::<StatIndex>() else {
            return Vec::new();
        };
        let set = index.get(self.stat).map(|entry| entry.set);
        let mut reads: Vec<(String, f32)> = Vec::new();
        let own = formulas(def).into_iter().filter_map(Formula::expr);
        let own = own.flat_map(Expr::names);
        let own = own.filter_map(|(name, _)| index.resolve(set, name).ok());
        let derived = self.layout.shape().derived(self.stat);
        let derived = derived.into_iter().flat_map(DerivedStat::reads);
        let rules = self.rules();
        for stat in own.chain(derived.copied()) {
            let Some(entry) = index.get(stat) else {
                continue;
            };
            let other = entry.def(self.content);
            let value = self.values.get(stat);
            let value = value.or_else(|| other.map(|def| rules.start(stat, def)));
            let label = other.map_or_else(|| entry.key.to_string(), |def| def.name.clone());
            if !reads.iter().any(|(known, _)| *known == label) {
                reads.push((label, value.unwrap_or(0.0)));
            }
        }
        reads
    }
}
