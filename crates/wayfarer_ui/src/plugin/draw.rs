use bevy::{ecs::system::SystemParam, prelude::*};
use bevy_egui::{EguiContexts, egui};
use wayfarer_core::text::Texts;

use super::UiOptions;
use crate::{
    build::{Cached, ContentPanelModel, FeaturesPanelModel, HudPanelModel, KeysPanelModel},
    game_panel::GamePanels,
    intent::{Intent, Intents},
    keys::{KeyBindings, UiAction},
    model::{
        EffectsModel, GraphModel, InspectorModel, InventoryModel, LogModel, PackagesModel,
        RelationsModel, SessionModel, SheetModel,
    },
    open::{Panel, PanelsOpen},
    panels::{
        content::{ContentState, content_panel},
        effects::{EffectsState, effects_panel},
        graph::{GraphState, graph_panel},
        hud::{HudState, hud},
        inspector::{InspectorState, inspector_panel},
        inventory::{InventoryState, inventory_panel},
        keys::{KeysState, keys_panel},
        log::{LogState, log_panel},
        packages::{PackagesState, packages_panel},
        relations::{RelationsState, relations_panel},
        session::{SessionState, session_panel},
        sheet::{SheetState, sheet_panel},
    },
    texts, theme,
};

/// What the panels remember.
#[derive(Resource, Default, Debug)]
pub struct PanelStates {
    /// The character sheet.
    pub sheet: SheetState,
    /// The inventory.
    pub inventory: InventoryState,
    /// The stat inspector.
    pub inspector: InspectorState,
    /// The action log.
    pub log: LogState,
    /// The content errors.
    pub content: ContentState,
    /// The people.
    pub session: SessionState,
    /// The keys.
    pub keys: KeysState,
    /// The effects.
    pub effects: EffectsState,
    /// The relations.
    pub relations: RelationsState,
    /// The packages.
    pub packages: PackagesState,
    /// The stat graph.
    pub graph: GraphState,
    /// The HUD.
    pub hud: HudState,
}

/// Everything that is shown.
#[derive(SystemParam)]
pub(crate) struct Models<'w> {
    sheet: Res<'w, Cached<SheetModel>>,
    inventory: Res<'w, Cached<InventoryModel>>,
    inspector: Res<'w, Cached<InspectorModel>>,
    log: Res<'w, Cached<LogModel>>,
    content: Res<'w, ContentPanelModel>,
    keys: Res<'w, KeysPanelModel>,
    hud: Res<'w, HudPanelModel>,
    session: Res<'w, SessionModel>,
    features: Res<'w, FeaturesPanelModel>,
    effects: Res<'w, Cached<EffectsModel>>,
    relations: Res<'w, Cached<RelationsModel>>,
    packages: Res<'w, Cached<PackagesModel>>,
    graph: Res<'w, Cached<GraphModel>>,
}

/// Draws HUD and open panels. egui may run this twice for one frame; nothing in here happens
/// twice, because panels only push intents, and a click is in one pass only.
pub(crate) fn draw(
    mut contexts: EguiContexts,
    models: Models,
    options: Res<UiOptions>,
    texts: Option<Res<Texts>>,
    open: Res<PanelsOpen>,
    bindings: Res<KeyBindings>,
    mut states: ResMut<PanelStates>,
    mut others: ResMut<GamePanels>,
    mut intents: ResMut<Intents>,
    mut dressed: Local<bool>,
) {
    // Without a window (a dedicated host, a closed one) there is nothing to draw on.
    let Ok(ctx) = contexts.ctx_mut() else {
        return;
    };
    let ctx = &*ctx;
    if !*dressed && options.theme {
        theme::apply(ctx);
        *dressed = true;
    }
    if let Some(texts) = texts
        && texts.is_changed()
    {
        texts::install(ctx, &texts);
    }
    let near = bindings.of(UiAction::Interact).first();
    let near = near.map_or_else(String::new, ToString::to_string);
    texts::install_use_key(ctx, &near);
    let intents = &mut intents.0;
    let states = &mut *states;
    if options.hud {
        let screen = egui::UiBuilder::new()
            .layer_id(egui::LayerId::background())
            .max_rect(ctx.content_rect());
        let mut ui = egui::Ui::new(ctx.clone(), egui::Id::new("wayfarer hud"), screen);
        hud(&mut ui, &models.hud.0, &mut states.hud, intents);
    }
    for panel in open.iter() {
        match panel {
            Panel::Game(name) => others.window(ctx, name, intents),
            panel => window(ctx, panel, &models, states, intents),
        }
    }
}

fn window(
    ctx: &egui::Context,
    panel: Panel,
    models: &Models,
    states: &mut PanelStates,
    intents: &mut Vec<Intent>,
) {
    let mut open = true;
    let size = match panel {
        Panel::Inventory | Panel::Packages => [860.0, 600.0],
        Panel::Log => [900.0, 420.0],
        Panel::Inspector => [640.0, 480.0],
        Panel::Content => [640.0, 420.0],
        Panel::Sheet => [400.0, 520.0],
        Panel::Effects => [460.0, 560.0],
        Panel::Relations => [720.0, 520.0],
        Panel::Graph => [900.0, 600.0],
        Panel::Session | Panel::Keys | Panel::Game(_) => [460.0, 360.0],
    };
    let Some(title) = panel.title() else {
        return;
    };
    egui::Window::new(title.get(ctx))
        .id(egui::Id::new(("wayfarer panel", panel)))
        .open(&mut open)
        .default_size(size)
        .show(ctx, |ui| match panel {
            Panel::Sheet => sheet_panel(ui, &models.sheet.model, &mut states.sheet, intents),
            Panel::Inventory => {
                inventory_panel(ui, &models.inventory.model, &mut states.inventory, intents);
            }
            Panel::Inspector => {
                inspector_panel(ui, &models.inspector.model, &mut states.inspector, intents);
            }
            Panel::Log => log_panel(ui, &models.log.model, &mut states.log, intents),
            Panel::Content => content_panel(ui, &models.content.0, &mut states.content, intents),
            Panel::Session => {
                let features = &models.features.0;
                session_panel(ui, &models.session, features, &mut states.session, intents);
            }
            Panel::Keys => keys_panel(ui, &models.keys.0, &mut states.keys, intents),
            Panel::Effects => {
                effects_panel(ui, &models.effects.model, &mut states.effects, intents);
            }
            Panel::Relations => {
                relations_panel(ui, &models.relations.model, &mut states.relations, intents);
            }
            Panel::Packages => {
                packages_panel(ui, &models.packages.model, &mut states.packages, intents);
            }
            Panel::Graph => graph_panel(ui, &models.graph.model, &mut states.graph, intents),
            // Drawn by itself.
            Panel::Game(_) => {}
        });
    if !open {
        intents.push(Intent::Close(panel));
    }
}
