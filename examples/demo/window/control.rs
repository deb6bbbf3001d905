//! Keys and mouse: walking, looking round, using what is near.

use bevy::{input::mouse::MouseWheel, prelude::*};
use bevy_egui::input::{
    EguiWantsInput, egui_wants_any_keyboard_input, egui_wants_any_pointer_input,
};
use wayfarer::{
    core::authority::ReachLimit,
    prelude::*,
    ui::{
        intent::Intent,
        model::hud::{NearbyPrompt, Prompt},
    },
};

use crate::{
    places,
    scene::camera::CameraRig,
    walk::Walk,
    window::{Stage, bridge::Me},
};

pub fn plugin(app: &mut App) {
    app.init_resource::<OfferNear>().add_systems(
        Update,
        (
            (look_near, interact).run_if(in_state(Stage::Playing)),
            steer.run_if(in_state(Stage::Playing)),
            turn_camera
                .run_if(in_state(Stage::Playing))
                .run_if(not(egui_wants_any_keyboard_input)),
            zoom.run_if(not(egui_wants_any_pointer_input)),
        ),
    );
}

/// A wish is sent when it changes, and again now and then while it lasts: one that was refused
/// (paused, too many requests) must not leave somebody walking for ever.
#[derive(Default)]
struct LastWish {
    wish: (i8, i8),
    since: f32,
}

const REPEAT_SECONDS: f32 = 0.5;

fn steer(
    time: Res<Time<Real>>,
    keys: Res<ButtonInput<KeyCode>>,
    typing: Option<Res<EguiWantsInput>>,
    me: Res<Me>,
    rig: Query<&CameraRig>,
    mut outbox: ResMut<Outbox>,
    mut last: Local<LastWish>,
) {
    let (Some(uid), Some(rig)) = (me.uid, rig.iter().next()) else {
        return;
    };
    let mut wish = Vec2::ZERO;
    if !typing.is_some_and(|egui| egui.wants_any_keyboard_input()) {
        for (key, other, direction) in [
            (KeyCode::KeyW, KeyCode::ArrowUp, Vec2::Y),
            (KeyCode::KeyS, KeyCode::ArrowDown, Vec2::NEG_Y),
            (KeyCode::KeyA, KeyCode::ArrowLeft, Vec2::NEG_X),
            (KeyCode::KeyD, KeyCode::ArrowRight, Vec2::X),
        ] {
            if keys.pressed(key) || keys.pressed(other) {
                wish += direction;
            }
        }
    }
    let heading = rig.heading(wish) * 100.0;
    let wish = (heading.x.round() as i8, heading.z.round() as i8);
    last.since += time.delta_secs();
    let moving = wish != (0, 0);
    if wish != last.wish || (moving && last.since > REPEAT_SECONDS) {
        outbox.send(
            Some(uid),
            &Walk {
                x: wish.0,
                z: wish.1,
            },
        );
        *last = LastWish { wish, since: 0.0 };
    }
}

fn turn_camera(keys: Res<ButtonInput<KeyCode>>, mut rigs: Query<&mut CameraRig>) {
    let mut eighths = 0.0;
    if keys.just_pressed(KeyCode::KeyQ) {
        eighths += 1.0;
    }
    if keys.just_pressed(KeyCode::KeyR) {
        eighths -= 1.0;
    }
    if eighths != 0.0 {
        for mut rig in &mut rigs {
            rig.turn(eighths);
        }
    }
}

fn zoom(mut wheel: MessageReader<MouseWheel>, mut rigs: Query<&mut CameraRig>) {
    let notches: f32 = wheel.read().map(|w| w.y.clamp(-3.0, 3.0)).sum();
    if notches != 0.0 {
        for mut rig in &mut rigs {
            rig.zoom_by(notches);
        }
    }
}

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
    (entity, identity, _, item, container, name): (
        Entity,
        &Identity,
        &Position,
        Option<&WorldItem>,
        Option<&Container>,
        Option<&DisplayName>,
    ),
) -> Option<Found> {
    let target = identity.0;
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
    me: Res<Me>,
    offer: Res<OfferNear>,
    mut outbox: ResMut<Outbox>,
    mut panels: ResMut<wayfarer::ui::open::PanelsOpen>,
) {
    for wish in wishes.read() {
        let Intent::Interact(target) = *wish else {
            continue;
        };
        let Some(entity) = index.get(target) else {
            continue;
        };
        if let Some((from, effect)) = offer.0.filter(|offer| offer.0 == target) {
            outbox.send(me.uid, &AcceptEffect { from, effect });
        } else if items.contains(entity) {
            outbox.send(
                me.uid,
                &PickUpItem {
                    item: target,
                    count: None,
                    to: None,
                },
            );
        } else {
            outbox.send(me.uid, &OpenContainer { container: target });
            panels.open(wayfarer::ui::open::Panel::Inventory);
        }
    }
}
