//! One row of the scorecard, and whether it is good enough.

/// What a row has to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// Ours is at most this, in the row's unit.
    AtMost(f64),
    /// The peer's figure is at least this many times ours.
    TimesFaster(f64),
}

/// One row: what was measured, ours, a peer's, the bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What was measured, and how if it matters.
    pub what: String,
    /// Our figure.
    pub ours: f64,
    /// Unit of both figures: `ns`, `us`, `ms`, `B`, or nothing.
    pub unit: &'static str,
    /// A peer's name and figure, from the same run.
    pub peer: Option<(&'static str, f64)>,
    /// What is asked for.
    pub bar: Bar,
}

impl Row {
    /// A row without a peer that must stay at or below `most`.
    pub fn at_most(what: impl Into<String>, ours: f64, unit: &'static str, most: f64) -> Self {
        Self {
            what: what.into(),
            ours,
            unit,
            peer: None,
            bar: Bar::AtMost(most),
        }
    }

    /// Adds a peer to compare with.
    #[must_use]
    pub fn beside(mut self, name: &'static str, figure: f64) -> Self {
        self.peer = Some((name, figure));
        self
    }

    /// Asks for a multiple of the peer's speed instead of a fixed figure.
    #[must_use]
    pub fn times_faster(mut self, factor: f64) -> Self {
        self.bar = Bar::TimesFaster(factor);
        self
    }

    /// The peer's figure over ours: above 1 we need less than the peer.
    pub fn ratio(&self) -> Option<f64> {
        let (_, peer) = self.peer?;
        (self.ours > 0.0).then(|| peer / self.ours)
    }

    /// Whether the bar is reached. A figure that is no number never is.
    pub fn is_ok(&self) -> bool {
        match self.bar {
            Bar::AtMost(most) => self.ours <= most,
            Bar::TimesFaster(factor) => self.ratio().is_some_and(|ratio| ratio >= factor),
        }
    }

    /// `ok` or `short`.
    pub fn verdict(&self) -> &'static str {
        if self.is_ok() { "ok" } else { "short" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts() {
        let row = |ours| Row::at_most("x", ours, "ns", 150.0);
        for (row, ratio, ok) in [
            (row(150.0), None, true),
            (row(150.1), None, false),
            (row(f64::NAN), None, false),
            (row(100.0).beside("p", 50.0), Some(0.5), true),
            (
                row(100.0).beside("p", 2000.0).times_faster(20.0),
                Some(20.0),
                true,
            ),
            (
                row(100.0).beside("p", 1999.0).times_faster(20.0),
                Some(19.99),
                false,
            ),
            (row(100.0).times_faster(20.0), None, false),
            (row(0.0).beside("p", 1.0).times_faster(20.0), None, false),
        ] {
            assert_eq!(row.ratio(), ratio, "{row:?}");
            assert_eq!(row.is_ok(), ok, "{row:?}");
        }
    }
}
