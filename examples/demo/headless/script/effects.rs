//! What places and time do to somebody: warmth, thorns, a blessing, hunger, poison.

use bevy::prelude::*;
use wayfarer::{
    core::{clock::RulesClock, ledger::UndoAction, state::state_hash},
    prelude::*,
    stats::effects::{EffectDef, Until},
};

use super::{ANN, ann, ask, equal, stat, ticks, walk_to};
use crate::{
    headless::stage::{Steps, refused},
    places,
    scene::layout::{BRAMBLE_POSITIONS, CAMPFIRE_POSITION, SHRINE_POSITION},
};

const HUNGER: &str = "core:resources.hunger";
const ENERGY: &str = "core:resources.energy";
const HEALTH: &str = "core:resources.health";
const DEFENSE: &str = "core:combat.defense";
const STRENGTH: &str = "core:attributes.strength";
const SPEED: &str = "core:movement.speed";
const VALENCE: &str = "life:mood.valence";

pub fn play(app: &mut App, steps: &mut Steps) {
    ticks(app, 2);
    fire(app, steps);
    brambles(app, steps);
    shrine(app, steps);
    hunger(app, steps);
    meal(app, steps);
    poison(app, steps);
}

/// The place of the clearing with this definition.
pub fn place(world: &mut World, name: &str) -> Option<(Entity, Uid)> {
    let def = DefId::of(name);
    let mut all = world.query::<(Entity, &Identity, &Character)>();
    all.iter(world)
        .find(|(.., character)| character.def() == def)
        .map(|(entity, identity, _)| (entity, identity.0))
}

/// What somebody has, as the panels list it: names, with the seconds that are left.
pub fn listed(world: &World, who: Entity) -> Vec<String> {
    let content = &world.resource::<ActiveContent>().0;
    let now = world.resource::<RulesClock>().tick;
    let hz = world.resource::<ClockMode>().hz();
    let effects = world.get::<ActiveEffects>(who).into_iter();
    effects
        .flat_map(ActiveEffects::iter)
        .map(|effect| {
            let def = content.table::<EffectDef>().get(effect.def);
            let name = def.map_or("something", |def| def.name.as_str());
            match effect.until {
                Until::Tick(end) => {
                    let left = end.saturating_sub(now) as f64 / hz;
                    format!("{name} ({left:.1} s)")
                }
                _ => name.to_owned(),
            }
        })
        .collect()
}

fn mine(app: &mut App) -> Vec<String> {
    let who = ann(app.world_mut());
    who.map_or_else(Vec::new, |(who, _)| listed(app.world(), who))
}

fn has(app: &mut App, effect: &str) -> bool {
    let who = ann(app.world_mut()).map(|(who, _)| who);
    let effects = who.and_then(|who| app.world().get::<ActiveEffects>(who));
    effects.is_some_and(|effects| effects.of(DefId::of(effect)).next().is_some())
}

fn tagged(app: &mut App, tag: &str) -> bool {
    let who = ann(app.world_mut()).map(|(who, _)| who);
    let tags = who.and_then(|who| app.world().get::<Tags>(who));
    tags.is_some_and(|tags| tags.has(DefId::of(tag)))
}

/// `Ok` with `detail` if `fine`, else `Err` with it.
fn check(fine: bool, detail: String) -> Result<String, String> {
    if fine { Ok(detail) } else { Err(detail) }
}

/// Prints why a stat of Ann's is what it is.
fn print_reasons(app: &mut App, name: &str) -> Result<String, String> {
    let why = ann(app.world_mut())
        .and_then(|(entity, _)| explain_entity(app.world(), entity, StatId::of(name)))
        .ok_or("there is no explanation")?;
    print_text(&why.to_string());
    let counts = why.lines.iter().rfind(|line| line.counted.counts());
    equal(
        "the last line that counts",
        counts.map_or(f32::NAN, |line| line.running),
        why.value,
    )
}

fn print_text(text: &str) {
    for line in text.lines() {
        println!("          {line}");
    }
}

fn fire(app: &mut App, steps: &mut Steps) {
    let before = stat(app.world_mut(), VALENCE);
    let far = offer(app, "demo:shrine", "demo:prayer");
    steps.step(
        "nobody prays from afar",
        refused(app.world(), far, "out_of_reach"),
    );
    let walked = walk_to(app, CAMPFIRE_POSITION.x, CAMPFIRE_POSITION.z + 1.6);
    steps.step("she walks to the fire", walked);
    ticks(app, 6);
    let (warm, tag, now) = (
        has(app, "demo:warmth"),
        tagged(app, "demo:warm"),
        stat(app.world_mut(), VALENCE),
    );
    let told = mine(app).join(", ");
    steps.step(
        "it warms her",
        check(
            warm && tag && now > before,
            format!("{told}; mood {before} → {now}"),
        ),
    );
    let told = print_reasons(app, VALENCE);
    steps.step("her mood explains itself", told);
    let walked = walk_to(app, 0.0, 2.0);
    steps.step("she walks away", walked);
    ticks(app, 6);
    let now = stat(app.world_mut(), VALENCE);
    // Time goes by on the way: she is a little hungrier than before.
    let gone = !has(app, "demo:warmth") && !tagged(app, "demo:warm");
    let told = check(gone && (before - now).abs() < 1.0, format!("mood {now:.1}"));
    steps.step("the warmth stays behind", told);
}

