//! Connecting a product: steps that tick themselves, and the same text as a file.

use app::service::PanelService as _;
use domain::Role;

use crate::house::House;

#[test]
fn the_document_says_what_the_page_says() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/connect.md");
    let written = server::panel::connect_document();
    if std::env::var_os("PANEL_WRITE_DOCUMENT").is_some() {
        std::fs::write(path, &written).unwrap();
    }
    assert!(
        std::fs::read_to_string(path).unwrap() == written,
        "docs/connect.md is not what the panel says; write it anew: \
         PANEL_WRITE_DOCUMENT=1 cargo test -p server --test panel -- connect"
    );
}

#[tokio::test]
async fn what_is_pasted_names_this_panel() {
    let house = House::empty().await;
    let page = house.as_role(Role::Owner).connect().await.unwrap().html;
    for filled in [
        "https://panel.northwind.example/gate",
        "server panel.northwind.example:443;",
        "Bearer pp_live_YOUR_KEY",
        "1. Make a key",
        "value=\"create\"",
    ] {
        assert!(page.contains(filled), "{filled}");
    }
    assert!(!page.contains("panel.example.com"));
    assert_eq!(page.matches("Not yet").count(), 3);
    for name in ["nginx", "Caddy", "Traefik", "axum", "Express"] {
        assert!(
            page.contains(&format!("<summary>{name}</summary>")),
            "{name}"
        );
    }
    let refused = house.as_role(Role::Manager).connect().await;
    assert!(matches!(refused, Err(app::error::PanelError::Forbidden(_))));
}
