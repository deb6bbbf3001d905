#![allow(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::{Dice, Die, Roller};

fn dice(text: &str) -> Dice {
    text.parse().unwrap()
}

/// Answers with the given faces in turn.
struct Script(Vec<u32>);

impl Roller for Script {
    fn die(&mut self, _: u32) -> u32 {
        self.0.remove(0)
    }
}

#[test]
fn scripted_throws() {
    for (text, faces, total) in [
        ("3d6", vec![1, 2, 6], 9),
        ("4d6kh3", vec![1, 2, 6, 3], 11),
        ("4d6kl3", vec![1, 2, 6, 3], 6),
        ("4d6dl1", vec![1, 2, 6, 3], 11),
        ("4d6dh2", vec![1, 2, 6, 3], 3),
        ("2d20kl", vec![17, 4], 4),
        ("adv(d20)", vec![4, 17], 17),
        ("dis(d20)", vec![4, 17], 4),
        ("2d6r", vec![1, 1, 5], 6),
        ("2d6r2", vec![3, 2, 6], 9),
        ("2d6rr2", vec![1, 4], 9),
        ("2d6!", vec![6, 6, 2, 3], 17),
        ("2d6!5", vec![5, 4, 1], 10),
        ("2d6!kh1", vec![5, 6, 1], 7),
        ("1d6r1!", vec![1, 6, 1, 2], 8),
        ("1d6!", vec![6; 11], 66),
        ("d%", vec![73], 73),
        ("2d6", vec![0, 7], 7),
    ] {
        let mut script = Script(faces.clone());
        assert_eq!(dice(text).roll(&mut script), total, "{text}");
        assert!(script.0.is_empty(), "{text} left {:?}", script.0);
        let mut script = Script(faces);
        let throw = dice(text).roll_reported(&mut script);
        assert_eq!(throw.total, total, "{text}");
        let kept = throw.shown.iter().filter(|die| die.kept);
        assert_eq!(kept.map(|die| i64::from(die.total)).sum::<i64>(), total);
        assert!(script.0.is_empty(), "{text}");
    }
}

#[test]
fn a_report_shows_every_die() {
    let throw = dice("3d6r1!kh2").roll_reported(&mut Script(vec![1, 2, 6, 3, 2]));
    let die = |faces: &[u32], discarded: &[u32], kept| Die {
        faces: faces.to_vec(),
        discarded: discarded.to_vec(),
        total: faces.iter().sum(),
        kept,
    };
    assert_eq!(
        throw.shown,
        [
            die(&[2], &[1], true),
            die(&[6, 3], &[], true),
            die(&[2], &[], false)
        ]
    );
    assert_eq!(throw.total, 11);
}

#[test]
fn equal_notations_are_equal() {
    for (one, other) in [
        ("d6", "1D6"),
        ("4d6dl1", "4d6kh3"),
        ("4d6dh1", "4d6kl3"),
        ("2d6kh2", "2d6"),
        ("2d6r0", "2d6"),
        ("2d6!6", "2d6!"),
        ("4d6kh3!r1", "4d6r1!kh3"),
        ("adv(1d20r1)", "2d20r1kh1"),
    ] {
        assert_eq!(dice(one), dice(other));
    }
    assert!("2d6 + 1".parse::<Dice>().is_err());
}

/// Every way the dice can fall, each with its chance, by throwing them with every script of faces.
fn brute_force(dice: &Dice) -> BTreeMap<i64, f64> {
    struct Odometer {
        faces: Vec<(u32, u32)>,
        at: usize,
    }
    impl Roller for Odometer {
        fn die(&mut self, sides: u32) -> u32 {
            if self.at == self.faces.len() {
                self.faces.push((1, sides));
            }
            self.at += 1;
            self.faces[self.at - 1].0
        }
    }
    let mut found = BTreeMap::new();
    let mut odometer = Odometer {
        faces: Vec::new(),
        at: 0,
    };
    loop {
        odometer.at = 0;
        let total = dice.roll(&mut odometer);
        let chance: f64 = odometer
            .faces
            .iter()
            .map(|(_, n)| 1.0 / f64::from(*n))
            .product();
        *found.entry(total).or_default() += chance;
        // The next script: turn the last die that is not at its highest, forget those after it.
        while odometer
            .faces
            .last()
            .is_some_and(|(face, sides)| face == sides)
        {
            odometer.faces.pop();
        }
        match odometer.faces.last_mut() {
            Some((face, _)) => *face += 1,
            None => return found,
        }
    }
}

#[test]
fn distributions_equal_brute_force() {
    for text in [
        "1d1",
        "1d6",
        "3d6",
        "5d4",
        "2d20kh1",
        "2d20kl1",
        "4d6kh3",
        "4d6kl3",
        "5d4kh2",
        "5d4kl2",
        "6d3kh4",
        "4d6dh2",
        "2d6r2",
        "2d6rr2",
        "3d6r1kh2",
        "3d6rr2kl2",
        "1d3!",
        "1d4!3",
        "1d4r1!",
        "2d2!",
        "1d6rr1!",
        "1d3r2!",
        "3d1kh2",
        "7d2kh3",
        "6d4rr1kl3",
    ] {
        let dice = dice(text);
        let expected = brute_force(&dice);
        let found = dice.distribution();
        assert!(
            found.iter().map(|(v, _)| v).eq(expected.keys().copied()),
            "{text}"
        );
        for (value, chance) in found.iter() {
            let error = (chance / expected[&value] - 1.0).abs();
            assert!(
                error < 1e-9,
                "{text}: {value} {chance} {}",
                expected[&value]
            );
        }
        assert_eq!(
            (dice.min(), dice.max()),
            (found.min(), found.max()),
            "{text}"
        );
        let mean: f64 = expected.iter().map(|(v, chance)| *v as f64 * chance).sum();
        assert!((dice.mean() - mean).abs() < 1e-9, "{text}");
    }
}

#[test]
fn large_throws_stay_exact() {
    let rare = dice("100d1000").distribution();
    assert!((rare.probability(100) / 1e-300 - 1.0).abs() < 1e-9);
    assert!((rare.probability(100_000) / 1e-300 - 1.0).abs() < 1e-9);
    for text in [
        "100d1000",
        "100d6",
        "100d10kh99",
        "2d1000kh1",
        "20d100kl20",
        "100d6!",
        "100d6r1",
    ] {
        let dice = dice(text);
        let found = dice.distribution();
        let sum: f64 = found.iter().map(|(_, chance)| chance).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{text}: {sum}");
        assert_eq!(dice.min(), found.min(), "{text}");
        // A hundred dice that all explode ten times: a chance of 1e-856 is none.
        let vanishes = dice.explode().is_some();
        assert!(dice.max() == found.max() || vanishes, "{text}");
    }
    let plain = dice("100d6").distribution();
    assert!((plain.mean() - 350.0).abs() < 1e-9);
    assert!((plain.variance() - 100.0 * 35.0 / 12.0).abs() < 1e-6);
}
