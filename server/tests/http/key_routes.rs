//! Walks the routes of the one table that programs reach with a key: with no key, and with every sort of wrong one.

use domain::Scope;
use domain::time::DAY;
use reqwest::StatusCode;
use server::api_keys::KeyOwner;
use server::commands::KeyCommand;
use server::web::routes::{Access, Class, Route};
use server::web::table;

use crate::programs::{Key, a_customer, command, eventually, get, key, key_of, settings};
use crate::support::{Panel, header};

/// Asks a route about a customer.
async fn status(panel: &Panel, route: &Route, key: Option<&Key>, external: &str) -> StatusCode {
    let path = route.path.replace("{external_id}", external);
    let answer = get(panel, &path, key, &[("x-account", external)]).await;
    assert!(!answer.status().is_server_error(), "{path}");
    if !answer.status().is_success() {
        assert_eq!(
            header(&answer, "x-panel-plan"),
            "",
            "{path}: a fact of somebody"
        );
    }
    answer.status()
}

/// What a key gets that is known, but not good for this route.
fn refused(route: &Route) -> StatusCode {
    match route.class {
        // To a proxy, 403 says that the customer has to stay out.
        Class::Gate => StatusCode::UNAUTHORIZED,
        _ => StatusCode::FORBIDDEN,
    }
}

/// What is said about a customer that the key may ask about, and about one that it may not.
fn expected(route: &Route) -> (StatusCode, StatusCode) {
    match &*route.path {
        "/gate" => (StatusCode::NO_CONTENT, StatusCode::FORBIDDEN),
        "/gate/page" => (StatusCode::SEE_OTHER, StatusCode::FORBIDDEN),
        _ => (StatusCode::OK, StatusCode::NOT_FOUND),
    }
}

#[tokio::test]
async fn keys_open_what_their_scope_and_partner_allow_and_nothing_else() {
    let panel = Panel::start().await;
    let (_, external) = a_customer(&panel).await;
    let partners = panel.partners().await;
    let own = KeyOwner::Partner(partners[0].clone());
    let mut walked = 0;
    for route in table(&panel.running().web) {
        let Access::Key(scope) = route.access else {
            continue;
        };
        walked += 1;
        let others: Vec<Scope> = Scope::ALL
            .iter()
            .copied()
            .filter(|other| *other != scope)
            .collect();
        let good = key(&panel, &[scope], settings()).await;
        let operators = key_of(&panel, KeyOwner::Operator, &[scope], settings()).await;
        let wrong_scope = key(&panel, &others, settings()).await;
        let other_partner = key_of(
            &panel,
            KeyOwner::Partner(partners[1].clone()),
            &[scope],
            settings(),
        )
        .await;
        let revoked = key(&panel, &[scope], settings()).await;
        command(&panel, &own, KeyCommand::Revoke(revoked.id.clone())).await;
        let (allowed, unknown) = expected(&route);
        let name = &route.path;
        for (whose, key, wanted) in [
            ("none", None, StatusCode::UNAUTHORIZED),
            ("own", Some(&good), allowed),
            ("the operator's", Some(&operators), allowed),
            ("of another scope", Some(&wrong_scope), refused(&route)),
            ("of another partner", Some(&other_partner), unknown),
            ("revoked", Some(&revoked), StatusCode::UNAUTHORIZED),
        ] {
            eventually(async || {
                let status = status(&panel, &route, key, &external).await;
                (status == wanted).then_some(())
            })
            .await;
            assert_eq!(
                status(&panel, &route, key, &external).await,
                wanted,
                "{name}, {whose}"
            );
        }
        panel.clock.advance(91 * DAY);
        let expired = status(&panel, &route, Some(&good), &external).await;
        assert_eq!(expired, StatusCode::UNAUTHORIZED, "{name}, expired");
    }
    assert_eq!(walked, 3);
}
