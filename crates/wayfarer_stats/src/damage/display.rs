//! Explanations that people can read.

use std::fmt;

use super::{
    model::{ReasonSource, Rounding},
    outcome::{DamageOutcome, HealingOutcome},
    step::{DamageCounted, DamageOp, DamageStep},
};

impl fmt::Display for Rounding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "as it is",
            Self::Down => "down",
            Self::Up => "up",
            Self::Nearest => "to the nearest",
        })
    }
}

impl fmt::Display for DamageOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Incoming(amount) => write!(f, "+{amount}"),
            Self::Immune => f.write_str("= 0"),
            Self::Reduce(amount) => write!(f, "{:+}", -amount),
            Self::Absorb(amount) => write!(f, "-{amount}"),
            Self::Share(share) => write!(f, "{:+} %", -share * 100.0),
            Self::Resist(factor) | Self::Vulnerable(factor) => write!(f, "× {factor}"),
            Self::Round(rounding) => write!(f, "{rounding}"),
            Self::AtLeast(least) => write!(f, "≥ {least}"),
            Self::Together(amount) => write!(f, "= {amount}"),
            Self::AtMost(most) => write!(f, "≤ {most}"),
        }
    }
}

impl fmt::Display for DamageStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", self.op, self.reason.label)?;
        if let ReasonSource::Formula(text) = &self.reason.source
            && **text != *self.reason.label
        {
            write!(f, ": {text}")?;
        }
        match &self.counted {
            DamageCounted::Yes | DamageCounted::NoEffect => {}
            DamageCounted::LostTo(winner) => write!(f, " (does not count: {winner} does)")?,
            DamageCounted::Immune(by) => write!(f, " (does not count: {by})")?,
            DamageCounted::NothingLeft => f.write_str(" (nothing was left)")?,
        }
        match &self.reason.place {
            Some(place) => write!(f, " [{place}]"),
            None => Ok(()),
        }
    }
}

fn write_steps(f: &mut fmt::Formatter<'_>, steps: &[DamageStep]) -> fmt::Result {
    for step in steps {
        let mark = if step.counted.counts() { ' ' } else { '-' };
        write!(f, "\n {mark} {step}")?;
    }
    Ok(())
}

impl fmt::Display for DamageOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pool = self.before();
        write!(f, "{} {} → {}", pool.label, pool.have, self.left)?;
        if self.absorbed > 0.0 {
            write!(f, ", {} absorbed", self.absorbed)?;
        }
        if self.overkill > 0.0 {
            write!(f, ", {} too much", self.overkill)?;
        }
        write_steps(f, &self.steps)
    }
}

impl fmt::Display for HealingOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pool = self.before();
        write!(f, "{} {} → {}", pool.label, pool.have, self.left)?;
        if self.wasted > 0.0 {
            write!(f, ", {} wasted", self.wasted)?;
        }
        write_steps(f, &self.steps)
    }
}
