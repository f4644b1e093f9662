//! The frame: notices, and each person's own language and zone.

use app::service::PanelService;
use app::wire::Notice;
use domain::Role;
use domain::time::DAY;
use server::clock::Clock;
use server::live::Bell;
use server::panel::{Banner, Panel, PanelShared, Signed};
use server::store::Session;

use crate::acting::place;
use crate::guests::Guest;
use crate::house::House;
use std::sync::Arc;

#[tokio::test]
async fn a_notice_is_shown_once() {
    let house = House::empty().await;
    let signed = house.signed(&house.partner, Role::Agent);
    let now = house.clock.now();
    let session = Session {
        id_hash: signed.session.clone(),
        partner: signed.partner.clone(),
        user: signed.user.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now.plus_millis(DAY),
        has_notice: false,
    };
    house.shared.store.add_session(session).await.unwrap();
    let notice = Notice {
        text: "Acme is active again.".to_owned(),
        undo: None,
    };
    let json = serde_json::to_string(&notice).unwrap();
    let store = &house.shared.store;
    store
        .put_notice(signed.session.clone(), json)
        .await
        .unwrap();
    let panel = house.as_role(Role::Agent);
    assert_eq!(panel.shell().await.unwrap().notice, Some(notice));
    assert_eq!(panel.shell().await.unwrap().notice, None);
    // One that another release wrote is forgotten, not an error.
    store
        .put_notice(signed.session, "{\"v\":9}".to_owned())
        .await
        .unwrap();
    assert_eq!(panel.shell().await.unwrap().notice, None);
}

#[tokio::test]
async fn each_person_reads_in_their_own_language_and_zone() {
    let house = House::empty().await;
    house.guest(Guest::new("c-1", "Acme")).await;
    let signed = Signed {
        language: Some("de-AT".to_owned()),
        time_zone: Some("America/New_York".to_owned()),
        ..house.signed(&house.partner, Role::Agent)
    };
    let panel = Panel::new(house.shared.clone(), signed);
    let list = panel.list(&place("/customers/active", "")).await.unwrap();
    let row = &list.rows[0];
    assert_eq!(row.price.as_deref(), Some("55,00\u{a0}€"));
    let seen = row.last_seen.as_ref().expect("seen");
    assert_eq!(seen.full, "23 November 2026, 06:26 (America/New_York)");
    assert_eq!(seen.machine, "2026-11-23T11:26:00Z");
}

#[tokio::test]
async fn a_panel_without_encryption_warns() {
    let house = House::empty().await;
    let shared = PanelShared {
        store: house.shared.store.clone(),
        clock: house.clock.clone(),
        ids: house.ids.clone(),
        banner: Some(Banner::Insecure),
        operator: None,
        epoch: house.shared.epoch.clone(),
        bell: Bell::default(),
    };
    let panel = Panel::new(Arc::new(shared), house.signed(&house.partner, Role::Agent));
    let banner = panel.shell().await.unwrap().banner.expect("a banner");
    assert!(banner.starts_with("This panel is served without encryption"));
    assert_eq!(
        house.as_role(Role::Agent).shell().await.unwrap().banner,
        None
    );
}
