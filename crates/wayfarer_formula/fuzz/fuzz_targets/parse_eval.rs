//! Any text is answered without a panic; every formula prints to itself and yields finite numbers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wayfarer_formula::limits::MAX_SOURCE_BYTES;
use wayfarer_formula::parse;

fuzz_target!(|input: (&str, Vec<f32>, u32)| {
    let (source, slots, face) = input;
    let expr = match parse(source) {
        Ok(expr) => expr,
        Err(error) => {
            let _ = error.render(source);
            return;
        }
    };
    let text = expr.to_string();
    if text.len() <= MAX_SOURCE_BYTES {
        assert_eq!(parse(&text).as_ref(), Ok(&expr), "{text}");
    }
    let names: Vec<&str> = expr.names().map(|(name, _)| name).collect();
    let Ok(program) = expr.compile(&names) else {
        return;
    };
    assert!(program.eval(&slots).is_finite());
    let mut roller = |sides: u32| face % sides + 1;
    assert!(program.eval_with(&slots, &mut roller).is_finite());
    if let Ok(chances) = program.distribution(&slots) {
        let sum: f64 = chances.iter().map(|(_, chance)| chance).sum();
        assert!((sum - 1.0).abs() < 1e-6, "{text}: {sum}");
    }
});
