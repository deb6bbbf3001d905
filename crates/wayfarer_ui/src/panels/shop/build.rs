//! Reads a shop out of the world.

use bevy::prelude::*;
use wayfarer_core::{
    content::{ActiveContent, Content},
    id::Uid,
};
use wayfarer_inventory::{
    Inventory, Item,
    constraint::{Planned, Purpose, check_with_contents},
    currency::{Money, Purse},
    naming::display_name,
    rules::{Side, fewest},
    shop::{Shop, definition, price_of},
    view::View,
};

use super::model::{Blocked, PriceView, ShopModel, ShopView, Ware};
use crate::{build, game_panel::PanelScene};

/// Whether the player may look into a shop.
pub(super) fn is_open(scene: &PanelScene<'_>, shop: Entity) -> bool {
    build::is_open(scene.world, shop)
}

/// The shop that the player deals with. `count` is how many they would buy or sell at once.
pub(super) fn shop_model(scene: &PanelScene<'_>, count: u32) -> ShopModel {
    ShopModel {
        shop: view(scene, count),
        feedback: scene.feedback(),
    }
}

fn view(scene: &PanelScene<'_>, count: u32) -> Option<ShopView> {
    let world = scene.world;
    let content = &world.get_resource::<ActiveContent>()?.0;
    let (uid, shop) = scene.visited()?;
    let me = scene.local?;
    definition(world, content, shop)?;
    let mut view = ShopView {
        open: is_open(scene, shop),
        ..ShopView::new(uid, build::name_of(world, shop))
    };
    if !view.open {
        return Some(view);
    }
    let theirs = world.get::<Inventory>(shop)?;
    let mine = world.get::<Inventory>(me)?;
    let till = Purse::in_force(content, theirs).worth;
    let coins = Purse::in_force(content, mine);
    let purse = coins.worth;
    if let Some(money) = Money::of(content) {
        view.tidy = fewest(money.worths(), purse) == coins.counts;
        view.changes = money.breaks_coins();
    }
    (view.till, view.purse) = (show(content, till), show(content, purse));
    let reader = Reader {
        world,
        content,
        shop,
        me,
        count,
        my_uid: scene.local_uid(),
    };
    view.wares = reader.side(theirs, Side::Buy, purse);
    view.own = reader.side(mine, Side::Sell, till);
    Some(view)
}

fn show(content: &Content, amount: u64) -> String {
    Money::of(content).map_or_else(|| amount.to_string(), |money| money.show(amount))
}

struct Reader<'a> {
    world: &'a World,
    content: &'a Content,
    shop: Entity,
    me: Entity,
    my_uid: Option<Uid>,
    count: u32,
}

impl Reader<'_> {
    /// The stacks that have a price.
    fn side(&self, inventory: &Inventory, side: Side, money: u64) -> Vec<Ware> {
        let priced = inventory.iter().filter_map(|item| {
            let count = self.count.clamp(1, item.count);
            let (world, content) = (self.world, self.content);
            let price = price_of(world, content, self.shop, self.me, item.uid, side, count).ok()?;
            let short = (price.total > money).then(|| match side {
                Side::Buy => Blocked::Purse(show(content, money)),
                Side::Sell => Blocked::Till(show(content, money)),
            });
            Some(Ware {
                uid: item.uid,
                name: display_name(world, item),
                has: item.count,
                count,
                price: PriceView {
                    amount: price.total,
                    text: show(content, price.total),
                    bought_back: side == Side::Buy && self.was_mine(item),
                    lines: price.lines,
                },
                blocked: self.kept(item, side, count).or(short),
            })
        });
        priced.collect()
    }

    /// Why the player's thing is not sold, whatever it would bring.
    fn kept(&self, item: &Item, side: Side, count: u32) -> Option<Blocked> {
        if side == Side::Buy {
            return None;
        }
        let view = View::of(self.world, self.content, self.me).ok()?;
        let planned = Planned {
            item,
            count,
            purpose: Purpose::Sell,
            to: None,
        };
        let refusal = check_with_contents(&view, &planned).err()?;
        Some(Blocked::Rules(build::say(self.world, &refusal)))
    }

    fn was_mine(&self, item: &Item) -> bool {
        let tick = build::now(self.world).tick;
        let shop = self.world.get::<Shop>(self.shop);
        shop.zip(self.my_uid)
            .is_some_and(|(shop, me)| shop.buyback_of(item.uid, me, tick).is_some())
    }
}
