//! From tree to program.

use super::Program;
use super::emit;
use super::node::Node;
use super::op::{Binary, Unary};
use crate::ast::{Expr, Kind, Operator};
use crate::error::{FormulaError, Span};
use crate::function::{self, Function};
use crate::scope::Scope;
use crate::suggest::nearest;

impl Expr {
    /// Compiles the formula for slots that `scope` names.
    ///
    /// # Errors
    ///
    /// The first name that `scope` does not know, even in a branch that is never taken; or a
    /// program beyond the [limits](crate::limits).
    ///
    /// ```
    /// let names = ["strength", "level"];
    /// let program = wayfarer_formula::parse("floor((strength - 10) / 2)")?.compile(&names)?;
    /// assert_eq!(program.eval(&[17.0, 1.0]), 3.0);
    /// assert_eq!(program.dependencies(), [0]);
    ///
    /// let error = wayfarer_formula::parse("strenght + 1")?.compile(&names).unwrap_err();
    /// assert_eq!(error.message, "unknown name `strenght`");
    /// assert_eq!(error.help.as_deref(), Some("did you mean `strength`?"));
    /// # Ok::<(), wayfarer_formula::FormulaError>(())
    /// ```
    pub fn compile(&self, scope: &dyn Scope) -> Result<Program, FormulaError> {
        emit::emit(&lower(self, scope)?, self.span)
    }

    /// An error for every name that `scope` does not know, in the order of first use.
    #[must_use]
    pub fn unknown_names(&self, scope: &dyn Scope) -> Vec<FormulaError> {
        self.names()
            .filter(|(name, _)| scope.slot(name).is_none())
            .map(|(name, span)| unknown(name, span, scope))
            .collect()
    }
}

fn unknown(name: &str, span: Span, scope: &dyn Scope) -> FormulaError {
    let error = FormulaError::new(span, format!("unknown name `{name}`"));
    if let Some(signature) = function::signature(name) {
        return error.help(format!("the function is written `{signature}`"));
    }
    match nearest(name, scope.known()) {
        Some(known) => error.help(format!("did you mean `{known}`?")),
        None => error,
    }
}

fn lower(expr: &Expr, scope: &dyn Scope) -> Result<Node, FormulaError> {
    Ok(match &expr.kind {
        Kind::Number(value) => Node::Const(*value),
        Kind::Name(name) => match scope.slot(name) {
            Some(slot) => Node::Slot(slot),
            None => return Err(unknown(name, expr.span, scope)),
        },
        Kind::Dice(dice) => Node::Dice(*dice),
        Kind::Negate(x) => Node::unary(Unary::Negate, lower(x, scope)?),
        Kind::Not(x) => Node::unary(Unary::Not, lower(x, scope)?),
        Kind::Binary(operator, a, b) => {
            let (a, b) = (lower(a, scope)?, lower(b, scope)?);
            match binary(*operator) {
                op @ (Binary::And | Binary::Or) => Node::logic(op, a, b),
                op => Node::binary(op, a, b),
            }
        }
        Kind::Call(function, arguments) => {
            let nodes: Result<Vec<Node>, _> = arguments.iter().map(|a| lower(a, scope)).collect();
            call(*function, nodes?).ok_or_else(|| {
                let message = format!("wrong number of arguments for `{}`", function.name());
                FormulaError::new(expr.span, message)
            })?
        }
        Kind::Table(x, rows) => {
            let x = lower(x, scope)?;
            let rows: Result<Vec<_>, _> = rows
                .iter()
                .map(|(key, value)| Ok((*key, lower(value, scope)?)))
                .collect();
            Node::table(x, rows?)
        }
        Kind::Curve(x, points) => Node::curve(lower(x, scope)?, points.as_slice().into()),
    })
}

/// `None` when the number of arguments is wrong, which the parser rules out.
fn call(function: Function, arguments: Vec<Node>) -> Option<Node> {
    let mut arguments = arguments.into_iter();
    let mut next = || arguments.next();
    let unary = match function {
        Function::Floor => Unary::Floor,
        Function::Ceil => Unary::Ceil,
        Function::Round => Unary::Round,
        Function::Abs => Unary::Abs,
        Function::Sign => Unary::Sign,
        Function::Sqrt => Unary::Sqrt,
        Function::Pow => return Some(Node::binary(Binary::Pow, next()?, next()?)),
        Function::Step => return Some(Node::binary(Binary::LessEqual, next()?, next()?)),
        Function::If => return Some(Node::choose(next()?, next()?, next()?)),
        Function::Clamp => {
            let raised = Node::binary(Binary::Max, next()?, next()?);
            return Some(Node::binary(Binary::Min, raised, next()?));
        }
        Function::Min => return arguments.reduce(|a, b| Node::binary(Binary::Min, a, b)),
        Function::Max => return arguments.reduce(|a, b| Node::binary(Binary::Max, a, b)),
    };
    Some(Node::unary(unary, next()?))
}

fn binary(operator: Operator) -> Binary {
    match operator {
        Operator::Or => Binary::Or,
        Operator::And => Binary::And,
        Operator::Less => Binary::Less,
        Operator::LessEqual => Binary::LessEqual,
        Operator::Greater => Binary::Greater,
        Operator::GreaterEqual => Binary::GreaterEqual,
        Operator::Equal => Binary::Equal,
        Operator::NotEqual => Binary::NotEqual,
        Operator::Add => Binary::Add,
        Operator::Subtract => Binary::Subtract,
        Operator::Multiply => Binary::Multiply,
        Operator::Divide => Binary::Divide,
        Operator::Remainder => Binary::Remainder,
    }
}
