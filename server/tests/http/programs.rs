//! Programs that show an API key.

use std::collections::BTreeSet;
use std::time::Duration;

use domain::api_key::KeyLife;
use domain::{
    Actor, ApiKeyId, ApiKeyName, Command, CustomerId, GateMode, PartnerId, Reason, Scope, Suspend,
    Timestamp, UnknownCustomer,
};
use reqwest::{Client, Response, StatusCode, redirect};
use server::api_keys::{CustomerFrom, GateSettings, KeyOwner};
use server::commands::{KeyCommand, KeyOrder, KeyOutcome, NewKey, Order, change_api_keys, execute};
use server::ids::OsIds;

use crate::support::Panel;

/// A key of a program.
#[derive(Clone)]
pub struct Key {
    pub id: ApiKeyId,
    pub text: String,
}

/// How the gate answers in most tests: the customer by a header, no for whoever is not known.
pub fn settings() -> GateSettings {
    by("header:X-Account")
}

/// The customer named elsewhere.
pub fn by(customer: &str) -> GateSettings {
    GateSettings {
        mode: GateMode::Enforce,
        unknown: UnknownCustomer::Deny,
        customer: CustomerFrom::parse(customer).unwrap(),
        open_prefixes: GateSettings::read_open_prefixes("/billing /sign-out").unwrap(),
    }
}

/// Makes a key for the first partner.
pub async fn key(panel: &Panel, scopes: &[Scope], gate: GateSettings) -> Key {
    let partner = panel.partners().await.remove(0);
    key_of(panel, KeyOwner::Partner(partner), scopes, gate).await
}

/// Makes a key as another process would, and waits until the panel knows it.
pub async fn key_of(panel: &Panel, owner: KeyOwner, scopes: &[Scope], gate: GateSettings) -> Key {
    let new = NewKey {
        name: ApiKeyName::parse("Product").unwrap(),
        scopes: BTreeSet::from_iter(scopes.iter().copied()),
        gate,
        life: KeyLife::days(90).unwrap(),
    };
    let outcome = command(panel, &owner, KeyCommand::Create(new)).await;
    let KeyOutcome::Made(made, text) = outcome else {
        panic!("{outcome:?}")
    };
    let key = Key {
        id: made.id.clone(),
        text: text.reveal(),
    };
    eventually(async || {
        let answer = ask(panel, &key, &[]).await;
        let known = answer.status() != StatusCode::UNAUTHORIZED || !scopes.contains(&Scope::Gate);
        known.then_some(())
    })
    .await;
    key
}

pub async fn command(panel: &Panel, owner: &KeyOwner, command: KeyCommand) -> KeyOutcome {
    let order = KeyOrder {
        owner: owner.clone(),
        actor: Actor::Operator,
        command,
        key: None,
    };
    change_api_keys(&panel.store, &*panel.clock, &OsIds, order)
        .await
        .unwrap()
}

pub fn client() -> Client {
    Client::builder()
        .redirect(redirect::Policy::none())
        .build()
        .unwrap()
}

/// Asks the gate.
pub async fn ask(panel: &Panel, key: &Key, headers: &[(&str, &str)]) -> Response {
    get(panel, "/gate", Some(key), headers).await
}

/// Asks for something with a key.
pub async fn get(
    panel: &Panel,
    path: &str,
    key: Option<&Key>,
    headers: &[(&str, &str)],
) -> Response {
    let mut request = client().get(panel.at(path));
    if let Some(key) = key {
        request = request.header("authorization", format!("Bearer {}", key.text));
    }
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.send().await.unwrap()
}

/// Waits until it is so: other processes are noticed only every now and then.
pub async fn eventually<T>(mut look: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..1_000 {
        if let Some(found) = look().await {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("it never happens");
}

/// An active customer of the first partner and its external id.
pub async fn a_customer(panel: &Panel) -> (CustomerId, String) {
    let customer = panel.an_active_customer().await;
    let customer = CustomerId::parse(&customer).unwrap();
    let partner = panel.partners().await.remove(0);
    let external = external_id(panel, &partner, &customer).await;
    (customer, external)
}

pub async fn external_id(panel: &Panel, partner: &PartnerId, customer: &CustomerId) -> String {
    let mut tx = panel.store.read().await.unwrap();
    tx.customer(partner, customer)
        .await
        .unwrap()
        .external_id
        .to_string()
}

/// Suspends a customer of the first partner as another process would.
pub async fn suspend(panel: &Panel, customer: &CustomerId, until: Option<Timestamp>) {
    give(panel, customer, |expect_access_revision| {
        Command::Suspend(Suspend {
            reason: Reason::PaymentOverdue,
            note: None,
            customer_message: None,
            starts_at: None,
            until,
            expect_access_revision,
        })
    })
    .await;
}

async fn give(
    panel: &Panel,
    customer: &CustomerId,
    command: impl Fn(domain::AccessRevision) -> Command,
) {
    let partner = panel.partners().await.remove(0);
    let account = panel
        .store
        .read()
        .await
        .unwrap()
        .account(&partner, customer)
        .await
        .unwrap();
    let order = Order {
        partner,
        actor: Actor::Operator,
        customer: customer.clone(),
        command: command(account.access_revision),
        key: None,
    };
    execute(&panel.store, &*panel.clock, &OsIds, order)
        .await
        .unwrap();
}

/// Waits until the gate answers so.
pub async fn answers(
    panel: &Panel,
    key: &Key,
    headers: &[(&str, &str)],
    status: StatusCode,
) -> Response {
    eventually(async || {
        let answer = ask(panel, key, headers).await;
        (answer.status() == status).then_some(answer)
    })
    .await
}

pub async fn gate_key(panel: &Panel, gate: GateSettings) -> Key {
    key(panel, &[Scope::Gate], gate).await
}
