//! `suspend` and `reactivate`

use std::time::Duration;

use domain::time::DAY;
use domain::{AccessRevision, Actor, ExternalId, Reason, Role};
use server::clock::{Clock as _, SystemClock};
use server::commands::{Order, execute};
use server::ids::OsIds;
use server::store::{DatabaseUrl, Store, StoreSettings};
use tempfile::TempDir;

use crate::binary::serve;
use crate::binary::{command, done, refused, with_customers};

fn of<'a>(verb: &'a str, customer: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&[verb, "--partner", "Kontor", customer], more].concat()
}

fn suspend<'a>(customer: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [
        of("suspend", customer, &["--message", "Please call us."]),
        more.to_vec(),
    ]
    .concat()
}

fn reactivate<'a>(customer: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    of("reactivate", customer, more)
}

/// The customer's line of an export.
fn line(data: &TempDir, customer: &str) -> String {
    let out = data.path().join("out");
    done(
        data,
        &["export", "--partner", "Kontor", out.to_str().unwrap()],
    );
    let customers = std::fs::read_to_string(out.join("customers.csv")).unwrap();
    let mut lines = customers.lines().filter(|line| line.starts_with(customer));
    lines.next().unwrap().to_owned()
}

#[test]
fn the_operator_suspends_and_reactivates() {
    let data = with_customers();
    assert_eq!(
        done(&data, &suspend("C-1001", &["--note", "case 12"])),
        "Acme GmbH (C-1001) is suspended: Decided by the platform.\n"
    );
    assert!(line(&data, "C-1001").contains(",suspended,operator,"));
    assert_eq!(
        done(&data, &reactivate("C-1001", &["--note", "settled"])),
        "Acme GmbH (C-1001) is active again. Lifted: Decided by the platform.\n"
    );
    assert!(line(&data, "C-1001").contains(",active,,"));
}

#[test]
fn what_remains_is_said() {
    let data = with_customers();
    assert_eq!(
        done(&data, &suspend("C-1003", &[])),
        "Café Lumière (C-1003) is suspended: Decided by the platform. \
         It was suspended before, and stays so: Payment overdue.\n"
    );
    assert_eq!(
        done(&data, &reactivate("C-1003", &[])),
        "Café Lumière (C-1003) stays suspended: Payment overdue. Lifted: Decided by the platform.\n"
    );
    let told = refused(&data, &reactivate("C-1003", &[]));
    assert!(
        told.contains("payment_overdue") && told.contains("--all"),
        "{told}"
    );
    assert_eq!(
        done(
            &data,
            &reactivate("C-1003", &["--reason", "payment_overdue"])
        ),
        "Café Lumière (C-1003) is active again. Lifted: Payment overdue.\n"
    );
}

#[test]
fn all_suspensions_are_lifted_at_once() {
    let data = with_customers();
    done(&data, &suspend("C-1003", &[]));
    done(&data, &suspend("C-1003", &["--reason", "terms_broken"]));
    assert_eq!(
        done(&data, &reactivate("C-1003", &["--all"])),
        "Café Lumière (C-1003) is active again. \
         Lifted: Payment overdue, Decided by the platform, Terms broken.\n"
    );
    assert_eq!(
        refused(&data, &reactivate("C-1003", &["--all"])),
        "Café Lumière (C-1003) is not suspended.\n"
    );
}

#[test]
fn an_end_is_read_in_the_partners_time_zone() {
    let data = with_customers();
    assert_eq!(
        done(&data, &suspend("C-1001", &["--until", "2099-07-01T09:30"])),
        "Acme GmbH (C-1001) is suspended until 1 July 2099, 09:30 (Europe/Berlin): Decided by the platform.\n"
    );
    let told = refused(&data, &suspend("C-1002", &["--until", "tomorrow"]));
    assert!(
        told.contains("2026-12-01T09:30") && told.contains("Europe/Berlin"),
        "{told}"
    );
    let told = refused(&data, &suspend("C-1002", &["--until", "2020-01-01T00:00"]));
    assert_eq!(
        told,
        "The end must lie ahead, and after the start. Choose a later one.\n"
    );
    assert!(line(&data, "C-1002").contains(",active,,"));
}

