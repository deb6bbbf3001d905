//! Using what is near: what the interact key would do, and what became of it.

use bevy::prelude::*;
use wayfarer::{
    core::{authority::ReachLimit, door::RequestId, text::Texts},
    inventory::{actions::AskTrade, trade::Trade},
    prelude::*,
    stats::effects::EffectDef,
    ui::{
        intent::{Intent, Intents},
        model::hud::{NearbyPrompt, Prompt, ToastKind},
        open::{Panel, PanelsOpen},
        toasts::Toasts,
    },
};

use crate::{
    places,
    window::{Stage, bridge::Me},
};

pub fn plugin(app: &mut App) {
    app.init_resource::<OfferNear>()
        .init_resource::<Asked>()
        .add_systems(OnEnter(Stage::Playing), forget)
        .add_systems(
            Update,
            (look_near, interact, tell_answers).run_if(in_state(Stage::Playing)),
        );
}

/// Requests of the interact key that have not been answered, with the effect that was asked for.
#[derive(Resource, Default, Debug)]
struct Asked(Vec<(RequestId, Option<DefId>)>);

/// What the interact key asks for at a place that offers something.
#[derive(Resource, Default, Debug, Clone, Copy, PartialEq, Eq)]
struct OfferNear(Option<(Uid, DefId)>);

type Usable<'a> = (
    Entity,
    &'a Identity,
    &'a Position,
    Option<&'a WorldItem>,
    Option<&'a Container>,
    Option<&'a DisplayName>,
    Has<Owner>,
);

type Near = Or<(With<WorldItem>, With<Container>, With<Character>)>;

/// What the interact key would do from here; the nearest thing of use counts.
fn look_near(world: &mut World, things: &mut QueryState<Usable<'static>, Near>) {
    let (prompt, offer) = nearest(world, things).unzip();
    let now = NearbyPrompt(prompt);
    world.resource_mut::<NearbyPrompt>().set_if_neq(now);
    let now = OfferNear(offer.flatten());
    world.resource_mut::<OfferNear>().set_if_neq(now);
}

type Found = (Prompt, Option<(Uid, DefId)>);

fn nearest(world: &World, things: &mut QueryState<Usable<'static>, Near>) -> Option<Found> {
    let me = world.resource::<Me>().entity?;
    let here = *world.get::<Position>(me)?;
    let reach = world.resource::<ReachLimit>().0;
    let mut near: Vec<_> = things
        .iter(world)
        .filter(|thing| thing.0 != me)
        .map(|thing| (here.distance(*thing.2), thing))
        .filter(|(distance, _)| *distance <= reach)
        .collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    near.into_iter()
        .find_map(|(_, thing)| usable(world, me, thing))
}

/// What can be done with a thing, if anything.
fn usable(
    world: &World,
    me: Entity,
    (entity, identity, _, item, container, name, is_player): (
        Entity,
        &Identity,
        &Position,
        Option<&WorldItem>,
        Option<&Container>,
        Option<&DisplayName>,
        bool,
    ),
) -> Option<Found> {
    let target = identity.0;
    let template = world.get::<Character>(entity).map(Character::template);
    if let Some(panel) = template.and_then(places::panel_of) {
        let name = name.map_or("somebody", |name| name.0.as_str());
        let text = match panel {
            "shop" => format!("Trade with {name}"),
            "repair" => format!("Have something mended by {name}"),
            "gear" => format!("Try your things on the {}", name.to_lowercase()),
            _ => format!("Ask {name} what your things hide"),
        };
        return Some((Prompt { text, target }, None));
    }
    let (text, effect) = match (item, container) {
        (Some(lying), _) => {
            let content = &world.resource::<ActiveContent>().0;
            let def = content.table::<ItemDef>().get(lying.item.def);
            let name = def.map_or("something", |def| def.name.as_str());
            let text = match lying.item.count {
                1 => format!("Pick up {name}"),
                count => format!("Pick up {name} ×{count}"),
            };
            (text, None)
        }
        (None, Some(container)) => {
            let name = name.map_or("chest", |name| name.0.as_str());
            let verb = if container.open { "Look into" } else { "Open" };
            (format!("{verb} the {}", name.to_lowercase()), None)
        }
        (None, None) => {
            if is_player {
                let name = name.map_or("somebody", |name| name.0.as_str());
                let text = format!("Offer {name} a trade");
                return Some((Prompt { text, target }, None));
            }
            let offer = places::best_offer(world, me, entity)?;
            (offer.text, Some((target, offer.effect)))
        }
    };
    Some((Prompt { text, target }, effect))
}

