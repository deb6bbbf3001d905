//! Mistakes in the rules that are shipped, each of them one slip of the pen.

use std::path::Path;

use wayfarer_core::content::{ContentAppExt, Diagnostic};

use crate::gear_rig::{Gear, packs};

#[test]
fn slips_in_rules_are_told() {
    for (kind, right, wrong, code, needle) in [
        (
            "repair",
            "max_points: 30",
            "max_points: 0",
            "bad-number",
            "max_points",
        ),
        (
            "repair",
            "max_points: 30",
            "max_points: 101",
            "bad-number",
            "max_points",
        ),
        ("repair", "from: 20", "from: 90", "bad-bands", "ranks"),
        ("repair", "above: 70", "above: 95", "bad-bands", "severity"),
        (
            "repair",
            "success: 0.6",
            "success: 1.6",
            "bad-number",
            "success",
        ),
        (
            "repair",
            "repaired: 0.3",
            "repaired: -0.3",
            "bad-number",
            "repaired",
        ),
        (
            "repair",
            "0.5) / efficiency",
            "0.5) / eficiency",
            "",
            "eficiency",
        ),
        (
            "enchant",
            "mastery_every: 5",
            "mastery_every: 0",
            "bad-number",
            "mastery_every",
        ),
        (
            "enchant",
            "mastery_most: 5",
            "mastery_most: 0",
            "bad-number",
            "mastery_most",
        ),
        ("enchant", "most: 0.95", "most: 1", "bad-number", "most"),
        (
            "enchant",
            "least_critical: 0.01",
            "least_critical: 0",
            "bad-number",
            "least_critical",
        ),
        (
            "enchant",
            "least_power: 50",
            "least_power: 0",
            "bad-number",
            "least_power",
        ),
        (
            "enchant",
            "most_power: 100",
            "most_power: 40",
            "bad-number",
            "most_power",
        ),
        ("enchant", "half: 0.5", "half: 1.5", "bad-number", "half"),
    ] {
        let path = format!("{kind}_rules/default.ron");
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/core");
        let text = std::fs::read_to_string(Path::new(root).join(&path)).unwrap();
        let slip = text.replacen(right, wrong, 1);
        assert_ne!(slip, text, "`{right}` is not there any more");
        let pack = packs(&[]);
        let mut rig = Gear::with(pack.clone());
        pack.set("core", &path, slip);
        let found = rig.app.load_content_now().unwrap_err();
        let fits = |d: &Diagnostic| {
            (code.is_empty() || d.code == code) && d.message.contains(needle) && d.place.is_some()
        };
        assert!(found.iter().any(fits), "{wrong}\n{found:#?}");
    }
}
