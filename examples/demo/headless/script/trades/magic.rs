//! The enchanter: odds before anything is risked, a word over the blade, what a ring hides, a suit.

use bevy::prelude::*;
use wayfarer::{equipment::ext::known_steps, prelude::*, stats::effects::preview_effect};

use super::{ann, check, count, done, finish_well, folk, name_of, purse, thing, visit};
use crate::{
    headless::{
        script::{ask, item, stat, ticks},
        stage::{Steps, refused},
    },
    scene::layout::ENCHANTER_POSITION,
};

const ATTACK: &str = "core:combat.attack";
const DEFENSE: &str = "core:combat.defense";
const RING: &str = "demo:tarnished_ring";
const SCROLL: &str = "demo:scroll_of_insight";

pub fn play(app: &mut App, steps: &mut Steps) {
    let told = visit(app, ENCHANTER_POSITION);
    steps.step("she walks to the enchanter", told);
    let Some(sword) = item(app.world_mut(), "demo:iron_sword") else {
        return steps.step("she has a sword", Err("she has none".into()));
    };
    let told = too_hard(app, sword);
    steps.step("she does not know how to do it herself", told);
    let told = odds(app, sword);
    steps.step("what may come of it is said before", told);
    let told = enchant(app, sword);
    steps.step("a word over the blade, and the number rises", told);
    let told = by_scroll(app);
    steps.step("a scroll tells what the tarnished ring is", told);
    let told = by_sage(app);
    steps.step("the enchanter tells more, for money", told);
    let told = by_lens(app);
    steps.step("a lens shows the rest, charge by charge", told);
    let told = suit(app);
    steps.step("two pieces of a suit are more than two pieces", told);
}

fn wish(app: &mut App, sword: Uid, keeper: bool) -> Result<EnchantItem, String> {
    Ok(EnchantItem {
        item: sword,
        enchantment: DefId::of("demo:whispered_oil"),
        station: Some(folk(app, "demo:enchanter")?.1),
        keeper,
    })
}

fn too_hard(app: &mut App, sword: Uid) -> Result<String, String> {
    let wish = wish(app, sword, false)?;
    let answer = ask(app, &wish);
    refused(app.world(), answer, "not_learned")
}

fn odds(app: &mut App, sword: Uid) -> Result<String, String> {
    let wish = wish(app, sword, true)?;
    let (who, _) = ann(app.world_mut()).ok_or("there is no character")?;
    let before = purse(app);
    let plan = enchant_odds(app.world(), who, &wish).map_err(|r| r.to_string())?;
    let chances = plan.power.distribution();
    let detail = format!(
        "{:.1} % for {} gp in {:.0} s; {} possible powers",
        plan.share() * 100.0,
        plan.price,
        plan.seconds,
        chances.len()
    );
    let sound = plan.price > 0 && !chances.is_empty() && before == purse(app);
    check(sound, detail)
}

fn enchant(app: &mut App, sword: Uid) -> Result<String, String> {
    let (attack, money) = (stat(app.world_mut(), ATTACK), purse(app));
    let wish = wish(app, sword, true)?;
    done(app, &wish)?;
    finish_well(app)?;
    let (now, left) = (stat(app.world_mut(), ATTACK), purse(app));
    let sword = thing(app, sword)?;
    let name = name_of(app, &sword);
    let detail = format!("{name}: attack {attack} → {now}, {money} → {left} gp");
    check(now > attack && left < money, detail)
}

/// What is known of the ring: its name and how many steps.
fn ring(app: &mut App) -> Result<(Uid, String, u8), String> {
    let uid = item(app.world_mut(), RING).ok_or("she has no ring")?;
    let item = thing(app, uid)?;
    let content = &app.world().resource::<ActiveContent>().0;
    let steps = known_steps(content, &item);
    Ok((uid, name_of(app, &item), steps))
}

