//! The canonical text of a formula.

use std::fmt::{self, Display, Formatter};

use crate::ast::{Expr, Kind, precedence};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Number(number) => write!(f, "{number}"),
            Kind::Name(name) => f.write_str(name),
            Kind::Dice(dice) => write!(f, "{dice}"),
            Kind::Negate(inner) => {
                f.write_str("-")?;
                operand(f, inner, precedence::NEGATE)
            }
            Kind::Not(inner) => {
                f.write_str("not ")?;
                operand(f, inner, precedence::NOT)
            }
            Kind::Binary(operator, left, right) => {
                let own = operator.precedence();
                // Operators associate to the left, except that comparisons do not chain at all.
                let chains = own != precedence::COMPARE;
                operand(f, left, if chains { own } else { own + 1 })?;
                write!(f, " {} ", operator.symbol())?;
                operand(f, right, own + 1)
            }
            Kind::Call(function, arguments) => {
                write!(f, "{}(", function.name())?;
                for (index, argument) in arguments.iter().enumerate() {
                    let separator = if index == 0 { "" } else { ", " };
                    write!(f, "{separator}{argument}")?;
                }
                f.write_str(")")
            }
            Kind::Table(x, rows) => {
                write!(f, "table({x}")?;
                for (key, value) in rows {
                    write!(f, ", {key}: {value}")?;
                }
                f.write_str(")")
            }
            Kind::Curve(x, points) => {
                write!(f, "curve({x}")?;
                for (key, value) in points {
                    write!(f, ", ({key}, {value})")?;
                }
                f.write_str(")")
            }
        }
    }
}

/// Prints `expr` in a place that takes nothing looser than `at_least`.
fn operand(f: &mut Formatter<'_>, expr: &Expr, at_least: u8) -> fmt::Result {
    let own = match &expr.kind {
        Kind::Binary(operator, ..) => operator.precedence(),
        Kind::Not(_) => precedence::NOT,
        Kind::Negate(_) => precedence::NEGATE,
        _ => precedence::VALUE,
    };
    if own < at_least {
        write!(f, "({expr})")
    } else {
        write!(f, "{expr}")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use crate::parse;

    #[test]
    fn canonical_text() {
        for (source, canonical) in [
            ("((1))", "1"),
            ("a-(b-c)", "a - (b - c)"),
            ("(a-b)-c", "a - b - c"),
            ("(a*b)+c", "a * b + c"),
            ("a*(b+c)", "a * (b + c)"),
            ("-(a+b)", "-(a + b)"),
            ("-(a)*b", "-a * b"),
            ("--a", "--a"),
            ("not(a and b)or c", "not (a and b) or c"),
            ("(not a) == b", "(not a) == b"),
            ("not (a == b)", "not a == b"),
            ("(a<b)<c", "(a < b) < c"),
            ("25%*x", "0.25 * x"),
            ("1_000 + .5", "1000 + 0.5"),
            ("10%x", "10 % x"),
            ("adv(d20)+5", "2d20kh1 + 5"),
            ("4D6!R1KH3", "4d6r1!kh3"),
            ("d%", "1d100"),
            ("4d6dl1", "4d6kh3"),
            ("3d6!!=4", "3d6! != 4"),
            ("3d6!==4", "3d6! == 4"),
            ("3d6!=4", "3d6 != 4"),
            ("table( x,-1:a+1,2 : 3 )", "table(x, -1: a + 1, 2: 3)"),
            ("curve(x,(0,-0),(2,4))", "curve(x, (0, 0), (2, 4))"),
            ("stats:str.max", "stats:str.max"),
        ] {
            let expr = parse(source).unwrap();
            assert_eq!(expr.to_string(), canonical, "{source}");
            assert_eq!(parse(canonical).unwrap(), expr, "{source}");
        }
    }
}