/// What the interface calls "interact" becomes the right request.
fn interact(
    mut wishes: MessageReader<Intent>,
    index: Res<UidIndex>,
    items: Query<(), With<WorldItem>>,
    characters: Query<&Character>,
    players: Query<(), (With<Character>, With<Owner>, Without<Container>)>,
    trades: Query<&Trade>,
    me: Res<Me>,
    offer: Res<OfferNear>,
    mut outbox: ResMut<Outbox>,
    mut asked: ResMut<Asked>,
    mut panels: ResMut<PanelsOpen>,
    mut intents: ResMut<Intents>,
) {
    for wish in wishes.read() {
        let Intent::Interact(target) = *wish else {
            continue;
        };
        let Some(entity) = index.get(target) else {
            continue;
        };
        let folk = characters.get(entity).ok();
        if let Some(panel) = folk.and_then(|folk| places::panel_of(folk.template())) {
            let panel = Panel::Game(panel);
            let whom = target;
            intents.0.push(Intent::Visit { whom, panel });
            // Who mends also lends the forge: what can be made there is asked for beside it.
            if panel == Panel::Game("repair") {
                panels.open(Panel::Game("crafting"));
            }
            continue;
        }
        let id = if let Some((from, effect)) = offer.0.filter(|offer| offer.0 == target) {
            outbox.send(me.uid, &AcceptEffect { from, effect })
        } else if players.contains(entity) {
            // Who has been asked already answers in the same panel.
            panels.open(Panel::Game("trade"));
            if deals(&trades, me.uid, target) {
                continue;
            }
            outbox.send(me.uid, &AskTrade { with: target })
        } else if items.contains(entity) {
            outbox.send(
                me.uid,
                &PickUpItem {
                    item: target,
                    count: None,
                    to: None,
                },
            )
        } else {
            // The panel asks itself, and so knows what it has open.
            intents.0.push(Intent::OpenContainer(target));
            continue;
        };
        let effect = offer.0.filter(|offer| offer.0 == target);
        asked.0.push((id, effect.map(|(_, effect)| effect)));
    }
}

/// Whether the two have something to do with each other already.
fn deals(trades: &Query<&Trade>, me: Option<Uid>, other: Uid) -> bool {
    let between = |trade: &Trade| {
        let has = |who| trade.side_of(who).is_some();
        has(other) && me.is_some_and(has)
    };
    trades.iter().any(between)
}

/// What was not possible is told; what an effect was like, too.
fn tell_answers(
    mut answers: MessageReader<Answered>,
    content: Res<ActiveContent>,
    texts: Res<Texts>,
    mut asked: ResMut<Asked>,
    mut toasts: ResMut<Toasts>,
) {
    for answer in answers.read() {
        let Some(at) = asked.0.iter().position(|(id, _)| *id == answer.id) else {
            continue;
        };
        let (_, effect) = asked.0.swap_remove(at);
        match &answer.result {
            Err(refusal) => {
                toasts.push(ToastKind::Refusal, texts.refusal(refusal, &content.0));
            }
            Ok(_) => {
                let def = effect.and_then(|effect| content.0.table::<EffectDef>().get(effect));
                if let Some(def) = def {
                    toasts.push(ToastKind::Fact, def.description.clone());
                }
            }
        }
    }
}

/// A new game, or another one: nobody waits for answers any more.
fn forget(mut asked: ResMut<Asked>) {
    asked.0.clear();
}
