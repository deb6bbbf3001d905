//! Replacing what sources do.

use smallvec::SmallVec;
use wayfarer_core::{aggregate::OpError, id::Uid};

use super::{NOT_FINITE, StatOp, TOO_MANY};
use crate::{
    inputs::{MAX_CONDITION_BYTES, StatInputs, fits},
    modifier::Modifier,
};

/// Refuses modifiers that these sources can not have.
fn check(new: &[Modifier], is_theirs: impl Fn(&Modifier) -> bool) -> Result<(), OpError> {
    let mut places = SmallVec::<[(Uid, u16); 16]>::new();
    for modifier in new {
        if !is_theirs(modifier) {
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
        places.push((modifier.source, modifier.index));
    }
    places.sort_unstable();
    if places.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(OpError("two modifiers of one source with one index"));
    }
    Ok(())
}

impl StatInputs {
    pub(super) fn set_modifiers(
        &mut self,
        source: Uid,
        new: &[Modifier],
    ) -> Result<StatOp, OpError> {
        let modifiers = self.replace(new, |modifier| modifier.source == source)?;
        Ok(StatOp::SetModifiers { source, modifiers })
    }

    pub(super) fn set_modifiers_of(
        &mut self,
        sources: &[Uid],
        new: &[Modifier],
    ) -> Result<StatOp, OpError> {
        if sources.windows(2).any(|pair| pair[0] >= pair[1]) {
            return Err(OpError("sources that do not ascend"));
        }
        let is_theirs = |modifier: &Modifier| sources.binary_search(&modifier.source).is_ok();
        let modifiers = self.replace(new, is_theirs)?;
        Ok(StatOp::SetModifiersOf {
            sources: sources.to_vec(),
            modifiers,
        })
    }

    /// Replaces what some sources do; what they did before, as it was kept.
    fn replace(
        &mut self,
        new: &[Modifier],
        is_theirs: impl Fn(&Modifier) -> bool + Copy,
    ) -> Result<Vec<Modifier>, OpError> {
        check(new, is_theirs)?;
        let theirs = self.modifiers.iter().filter(|known| is_theirs(known));
        // A single one is put where it belongs as fast as it is looked for.
        let same_places =
            new.len() > 1 && theirs.map(Modifier::key).eq(new.iter().map(Modifier::key));
        let mut old = Vec::with_capacity(new.len());
        if same_places {
            // They do the same things more or less strongly: everything stays where it is.
            let theirs = self.modifiers.iter_mut().filter(|known| is_theirs(known));
            old.extend(
                theirs
                    .zip(new)
                    .map(|(known, new)| std::mem::replace(known, new.clone())),
            );
        } else {
            // In place: what others do is not copied, and what these did is moved into the inverse.
            old.extend(self.modifiers.extract_if(.., |known| is_theirs(known)));
            self.insert_sorted(new);
            if !new.is_empty() && !fits(&self.modifiers) {
                self.modifiers.retain(|known| !is_theirs(known));
                self.insert_sorted(&old);
                return Err(TOO_MANY);
            }
        }
        self.pending.modifiers = true;
        Ok(old)
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
