//! What holds for any derivations.

use proptest::prelude::*;

use super::*;

#[derive(Clone, Debug)]
struct Axis {
    text: String,
    priority: i32,
    target: &'static str,
}

fn combine() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["WeightedAvg", "Sum", "Max", "Min", "First"])
}

fn axis() -> impl Strategy<Value = Axis> {
    let weight = prop_oneof![-5_i32..-1, 1_i32..5];
    let source = (weight, combine());
    let from = (prop::collection::vec(source, 1..3), combine()).prop_map(|(sources, combine)| {
        let names = ["positive", "negative"];
        let one = |(name, (weight, combine)): (&str, (i32, &str))| {
            format!(r#"(type: "{name}", weight: {weight}, combine: {combine}),"#)
        };
        let from: String = names.into_iter().zip(sources).map(one).collect();
        format!("from: [{from}], combine: {combine}")
    });
    let formulas = vec![
        "liking * liking * liking",
        "liking / (esteem - 30)",
        "sqrt(esteem - liking)",
        "pow(liking, 60)",
        "-grudge",
    ];
    let formula = prop::sample::select(formulas).prop_map(|f| format!(r#"formula: "{f}""#));
    let compose = prop::sample::select(vec!["Override", "Max", "Blend", "Add", "Keep"]);
    let targets = prop::sample::select(vec!["valence", "arousal"]);
    (prop_oneof![from, formula], compose, any::<bool>(), -200_i32..200, -3_i32..3, targets)
        .prop_map(|(number, compose, normalize, offset, priority, target)| Axis {
            text: format!(
                r#""{target}": ({number}, offset: {offset}, normalize: {normalize}, compose: {compose})"#
            ),
            priority,
            target,
        })
}

fn bits(values: &StatValues) -> Vec<(StatId, u32)> {
    values
        .iter()
        .map(|(stat, value)| (stat, value.to_bits()))
        .collect()
}

fn one(name: usize, axis: &Axis) -> String {
    mood(&format!("d{name}"), axis.priority, "", &axis.text)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn derived_values_keep_their_limits_and_explain_themselves(
        axes in prop::collection::vec(axis(), 1..6),
        rows in prop::collection::vec(prop_oneof![-1e30_f32..1e30, 0.0_f32..100.0], 4),
        kin: bool,
    ) {
        let text: String = axes.iter().enumerate().map(|(n, axis)| one(n, axis)).collect();
        let content = content(&text, "");
        let sets: &[&str] = if kin { &["bond", "kin", "mood"] } else { &["bond", "mood"] };
        let mut someone = Someone::new(&content, sets, None);
        let names = ["bond.liking", "bond.esteem", "bond.grudge", "kin.love"];
        someone.inputs.base = names.into_iter().map(stat).zip(rows).collect();
        crate::rows::sort(&mut someone.inputs.base);
        for axis in &axes {
            let name = format!("mood.{}", axis.target);
            let value = someone.value(&name);
            prop_assert!((0.0..=100.0).contains(&value), "{name} {value}");
            let why = someone.why(&name);
            let last = why.lines.iter().rfind(|line| line.counted.counts()).unwrap();
            prop_assert_eq!(last.running.to_bits(), value.to_bits(), "{}", why);
        }
    }

    #[test]
    fn the_order_of_files_makes_no_difference(
        axes in prop::collection::vec(axis(), 2..6),
        order in Just([0, 1, 2, 3, 4, 5]).prop_shuffle(),
        folders in prop::collection::vec(0_usize..3, 6),
    ) {
        let single: String = axes.iter().enumerate().map(|(n, axis)| one(n, axis)).collect();
        let together = content(&single, "");
        let mut files = vec![
            ("semantic_types/z.ron".to_owned(), TYPES.to_owned()),
            ("stats/z.ron".to_owned(), STATS.to_owned()),
        ];
        for (at, place) in order.iter().zip(0..) {
            if let Some(axis) = axes.get(*at) {
                let path = format!("derivations/{}/{place}.ron", ["x", "m", "a"][folders[*at]]);
                files.push((path, format!("{{ {} }}", one(*at, axis))));
            }
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(a, b)| (&**a, &**b)).collect();
        let apart = compile(&files).unwrap_or_else(|errors| panic!("{}", show(&errors)));
        for sets in [&["bond", "mood"][..], &["kin", "mood", "bond"], &["mood"]] {
            let values = |content| bits(&Someone::new(content, sets, None).values());
            prop_assert_eq!(values(&together), values(&apart));
        }
    }
}
