//! The tree that a formula is read into.

use crate::dice::Dice;
use crate::error::Span;
use crate::function::Function;

/// A parsed formula: the tree of its operators, names and dice, each with its [`Span`].
///
/// Equality ignores the spans, so that formulas that differ in layout only are equal. `Display`
/// prints the canonical text: single spaces, no superfluous parentheses, `25%` as `0.25`, `adv(d20)`
/// as `2d20kh1`. Parsing that text yields an equal tree (as long as it is no longer than
/// [`MAX_SOURCE_BYTES`](crate::limits::MAX_SOURCE_BYTES): layout can make it longer than the source).
#[derive(Clone, Debug)]
pub struct Expr {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// Finite and not negative; a sign is a [`Kind::Negate`].
    Number(f32),
    Name(Box<str>),
    Dice(Dice),
    Negate(Box<Expr>),
    Not(Box<Expr>),
    Binary(Operator, Box<Expr>, Box<Expr>),
    Call(Function, Vec<Expr>),
    /// Keys ascend.
    Table(Box<Expr>, Vec<(f32, Expr)>),
    /// Keys ascend.
    Curve(Box<Expr>, Vec<(f32, f32)>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Or,
    And,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Equal,
    NotEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

/// How tightly operators bind; a larger number binds tighter.
pub(crate) mod precedence {
    pub(crate) const OR: u8 = 1;
    pub(crate) const AND: u8 = 2;
    pub(crate) const NOT: u8 = 3;
    pub(crate) const COMPARE: u8 = 4;
    pub(crate) const ADD: u8 = 5;
    pub(crate) const MULTIPLY: u8 = 6;
    pub(crate) const NEGATE: u8 = 7;
    pub(crate) const VALUE: u8 = 8;
}

impl Operator {
    pub(crate) fn precedence(self) -> u8 {
        match self {
            Self::Or => precedence::OR,
            Self::And => precedence::AND,
            Self::Less
            | Self::LessEqual
            | Self::Greater
            | Self::GreaterEqual
            | Self::Equal
            | Self::NotEqual => precedence::COMPARE,
            Self::Add | Self::Subtract => precedence::ADD,
            Self::Multiply | Self::Divide | Self::Remainder => precedence::MULTIPLY,
        }
    }

    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Remainder => "%",
        }
    }
}

impl Expr {
    pub(crate) fn new(kind: Kind, span: Span) -> Self {
        Self { kind, span }
    }

    /// The part of the source this was read from.
    #[must_use]
    pub fn span(&self) -> Span {
        self.span
    }

    /// The names the formula refers to, each once, in the order of first use, with the span of that
    /// use. Names in branches that constant conditions rule out are included.
    pub fn names(&self) -> impl Iterator<Item = (&str, Span)> {
        let mut found: Vec<(&str, Span)> = Vec::new();
        self.visit(&mut |expr| {
            if let Kind::Name(name) = &expr.kind
                && !found.iter().any(|(known, _)| *known == &**name)
            {
                found.push((name, expr.span));
            }
        });
        found.into_iter()
    }

    /// Whether any dice occur in the formula.
    #[must_use]
    pub fn has_dice(&self) -> bool {
        let mut dice = false;
        self.visit(&mut |expr| dice |= matches!(expr.kind, Kind::Dice(_)));
        dice
    }

    /// Calls `see` for this and everything below, in source order.
    pub(crate) fn visit<'a>(&'a self, see: &mut dyn FnMut(&'a Expr)) {
        see(self);
        match &self.kind {
            Kind::Number(_) | Kind::Name(_) | Kind::Dice(_) => {}
            Kind::Negate(inner) | Kind::Not(inner) | Kind::Curve(inner, _) => inner.visit(see),
            Kind::Binary(_, left, right) => {
                left.visit(see);
                right.visit(see);
            }
            Kind::Call(_, arguments) => arguments.iter().for_each(|a| a.visit(see)),
            Kind::Table(x, rows) => {
                x.visit(see);
                rows.iter().for_each(|(_, value)| value.visit(see));
            }
        }
    }
}
