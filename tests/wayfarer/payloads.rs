//! What somebody who means harm would send: for every action, whatever must never do anything.

use std::collections::BTreeSet;

use bevy::prelude::*;
use wayfarer::{
    core::{action::ActionRegistry, feature::SwitchFeature, ledger::UndoAction, people::SetRole},
    equipment::{
        durability::Expose,
        identifying::{IdentifyBy, IdentifyItem},
        repair::RepairItem,
    },
    inventory::{
        actions::{
            AcceptTrade, AnswerTrade, AskTrade, BuyItem, CancelTrade, ExchangeCoins, OfferTrade,
            SellItem, SetLootRights, ShareOut, Spot, TidyPurse,
        },
        trade::TradePhase,
    },
    prelude::*,
    stats::{
        actions::ResetRuntime,
        damage::{DealDamage, GiveTemporary, Heal},
        effects::{
            RestKind,
            actions::{
                AcceptEffect, ApplyEffect, DismissEffect, EndTurn, RemoveEffect, Rest, WhichEffects,
            },
        },
        relations::{Bond, ForgetRelations, PatchRelation},
    },
};

use super::rig;

/// An action and what is sent for it.
pub type Hostile = (DefId, Vec<u8>);

/// Nobody has this uid.
pub fn nobody() -> Uid {
    Uid::new(u64::MAX).unwrap()
}

fn of<A: Action>(action: &A) -> Hostile {
    (DefId::of(A::NAME), postcard::to_stdvec(action).unwrap())
}

/// Well-formed requests that are impossible even as oneself: other people's things, things that do
/// not exist, nothing, too much, a game master's rights.
pub fn impossible(app: &App, me: Uid, other: Uid) -> Vec<Hostile> {
    let mine: Vec<Uid> = rig::items(app, me).iter().map(|item| item.uid).collect();
    let theirs = rig::items(app, other);
    let foreign: Vec<Uid> = theirs
        .iter()
        .map(|item| item.uid)
        .chain([nobody(), other])
        .collect();
    let mut all = Vec::new();
    for feature in ["equipment", "gravity", ""] {
        let feature = feature.repeat(20);
        all.push(of(&SwitchFeature { feature, on: false }));
    }
    for environment in [None, Some("rain".to_owned()), Some("x".repeat(400))] {
        all.push(of(&Expose { environment }));
    }
    for &item in foreign.iter().chain(&mine) {
        for points in [None, Some(0), Some(255)] {
            for station in [None, Some(me), Some(nobody())] {
                for extras in [false, true] {
                    all.push(of(&RepairItem {
                        item,
                        station,
                        points,
                        extras,
                    }));
                }
            }
        }
    }
    for &item in &foreign {
        for count in [None, Some(0), Some(1), Some(u32::MAX)] {
            let to = Some(Place::In(255));
            all.push(of(&DropItem { item, count }));
            for to in [
                Place::Overflow,
                Place::Inside {
                    bag: item,
                    pocket: 255,
                },
            ] {
                all.push(of(&PickUpItem {
                    item,
                    count,
                    to: Some(to),
                }));
            }
            all.push(of(&DestroyItem { item, count }));
            for target in [None, Some(other), Some(nobody())] {
                all.push(of(&UseItem { item, target }));
            }
            all.push(of(&PickUpItem { item, count, to }));
            all.push(of(&TransferItem {
                from: other,
                item,
                count,
                to: me,
                compartment: None,
            }));
            all.push(of(&MergeStacks {
                from: item,
                into: mine[0],
                count,
            }));
            all.push(of(&SplitStack {
                item,
                count: count.unwrap_or(2),
                to: None,
            }));
        }
        let before = Some(item);
        all.push(of(&EquipItem { item, slot: None }));
        all.push(of(&MoveItem {
            item,
            to: Place::In(200),
            before,
        }));
        for to in [
            Place::In(0),
            Place::Overflow,
            Place::Inside {
                bag: item,
                pocket: 0,
            },
        ] {
            for position in [0, u32::MAX] {
                all.push(of(&PutItem { item, to, position }));
            }
            for holder in [me, other, item, nobody()] {
                for at in [Spot::End, Spot::Before(item), Spot::Cell(0)] {
                    all.push(of(&RearrangeItem {
                        holder,
                        item,
                        to,
                        at,
                    }));
                }
            }
            all.push(of(&StackAll {
                compartment: Some(Place::Inside {
                    bag: item,
                    pocket: 7,
                }),
            }));
        }
        all.push(of(&MarkItem {
            item,
            favourite: true,
        }));
        for slot in [0, 255] {
            let item = Some(item);
            all.push(of(&SetHotbar { slot, item }));
        }
        all.push(of(&TakeAll { from: item }));
        all.push(of(&PutMatching { to: item }));
        all.push(of(&OpenContainer { container: item }));
        all.push(of(&CloseContainer { container: item }));
    }
    for &item in &mine {
        for count in [0, u32::MAX] {
            all.push(of(&SplitStack {
                item,
                count,
                to: None,
            }));
            all.push(of(&DropItem {
                item,
                count: Some(count),
            }));
            all.push(of(&MergeStacks {
                from: item,
                into: item,
                count: Some(count),
            }));
        }
        // Giving oneself what one has; and to somebody who is no longer there.
        for to in [me, nobody()] {
            all.push(of(&TransferItem {
                from: me,
                item,
                count: Some(u32::MAX),
                to,
                compartment: None,
            }));
        }
        // Into itself, and where nothing goes.
        for to in [
            Place::In(200),
            Place::Overflow,
            Place::Worn(DefId::of("core:head")),
            Place::Inside {
                bag: item,
                pocket: 0,
            },
            Place::Inside {
                bag: nobody(),
                pocket: 0,
            },
        ] {
            all.push(of(&MoveItem {
                item,
                to,
                before: None,
            }));
            all.push(of(&PutItem {
                item,
                to,
                position: 0,
            }));
            for holder in [me, other, nobody()] {
                let at = Spot::End;
                all.push(of(&RearrangeItem {
                    holder,
                    item,
                    to,
                    at,
                }));
            }
        }
        all.push(of(&EquipItem {
            item,
            slot: Some(DefId(0)),
        }));
    }
    for slot in [DefId(0), DefId::of("core:neck"), DefId(u32::MAX)] {
        all.push(of(&UnequipItem {
            slot,
            compartment: Some(Place::In(255)),
        }));
        all.push(of(&SwapSlots {
            from: slot,
            to: slot,
        }));
    }
    for by in [SortBy::Name, SortBy::Value] {
        all.push(of(&SortItems {
            compartment: Some(Place::In(255)),
            by,
        }));
    }
    dealing(&mine, me, other, &mut all);
    making(me, &foreign, &mut all);
    // There is nothing to stop.
    magic(&mine, &foreign, other, &mut all);
    all.push(of(&StopWork));
    masters(me, other, &mut all);
    all
}

