//! The budget, loosely; the exact one is in the benches.

use std::time::{Duration, Instant};

use super::*;

#[test]
fn ten_thousand_definitions() {
    let mut given = vec![("core/items/base.ron".to_owned(), String::from("{"))];
    given[0].1 += "\"base\": (abstract: true, weight: 1.5, tags: [\"common\"]) }";
    for file in 0..100 {
        let mut text = String::from("{\n");
        for entry in 0..100 {
            let n = file * 100 + entry;
            text += &format!(
                "    // number {n}\n    \"item_{n}\": (\n        extends: \"base\",\n        \
                 name: \"Item {n}\",\n        weight: {n}.5,\n        \
                 damage: (kind: Fire(burn: 3), amount: {}),\n        ammo: [\"item_{}\"],\n        \
                 price: \"{n}+12\",\n        stats: {{ \"strength\": 2, \"agility\": -1 }},\n    ),\n",
                n % 200,
                (n * 7) % 10_000,
            );
        }
        text += "}\n";
        given.push((format!("core/items/{file:03}.ron"), text));
    }
    let given: Vec<(&str, &str)> = given.iter().map(|(p, t)| (&**p, &**t)).collect();
    let given = files(&given);
    let bytes: usize = given.iter().map(|file| file.text.len()).sum();
    let start = Instant::now();
    let content = compile(&registry(), &given).unwrap();
    let took = start.elapsed();
    println!("10 000 definitions, {bytes} bytes: {took:?}");
    assert_eq!(content.table::<ItemDef>().len(), 10_000);
    assert!(took < Duration::from_secs(5), "{took:?}");
}
