//! Registration of money, shops, trades and the sharing of loot.

use bevy::prelude::*;
use wayfarer_core::{
    action::ActionAppExt,
    character::CharacterAppExt,
    content::ContentAppExt,
    protocol::ProtocolAppExt,
    state::{Audience, StateAppExt},
    text::TextAppExt,
};

use crate::{
    actions::{
        AcceptTrade, AnswerTrade, AskTrade, BuyItem, CancelTrade, ExchangeCoins, OfferTrade,
        SellItem, SetLootRights, ShareOut, TidyPurse,
    },
    content::{CurrencyDef, ShopDef, TradeRulesDef},
    currency,
    refusals::DEALING_TEXTS,
    share::LootRights,
    shop::{self, Shop, Standings},
    trade::{self, Trade},
    value,
};

pub(crate) fn plugin(app: &mut App) {
    const PLUGIN: &str = "wayfarer_inventory";
    app.register_texts(DEALING_TEXTS)
        .register_definition::<CurrencyDef>()
        .register_definition::<TradeRulesDef>()
        .register_definition::<ShopDef>()
        .register_content_derive("inventory.money", currency::of_content)
        .register_content_check("inventory.shops", shop::check_shops)
        .register_outfit("2 inventory shop", shop::outfit)
        .register_type::<Shop>()
        .register_type::<Trade>()
        .register_type::<LootRights>()
        .register_action::<BuyItem>()
        .register_action::<SellItem>()
        .register_action::<ExchangeCoins>()
        .register_action::<TidyPurse>()
        .register_action::<AskTrade>()
        .register_action::<AnswerTrade>()
        .register_action::<OfferTrade>()
        .register_action::<AcceptTrade>()
        .register_action::<CancelTrade>()
        .register_action::<ShareOut>()
        .register_action::<SetLootRights>();
    app.register_state::<Shop>("inventory.shop", 1, Audience::Viewers);
    app.register_state::<LootRights>("inventory.loot_rights", 1, Audience::Public);
    app.on_restored("inventory.trades", trade::restored)
        .declare_replicated::<Shop>(PLUGIN, "inventory.shop", 1, Audience::Viewers)
        .declare_replicated::<Standings>(PLUGIN, "inventory.standings", 1, Audience::Viewers)
        .declare_replicated::<Trade>(PLUGIN, "inventory.trade", 1, Audience::Viewers)
        .declare_replicated::<LootRights>(PLUGIN, "inventory.loot_rights", 1, Audience::Public);
    value::plugin(app);
    shop::plugin(app);
    trade::plugin(app);
}
