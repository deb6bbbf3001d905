//! The functions of the language: names, signatures, argument counts.

/// A function whose arguments are ordinary expressions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Function {
    Min,
    Max,
    Clamp,
    Floor,
    Ceil,
    Round,
    Abs,
    Sign,
    Sqrt,
    Pow,
    If,
    Step,
}

/// The functions with a syntax of their own.
pub(crate) const SPECIAL: [(&str, &str); 4] = [
    ("table", "table(x, key: value, ...)"),
    ("curve", "curve(x, (key, value), ...)"),
    ("adv", "adv(1d20)"),
    ("dis", "dis(1d20)"),
];

impl Function {
    pub(crate) const ALL: [Self; 12] = [
        Self::Min,
        Self::Max,
        Self::Clamp,
        Self::Floor,
        Self::Ceil,
        Self::Round,
        Self::Abs,
        Self::Sign,
        Self::Sqrt,
        Self::Pow,
        Self::If,
        Self::Step,
    ];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|f| f.name() == name)
    }

    pub(crate) fn signature(self) -> &'static str {
        match self {
            Self::Min => "min(a, b, ...)",
            Self::Max => "max(a, b, ...)",
            Self::Clamp => "clamp(x, low, high)",
            Self::Floor => "floor(x)",
            Self::Ceil => "ceil(x)",
            Self::Round => "round(x)",
            Self::Abs => "abs(x)",
            Self::Sign => "sign(x)",
            Self::Sqrt => "sqrt(x)",
            Self::Pow => "pow(base, exponent)",
            Self::If => "if(condition, then, else)",
            Self::Step => "step(edge, x)",
        }
    }

    pub(crate) fn name(self) -> &'static str {
        let signature = self.signature();
        signature.split('(').next().unwrap_or(signature)
    }

    /// Fewest arguments, and whether more are allowed.
    pub(crate) fn arity(self) -> (usize, bool) {
        match self {
            Self::Min | Self::Max => (2, true),
            Self::Clamp | Self::If => (3, false),
            Self::Pow | Self::Step => (2, false),
            Self::Floor | Self::Ceil | Self::Round | Self::Abs | Self::Sign | Self::Sqrt => {
                (1, false)
            }
        }
    }
}

/// Every function name, for suggestions.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let special = SPECIAL.into_iter().map(|(name, _)| name);
    Function::ALL.into_iter().map(Function::name).chain(special)
}

/// How the function called `name` is written.
pub(crate) fn signature(name: &str) -> Option<&'static str> {
    let special = SPECIAL.into_iter().find(|(n, _)| *n == name);
    Function::named(name)
        .map(Function::signature)
        .or(special.map(|(_, signature)| signature))
}
