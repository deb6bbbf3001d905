//! Wayfarer's items: plain data in inventories, moved by actions that never lose or copy anything.
//!
//! - An [`Item`] is 48 bytes of data: what it is, how many, where. Everything beyond that is an
//!   [extension](ext), which games and other plugins define alike. Only an item that lies in the
//!   world is an entity ([`WorldItem`]).
//! - An [`Inventory`] is an aggregate: it changes by [`ItemOp`]s with exact inverses. Worn items
//!   stay in it, so a uid is in exactly one place.
//! - [Actions](actions) are what players ask for: move, split, merge, drop, pick up, transfer,
//!   open, close, sort, destroy; the game master grants. Each plans on the totals as they would
//!   be and then commits, all or nothing.
//! - [`Container`]s are opened by who is near; [`Load`] says how heavy somebody's things are.
//! - Things are made by [recipes](craft), as [work] that takes time and takes nothing before
//!   its end, at [stations](station); they are found as [loot], whose odds are known exactly.
//!   [Makers](making) of other plugins say what a new thing is like. Things can have
//!   [charges, or be one person's alone](cling), and [remember](history) who had them; the dead
//!   [leave](remains) what they had.
//! - Packs define `items`, `compartments`, `load_curves`, `kits`, `stations`, `loot_tables` and
//!   `recipes` ([`content`]).
//! - [`create`](actions::create), [`remove`](actions::remove) and
//!   [`lay_new`](world_item::lay_new) are how a game's own rules make and use up items: always
//!   with a reason in the ledger.
//!
//! It is not equipment: slots, requirements and what worn things do is `wayfarer_equipment`, which
//! adds [constraints](constraint) and never fields.
//!
//! # Quick start
//!
//! ```
//! use bevy::prelude::*;
//! use wayfarer_core::{content::MemorySource, prelude::*};
//! use wayfarer_inventory::prelude::*;
//!
//! let pack = MemorySource::new();
//! pack.set("demo", "pack.ron", r#"(name: "demo", version: "0.1.0")"#);
//! pack.set("demo", "characters/a.ron", r#"{ "hero": (name: "Hero") }"#);
//! pack.set("demo", "items/a.ron", r#"{ "apple": (name: "Apple", weight: 0.2, bulk: 1, max_stack: 20) }"#);
//! pack.set("demo", "compartments/a.ron", r#"{ "bag": (name: "Bag", max_bulk: 10) }"#);
//! pack.set("demo", "kits/a.ron", r#"{ "hero": (
//!     compartments: ["bag"],
//!     weight_limit: 20,
//!     items: [(item: "apple", count: 3)],
//! ) }"#);
//!
//! let mut app = App::new();
//! app.add_plugins((MinimalPlugins, InventoryPlugin::default()))
//!     .insert_resource(ClockMode::Manual { hz: 20.0 })
//!     .add_pack_source(pack);
//! app.load_content_now().unwrap();
//! let hero = app.world_mut().spawn((Character::new("demo:hero"), Owner(PlayerId::LOCAL))).id();
//! app.world_mut().run_schedule(RulesTick);
//!
//! let world = app.world_mut();
//! let me = world.get::<Identity>(hero).unwrap().0;
//! let apples = world.get::<Inventory>(hero).unwrap().iter().next().unwrap().uid;
//! let lying = world.act(PlayerId::LOCAL, Some(me), &DropItem { item: apples, count: Some(1) }).unwrap();
//! assert_eq!(world.get::<Inventory>(hero).unwrap().get(apples).unwrap().count, 2);
//!
//! // What is not there can not be dropped, and nothing has happened.
//! let refusal = world
//!     .act(PlayerId::LOCAL, Some(me), &DropItem { item: apples, count: Some(9) })
//!     .unwrap_err();
//! assert_eq!(refusal.code.as_str(), "invalid_amount");
//! world
//!     .act(PlayerId::LOCAL, Some(me), &PickUpItem { item: lying, count: None, to: None })
//!     .unwrap();
//! assert_eq!(world.get::<Inventory>(hero).unwrap().get(apples).unwrap().count, 3);
//! ```

pub mod actions;
pub mod audit;
pub mod cling;
pub mod constraint;
pub mod container;
pub mod content;
pub mod craft;
pub mod currency;
mod dealing;
pub mod ext;
pub mod facts;
pub mod history;
pub mod intake;
pub mod inventory;
pub mod item;
pub mod load;
pub mod loot;
pub mod making;
pub mod marks;
pub mod measure;
mod mend;
pub mod naming;
pub mod ops;
mod outfit;
pub mod overflow;
mod plugin;
mod protocol;
pub mod ranking;
pub mod refusals;
pub mod release;
pub mod remains;
pub mod rules;
pub mod search;
pub mod share;
pub mod shop;
pub mod spared;
pub mod station;
mod stats;
pub mod trade;
pub mod value;
pub mod view;
pub mod work;
pub mod world_item;

pub use container::Container;
pub use inventory::Inventory;
pub use item::{Item, Place};
pub use load::Load;
pub use ops::ItemOp;
pub use plugin::InventoryPlugin;
pub use world_item::WorldItem;

/// What games need most.
pub mod prelude {
    pub use crate::{
        InventoryPlugin,
        actions::{
            AskHistory, BuyItem, CloseContainer, CraftItem, DestroyItem, DropItem, ExchangeCoins,
            GrantItem, MarkItem, MergeStacks, MoveItem, OpenContainer, PickUpItem, PutItem,
            PutMatching, RearrangeItem, RollLoot, SellItem, SetHotbar, SortBy, SortItems,
            SplitStack, StackAll, StopWork, TakeAll, TidyPurse, TransferItem, UseItem,
        },
        constraint::{ItemConstraintAppExt, Planned, Purpose},
        container::Container,
        content::{CompartmentDef, ItemDef, KitDef, LoadCurveDef, LootTableDef, StationDef},
        ext::{ItemExt, ItemExtAppExt, Stacks},
        facts::{
            ContainerClosed, ContainerOpened, ItemDestroyed, ItemDropped, ItemGranted, ItemMoved,
            ItemPickedUp, ItemTransferred, ItemUsed, ItemsChanged, ItemsOverflowed, LoadChanged,
            WorkEnded, WorkStarted,
        },
        inventory::Inventory,
        item::{Item, Place},
        load::Load,
        making::ItemMakerAppExt,
        marks::Marks,
        naming::{ItemNamerAppExt, display_name},
        value::{Appraisal, ItemValueAppExt, appraise},
        view::View,
        work::{Work, WorkAppExt},
        world_item::WorldItem,
    };
}