/// Money, shops and trades: nobody here sells or has asked to trade.
fn dealing(mine: &[Uid], me: Uid, other: Uid, all: &mut Vec<Hostile>) {
    for whom in [me, other, nobody()] {
        for &item in mine.iter().chain(&[other, nobody()]) {
            for (count, price) in [(0, 0), (1, 0), (1, 1), (u32::MAX, u64::MAX)] {
                let shop = whom;
                all.push(of(&BuyItem {
                    shop,
                    item,
                    count,
                    price,
                }));
                all.push(of(&SellItem {
                    shop,
                    item,
                    count,
                    price,
                }));
            }
        }
        let trade = whom;
        for yes in [false, true] {
            all.push(of(&AnswerTrade { trade, yes }));
        }
        for money in [0, u64::MAX] {
            for items in [vec![], vec![(nobody(), 1)], vec![(mine[0], u32::MAX); 100]] {
                all.push(of(&OfferTrade {
                    trade,
                    items,
                    money,
                }));
            }
        }
        for phase in [TradePhase::Asked, TradePhase::Offer, TradePhase::Review] {
            for revision in [0, 1, u32::MAX] {
                all.push(of(&AcceptTrade {
                    trade,
                    phase,
                    revision,
                }));
            }
        }
        all.push(of(&CancelTrade { trade }));
        for among in [vec![], vec![me], vec![me, me], vec![other; 100]] {
            let container = whom;
            all.push(of(&ShareOut {
                container,
                among: among.clone(),
            }));
            for seconds in [f32::NAN, -1.0, 1e30] {
                all.push(of(&SetLootRights {
                    container,
                    among: among.clone(),
                    seconds,
                }));
            }
        }
    }
    // Oneself, and somebody who is not there.
    for with in [me, nobody()] {
        all.push(of(&AskTrade { with }));
    }
    // To have one's own coins changed is nobody's harm; only what is no request at all is.
    all.push((DefId::of(TidyPurse::NAME), vec![1, 2, 3]));
    for from in [DefId(0), DefId::of("demo:coin"), DefId::of("demo:anvil")] {
        for count in [0, u32::MAX] {
            all.push(of(&ExchangeCoins {
                from,
                count,
                into: from,
            }));
        }
    }
}

