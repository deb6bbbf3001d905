//! [`EffectSpec`]: an effect on its way to somebody.

use wayfarer_core::id::{DefId, Uid};

use super::{
    active::{ActiveEffect, Until},
    definition::EffectDef,
};

/// A definition with everything that one application adds to it.
///
/// ```
/// # use wayfarer_core::id::{DefId, Uid};
/// # use wayfarer_stats::effects::EffectSpec;
/// # let caster = Uid::new(7);
/// let spec = EffectSpec::new(DefId::of("demo:burning"))
///     .level(3.0)
///     .number("heat", 20.0);
/// # let spec = match caster { Some(caster) => spec.by(caster), None => spec };
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct EffectSpec {
    /// The definition (kind `effects`).
    pub def: DefId,
    /// Who causes it.
    pub source: Option<Uid>,
    /// The effect that it ends with.
    pub parent: Option<Uid>,
    /// How strong it is. 1 unless said otherwise.
    pub level: f32,
    /// When it ends, instead of what the definition says.
    pub until: Option<Until>,
    /// Numbers for its formulas, where they are called `effect.<name>`.
    pub numbers: Vec<(String, f32)>,
}

impl EffectSpec {
    /// An effect of level 1, caused by nobody.
    pub fn new(def: DefId) -> Self {
        Self {
            def,
            source: None,
            parent: None,
            level: 1.0,
            until: None,
            numbers: Vec::new(),
        }
    }

    /// The effect with this name, `pack:name`.
    pub fn named(name: &str) -> Self {
        Self::new(DefId::of(name))
    }

    /// Caused by this character or thing.
    #[must_use]
    pub fn by(mut self, source: Uid) -> Self {
        self.source = Some(source);
        self
    }

    /// Ends when that effect ends.
    #[must_use]
    pub fn with_parent(mut self, parent: Uid) -> Self {
        self.parent = Some(parent);
        self
    }

    /// Of this level.
    #[must_use]
    pub fn level(mut self, level: f32) -> Self {
        self.level = level;
        self
    }

    /// Ends then, whatever the definition says.
    #[must_use]
    pub fn until(mut self, until: Until) -> Self {
        self.until = Some(until);
        self
    }

    /// With a number for its formulas.
    #[must_use]
    pub fn number(mut self, name: impl Into<String>, number: f32) -> Self {
        self.numbers.push((name.into(), number));
        self
    }
}

/// What has become of an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Applied {
    /// It was over at once.
    Instant,
    /// It is a new effect on the target.
    New(Uid),
    /// It went into one that was there.
    Stacked {
        /// That effect.
        effect: Uid,
        /// How many stacks it has now.
        stacks: u16,
    },
}

/// Whether an application of an effect goes into one that is there. What hangs on different effects
/// stays apart: of two conditions that both bring a third, one may end.
pub(super) fn joins(def: &EffectDef, old: &ActiveEffect, spec: &EffectSpec) -> bool {
    use super::definition::StackedBy::{Each, Source, Target};
    let same = match def.stacking.by {
        Target => true,
        Source => old.source == spec.source,
        Each => false,
    };
    same && old.parent == spec.parent
}