fn identify(app: &mut App, by: IdentifyBy) -> Result<String, String> {
    let (item, was, knew) = ring(app)?;
    let wish = IdentifyItem { item, by };
    let (who, _) = ann(app.world_mut()).ok_or("there is no character")?;
    let plan = identify_odds(app.world(), who, &wish).map_err(|r| r.to_string())?;
    let money = purse(app);
    done(app, &wish)?;
    finish_well(app)?;
    let (_, name, knows) = ring(app)?;
    let paid = money.saturating_sub(purse(app));
    let detail = format!("{was} → {name}, {knew} → {knows} of 3, {paid} gp");
    check(
        knows == plan.steps && knows > knew && paid == plan.price,
        detail,
    )
}

fn by_scroll(app: &mut App) -> Result<String, String> {
    let (_, was, _) = ring(app)?;
    let scrolls = count(app, SCROLL);
    let scroll = item(app.world_mut(), SCROLL).ok_or("she has no scroll")?;
    let told = identify(app, IdentifyBy::Helper(scroll))?;
    let (_, now, _) = ring(app)?;
    let used = count(app, SCROLL) + 1 == scrolls;
    check(used && was != now, told)
}

fn by_sage(app: &mut App) -> Result<String, String> {
    let (_, sage) = folk(app, "demo:enchanter")?;
    identify(app, IdentifyBy::Station(sage))
}

/// Looks through a lens until nothing of the ring is hidden: mostly it shows something.
fn by_lens(app: &mut App) -> Result<String, String> {
    let lens = item(app.world_mut(), "demo:seers_lens").ok_or("she has no lens")?;
    let (_, was, knew) = ring(app)?;
    let (who, by) = ann(app.world_mut()).ok_or("there is no character")?;
    let spec = EffectSpec::new(DefId::of("demo:seers_insight")).by(by);
    let shown = preview_effect(app.world(), who, &spec).map_err(|r| r.to_string())?;
    let average = shown.steps.first().map_or(0.0, |step| step.amount);
    let look = UseAbility {
        item: lens,
        ability: DefId::of("demo:see_through"),
        target: None,
    };
    let mut looks = 0;
    while ring(app)?.2 < 3 && looks < 3 {
        done(app, &look)?;
        looks += 1;
        ticks(app, 101);
    }
    let (_, _, knows) = ring(app)?;
    let told = format!("{was}: {knew} → {knows} of 3 in {looks} looks, {average:.2} steps each");
    let told = check(knows == 3 && (0.8..=0.95).contains(&average), told)?;
    // There is nothing more to see, and no charge is lost over it.
    let answer = ask(app, &look);
    let code = if looks < 3 {
        "nothing_unknown"
    } else {
        "no_charges"
    };
    let why = refused(app.world(), answer, code)?;
    Ok(format!("{told}. {why}"))
}

/// Wears two pieces of the suit of the march.
fn suit(app: &mut App) -> Result<String, String> {
    let set = DefId::of("demo:march_watch");
    let (who, _) = ann(app.world_mut()).ok_or("there is no character")?;
    let status = |app: &App| {
        let all = set_status(app.world(), who).into_iter();
        let mut mine = all.filter(|status| status.set == set);
        mine.next().map_or((0, 0), |s| (s.counted, s.tiers))
    };
    let before = stat(app.world_mut(), DEFENSE);
    let helm = item(app.world_mut(), "demo:march_helm").ok_or("no helm")?;
    let boots = item(app.world_mut(), "demo:march_boots").ok_or("no boots")?;
    done(
        app,
        &EquipItem {
            item: helm,
            slot: None,
        },
    )?;
    let one = (status(app), stat(app.world_mut(), DEFENSE));
    let if_worn = set_what_if(app.world(), who, boots, None).map_err(|r| r.to_string())?;
    let said = if_worn.iter().find(|status| status.set == set);
    let said = said.map_or(0, |status| status.tiers);
    done(
        app,
        &EquipItem {
            item: boots,
            slot: None,
        },
    )?;
    let two = (status(app), stat(app.world_mut(), DEFENSE));
    let detail = format!(
        "defense {before} → {} with the helm → {} with the boots; {} tier(s), as was said",
        one.1, two.1, two.0.1
    );
    // The boots alone protect nobody: what is gained by them is the suit's.
    let well = one.0 == (1, 0) && two.0 == (2, 1) && said == 1 && two.1 == one.1 + 1.0;
    check(well, detail)
}
