//! Replacing what sources do.

use smallvec::SmallVec;
use wayfarer_core::{aggregate::OpError, id::Uid};

use super::{NOT_FINITE, StatOp, TOO_MANY};
use crate::{
    inputs::{MAX_CONDITION_BYTES, StatInputs, fits},
    modifier::Modifier,
};

/// Refuses modifiers that one source can not have.
fn check_modifiers(source: Uid, new: &[Modifier]) -> Result<(), OpError> {
    let mut indices = SmallVec::<[u16; 16]>::new();
    for modifier in new {
        if modifier.source != source {
            return Err(OpError("a modifier of another source"));
        }
        if !modifier.amount.is_finite() {
            return Err(NOT_FINITE);
        }
        if modifier
            .when
            .as_ref()
            .is_some_and(|w| w.len() > MAX_CONDITION_BYTES)
        {
            return Err(OpError("the condition of a modifier is too long"));
        }
        indices.push(modifier.index);
    }
    indices.sort_unstable();
    if indices.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(OpError("two modifiers of one source with one index"));
    }
    Ok(())
}

impl StatInputs {
    pub(super) fn set_modifiers(&mut self, source: Uid, new: &[Modifier]) -> Result<StatOp, OpError> {
        check_modifiers(source, new)?;
        // In place: what others do stays where it is, and what the source did is moved, not copied,
        // into the inverse.
        let old: Vec<Modifier> = self
            .modifiers
            .extract_if(.., |modifier| modifier.source == source)
            .collect();
        self.insert_sorted(new);
        if !new.is_empty() && !fits(&self.modifiers) {
            self.modifiers.retain(|modifier| modifier.source != source);
            self.insert_sorted(&old);
            return Err(TOO_MANY);
        }
        self.pending.modifiers = true;
        Ok(StatOp::SetModifiers {
            source,
            modifiers: old,
        })
    }

    pub(super) fn set_modifiers_of(&mut self, new: &[(Uid, Vec<Modifier>)]) -> Result<StatOp, OpError> {
        let mut sources: SmallVec<[Uid; 16]> = new.iter().map(|(source, _)| *source).collect();
        sources.sort_unstable();
        if sources.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(OpError("a source is named twice"));
        }
        for (source, modifiers) in new {
            check_modifiers(*source, modifiers)?;
        }
        let is_one = |modifier: &Modifier| sources.binary_search(&modifier.source).is_ok();
        let gone: Vec<Modifier> = self
            .modifiers
            .extract_if(.., |modifier| is_one(modifier))
            .collect();
        self.modifiers
            .extend(new.iter().flat_map(|(_, modifiers)| modifiers).cloned());
        self.modifiers.sort_unstable_by(Modifier::order);
        let adds = new.iter().any(|(_, modifiers)| !modifiers.is_empty());
        if adds && !fits(&self.modifiers) {
            self.modifiers.retain(|modifier| !is_one(modifier));
            self.insert_sorted(&gone);
            return Err(TOO_MANY);
        }
        self.pending.modifiers = true;
        let mut old: Vec<(Uid, Vec<Modifier>)> = new
            .iter()
            .map(|(source, modifiers)| (*source, Vec::with_capacity(modifiers.len())))
            .collect();
        for modifier in gone {
            if let Some((_, own)) = old.iter_mut().find(|(source, _)| *source == modifier.source) {
                own.push(modifier);
            }
        }
        Ok(StatOp::SetModifiersOf(old))
    }

    /// Puts modifiers where the order of evaluation wants them.
    fn insert_sorted(&mut self, new: &[Modifier]) {
        if let [one] = new {
            let at = self
                .modifiers
                .partition_point(|known| known.order(one).is_lt());
            self.modifiers.insert(at, one.clone());
        } else if !new.is_empty() {
            self.modifiers.extend_from_slice(new);
            self.modifiers.sort_unstable_by(Modifier::order);
        }
    }
}
