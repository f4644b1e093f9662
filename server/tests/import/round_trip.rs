//! What is exported imports again without a difference, here and elsewhere.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use domain::{Suspend, Timestamp};
use server::import::Mode;

use crate::sandbox::{NOW, Sandbox};

/// Cells that must come back byte for byte.
const NAMES: [&str; 10] = [
    " leading and trailing ",
    "=1+1",
    "+SUM(A1)",
    "-2",
    "@cmd",
    "\"\"quoted\"\", with comma; and semicolon",
    "مؤسسة النور",
    "Zoe\u{308} e\u{301}\u{200f}",
    "two\nlines",
    "\u{feff}mark",
];

/// As many customers as asked, with history, in the order of the columns that an export has.
pub fn files(lines: usize) -> (String, String) {
    let mut customers = String::from(
        "external_id,name,email,phone,country,language,plan,price,cycle,joined_at,last_seen_at,status,\
         suspension_reason,suspended_at,used.seats,used.messages\n",
    );
    let mut history = String::from("external_id,plan,price,cycle,started_at,ended_at\n");
    for number in 0..lines {
        let name = NAMES
            .get(number)
            .map_or(format!("Customer {number}"), |name| (*name).to_owned());
        let name = if name.contains([',', '"', '\n']) {
            format!("\"{name}\"")
        } else {
            name
        };
        let (plan, price, cycle) = match number % 4 {
            0 => ("pro", "49.00", "month"),
            1 => ("starter", "190.00", "year"),
            2 => ("business", "", "month"),
            _ => ("classic", "27.50", "month"),
        };
        let day = 1 + number % 28;
        let suspended = if number % 16 == 3 {
            "suspended,terms_broken,2025-12-24T18:30:00Z"
        } else {
            "active,,"
        };
        let used = if number % 5 == 0 {
            ",".to_owned()
        } else {
            format!("{},{}", number % 9, number * 7)
        };
        let seen = if number % 7 == 0 {
            ""
        } else {
            "2026-01-02T03:04:05.678Z"
        };
        writeln!(
            customers,
            "X{number:05},{name},n{number}@x.example,,DE,de,{plan},{price},{cycle},2024-03-{day:02},{seen},{suspended},{used}"
        )
        .unwrap();
        for (plan, month) in [("free", 3), ("starter", 6)].into_iter().take(number % 3) {
            let end = month + 3;
            writeln!(
                history,
                "X{number:05},{plan},5.00,month,2024-{month:02}-{day:02},2024-{end:02}-{day:02}"
            )
            .unwrap();
        }
    }
    (customers, history)
}

fn sorted(path: &Path) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .unwrap();
    let mut records: Vec<String> = reader
        .records()
        .map(|record| format!("{:?}", record.unwrap()))
        .collect();
    records[1..].sort();
    records
}

async fn expect_no_difference(sandbox: &Sandbox, folder: &Path) {
    let (done, said) = sandbox
        .import_plans(&folder.join("plans.csv"), Mode::DryRun)
        .await;
    assert_eq!((done.unwrap().unchanged, said.changes), (5, Vec::new()));
    let history = folder.join("history.csv");
    let (done, said) = sandbox
        .import(&folder.join("customers.csv"), Some(&history), Mode::DryRun)
        .await;
    let summary = done.unwrap();
    assert_eq!(
        (said.errors, said.warnings, said.changes),
        (Vec::new(), Vec::new(), Vec::new())
    );
    assert_eq!(summary.unchanged, summary.lines);
}