#[test]
fn what_cannot_be_done_is_one_sentence_and_changes_nothing() {
    let data = with_customers();
    done(&data, &suspend("C-1001", &[]));
    for (args, code, says) in [
        (
            suspend("C-1001", &[]),
            1,
            "Already suspended: Decided by the platform, since today",
        ),
        (
            suspend("C-1003", &["--reason", "payment_overdue"]),
            1,
            "Already suspended: Payment overdue, since 12 January 2026 by Operator.",
        ),
        (
            suspend("C-1002", &["--reason", "other"]),
            1,
            "Say in the note",
        ),
        (
            suspend("C-9999", &[]),
            1,
            "\"Kontor\" has no customer C-9999",
        ),
        (
            reactivate("cus_0000000000000000000000000a", &[]),
            1,
            "has no customer cus_",
        ),
        (reactivate("C-1002", &[]), 1, "(C-1002) is not suspended."),
        (of("suspend", "C-1002", &[]), 2, "--message"),
        (
            suspend("C-1002", &["--reason", "whim"]),
            2,
            "payment_overdue",
        ),
        (suspend("C-1002", &["--note", " "]), 2, "nothing is written"),
        (
            reactivate("C-1002", &["--all", "--reason", "other"]),
            2,
            "--all",
        ),
    ] {
        let output = command(data.path(), &args).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
        assert!(told.contains(says), "{args:?}: {told}");
        assert!(output.stdout.is_empty());
    }
    assert!(line(&data, "C-1002").contains(",active,,"));
}

#[tokio::test]
async fn a_customer_is_found_by_the_panels_own_id_and_a_person_of_the_partner_by_name() {
    let data = with_customers();
    let of = ["--partner", "Kontor", "--role", "agent"];
    done(
        &data,
        &[&["user", "add", "maria.lopez@kontor.example"], &of[..]].concat(),
    );
    let url = DatabaseUrl::Sqlite(data.path().join("panel.db"));
    let (clock, ids) = (SystemClock::default(), OsIds);
    let settings = StoreSettings::new(clock.now());
    let store = Store::open(&url, &settings).await.unwrap().store;
    let mut tx = store.read().await.unwrap();
    let partner = tx.partners().await.unwrap().remove(0).id;
    let maria = tx.users(&partner).await.unwrap().remove(0).id;
    let external = ExternalId::parse("C-1001").unwrap();
    let customer = tx.customer_id(&partner, &external).await.unwrap().unwrap();
    drop(tx);
    let command = domain::Command::Suspend(domain::Suspend {
        reason: Reason::TermsBroken,
        note: None,
        customer_message: None,
        starts_at: None,
        until: None,
        expect_access_revision: AccessRevision::FIRST,
    });
    let order = Order {
        partner,
        actor: Actor::User {
            id: maria,
            role: Role::Agent,
        },
        customer: customer.clone(),
        command,
        key: None,
    };
    execute(&store, &clock, &ids, order).await.unwrap();
    store.close().await;
    let told = refused(
        &data,
        &suspend(customer.as_str(), &["--reason", "security_risk"]),
    );
    assert!(
        told.contains("Terms broken") && told.contains("by Maria Lopez"),
        "{told}"
    );
}

#[tokio::test]
async fn a_running_server_ends_what_was_placed_beside_it() {
    let data = with_customers();
    let (_served, line_told) = serve(&data, &["--test-clock"]);
    let origin = line_told.strip_prefix("listening on ").unwrap();
    done(&data, &suspend("C-1001", &["--until", "2099-07-01T09:30"]));
    assert!(line(&data, "C-1001").contains(",suspended,operator,"));
    let century = (100 * 366 * DAY).to_string();
    let moved = reqwest::Client::new()
        .post(format!("{origin}/test/clock"))
        .form(&[("advance", century.as_str())])
        .send()
        .await
        .unwrap();
    assert_eq!(moved.status(), 204);
    let ended = async {
        while line(&data, "C-1001").contains(",suspended,") {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), ended)
        .await
        .expect("the server ends it by itself");
}
