//! Numbers as people read them.

/// At most three decimals and no trailing zeros: `3`, `0.125`, `-1.5`.
pub(crate) fn short(value: f32) -> String {
    let rounded = (f64::from(value) * 1000.0).round() / 1000.0;
    // Minus nothing is nothing.
    format!("{}", rounded + 0.0)
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn no_noise() {
        for (value, expected) in [
            (3.0, "3"),
            (0.1, "0.1"),
            (-0.0, "0"),
            (-0.0001, "0"),
            (2.0 / 3.0, "0.667"),
            (-1.5, "-1.5"),
            (1e9, "1000000000"),
        ] {
            assert_eq!(short(value), expected);
        }
    }
}
