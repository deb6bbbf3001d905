//! The inventory crate in a real app, alone.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

#[path = "wayfarer_inventory/actions.rs"]
mod actions;
#[path = "wayfarer_inventory/assets.rs"]
mod assets;
#[path = "wayfarer_inventory/bags.rs"]
mod bags;
#[path = "wayfarer_inventory/buyback.rs"]
mod buyback;
#[path = "wayfarer_inventory/cling.rs"]
mod cling;
#[path = "wayfarer_inventory/comfort.rs"]
mod comfort;
#[path = "wayfarer_inventory/conservation.rs"]
mod conservation;
#[path = "wayfarer_inventory/containers.rs"]
mod containers;
#[path = "wayfarer_inventory/content.rs"]
mod content;
#[path = "wayfarer_inventory/craft.rs"]
mod craft;
#[path = "wayfarer_inventory/craft_books.rs"]
mod craft_books;
#[path = "wayfarer_inventory/craft_content.rs"]
mod craft_content;
#[path = "wayfarer_inventory/craft_materials.rs"]
mod craft_materials;
#[path = "wayfarer_inventory/craft_room.rs"]
mod craft_room;
#[path = "wayfarer_inventory/dealing.rs"]
mod dealing;
#[path = "wayfarer_inventory/ground.rs"]
mod ground;
#[path = "wayfarer_inventory/history.rs"]
mod history;
#[path = "wayfarer_inventory/hostile.rs"]
mod hostile;
#[path = "wayfarer_inventory/layouts.rs"]
mod layouts;
#[path = "wayfarer_inventory/load.rs"]
mod load;
#[path = "wayfarer_inventory/loot.rs"]
mod loot;
#[path = "wayfarer_inventory/making.rs"]
mod making;
#[path = "wayfarer_inventory/market.rs"]
mod market;
#[path = "wayfarer_inventory/market_content.rs"]
mod market_content;
#[path = "wayfarer_inventory/money.rs"]
mod money;
#[path = "wayfarer_inventory/offers.rs"]
mod offers;
#[path = "wayfarer_inventory/overflow.rs"]
mod overflow;
#[path = "wayfarer_inventory/positions.rs"]
mod positions;
#[path = "wayfarer_inventory/rearrange.rs"]
mod rearrange;
#[path = "wayfarer_inventory/remains.rs"]
mod remains;
#[path = "wayfarer_inventory/rig.rs"]
mod rig;
#[path = "wayfarer_inventory/sharing.rs"]
mod sharing;
#[path = "wayfarer_inventory/shop_content.rs"]
mod shop_content;
#[path = "wayfarer_inventory/shops.rs"]
mod shops;
#[path = "wayfarer_inventory/stacks.rs"]
mod stacks;
#[path = "wayfarer_inventory/stock.rs"]
mod stock;
#[path = "wayfarer_inventory/trades.rs"]
mod trades;
#[path = "wayfarer_inventory/uses.rs"]
mod uses;
#[path = "wayfarer_inventory/work.rs"]
mod work;
#[path = "wayfarer_inventory/world.rs"]
mod world;