fn brambles(app: &mut App, steps: &mut Steps) {
    let (health, speed) = (stat(app.world_mut(), HEALTH), stat(app.world_mut(), SPEED));
    let spot = BRAMBLE_POSITIONS[0];
    let walked = walk_to(app, spot.x, spot.z);
    steps.step("she walks into the brambles", walked);
    let slow = stat(app.world_mut(), SPEED);
    steps.step("they hold her back", equal("speed", slow, speed * 0.6));
    let mut blows = Vec::new();
    for _ in 0..60 {
        ticks(app, 1);
        let mut facts = app.world_mut().resource_mut::<Messages<DamageTaken>>();
        blows.extend(facts.drain());
    }
    let now = stat(app.world_mut(), HEALTH);
    let told = match blows.last() {
        Some(blow) => {
            print_text(&format!("{}: {}", blow.cause, blow.outcome));
            let well = now < health && blows.iter().all(|blow| blow.outcome.taken == 2.0);
            let count = blows.len();
            check(well, format!("{count} times; health {health} → {now:.1}"))
        }
        None => Err(format!("no blow was told; health {health} → {now}")),
    };
    steps.step("their thorns hurt, by the way of the damage rules", told);
    let walked = walk_to(app, spot.x + 3.0, spot.z - 2.0);
    ticks(app, 6);
    let free = !has(app, "demo:scratched");
    let told = walked.and_then(|_| check(free, mine(app).join(", ")));
    steps.step("outside they are over", told);
}

/// Asks for what a place offers, as Ann, without letting time pass.
fn offer(
    app: &mut App,
    from: &str,
    effect: &str,
) -> Result<wayfarer::stats::effects::Applied, Refusal> {
    let (_, from) = place(app.world_mut(), from).ok_or_else(|| Refusal::not_found("place"))?;
    let (_, uid) = ann(app.world_mut()).ok_or_else(|| Refusal::not_found("character"))?;
    let effect = DefId::of(effect);
    let wish = AcceptEffect { from, effect };
    app.world_mut().act(ANN, Some(uid), &wish)
}

/// What the prompt says at a place.
fn prompt(app: &mut App, name: &str) -> Option<String> {
    let (who, _) = ann(app.world_mut())?;
    let (place, _) = place(app.world_mut(), name)?;
    Some(places::best_offer(app.world(), who, place)?.text)
}

fn shrine(app: &mut App, steps: &mut Steps) {
    let walked = walk_to(app, SHRINE_POSITION.x, SHRINE_POSITION.z + 1.4);
    let says = prompt(app, "demo:shrine").unwrap_or_default();
    let told = walked.and_then(|_| check(says == "Pray at the shrine", says));
    steps.step("she walks to the shrine", told);
    let before = stat(app.world_mut(), DEFENSE);
    let prayed = offer(app, "demo:shrine", "demo:prayer");
    ticks(app, 1);
    let now = stat(app.world_mut(), DEFENSE);
    let seen = ann(app.world_mut())
        .and_then(|(who, _)| app.world().get::<PublicEffects>(who))
        .is_some_and(|effects| effects.has(DefId::of("demo:blessed")));
    let told = prayed.map_err(|r| r.to_string()).and_then(|_| {
        let detail = format!("{}; defense {before} → {now}", mine(app).join(", "));
        check(seen && now == before + 2.0, detail)
    });
    steps.step("she prays, and is blessed for all to see", told);
    let hash = state_hash(app.world());
    let again = offer(app, "demo:shrine", "demo:prayer");
    let told = refused(app.world(), again, "effect_blocked");
    steps.step("the gods want to be asked once", told);
    let same = state_hash(app.world());
    let told = check(same == hash, format!("{same:016x}"));
    steps.step("and nothing has changed by it", told);
}

/// What the rules call Ann's mood and what she needs most.
fn state_of_mind(app: &mut App) -> Option<(String, String)> {
    let (who, _) = ann(app.world_mut())?;
    let values = app.world().get::<StatValues>(who)?;
    let mood = values.level(DefId::of("life:mood"))?.name.to_string();
    let need = values.label(DefId::of("life:behavior"), "priority_need")?;
    Some((mood, need.name.to_string()))
}

