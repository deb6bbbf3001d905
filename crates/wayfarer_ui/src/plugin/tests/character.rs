//! The panels of the viewed character.

use std::time::Instant;

use egui_kittest::Harness;
use wayfarer_core::content::FolderSource;
use wayfarer_stats::{
    StatId,
    content::StatSetDef,
    inputs::StatInputs,
    relations::{Bond, Reason, Relations, add},
    values::StatValues,
};

use super::*;
use crate::{
    build::{
        Inspected, bond_details, effects_model, graph_model, graph_values, packages_model,
        preview_apply, preview_end, relations_model, settings, what_if_model,
    },
    model::{
        EffectsModel, GraphModel, PackagesModel, RelationsModel, Viewed,
        effects::{EffectEnd, EffectOutlook},
        packages::WhatIfModel,
    },
    panels::graph::{GraphState, graph_panel},
};

fn model<M: Clone + Send + Sync + 'static>(game: &Game) -> M {
    game.app.world().resource::<Cached<M>>().model.clone()
}

fn apply(game: &mut Game, name: &str, level: f32) {
    let character = game.uid(game.hero);
    game.want(Intent::ApplyEffect {
        character,
        effect: DefId::of(name),
        level,
    });
}

fn states(game: &mut Game) -> Mut<'_, PanelStates> {
    game.app.world_mut().resource_mut::<PanelStates>()
}

#[test]
fn effects_come_show_what_they_do_and_go() {
    let mut game = Game::new();
    game.open(Panel::Effects);
    game.open(Panel::Sheet);
    apply(&mut game, "core:strong", 2.0);
    let shown: EffectsModel = model(&game);
    assert!(shown.viewed.may_edit && shown.viewed.own);
    assert_eq!(shown.choices.len(), 4);
    let strong = &shown.effects[0];
    assert_eq!(
        (strong.name.as_str(), strong.level),
        ("Giant strength", 2.0)
    );
    assert_eq!(strong.until, EffectEnd::Tick(strong.since + 400));
    assert_eq!(strong.tags, ["Calm"]);
    let modifier = &strong.modifiers[0];
    assert_eq!(
        (modifier.stat.as_str(), modifier.amount.as_str()),
        ("Strength", "+8")
    );
    assert_eq!(game.stat("Strength").text, "20");
    let labels = &game.sheet().sets[0].labels;
    assert_eq!(*labels, [("Build".to_owned(), "Broad".to_owned())]);

    // Its end is thought about, and then it comes.
    let uid = strong.uid;
    states(&mut game).effects.pointed = Some(uid);
    game.frame();
    let (of, then) = model::<EffectsModel>(&game).ending.unwrap();
    let EffectOutlook::Would { changes, .. } = then else {
        panic!("{then:?}");
    };
    let strength = changes.iter().find(|row| row.stat == "Strength").unwrap();
    assert_eq!((of, strength.before, strength.after), (uid, 20.0, 12.0));
    assert_eq!(strength.tiers, Some(("strong".into(), "weak".into())));
    game.want(Intent::DismissEffect(uid));
    assert!(model::<EffectsModel>(&game).effects.is_empty());
    assert_eq!(game.stat("Strength").text, "12");
}

#[test]
fn what_is_suppressed_says_why_and_what_is_refused_too() {
    let mut game = Game::new();
    game.open(Panel::Effects);
    states(&mut game).effects.chosen = Some(DefId::of("core:rite"));
    game.frame();
    let (_, then) = model::<EffectsModel>(&game).applying.unwrap();
    let EffectOutlook::Refused(why) = then else {
        panic!("{then:?}");
    };
    assert!(!why.is_empty());
    apply(&mut game, "core:rite", 1.0);
    let feedback = model::<EffectsModel>(&game).feedback;
    let subject = Subject::NewEffect(DefId::of("core:rite"));
    assert_eq!(feedback.refusal(subject).unwrap().text, why, "as foretold");

    apply(&mut game, "core:burning", 1.0);
    apply(&mut game, "core:rain", 1.0);
    let shown: EffectsModel = model(&game);
    let find = |name: &str| shown.effects.iter().find(|e| e.name == name).unwrap();
    assert_eq!(
        find("Burning").suppressed.as_deref(),
        Some("suppressed: not while Wet")
    );
    assert_eq!(find("Rain").until, EffectEnd::Turns(3));
    // Now the rite can be held.
    let (_, then) = model::<EffectsModel>(&game).applying.unwrap();
    assert!(matches!(
        then,
        EffectOutlook::Would {
            until: EffectEnd::LongRest,
            ..
        }
    ));
    let character = game.uid(game.hero);
    game.want(Intent::RemoveEffect {
        character,
        effect: find("Rain").uid,
    });
    let shown: EffectsModel = model(&game);
    assert_eq!(shown.effects.len(), 1);
    assert_eq!(shown.effects[0].suppressed, None);
}

