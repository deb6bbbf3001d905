//! The language of numbers in packs: text to program, dice, chances, and mistakes shown in place.
//!
//! No window: `cargo run --example formula`.

use bevy::prelude::Result;
use wayfarer::core::{
    dice::{DiceStream, WorldSeed},
    formula::{FormulaError, Program, parse},
};

/// What a formula may speak of. Its place in this list is its place among the values.
const NAMES: [&str; 3] = ["strength", "level", "armour"];

fn compile(source: &str) -> Result<Program, FormulaError> {
    parse(source)?.compile(&NAMES)
}

fn main() -> Result {
    let knight = [16.0, 5.0, 14.0];

    let modifier = "floor((strength - 10) / 2) + if(level >= 5, 1, 0)";
    println!("{modifier} = {}", compile(modifier)?.eval(&knight));

    // Dice: the mean, what fell this time, and all that can fall.
    let damage = "2d6r1 + floor((strength - 10) / 2)";
    let program = compile(damage)?;
    let mut dice = DiceStream::new(WorldSeed(7), b"the first blow", "damage");
    println!("\n{damage}: {:.2} on average", program.eval(&knight));
    println!("this time {}", program.eval_with(&knight, &mut dice));
    for die in dice.rolls() {
        println!("  a d{} shows {}", die.sides, die.value);
    }
    for (value, chance) in program.distribution(&knight)?.iter() {
        let bar = "#".repeat((chance * 200.0).round() as usize);
        println!("{value:>4} {:>5.1} % {bar}", chance * 100.0);
    }

    let attack = compile("adv(1d20) + 6")?.distribution(&knight)?;
    let needed = knight[2] as i64;
    println!(
        "\nWith advantage {:.0} % of blows reach armour {needed}.",
        attack.at_least(needed) * 100.0
    );

    // What is wrong is shown where it is wrong, with what was probably meant.
    for source in ["10 + strenght * 2", "2d6 + clamp(level, 1)", "1d20 +"] {
        if let Err(error) = compile(source) {
            println!("\n{}", error.render(source));
        }
    }
    Ok(())
}