fn hunger(app: &mut App, steps: &mut Steps) {
    const MINUTES: u32 = 13;
    let (fed, rested, mood) = (
        stat(app.world_mut(), HUNGER),
        stat(app.world_mut(), ENERGY),
        stat(app.world_mut(), VALENCE),
    );
    let first = state_of_mind(app);
    for _ in 0..MINUTES * 60 {
        for _ in 0..20 {
            app.world_mut().run_schedule(RulesTick);
        }
        app.update();
    }
    let (now, tired, after) = (
        stat(app.world_mut(), HUNGER),
        stat(app.world_mut(), ENERGY),
        stat(app.world_mut(), VALENCE),
    );
    let periods = (MINUTES * 60 / 5) as f32;
    let as_told = (fed - now - periods * 0.5).abs() < 0.6;
    let detail = format!(
        "nourishment {fed:.1} → {now:.1}, energy {rested:.1} → {tired:.1} in {MINUTES} minutes"
    );
    let told = check(as_told && tired < rested, detail);
    steps.step("time makes her hungry and tired", told);
    let gone = !has(app, "demo:blessed") && !has(app, "demo:prayed");
    let told = check(gone, mine(app).join(", "));
    steps.step("the blessing is over, she may pray again", told);
    let second = state_of_mind(app);
    let told = match (first, second) {
        (Some(first), Some(second)) => check(
            after < mood && first.0 != second.0 && first.1 != second.1,
            format!("{} → {}; she needs: {}", first.0, second.0, second.1),
        ),
        states => Err(format!("{states:?}")),
    };
    steps.step("her mood is worse, and she knows what she needs", told);
    let told = print_reasons(app, VALENCE);
    steps.step("it says why", told);
}

fn meal(app: &mut App, steps: &mut Steps) {
    let before = (
        stat(app.world_mut(), HUNGER),
        stat(app.world_mut(), VALENCE),
    );
    let _ = walk_to(app, 4.4, 0.0);
    let walked = walk_to(app, CAMPFIRE_POSITION.x, CAMPFIRE_POSITION.z + 1.6);
    let mut taken = Vec::new();
    for _ in 0..2 {
        let offer = ann(app.world_mut())
            .zip(place(app.world_mut(), "demo:campfire"))
            .and_then(|((who, _), (fire, uid))| {
                Some((uid, places::best_offer(app.world(), who, fire)?))
            });
        let Some((from, offer)) = offer else { break };
        let effect = offer.effect;
        if ask(app, &AcceptEffect { from, effect }).is_ok() {
            taken.push(offer.text);
        }
    }
    ticks(app, 2);
    let now = (
        stat(app.world_mut(), HUNGER),
        stat(app.world_mut(), VALENCE),
    );
    let detail = format!(
        "{}; nourishment {:.1} → {:.1}, mood {:.1} → {:.1}",
        taken.join(", "),
        before.0,
        now.0,
        before.1,
        now.1
    );
    let well = taken.len() == 2 && now.0 > before.0 + 40.0 && now.1 > before.1;
    let told = walked.and_then(|_| check(well, detail));
    steps.step("a meal and a nap by the fire mend it", told);
}

fn poison(app: &mut App, steps: &mut Steps) {
    let Some((_, target)) = ann(app.world_mut()) else {
        return;
    };
    let before = (
        stat(app.world_mut(), STRENGTH),
        stat(app.world_mut(), HEALTH),
    );
    let gift = ApplyEffect {
        target,
        effect: DefId::of("demo:poison"),
        source: None,
        level: 1.0,
        numbers: Vec::new(),
    };
    let own = app.world_mut().act(ANN, Some(target), &gift);
    steps.step(
        "she cannot apply effects herself",
        refused(app.world(), own, "not_authorised"),
    );
    let applied = app.world_mut().act(PlayerId::LOCAL, None, &gift);
    ticks(app, 65);
    let now = (
        stat(app.world_mut(), STRENGTH),
        stat(app.world_mut(), HEALTH),
    );
    let detail = format!(
        "strength {} → {}, health {:.1} → {:.1}",
        before.0, now.0, before.1, now.1
    );
    let well = now.0 == before.0 - 2.0 && now.1 < before.1;
    let told = applied.map_err(|r| r.to_string());
    let told = told.and_then(|_| check(well, detail));
    steps.step("the game master poisons her", told);
    let cure = RemoveEffect {
        target,
        which: WhichEffects::Tagged(DefId::of("demo:condition.poisoned")),
    };
    let ends = end_of_poison(app);
    let cured = app.world_mut().act(PlayerId::LOCAL, None, &cure);
    let sequence = app.world().resource::<Ledger>().next_sequence() - 1;
    ticks(app, 1);
    let now = stat(app.world_mut(), STRENGTH);
    let told = cured
        .map_err(|r| r.to_string())
        .and_then(|_| equal("strength", now, before.0));
    steps.step("cures her", told);
    let undone = app
        .world_mut()
        .act(PlayerId::LOCAL, None, &UndoAction { sequence });
    ticks(app, 1);
    let again = end_of_poison(app);
    let told = undone.map_err(|r| r.to_string()).and_then(|()| {
        let same = again.is_some() && again == ends;
        check(same, mine(app).join(", "))
    });
    steps.step(
        "and takes the cure back: it goes on as if nothing had been",
        told,
    );
}

/// When Ann's poison ends.
fn end_of_poison(app: &mut App) -> Option<Until> {
    let (who, _) = ann(app.world_mut())?;
    let effects = app.world().get::<ActiveEffects>(who)?;
    let poison = effects.of(DefId::of("demo:poison")).next()?;
    Some(poison.until)
}
