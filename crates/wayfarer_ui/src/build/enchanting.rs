//! Builds the model of the enchanting panel: by the plans that the actions decide by.

use std::fmt::Display;

use bevy::prelude::*;
use wayfarer_core::{
    clock::ClockMode,
    content::{ActiveContent, Content},
    id::{DefId, Identity, Uid},
    refusal::Refusal,
    text::Texts,
};
use wayfarer_equipment::{
    content::{EnchantRulesDef, EnchantmentDef, GearDef, IdentificationRulesDef},
    ext::{
        AppliedEnchant, Enchants, enchant_slots, hidden_steps, is_attuned, is_known, known_steps,
    },
    prelude::{
        DisenchantItem, EnchantItem, EnchantLore, IdentifyBy, IdentifyItem, RemoveEnchantment,
        check_attune, enchant_odds, identify_odds, remove_price, sacrifice_odds,
    },
    rules::identify::Aspect,
};
use wayfarer_inventory::{
    Inventory, Item,
    content::ItemDef,
    currency::Money,
    naming::display_name,
    station::station_of,
    work::{Work, WorkRegistry},
};

use crate::{
    game_panel::PanelScene,
    model::enchanting::{
        ChosenGear, EnchantingModel, GearLine, LayOdds, OnGear, SacrificeOdds, ToLay, Unknown,
    },
    panels::number,
};

struct Builder<'w> {
    world: &'w World,
    content: &'w Content,
    texts: Option<&'w Texts>,
    actor: Entity,
    station: Option<Uid>,
    keeper: bool,
}

/// The model for a character, with what is chosen.
pub(crate) fn enchanting(scene: &PanelScene<'_>, chosen: Option<Uid>) -> EnchantingModel {
    let world = scene.world;
    let content = world.get_resource::<ActiveContent>();
    let Some((actor, content)) = scene.local.zip(content) else {
        return EnchantingModel::default();
    };
    let Some(inventory) = world.get::<Inventory>(actor) else {
        return EnchantingModel::default();
    };
    let visited = scene.visited();
    let station = visited.and_then(|(_, entity)| station_of(world, &content.0, entity));
    let builder = Builder {
        world,
        content: &content.0,
        texts: world.get_resource::<Texts>(),
        actor,
        station: visited.map(|(uid, _)| uid),
        keeper: station.is_some_and(|station| station.skill.is_some()),
    };
    let gear = content.0.table::<GearDef>();
    let mut items: Vec<GearLine> = inventory
        .iter()
        .filter(|item| gear.get(item.def).is_some())
        .map(|item| GearLine {
            uid: item.uid,
            name: display_name(world, item),
            worn: item.place.slot().is_some(),
        })
        .collect();
    items.sort_by(|a, b| (!a.worn, &a.name, a.uid).cmp(&(!b.worn, &b.name, b.uid)));
    let item = chosen.and_then(|uid| inventory.get(uid));
    EnchantingModel {
        present: true,
        place: station.map(|station| station.name.clone()),
        chosen: item.map(|item| builder.chosen(inventory, item)),
        items,
        xp: world.get::<EnchantLore>(actor).map_or(0, |lore| lore.xp),
        working: builder.working(),
        feedback: scene.feedback(),
    }
}