/// Recipes that do not exist or are not learned, places that are none, things of others.
fn making(me: Uid, foreign: &[Uid], all: &mut Vec<Hostile>) {
    // There is nothing to stop.
    all.push(of(&StopWork));
    for &item in foreign {
        all.push(of(&AskHistory { item }));
        for times in [0, 1, u32::MAX] {
            all.push(of(&CraftItem {
                recipe: DefId(0),
                times,
                station: Some(item),
                pick: vec![item; 80],
            }));
        }
    }
    for level in [f32::NAN, f32::INFINITY, -1.0, 1.0] {
        all.push(of(&RollLoot {
            to: me,
            table: DefId::of("demo:chest"),
            level,
            themes: vec!["x".repeat(20); 20],
        }));
    }
}

/// What would be enchanted, found out, attuned to, used and named: of others, of nobody, and of
/// one's own what no rule allows.
fn magic(mine: &[Uid], foreign: &[Uid], other: Uid, all: &mut Vec<Hostile>) {
    let unknown = [DefId(0), DefId::of("demo:nothing"), DefId(u32::MAX)];
    let known = [DefId::of("demo:keen_edge"), DefId::of("demo:ember_burst")];
    for &item in foreign {
        for &what in unknown.iter().chain(&known) {
            for station in [None, Some(other), Some(nobody())] {
                enchanting(item, what, station, all);
            }
            for target in [None, Some(other), Some(nobody())] {
                all.push(of(&UseAbility {
                    item,
                    ability: what,
                    target,
                }));
            }
        }
        for by in [
            IdentifyBy::Study,
            IdentifyBy::Station(other),
            IdentifyBy::Helper(item),
        ] {
            all.push(of(&IdentifyItem { item, by }));
        }
        all.push(of(&AttuneItem { item }));
        all.push(of(&UnattuneItem { item }));
        for name in [None, Some("Mine".to_owned())] {
            all.push(of(&RenameItem { item, name }));
        }
    }
    for &item in mine {
        for &what in &unknown {
            enchanting(item, what, Some(item), all);
            all.push(of(&UseAbility {
                item,
                ability: what,
                target: None,
            }));
        }
        // Nothing that a new character has is a secret or needs attuning.
        for by in [IdentifyBy::Study, IdentifyBy::Helper(item)] {
            all.push(of(&IdentifyItem { item, by }));
        }
        all.push(of(&AttuneItem { item }));
        all.push(of(&UnattuneItem { item }));
        for name in ["", "   ", "a\nb", "\u{202e}", "{item}", "\0"] {
            let name = Some(name.to_owned());
            all.push(of(&RenameItem { item, name }));
        }
        let name = Some("x".repeat(3_000));
        all.push(of(&RenameItem { item, name }));
    }
}

fn enchanting(item: Uid, enchantment: DefId, station: Option<Uid>, all: &mut Vec<Hostile>) {
    for keeper in [false, true] {
        all.push(of(&EnchantItem {
            item,
            enchantment,
            station,
            keeper,
        }));
    }
    all.push(of(&DisenchantItem {
        item,
        enchantment,
        station,
    }));
    all.push(of(&RemoveEnchantment {
        item,
        enchantment,
        station,
    }));
}