#[test]
fn other_values_are_tried_and_nothing_is_written() {
    let mut game = Game::new();
    game.open(Panel::Packages);
    let shown: PackagesModel = model(&game);
    let names: Vec<&str> = shown.packs[0]
        .sets
        .iter()
        .map(|set| set.name.as_str())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    let set = shown.packs[0]
        .sets
        .iter()
        .find(|set| set.name == "Attributes")
        .unwrap();
    assert_eq!(shown.has, [set.id]);
    let strength = set
        .stats
        .iter()
        .find(|stat| stat.name == "Strength")
        .unwrap();
    let health = set.stats.iter().find(|stat| stat.name == "Health").unwrap();
    assert_eq!(strength.tiers.len(), 2);
    assert_eq!(shown.settings[&strength.id].now, 12.0);
    assert_eq!(shown.settings[&health.id].max, 24.0);
    assert_eq!(shown.what_if, None);

    let before = game
        .app
        .world()
        .get::<StatInputs>(game.hero)
        .unwrap()
        .clone();
    let tried = [(strength.id, 20.0), (health.id, 3.0)];
    states(&mut game).packages.tried = tried.into();
    game.frame();
    let Some(WhatIfModel::Changes(changes)) = model::<PackagesModel>(&game).what_if else {
        panic!("nothing was tried");
    };
    let found = changes.iter().find(|row| row.stat == "Strength").unwrap();
    assert_eq!((found.before, found.after), (12.0, 20.0));
    assert_eq!(found.tiers, Some(("weak".into(), "strong".into())));
    let found = changes.iter().find(|row| row.stat == "Health").unwrap();
    assert_eq!((found.before, found.after), (24.0, 3.0));
    let after = game.app.world().get::<StatInputs>(game.hero).unwrap();
    assert_eq!(*after, before);

    states(&mut game).packages.tried = [(strength.id, f32::NAN)].into();
    game.frame();
    let refused = model::<PackagesModel>(&game).what_if;
    assert!(
        matches!(refused, Some(WhatIfModel::Refused(_))),
        "{refused:?}"
    );
    states(&mut game).packages.tried.clear();
    game.frame();
    assert_eq!(model::<PackagesModel>(&game).what_if, None);
}

#[test]
fn the_graph_follows_formulas_and_a_click_opens_the_inspector() {
    let mut game = Game::new();
    game.open(Panel::Graph);
    let shown: GraphModel = model(&game);
    let nodes = &shown.graph.nodes;
    let at = |name: &str| nodes.iter().position(|node| node.name == name).unwrap();
    let (strength, health) = (at("Strength"), at("Health"));
    assert_eq!(nodes[health].reads, [strength]);
    assert_eq!(nodes[strength].read_by, [health]);
    assert_eq!((nodes[strength].depth, nodes[health].depth), (0, 1));
    assert_eq!(nodes[health].formulas, ["strength * 2", "1"]);
    assert_eq!(shown.values[strength].text, "12");
    assert_eq!(shown.values[strength].tier.as_deref(), Some("weak"));
    assert_eq!(shown.values[health].text, "24 / 24");

    let character = game.uid(game.hero);
    game.want(Intent::PatchStat {
        character,
        stat: nodes[strength].id,
        patch: StatPatch::Base(Some(16.0)),
    });
    let after: GraphModel = model(&game);
    assert_eq!(after.values[strength].text, "16");
    assert!(
        std::sync::Arc::ptr_eq(&after.graph, &shown.graph),
        "only values are new"
    );
    let stat = nodes[health].id;
    game.want(Intent::InspectStat { character, stat });
    let world = game.app.world();
    assert!(world.resource::<PanelsOpen>().is_open(Panel::Inspector));
    assert_eq!(
        world.resource::<PanelStates>().inspector.selected,
        Some(stat)
    );
    assert_eq!(*world.resource::<Inspected>(), Inspected(Some(character)));
}

#[test]
fn bonds_are_told_with_their_causes() {
    let mut game = Game::new();
    game.open(Panel::Relations);
    assert!(model::<RelationsModel>(&game).bonds.is_empty());
    let chest = game.uid(game.chest);
    let bond = Bond::of(chest, "core:bond");
    let hero = game.hero;
    if game.app.world().get::<Relations>(hero).is_none() {
        game.app
            .world_mut()
            .entity_mut(hero)
            .insert(Relations::default());
    }
    let affinity = StatId::of("core:bond.affinity");
    let world = game.app.world_mut();
    world
        .transact("test.like", |txn| {
            add(txn, hero, bond, affinity, 10.0, &Reason::code("gift"))?;
            add(txn, hero, bond, affinity, 15.0, &Reason::note("a song"))
        })
        .unwrap();
    states(&mut game).relations.chosen = Some((chest, bond.kind));
    game.frame();
    let shown: RelationsModel = model(&game);
    assert_eq!(shown.bonds[0].name, "Chest");
    let details = shown.details.unwrap();
    let axis = &details.axes[0];
    assert_eq!(
        (axis.name.as_str(), axis.tier.as_deref()),
        ("Affinity", Some("Fond"))
    );
    assert!((axis.value - 25.0).abs() < 0.1, "{}", axis.value);
    assert_eq!(axis.decay, Some((6.0, 0.0)));
    assert!(!axis.breakdown.is_empty());
    let causes: Vec<(&str, f32)> = details
        .causes
        .iter()
        .map(|cause| (cause.what.as_str(), cause.amount))
        .collect();
    assert_eq!(
        causes,
        [("test.like: a song", 15.0), ("gift", 10.0)],
        "newest first"
    );
}