impl Builder<'_> {
    fn say(&self, refusal: &Refusal) -> String {
        match self.texts {
            Some(texts) => texts.refusal(refusal, self.content),
            None => refusal.to_string(),
        }
    }

    fn money(&self, amount: u64) -> String {
        match Money::of(self.content) {
            Some(money) => money.show(amount),
            None => amount.to_string(),
        }
    }

    fn working(&self) -> Option<(String, f32)> {
        let job = self.world.get::<Work>(self.actor)?.job.as_ref()?;
        let known = self.world.get_resource::<WorkRegistry>()?.get(job.kind)?;
        let key = format!("work.{}", known.name);
        let text = self.texts.map_or(key.as_str(), |texts| texts.get(&key));
        let clock = self
            .world
            .get_resource::<wayfarer_core::clock::RulesClock>();
        Some((
            text.to_owned(),
            job.share(clock.map_or(0, |clock| clock.tick)),
        ))
    }

    fn chosen(&self, inventory: &Inventory, item: &Item) -> ChosenGear {
        let known = is_known(self.content, item, Aspect::Enchantments);
        let now = self
            .world
            .get_resource::<wayfarer_core::clock::RulesClock>();
        let now = now.map_or(0, |clock| clock.tick);
        let there = Enchants::of(item, now).0;
        let who = self.world.get::<Identity>(self.actor).map(|id| id.0);
        let gear = self.content.table::<GearDef>().get(item.def);
        let attunable = gear.is_some_and(|gear| gear.attune);
        ChosenGear {
            uid: item.uid,
            name: display_name(self.world, item),
            station: self.station,
            used: known.then_some(there.len()),
            slots: enchant_slots(self.content, item),
            on_it: if known {
                there
                    .iter()
                    .filter_map(|one| self.on_it(item.uid, one, now))
                    .collect()
            } else {
                Vec::new()
            },
            to_lay: if known { self.to_lay(item) } else { Vec::new() },
            unknown: self.unknown(inventory, item),
            attuned: attunable.then(|| {
                let attuned = who.is_some_and(|who| is_attuned(item, who));
                let refusal = check_attune(self.world, self.actor, item.uid).err();
                (attuned, refusal.map(|refusal| self.say(&refusal)))
            }),
        }
    }

    fn on_it(&self, item: Uid, one: &AppliedEnchant, now: u64) -> Option<OnGear> {
        let def = self.content.table::<EnchantmentDef>().get(one.def)?;
        let (enchantment, station) = (one.def, self.station);
        let sacrifice = DisenchantItem {
            item,
            enchantment,
            station,
        };
        let lift = RemoveEnchantment {
            item,
            enchantment,
            station,
        };
        let hz = self.world.get_resource::<ClockMode>().copied();
        let hz = hz.unwrap_or_default().hz();
        let left = match (one.until, one.uses) {
            (Some(until), _) => {
                let seconds = (until.saturating_sub(now) as f64 / hz).ceil();
                format!("{seconds} s")
            }
            (None, Some(uses)) => format!("{uses} ×"),
            (None, None) => String::new(),
        };
        Some(OnGear {
            def: one.def,
            name: def.name.clone(),
            power: one.power,
            stability: one.stability,
            left,
            sacrifice: sacrifice_odds(self.world, self.actor, &sacrifice)
                .map(|plan| SacrificeOdds {
                    odds: plan.odds,
                    known: plan.known,
                    progress: plan.progress,
                })
                .map_err(|refusal| self.say(&refusal)),
            lift: remove_price(self.world, self.actor, &lift)
                .map(|plan| self.money(plan.price))
                .map_err(|refusal| self.say(&refusal)),
        })
    }

    /// What one knows; with a keeper also what fits.
    fn to_lay(&self, item: &Item) -> Vec<ToLay> {
        let rules = EnchantRulesDef::in_force(self.content);
        let Some(rules) = rules else {
            return Vec::new();
        };
        let lore = self.world.get::<EnchantLore>(self.actor);
        let tags = self.content.table::<ItemDef>().get(item.def);
        let fits = |def: &EnchantmentDef| {
            def.items.is_empty()
                || tags.is_some_and(|item| def.items.iter().any(|tag| item.has_tag(tag)))
        };
        let all = self.content.table::<EnchantmentDef>().iter();
        let mut all: Vec<_> = all
            .filter(|def| fits(def))
            .filter(|def| self.keeper || lore.is_some_and(|lore| lore.knows(def.id())))
            .collect();
        all.sort_by(|a, b| {
            let key = |def: &EnchantmentDef| (rules.grade(&def.grade), def.name.clone());
            key(a).cmp(&key(b))
        });
        all.into_iter()
            .map(|def| {
                let grade = rules.grade(&def.grade).and_then(|at| rules.grades.get(at));
                let grade = grade.map_or("", |grade| grade.name.as_str());
                let school = rules.school(&def.school).unwrap_or_default();
                ToLay {
                    def: def.id(),
                    name: def.name.clone(),
                    description: def.description.clone(),
                    kind: format!("{grade} · {school}"),
                    own: self.lay(item.uid, def.id(), false),
                    keeper: self.keeper.then(|| self.lay(item.uid, def.id(), true)),
                }
            })
            .collect()
    }

    fn lay(&self, item: Uid, enchantment: DefId, keeper: bool) -> Result<LayOdds, String> {
        let action = EnchantItem {
            item,
            enchantment,
            station: self.station,
            keeper,
        };
        let plan = enchant_odds(self.world, self.actor, &action);
        let plan = plan.map_err(|refusal| self.say(&refusal))?;
        let powers = plan.power.distribution();
        let mean: f32 = powers
            .iter()
            .map(|(power, share)| f32::from(*power) * share)
            .sum();
        let materials: Vec<String> = plan
            .materials
            .iter()
            .map(|need| {
                let def = self.content.table::<ItemDef>().get(need.item);
                let name = def.map_or("?", |def| def.name.as_str());
                format!("{} × {name}", need.need)
            })
            .collect();
        Ok(LayOdds {
            chance: plan.share(),
            power: (
                powers.first().map_or(0, |power| power.0),
                mean,
                powers.last().map_or(0, |power| power.0),
            ),
            price: self.money(plan.price),
            failed: self.money(plan.failed_price),
            materials: materials.join(", "),
            lose: plan.lose_materials,
            seconds: plan.seconds,
            renews: plan.renews,
        })
    }

    fn unknown(&self, inventory: &Inventory, item: &Item) -> Option<Unknown> {
        let (known, steps) = (
            known_steps(self.content, item),
            hidden_steps(self.content, item),
        );
        if known >= steps {
            return None;
        }
        let rules = IdentificationRulesDef::in_force(self.content)?;
        let ask = |by| {
            let action = IdentifyItem { item: item.uid, by };
            identify_odds(self.world, self.actor, &action).map_err(|refusal| self.say(&refusal))
        };
        let items = self.content.table::<ItemDef>();
        let helps = |other: &&Item| {
            let def = items.get(other.def);
            other.uid != item.uid
                && other.place.slot().is_none()
                && def.is_some_and(|def| rules.helpers.iter().any(|known| def.has_tag(&known.tag)))
        };
        let whole = wayfarer_equipment::rules::outcome::WHOLE as f32;
        Some(Unknown {
            known,
            steps,
            study: ask(IdentifyBy::Study).map(|plan| (plan.chance as f32 / whole, plan.seconds)),
            station: self.station.map(|station| {
                let plan = ask(IdentifyBy::Station(station));
                (station, plan.map(|plan| self.money(plan.price)))
            }),
            helpers: inventory
                .iter()
                .filter(helps)
                .map(|helper| (helper.uid, display_name(self.world, helper)))
                .collect(),
        })
    }
}

/// A share as percent: `12.5 %`, and never a round number that is not one.
pub(crate) fn percent(share: f32) -> String {
    let percent = share * 100.0;
    let shown: &dyn Display = &number(percent);
    if percent > 0.0 && percent < 0.01 {
        "< 0.01 %".to_owned()
    } else {
        format!("{shown} %")
    }
}
