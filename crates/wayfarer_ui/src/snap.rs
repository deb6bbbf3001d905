#![allow(missing_docs, clippy::all, clippy::unwrap_used, reason = "temporary")]
use std::collections::HashMap;
use bevy_egui::egui::{self, *};
use crate::{model::*, model::inventory::*, model::item::*, model::sheet::*, model::feedback::*, model::hud::*, model::log::*, model::content::*, model::session::*, panels::*};
use wayfarer_core::id::{DefId, Uid};
use crate::widgets::BreakdownRow;

struct Screen { w: usize, h: usize, px: Vec<[f32; 4]>, tex: HashMap<TextureId, ColorImage> }
impl Screen {
    fn new(w: usize, h: usize) -> Self { Self { w, h, px: vec![[0.10, 0.12, 0.10, 1.0]; w * h], tex: HashMap::new() } }
    fn textures(&mut self, d: &TexturesDelta) {
        for (id, delta) in &d.set {
            let ImageData::Color(img) = &delta.image;
            match delta.pos {
                None => { self.tex.insert(*id, (**img).clone()); }
                Some([x, y]) => {
                    let t = self.tex.get_mut(id).unwrap();
                    for j in 0..img.size[1] { for i in 0..img.size[0] {
                        t.pixels[(y + j) * t.size[0] + x + i] = img.pixels[j * img.size[0] + i];
                    } }
                }
            }
        }
    }
    fn draw(&mut self, prims: &[ClippedPrimitive]) {
        for p in prims {
            let epaint::Primitive::Mesh(m) = &p.primitive else { continue };
            let Some(t) = self.tex.get(&m.texture_id) else { continue };
            for tri in m.indices.chunks(3) {
                let v = [m.vertices[tri[0] as usize], m.vertices[tri[1] as usize], m.vertices[tri[2] as usize]];
                let (a, b, c) = (v[0].pos, v[1].pos, v[2].pos);
                let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
                if area == 0.0 { continue }
                let x0 = a.x.min(b.x).min(c.x).max(p.clip_rect.min.x).max(0.0).floor() as usize;
                let x1 = a.x.max(b.x).max(c.x).min(p.clip_rect.max.x).min(self.w as f32).ceil().max(0.0) as usize;
                let y0 = a.y.min(b.y).min(c.y).max(p.clip_rect.min.y).max(0.0).floor() as usize;
                let y1 = a.y.max(b.y).max(c.y).min(p.clip_rect.max.y).min(self.h as f32).ceil().max(0.0) as usize;
                for y in y0..y1.min(self.h) { for x in x0..x1.min(self.w) {
                    let (fx, fy) = (x as f32 + 0.5, y as f32 + 0.5);
                    if !p.clip_rect.contains(pos2(fx, fy)) { continue }
                    let w0 = ((b.x - fx) * (c.y - fy) - (b.y - fy) * (c.x - fx)) / area;
                    let w1 = ((c.x - fx) * (a.y - fy) - (c.y - fy) * (a.x - fx)) / area;
                    let w2 = 1.0 - w0 - w1;
                    if w0 < 0.0 || w1 < 0.0 || w2 < 0.0 { continue }
                    let u = w0 * v[0].uv.x + w1 * v[1].uv.x + w2 * v[2].uv.x;
                    let vv = w0 * v[0].uv.y + w1 * v[1].uv.y + w2 * v[2].uv.y;
                    let tx = ((u * t.size[0] as f32) as usize).min(t.size[0] - 1);
                    let ty = ((vv * t.size[1] as f32) as usize).min(t.size[1] - 1);
                    let tc = t.pixels[ty * t.size[0] + tx].to_array();
                    let mut col = [0.0; 4];
                    for k in 0..4 {
                        let vc = w0 * v[0].color.to_array()[k] as f32 + w1 * v[1].color.to_array()[k] as f32 + w2 * v[2].color.to_array()[k] as f32;
                        col[k] = vc / 255.0 * tc[k] as f32 / 255.0;
                    }
                    let d = &mut self.px[y * self.w + x];
                    for k in 0..3 { d[k] = col[k] + d[k] * (1.0 - col[3]); }
                } }
            }
        }
    }
    fn save(&self, name: &str) {
        let mut out = format!("P6\n{} {}\n255\n", self.w, self.h).into_bytes();
        for p in &self.px { for k in 0..3 { out.push((p[k].clamp(0.0, 1.0) * 255.0) as u8); } }
        std::fs::create_dir_all("/tmp/snap").unwrap();
        std::fs::write(format!("/tmp/snap/{name}.ppm"), out).unwrap();
    }
}
fn snap(name: &str, w: usize, h: usize, pointer: Option<Pos2>, mut f: impl FnMut(&egui::Context)) {
    let ctx = egui::Context::default();
    crate::theme::apply(&ctx);
    let mut s = Screen::new(w, h);
    let mut last = None;
    for i in 0..40 {
        let mut input = RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(w as f32, h as f32))), time: Some(i as f64 * 0.05), ..Default::default() };
        if let Some(p) = pointer { if i == 2 { input.events.push(Event::PointerMoved(p)); } }
        let out = ctx.run_ui(input, |ui| f(ui.ctx()));
        s.textures(&out.textures_delta);
        last = Some(out);
    }
    let out = last.unwrap();
    let prims = ctx.tessellate(out.shapes, out.pixels_per_point);
    s.draw(&prims);
    s.save(name);
}
fn uid(n: u64) -> Uid { Uid::new(n).unwrap() }
fn it(n: u64, name: &str, count: u32, kg: f32, rarity: &str) -> ItemRow {
    let mut r = ItemRow::new(uid(n), DefId::of(name), name, count);
    r.weight = kg; r.bulk = 1.0; r.rarity = rarity.into(); r.max_stack = 20; r.value = 12.0; r
}
pub fn inv() -> InventoryModel {
    let slot = |n: u32, name: &str, x: f32, y: f32| SlotModel { id: DefId(n), name: name.into(), anchor: [x, y], ..Default::default() };
    let mut sword = it(10, "Iron sword", 1, 3.5, "common"); sword.slots = [DefId(1)].into(); sword.durability = Some(0.8);
    let mut axe = it(11, "Great axe of the North", 1, 6.0, "epic"); axe.slots = [DefId(1)].into(); axe.blocked = Some("Strength 14 is needed; it is 12.".into());
    let helm = { let mut h = it(12, "Steel helmet", 1, 2.0, "uncommon"); h.slots = [DefId(3)].into(); h };
    let mut doll = vec![slot(1, "Main hand", 0.1, 0.53), slot(2, "Off hand", 0.9, 0.53), slot(3, "Head", 0.5, 0.08), slot(4, "Neck", 0.78, 0.16), slot(5, "Chest", 0.5, 0.35), slot(6, "Back", 0.2, 0.2), slot(7, "Hands", 0.1, 0.72), slot(8, "Waist", 0.5, 0.53), slot(9, "Left ring", 0.9, 0.72), slot(10, "Right ring", 0.9, 0.9), slot(11, "Legs", 0.5, 0.72), slot(12, "Feet", 0.5, 0.92)];
    doll[2].worn = Some(helm);
    doll[2].cooldown = Some(Cooldown { until: 60, length: 40 });
    let mut great = it(13, "Long bow", 1, 2.0, "rare"); great.durability = Some(0.15);
    doll[0].worn = Some(great); doll[1].covered = Some("Long bow".into());
    let mut m = InventoryModel { revision: 1, holder: Some(uid(1)), doll, ..Default::default() };
    m.own.compartments = vec![
        CompartmentModel { index: 0, name: "Backpack".into(), bulk: Gauge { used: 21.0, max: Some(50.0) }, weight: Gauge { used: 12.0, max: None }, items: vec![sword, axe, it(14, "Apple", 5, 1.0, ""), it(15, "Healing potion", 3, 0.3, "uncommon"), it(16, "Rope", 1, 2.0, "")], ..Default::default() },
        CompartmentModel { index: 1, name: "Belt".into(), bulk: Gauge { used: 10.0, max: Some(10.0) }, items: vec![it(17, "Throwing knife", 6, 1.2, "legendary"), it(18, "Lantern", 1, 1.5, "")], ..Default::default() },
        CompartmentModel { index: 2, name: "Craft bag".into(), bulk: Gauge { used: 0.0, max: Some(30.0) }, stacks: Gauge{used:0.0,max:Some(12.0)}, ..Default::default() },
    ];
    m.load = LoadModel { weight: Gauge { used: 78.2, max: Some(100.0) }, factor: 1.0, warn: true };
    m.container = Some(ContainerModel { uid: uid(2), name: "Oak chest".into(), content: HolderModel { compartments: vec![CompartmentModel { name: "Inside".into(), items: vec![it(20, "Gem", 3, 0.1, "rare"), it(21, "Scroll", 1, 0.1, "")], ..Default::default() }] } });
    m.ground = vec![it(30, "Rock", 2, 1.0, ""), it(31, "Torch", 1, 0.5, "")];
    m.nearby = vec![(uid(2), "Oak chest".into()), (uid(3), "Barrel".into())];
    m.now = Now { tick: 40, hz: 20.0 };
    m.feedback.flashes.push(Flash { subject: Subject::Item(uid(16)), text: "Too bulky: 11 of 10 would be used.".into(), age: std::time::Duration::from_millis(400) });
    m.feedback.pending.push(Subject::Item(uid(18)));
    m.details = vec![(uid(10), ItemDetails { description: "A plain blade, kept sharp.".into(), facts: vec![("Kind".into(), "weapon, melee".into()), ("Worn".into(), "Main hand".into())], replaces: vec!["Long bow".into()], changes: vec![StatChange { stat: "Attack".into(), before: 5.0, after: 8.0, better: Some(true) }, StatChange { stat: "Movement speed".into(), before: 4.0, after: 3.6, better: Some(false) }], refusal: None }.into())];
    m
}
fn win(ctx: &egui::Context, title: &str, size: [f32; 2], f: impl FnOnce(&mut Ui)) {
    egui::Window::new(title).default_size(size).fixed_pos([10.0, 10.0]).show(ctx, f);
}
#[test]
fn pictures() {
    let (m, mut st) = (inv(), crate::panels::inventory::InventoryState::default());
    st.selected = Some(uid(10));
    snap("inventory", 940, 680, None, |ctx| win(ctx, "Inventory", [860.0, 560.0], |ui| inventory_panel(ui, &m, &mut st, &mut vec![])));
    let mut st = crate::panels::inventory::InventoryState::default();
    snap("tooltip", 940, 680, Some(pos2(330.0, 149.0)), |ctx| win(ctx, "Inventory", [860.0, 560.0], |ui| inventory_panel(ui, &m, &mut st, &mut vec![])));
    let row = |n: u32, name: &str, text: &str, tier: Option<&str>| StatRow { id: DefId(n), name: name.into(), text: text.into(), value: 12.0, tier: tier.map(Into::into), breakdown: vec![
        BreakdownRow { source: "Template".into(), operation: "=".into(), amount: "14".into(), running: "14".into(), place: "demo/sheets/knight.ron:3:9".into(), not_counted: None },
        BreakdownRow { source: "Belt of might".into(), operation: "+".into(), amount: "2".into(), running: "16".into(), place: "demo/gear/belts.ron:12:5".into(), not_counted: None },
        BreakdownRow { source: "Old ring".into(), operation: "+".into(), amount: "1".into(), running: "16".into(), place: "demo/gear/rings.ron:2:5".into(), not_counted: Some("Belt of might counts".into()) }], ..Default::default() };
    let mut health = row(9, "Health", "30", None); health.resource = Some(ResourceModel { current: 12.0, max: 30.0, per_second: 0.5 });
    let sheet = SheetModel { name: "Sir Bors".into(), description: "A knight of the old order.".into(), sets: vec![
        SetModel { name: "Attributes".into(), level: Some("seasoned".into()), stats: vec![row(1, "Strength", "16", Some("strong")), row(2, "Dexterity", "12", Some("average")), row(3, "Intelligence", "8", None)] },
        SetModel { name: "Vitals".into(), level: None, stats: vec![health, row(8, "Movement speed", "4 m/s", None)] }] };
    let mut ss = crate::panels::sheet::SheetState::default();
    snap("sheet", 900, 520, Some(pos2(60.0, 175.0)), |ctx| win(ctx, "Character", [400.0, 480.0], |ui| sheet_panel(ui, &sheet, &mut ss, &mut vec![])));
    let e = |n: u64, a: &str, r: Option<&str>| LogEntry { sequence: n, tick: n * 17, who: "Anna".into(), actor: "Sir Bors".into(), action: a.into(), payload: "EquipItem { item: #7, slot: None }".into(), refusal: r.map(Into::into), rolls: "d20: 17".into(), took: std::time::Duration::from_micros(42), can_undo: true, ..Default::default() };
    let log = LogModel { complete: true, may_undo: true, entries: [e(1, "equipment.equip", None), e(2, "inventory.drop", Some("Too far away.")), e(3, "inventory.move", None)].into(), metrics: Some(MetricsModel { received: 3, applied: 2, refused: 1, ..Default::default() }), ..Default::default() };
    let mut ls = crate::panels::log::LogState::default(); ls.selected = Some(1);
    snap("log", 940, 460, None, |ctx| win(ctx, "Action log", [900.0, 400.0], |ui| log_panel(ui, &log, &mut ls, &mut vec![])));
    let content = ContentModel { state: ContentHealth::OldActive, revision: 3, load_ms: 12.0, packs: vec![("core".into(), "0.1".into())], findings: vec![Finding { error: true, code: "unknown-field".into(), message: "unknown field `wieght`".into(), place: "demo/items/a.ron:2:12".into(), snippet: "    \"sword\": (wieght: 3, bulk: 2),\n              ^^^^^^".into(), help: Some("did you mean `weight`?".into()), notes: vec!["in `demo:sword`".into()] }] };
    let mut cs = crate::panels::content::ContentState::default();
    snap("content", 700, 400, None, |ctx| win(ctx, "Content", [640.0, 340.0], |ui| content_panel(ui, &content, &mut cs, &mut vec![])));
    let p = |n: u64, name: &str, role, lat| Person { id: wayfarer_core::id::PlayerId(n), name: name.into(), role, online: n != 2, latency_ms: lat, characters: vec!["Sir Bors".into()] };
    let sess = SessionModel { connection: Connection::Hosting { address: "192.168.0.7:27155".into(), code: "tiger-lamp-42".into() }, people: vec![p(0, "Anna", wayfarer_core::authority::Role::Host, None), p(1, "Ben", wayfarer_core::authority::Role::Player, Some(23.0)), p(2, "Carla", wayfarer_core::authority::Role::GameMaster, None)], can_save: true, ..Default::default() };
    let mut s2 = crate::panels::session::SessionState::default();
    snap("session", 760, 360, None, |ctx| win(ctx, "People", [460.0, 300.0], |ui| session_panel(ui, &sess, &mut s2, &mut vec![])));
    let km = KeysModel::of(&crate::keys::KeyBindings::default()); let mut ks = crate::panels::keys::KeysState::default();
    snap("keys", 560, 460, None, |ctx| win(ctx, "Keys", [460.0, 360.0], |ui| keys_panel(ui, &km, &mut ks, &mut vec![])));
    let im = InspectorModel { target: Some(uid(1)), targets: vec![(uid(1), "Sir Bors".into())], may_edit: true, rows: (0..8).map(|n| crate::model::inspector::InspectorRow { id: DefId(n), name: format!("core:attributes.stat_{n}"), template: Some(12.0), base: Some(n as f32), modifiers: 2, value: 14.5, breakdown: row(1, "a", "b", None).breakdown, ..Default::default() }).collect(), ..Default::default() };
    let mut is = crate::panels::inspector::InspectorState::default(); is.selected = Some(DefId(2));
    snap("inspector", 760, 560, None, |ctx| win(ctx, "Inspector", [700.0, 480.0], |ui| inspector_panel(ui, &im, &mut is, &mut vec![])));
    let hm = HudModel { name: "Sir Bors".into(), bars: vec![BarModel { name: "Health".into(), current: 6.0, max: 30.0, ..Default::default() }, BarModel { name: "Stamina".into(), current: 20.0, max: 25.0, ..Default::default() }], load: Some(LoadHint { share: 1.1, factor: 0.45 }), prompt: Some(Prompt { text: "Open the oak chest".into(), target: uid(2) }), prompt_key: "E".into(), hints: vec![("C".into(), "Character sheet".into()), ("I".into(), "Inventory".into())], toasts: vec![Toast { text: "Too far away.".into(), kind: ToastKind::Refusal, times: 2, ..Default::default() }, Toast { text: "Apple picked up".into(), times: 1, ..Default::default() }], banner: Some("Content failed: old content still active (revision 3).".into()) };
    let mut hs = crate::panels::hud::HudState::default();
    snap("hud", 900, 500, None, |ctx| { let mut ui = Ui::new(ctx.clone(), Id::new("h"), UiBuilder::new().layer_id(LayerId::background()).max_rect(ctx.content_rect())); hud(&mut ui, &hm, &mut hs, &mut vec![]) });
}