/// Every combination of what may be missing.
#[test]
fn a_model_is_built_of_whatever_there_is() {
    let build = |world: &World, entity: Entity| {
        let uid = Uid::new(77).unwrap();
        let tried = [(StatId::of("core:attributes.strength").0, 5.0)].into();
        effects_model(world, entity);
        preview_end(world, entity, uid);
        preview_apply(world, entity, DefId::of("core:strong"), 1.0);
        preview_apply(world, entity, DefId::of("no:such"), f32::NAN);
        relations_model(world, entity);
        bond_details(world, entity, uid, DefId::of("core:bond"));
        packages_model(world);
        settings(world, entity);
        what_if_model(world, entity, &tried);
        let graph = graph_model(world, entity);
        graph_values(world, entity, &graph);
        build::sheet_model(world, entity);
    };
    let mut bare = World::new();
    let nobody = bare.spawn_empty().id();
    let half = bare
        .spawn((StatInputs::default(), Relations::default()))
        .id();
    let gone = bare.spawn_empty().id();
    bare.despawn(gone);
    for entity in [nobody, half, gone] {
        build(&bare, entity);
    }
    let mut game = Game::new();
    let set = DefId::of("core:attributes");
    let unknown = DefId::of("no:set");
    let world = game.app.world_mut();
    let mut entities = vec![nobody, game.chest];
    for inputs in [
        None,
        Some(StatInputs::default()),
        Some(StatInputs::new(None, [set, unknown])),
        Some(StatInputs::new(Some(unknown), [unknown])),
    ] {
        for bonds in [false, true] {
            for values in [false, true] {
                let mut entity = world.spawn_empty();
                if let Some(inputs) = inputs.clone() {
                    entity.insert(inputs);
                }
                if bonds {
                    entity.insert(Relations::default());
                }
                if values {
                    entity.insert(StatValues::default());
                }
                entities.push(entity.id());
            }
        }
    }
    for entity in entities {
        build(game.app.world(), entity);
    }
    // And through the plugin, for a character without stats, and for none.
    let stranger = game.app.world_mut().spawn_empty().id();
    for panel in Panel::ALL {
        game.open(panel);
    }
    for local in [Some(stranger), None] {
        game.app.insert_resource(LocalCharacter(local));
        game.frame();
        let viewed: Viewed = model(&game);
        assert_eq!(viewed.own, local.is_some());
    }
}

/// Times of a build that is not optimised, printed to be looked at.
#[test]
fn the_graph_of_all_packs_is_drawn() {
    let mut app = App::new();
    app.add_plugins((MinimalPlugins, InputPlugin))
        .insert_resource(ClockMode::Manual { hz: 20.0 })
        .add_plugins(UiLogicPlugin)
        .add_pack_source(FolderSource::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../assets"
        )));
    app.finish();
    app.cleanup();
    app.load_content_now()
        .unwrap_or_else(|errors| panic!("{errors:#?}"));
    let content = app.world().resource::<ActiveContent>().0.clone();
    let sets = content
        .table::<StatSetDef>()
        .iter()
        .map(wayfarer_core::content::Def::id);
    let inputs = StatInputs::new(None, sets);
    let hero = app.world_mut().spawn(inputs).id();
    app.world_mut().run_schedule(RulesTick);
    let world = app.world();
    let started = Instant::now();
    let mut graph = graph_model(world, hero);
    graph.revision = 1;
    let built = started.elapsed();
    let started = Instant::now();
    let values = graph_values(world, hero, &graph);
    let valued = started.elapsed();
    assert!(graph.nodes.len() > 100, "{}", graph.nodes.len());
    for (at, node) in graph.nodes.iter().enumerate() {
        for read in &node.reads {
            assert!(graph.nodes[*read].depth < node.depth);
            assert!(graph.nodes[*read].read_by.contains(&at));
        }
    }
    let stats = graph.nodes.len();
    let shown = GraphModel {
        viewed: Viewed {
            name: "Everyman".into(),
            uid: Uid::new(1),
            ..Viewed::default()
        },
        graph: graph.into(),
        values,
    };
    let mut harness = Harness::builder()
        .with_size([1200.0, 800.0])
        .build_ui_state(
            |ui, (model, state, intents): &mut (GraphModel, GraphState, Vec<Intent>)| {
                graph_panel(ui, model, state, intents);
            },
            (shown, GraphState::default(), Vec::new()),
        );
    harness.run();
    let started = Instant::now();
    for _ in 0..20 {
        harness.step();
    }
    let frame = started.elapsed() / 20;
    println!("{stats} stats: graph {built:?}, values {valued:?}, a frame {frame:?}");
}
