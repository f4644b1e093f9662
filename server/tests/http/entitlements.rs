//! What a customer has, as a product asks for it.

use domain::time::MINUTE;
use domain::{Reason, Scope};
use reqwest::{Response, StatusCode};
use server::api_keys::KeyOwner;
use server::commands::KeyCommand;

use crate::programs::{Key, a_customer, command, eventually, get, key, settings, suspend};
use crate::support::{Panel, header};

fn path(external: &str) -> String {
    format!("/api/v1/customers/{external}/entitlements")
}

async fn entitlements_key(panel: &Panel) -> Key {
    let key = key(panel, &[Scope::Entitlements], settings()).await;
    eventually(async || {
        let answer = get(panel, &path("nobody"), Some(&key), &[]).await;
        (answer.status() == StatusCode::NOT_FOUND).then_some(())
    })
    .await;
    key
}

/// A problem document of this status.
async fn is_problem(answer: Response, status: StatusCode) {
    assert_eq!(answer.status(), status);
    assert_eq!(header(&answer, "content-type"), "application/problem+json");
    assert_eq!(header(&answer, "cache-control"), "no-store");
    let document: serde_json::Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
    assert_eq!(document["status"], status.as_u16(), "{document}");
    assert!(document["title"].is_string(), "{document}");
}

#[tokio::test]
async fn it_tells_what_a_customer_has_and_when_nothing_changed() {
    let panel = Panel::start().await;
    let (customer, external) = a_customer(&panel).await;
    let key = entitlements_key(&panel).await;
    let told = get(&panel, &path(&external), Some(&key), &[]).await;
    assert_eq!(told.status(), StatusCode::OK);
    let tag = header(&told, "etag").to_owned();
    assert_eq!(header(&told, "cache-control"), "private, no-cache");
    let first: serde_json::Value = serde_json::from_str(&told.text().await.unwrap()).unwrap();
    let partner = panel.partners().await.remove(0);
    let (account, catalog) = {
        let mut tx = panel.store.read().await.unwrap();
        let account = tx.account(&partner, &customer).await.unwrap();
        (account, tx.catalog(&partner).await.unwrap())
    };
    let terms = &account.assignment().terms;
    assert_eq!(first["customer"], external.as_str());
    assert_eq!(first["status"], "active");
    assert_eq!(first["reason"], serde_json::Value::Null);
    assert_eq!(
        first["plan"],
        catalog.plan(&terms.plan).unwrap().code.as_str()
    );
    assert_eq!(first["plan_version"], terms.version.0);
    assert_eq!(first["epoch"], account.epoch.0);
    let limits = first["limits"].as_object().unwrap();
    assert_eq!(limits.len(), catalog.limits(terms).len());

    for known in [
        tag.clone(),
        format!("W/{tag}"),
        format!("\"other\", {tag}"),
        "*".to_owned(),
    ] {
        let same = get(
            &panel,
            &path(&external),
            Some(&key),
            &[("if-none-match", &known)],
        )
        .await;
        assert_eq!(same.status(), StatusCode::NOT_MODIFIED, "{known}");
        assert_eq!(header(&same, "etag"), tag);
        assert_eq!(same.text().await.unwrap(), "");
    }
    suspend(&panel, &customer, None).await;
    let other = eventually(async || {
        let told = get(
            &panel,
            &path(&external),
            Some(&key),
            &[("if-none-match", &tag)],
        )
        .await;
        (told.status() == StatusCode::OK).then_some(told)
    })
    .await;
    assert_ne!(header(&other, "etag"), tag);
    let second: serde_json::Value = serde_json::from_str(&other.text().await.unwrap()).unwrap();
    assert_eq!(second["status"], "suspended");
    assert_eq!(second["reason"], Reason::PaymentOverdue.code());
    assert!(second["epoch"].as_u64() > first["epoch"].as_u64());
}

#[tokio::test]
async fn what_cannot_be_told_is_a_problem_document() {
    let panel = Panel::start().await;
    let (_, external) = a_customer(&panel).await;
    let good = entitlements_key(&panel).await;
    let long = "x".repeat(10_000);
    for nobody in [
        "nobody", "H-0001", "%00", "%ff", "..%2f..", &long, "a%20b", "%0a",
    ] {
        let answer = get(&panel, &path(nobody), Some(&good), &[]).await;
        assert!(
            [StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST].contains(&answer.status()),
            "{nobody:.20}: {}",
            answer.status()
        );
        let status = answer.status();
        is_problem(answer, status).await;
    }
    let of_nothing = get(&panel, "/api/v1/nothing", Some(&good), &[]).await;
    is_problem(of_nothing, StatusCode::NOT_FOUND).await;
    let missing = get(&panel, &path(&external), None, &[]).await;
    assert_eq!(header(&missing, "www-authenticate"), "Bearer");
    is_problem(missing, StatusCode::UNAUTHORIZED).await;
    let in_address = format!("{}?key={}", path(&external), good.text);
    is_problem(
        get(&panel, &in_address, None, &[]).await,
        StatusCode::UNAUTHORIZED,
    )
    .await;
    is_problem(
        get(&panel, &in_address, Some(&good), &[]).await,
        StatusCode::UNAUTHORIZED,
    )
    .await;
    let wrong_scope = key(&panel, &[Scope::Gate], settings()).await;
    let answer = get(&panel, &path(&external), Some(&wrong_scope), &[]).await;
    is_problem(answer, StatusCode::FORBIDDEN).await;
    let owner = KeyOwner::Partner(panel.partners().await.remove(0));
    command(&panel, &owner, KeyCommand::Revoke(good.id.clone())).await;
    let revoked = eventually(async || {
        let answer = get(&panel, &path(&external), Some(&good), &[]).await;
        (answer.status() == StatusCode::UNAUTHORIZED).then_some(answer)
    })
    .await;
    is_problem(revoked, StatusCode::UNAUTHORIZED).await;
}

#[tokio::test]
async fn without_the_database_it_ends_after_a_while() {
    let panel = Panel::start().await;
    let (_, external) = a_customer(&panel).await;
    let key = entitlements_key(&panel).await;
    let away = panel.database().with_extension("away");
    std::fs::rename(panel.database(), &away).unwrap();
    tokio::time::sleep(std::time::Duration::from_millis(1_000)).await;
    panel.clock.advance(MINUTE);
    let told = get(&panel, &path(&external), Some(&key), &[]).await;
    assert_eq!(told.status(), StatusCode::OK);
    assert_eq!(header(&told, "x-panel-stale"), "60");
    panel.clock.advance(10 * MINUTE);
    let told = get(&panel, &path(&external), Some(&key), &[]).await;
    is_problem(told, StatusCode::SERVICE_UNAVAILABLE).await;
}