#[tokio::test]
async fn more_than_a_thousand_lines_with_history_come_back_byte_for_byte() {
    let sandbox = Sandbox::with_plans().await;
    let (customers, history) = files(1_200);
    let (customers, history) = (
        sandbox.write("c.csv", &customers),
        sandbox.write("h.csv", &history),
    );
    let (done, said) = sandbox
        .import(&customers, Some(&history), Mode::Apply)
        .await;
    let summary = done.unwrap();
    assert_eq!(
        (summary.created, summary.warnings),
        (1_200, 0),
        "{:?}",
        said.warnings
    );
    assert_eq!(said.progress.last().unwrap().done, 1_200);
    assert_eq!(sandbox.verify().await.customers, 1_200);

    let folder = sandbox.export("out").await;
    assert_eq!(sorted(&folder.join("customers.csv")), sorted(&customers));
    assert_eq!(sorted(&folder.join("history.csv")), sorted(&history));
    expect_no_difference(&sandbox, &folder).await;
    let (done, _) = sandbox
        .import(&customers, Some(&history), Mode::Apply)
        .await;
    assert_eq!(done.unwrap().unchanged, 1_200);

    // Another panel, and out of it again.
    let elsewhere = Sandbox::empty().await;
    elsewhere
        .import_plans(&folder.join("plans.csv"), Mode::Apply)
        .await
        .0
        .unwrap();
    let history = folder.join("history.csv");
    elsewhere
        .import(&folder.join("customers.csv"), Some(&history), Mode::Apply)
        .await
        .0
        .unwrap();
    let again = elsewhere.export("out").await;
    assert_eq!(
        fs::read(folder.join("plans.csv")).unwrap(),
        fs::read(again.join("plans.csv")).unwrap()
    );
    for name in ["customers.csv", "history.csv"] {
        assert_eq!(sorted(&folder.join(name)), sorted(&again.join(name)));
    }
}

#[tokio::test]
async fn what_people_did_meanwhile_is_exported_too() {
    let sandbox = Sandbox::with_plans().await;
    let (customers, history) = (
        sandbox.template("customers.csv"),
        sandbox.template("history.csv"),
    );
    sandbox
        .import(&customers, Some(&history), Mode::Apply)
        .await
        .0
        .unwrap();
    sandbox
        .clock
        .set(Timestamp::from_millis(NOW.millis() + 86_400_123));
    let catalog = sandbox
        .store
        .read()
        .await
        .unwrap()
        .catalog(&sandbox.partner)
        .await
        .unwrap();
    sandbox
        .execute("C-1002", |account| {
            let terms = catalog
                .plan_by_code("pro")
                .unwrap()
                .terms_today(domain::Cycle::Year)
                .unwrap();
            domain::Command::ChangePlan(domain::ChangePlan {
                plan: terms.plan,
                version: terms.version,
                cycle: terms.cycle,
                expect_plan_revision: account.plan_revision,
                accepts_over: Vec::new(),
                reason: None,
                note: None,
            })
        })
        .await;
    sandbox
        .execute("C-1001", |account| {
            domain::Command::Suspend(Suspend {
                reason: domain::Reason::CustomerAsked,
                note: None,
                customer_message: None,
                starts_at: None,
                until: None,
                expect_access_revision: account.access_revision,
            })
        })
        .await;
    let folder = sandbox.export("out").await;
    let text = fs::read_to_string(folder.join("customers.csv")).unwrap();
    assert!(text.contains("pro,490.00,year"));
    assert!(text.contains("suspended,customer_asked,2026-01-21T12:02:00.123Z"));
    let text = fs::read_to_string(folder.join("history.csv")).unwrap();
    assert!(text.contains("C-1002,starter,19.00,month,2025-06-01,2026-01-21T12:01:00.123Z"));
    expect_no_difference(&sandbox, &folder).await;
}

#[tokio::test]
async fn both_databases_give_the_same_files() {
    let (customers, history) = files(260);
    let mut exports = Vec::new();
    for sandbox in [Sandbox::empty().await, Sandbox::empty_on_postgres().await] {
        let plans = sandbox.template("plans.csv");
        sandbox.import_plans(&plans, Mode::Apply).await.0.unwrap();
        let (customers, history) = (
            sandbox.write("c.csv", &customers),
            sandbox.write("h.csv", &history),
        );
        let (done, _) = sandbox
            .import(&customers, Some(&history), Mode::Apply)
            .await;
        assert_eq!(done.unwrap().created, 260);
        assert_eq!(sandbox.verify().await.customers, 260);
        let folder = sandbox.export("out").await;
        expect_no_difference(&sandbox, &folder).await;
        let names = ["plans.csv", "customers.csv", "history.csv"];
        exports.push(names.map(|name| sorted(&folder.join(name))));
    }
    assert_eq!(exports[0], exports[1]);
}
