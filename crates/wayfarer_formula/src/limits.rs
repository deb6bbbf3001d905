//! The limits that keep a formula from a content pack, however hostile, cheap to read and to run.

/// Longest formula text, in bytes.
pub const MAX_SOURCE_BYTES: usize = 1024;

/// Deepest nesting of parentheses, calls and prefix operators.
pub const MAX_NESTING: usize = 64;

/// Most operations in a compiled [`Program`](crate::Program).
pub const MAX_PROGRAM_OPS: usize = 1024;

/// Most intermediate values a [`Program`](crate::Program) may hold at one time.
pub const MAX_STACK: usize = 32;

/// Most dice in one throw (`100d6`).
pub const MAX_DICE_COUNT: u32 = 100;

/// Most sides of a die (`d1000`).
pub const MAX_DICE_SIDES: u32 = 1000;

/// How many extra throws one exploding die can add. The cap makes the highest result, and thereby
/// the distribution, finite; a `d6!` reaches it once in sixty million throws.
pub const MAX_EXPLOSIONS: u32 = 10;

/// Most additions that the exact distribution of one throw may cost. Larger throws (`50d1000kh25`)
/// are refused when they are written, so that [`Dice::distribution`](crate::Dice::distribution)
/// cannot fail later.
pub const MAX_DICE_WORK: u64 = 1 << 25;

/// Most additions that combining distributions, or the distribution of a whole formula, may cost.
pub const MAX_DISTRIBUTION_WORK: u64 = 1 << 26;
