//! The lines of a stat that derivations give.

use super::{Counted, Line, LineOp, LineSource, lines::Writer};
use crate::{
    content::{Compose, DerivationDef},
    index::StatIndex,
    layout::{DerivedPart, DerivedStat},
};

impl Writer<'_> {
    /// One line for each derivation. `winner` is a layer that counts instead of all of them.
    /// Returns the total.
    pub(super) fn write_derived(&mut self, derived: &DerivedStat, winner: Option<String>) -> f32 {
        let parts = derived.parts();
        let mut total = self.begin(parts, winner.as_ref());
        for (at, part) in parts.iter().enumerate() {
            let own = part.own(self.values.raw());
            let before = total;
            total = part.total(self.values.raw());
            let counted = match (&winner, part.counts()) {
                (Some(winner), _) => Counted::LostTo(winner.clone()),
                (None, false) => Counted::LostTo(self.stronger(parts, at)),
                (None, true) if at > 0 && part.compose() == Compose::Max && own <= before => {
                    Counted::NoEffect
                }
                (None, true) => Counted::Yes,
            };
            let name = self.derivation_name(part);
            let (op, amount, label) = match part.compose() {
                Compose::Add => (LineOp::Add, own, name),
                Compose::Max if at > 0 => (LineOp::AtLeast, own, name),
                // A mean is told by how far it moves the total.
                Compose::Blend if at > 0 => (
                    LineOp::Add,
                    total - before,
                    format!("{name} ({own} in the mean)"),
                ),
                _ => (LineOp::Set, own, name),
            };
            let def = self.content.table::<DerivationDef>().get(part.derivation());
            let key = def.and_then(|def| Some(def.values.at(part.axis())?.0));
            let line = Line {
                label,
                source: LineSource::Formula(part.text().to_owned()),
                op,
                amount,
                running: if winner.is_some() { 0.0 } else { total + 0.0 },
                counted,
                place: key.and_then(|key| self.place(key)),
                sealed: false,
            };
            self.lines.push(line);
        }
        total
    }

    /// What the first derivation is added to, if it adds.
    fn begin(&mut self, parts: &[DerivedPart], winner: Option<&String>) -> f32 {
        let adds = parts
            .first()
            .is_some_and(|part| part.compose() == Compose::Add);
        let index = self.content.derived::<StatIndex>();
        let def = index.and_then(|index| index.get(self.stat)?.def(self.content));
        let (true, Some(def)) = (adds, def) else {
            return 0.0;
        };
        let rules = self.rules();
        let written = rules.written(self.stat, def);
        let default = written.unwrap_or(crate::derivations::MIDDLE);
        let place = rules.own_default(self.stat).or(def.default.as_ref());
        let place = place.and_then(|place| self.place(place));
        let line = Line {
            label: "Default".to_owned(),
            source: LineSource::Default,
            op: LineOp::Set,
            amount: default,
            running: if winner.is_some() { 0.0 } else { default },
            counted: winner.map_or(Counted::Yes, |winner| Counted::LostTo(winner.clone())),
            place: place.or_else(|| self.place_of_key()),
            sealed: false,
        };
        self.lines.push(line);
        default
    }

    /// Which derivation counts instead of the one at `at`.
    fn stronger(&self, parts: &[DerivedPart], at: usize) -> String {
        let kept = parts
            .get(at)
            .is_some_and(|part| part.compose() == Compose::Keep);
        let mut later = parts.iter().skip(at + 1);
        let later = later.rfind(|part| part.compose() == Compose::Override);
        let earlier = parts.iter().take(at).find(|part| part.counts());
        let stronger = later.or(if kept { earlier } else { None });
        stronger
            .map(|part| self.derivation_name(part))
            .unwrap_or_default()
    }

    fn derivation_name(&self, part: &DerivedPart) -> String {
        let def = self.content.table::<DerivationDef>().get(part.derivation());
        def.map_or_else(|| part.derivation().to_string(), |def| def.name.clone())
    }
}