/// What only a game master or the host may ask for.
fn masters(me: Uid, other: Uid, all: &mut Vec<Hostile>) {
    for target in [me, other, nobody()] {
        for count in [0, 1, u32::MAX] {
            all.push(of(&GrantItem {
                to: target,
                def: DefId::of("demo:anvil"),
                count,
                compartment: None,
            }));
        }
        for value in [f32::NAN, f32::INFINITY, -1.0, f32::MAX, 18.0] {
            for change in [PatchChange::Set(value), PatchChange::Add(value)] {
                all.push(of(&PatchStat {
                    target,
                    stat: StatId::of("core:attributes.strength"),
                    layer: PatchLayer::Base,
                    change,
                }));
            }
        }
        all.push(of(&ResetRuntime { target, set: None }));
        powers(target, other, all);
    }
    for sequence in [0, 1, 2, 5, u64::MAX] {
        all.push(of(&UndoAction { sequence }));
    }
    for player in [PlayerId::LOCAL, PlayerId(1 << 32), PlayerId(2 << 32)] {
        for role in [Role::GameMaster, Role::Host, Role::Spectator] {
            all.push(of(&SetRole { player, role }));
        }
    }
}

/// What effects, damage and bonds could do to somebody.
fn powers(target: Uid, other: Uid, all: &mut Vec<Hostile>) {
    for effect in [
        DefId(0),
        DefId::of("demo:blessed"),
        DefId::of("srd:unconscious"),
    ] {
        for level in [f32::NAN, f32::MAX, 1.0] {
            all.push(of(&ApplyEffect {
                target,
                effect,
                source: Some(other),
                level,
                numbers: vec![("x".repeat(40), level); 4],
            }));
        }
        for which in [WhichEffects::One(other), WhichEffects::Tagged(effect)] {
            all.push(of(&RemoveEffect { target, which }));
        }
    }
    for effect in [target, other, nobody()] {
        all.push(of(&DismissEffect { effect }));
    }
    for effect in [DefId(0), DefId::of("demo:blessing")] {
        all.push(of(&AcceptEffect {
            from: target,
            effect,
        }));
    }
    all.push(of(&EndTurn { target }));
    for kind in [RestKind::Short, RestKind::Long] {
        all.push(of(&Rest { target, kind }));
    }
    for amount in [f32::NAN, f32::INFINITY, -5.0, 0.0, 5.0, f32::MAX] {
        let blow = vec![(DefId::of("core:fire"), amount); 3];
        all.push(of(&DealDamage { target, blow }));
        all.push(of(&Heal { target, amount }));
        all.push(of(&GiveTemporary { target, amount }));
        for kind in ["life:bond", "none:such"] {
            all.push(of(&PatchRelation {
                holder: target,
                bond: Bond::of(other, kind),
                stat: StatId::of("life:relationships.affinity"),
                change: PatchChange::Add(amount),
                note: "x".repeat(200),
            }));
        }
    }
    all.push(of(&ForgetRelations {
        holder: target,
        other,
        kind: None,
    }));
}

/// Bytes that are no action, or one by accident.
pub fn garbage() -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = (0..40u8)
        .map(|seed| {
            (0..24)
                .map(|i| seed.wrapping_mul(i).wrapping_add(i))
                .collect()
        })
        .collect();
    all.extend([
        Vec::new(),
        vec![0],
        vec![0; 64],
        vec![0xff; 10],
        // The longest number there is, and one that is too long.
        [[0x80; 9].as_slice(), &[1]].concat(),
        [[0x80; 30].as_slice(), &[1]].concat(),
        vec![0xff; 900],
    ]);
    all
}

/// Every action that can be asked for.
pub fn actions(app: &App) -> Vec<DefId> {
    let registry = app.world().resource::<ActionRegistry>();
    registry.iter().map(|(id, _)| id).collect()
}

/// Who adds an action says here what would be wrong with it.
#[test]
fn the_table_knows_every_action() {
    let mut app = rig::game(rig::BY_HAND);
    let me = rig::seat(&mut app, PlayerId(1 << 32), "demo:knight");
    let other = rig::seat(&mut app, PlayerId(2 << 32), "demo:ranger");
    let table = impossible(&app, me, other);
    let known: BTreeSet<DefId> = table.iter().map(|(action, _)| *action).collect();
    let registry = app.world().resource::<ActionRegistry>();
    let missing: Vec<&str> = registry
        .iter()
        .filter(|(id, _)| !known.contains(id))
        .map(|(_, entry)| entry.name)
        .collect();
    assert!(missing.is_empty(), "without a hostile payload: {missing:?}");
}
