//! Everything changes hands, or nothing does.

use bevy::prelude::*;
use wayfarer_core::{content::Content, id::Uid, refusal::Refusal, txn::Txn};

use super::{Trade, TradeSide, check_offer, check_together};
use crate::{
    content::ItemDef,
    currency::{pay, put},
    facts::{ItemTransferred, ItemsChanged},
    intake::{Parcel, take_parcel},
    refusals,
    view::View,
};

/// Carries a trade out. What both give is out of their bags before anything comes in, so that full
/// bags can swap.
///
/// # Errors
/// `not_found`, `out_of_reach`, `offer_gone`, `insufficient_funds`, and whatever stands against
/// giving or taking. The caller undoes what was begun.
pub(crate) fn complete(txn: &mut Txn<'_>, trade: &Trade) -> Result<(), Refusal> {
    let content = txn.content();
    let [a, b] = &trade.sides;
    let both = [txn.entity(a.who)?, txn.entity(b.who)?];
    for entity in both {
        txn.check_reach(entity)?;
    }
    for (side, owner) in trade.sides.iter().zip(both) {
        check_side(txn, &content, owner, side)?;
    }
    let mut goods: Vec<(Entity, Entity, Parcel)> = Vec::new();
    for (side, (from, to)) in trade
        .sides
        .iter()
        .zip([(both[0], both[1]), (both[1], both[0])])
    {
        for offered in &side.items {
            let parcel = take_parcel(txn, from, offered.item.uid, offered.item.count)?;
            goods.push((from, to, parcel));
        }
    }
    // Only the difference changes hands: it is the same money, and needs less change.
    let (payer, payee, price) = if a.money >= b.money {
        (both[0], both[1], a.money - b.money)
    } else {
        (both[1], both[0], b.money - a.money)
    };
    pay(txn, payer, price, Some(payee))?;
    for (from, to, parcel) in goods {
        let (def, count) = (parcel.item.def, parcel.item.count);
        let uid: Uid = put(txn, to, parcel)?;
        txn.emit(ItemTransferred {
            entity: to,
            from,
            item: uid,
            def,
            count,
        });
    }
    for entity in both {
        txn.emit(ItemsChanged { entity });
    }
    Ok(())
}

/// Is everything there that was agreed on, as it was shown?
fn check_side(
    txn: &Txn<'_>,
    content: &Content,
    owner: Entity,
    side: &TradeSide,
) -> Result<(), Refusal> {
    let view = View::of_txn(txn, content, owner)?;
    for offered in &side.items {
        let now = check_offer(&view, offered.item.uid, offered.item.count)?;
        if now != *offered {
            let def = content.table::<ItemDef>().get(offered.item.def);
            return Err(refusals::offer_gone(def.map_or("", |def| &def.name)));
        }
    }
    check_together(content, &side.items)?;
    let have = crate::currency::purse(&view);
    if have < side.money {
        return Err(refusals::insufficient_funds(content, side.money, have));
    }
    Ok(())
}
