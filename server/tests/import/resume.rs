//! An import that was cut off goes on where it stopped.

use std::panic::AssertUnwindSafe;

use futures::FutureExt as _;
use server::import::{self, Mode, Request};

use crate::round_trip::files;
use crate::sandbox::{Said, Sandbox};

#[tokio::test]
async fn the_same_command_goes_on_and_nobody_is_there_twice() {
    let sandbox = Sandbox::with_plans().await;
    let (customers, history) = files(1_300);
    let (customers, history) = (
        sandbox.write("c.csv", customers),
        sandbox.write("h.csv", history),
    );
    let request = Request {
        partner: sandbox.partner.clone(),
        customers: customers.clone(),
        history: Some(history.clone()),
        mode: Mode::Apply,
    };
    let mut said = Said {
        stop_after: Some(500),
        ..Said::default()
    };
    let cut_off = import::customers(
        &sandbox.store,
        &sandbox.clock,
        &sandbox.ids,
        &request,
        &mut said,
    );
    assert!(AssertUnwindSafe(cut_off).catch_unwind().await.is_err());
    let written = sandbox.verify().await.customers;
    assert!((500..1_300).contains(&written), "{written}");

    let (done, said) = sandbox
        .import(&customers, Some(&history), Mode::Apply)
        .await;
    let summary = done.unwrap();
    assert_eq!(summary.resumed_at, Some(written));
    assert_eq!(
        (summary.created, summary.unchanged),
        (1_300 - written, written)
    );
    assert!(
        summary
            .to_string()
            .starts_with(&format!("Went on after {written} lines of an earlier run."))
    );
    assert!(said.progress.first().unwrap().done > written);
    assert_eq!(sandbox.verify().await.customers, 1_300);

    // Finished: the next run begins anew and finds nothing to do.
    let (done, _) = sandbox
        .import(&customers, Some(&history), Mode::Apply)
        .await;
    let summary = done.unwrap();
    assert_eq!((summary.resumed_at, summary.unchanged), (None, 1_300));
}

#[tokio::test]
async fn all_customers_of_one_run_carry_one_import_id() {
    let sandbox = Sandbox::with_plans().await;
    let (customers, _) = files(600);
    let file = sandbox.write("c.csv", customers);
    sandbox.import(&file, None, Mode::Apply).await.0.unwrap();
    let mut ids = std::collections::HashSet::new();
    let mut reading = sandbox.store.read().await.unwrap();
    let mut place = server::store::LogPlace::Start;
    loop {
        let query = server::store::ActivityQuery {
            kind: None,
            actor: None,
            from: None,
            until: None,
            place,
            size: 200,
        };
        let page = reading.activity(&sandbox.partner, &query).await.unwrap();
        for logged in &page.events {
            if let domain::Body::CustomerAdded { import, .. } = &logged.event.body {
                ids.insert(import.clone().unwrap());
            }
        }
        match page.older {
            Some(older) => place = server::store::LogPlace::Before(older),
            None => break,
        }
    }
    assert_eq!(ids.len(), 1);
}
