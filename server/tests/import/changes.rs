//! Importing again: what changed is written, what did not is left alone.

use domain::{Cause, LedgerSeq, PlanStatus, PlanVersion, Status, Suspend};
use server::import::Mode;

use crate::sandbox::{NOW, Sandbox};

const HEADER: &str = "external_id,name,email,phone,plan,price,cycle,status,suspension_reason,suspended_at,used.seats";

async fn with(lines: &str) -> Sandbox {
    let sandbox = Sandbox::with_plans().await;
    let file = sandbox.write("first.csv", format!("{HEADER}\n{lines}"));
    let (done, said) = sandbox.import(&file, None, Mode::Apply).await;
    assert_eq!(done.unwrap().refused, 0, "{:?}", said.errors);
    sandbox
}

#[tokio::test]
async fn changed_cells_become_events_and_unknown_ones_change_nothing() {
    let sandbox = with(
        "1,Ann,a@x.example,+49 1,pro,49.00,month,active,,,3\n2,Bo,,,starter,19.00,month,,,,1\n",
    )
    .await;
    let before = sandbox.verify().await.events;
    let file = sandbox.write(
        "second.csv",
        format!("{HEADER}\n1,Anna,,,business,99.00,month,suspended,payment_overdue,2026-01-10,9\n2,Bo,,,,,,,,,\n"),
    );
    let (done, said) = sandbox.import(&file, None, Mode::DryRun).await;
    let summary = done.unwrap();
    assert_eq!((summary.changed, summary.unchanged), (1, 1));
    assert_eq!(
        said.changes,
        [
            "name: \"Ann\" becomes \"Anna\"",
            "plan: \"pro\" becomes \"business\"",
            "price: \"49.00\" becomes \"99.00\"",
            "status: \"active\" becomes \"suspended: payment_overdue\"",
            "used.seats: \"3\" becomes \"9\"",
        ]
        .map(|text| format!("second.csv line 2, {text}."))
    );
    assert_eq!(sandbox.verify().await.events, before);

    sandbox.import(&file, None, Mode::Apply).await.0.unwrap();
    let ann = sandbox.account("1").await;
    assert_eq!(ann.profile.name.as_deref(), Some("Anna"));
    assert_eq!(ann.profile.email.as_deref(), Some("a@x.example"));
    assert_eq!(ann.status(), Status::Suspended);
    assert_eq!(ann.suspensions[0].placed_at.millis(), 1_768_003_200_000);
    assert_eq!(ann.assignment().seq, LedgerSeq(2));
    assert_eq!(ann.assignment().cause, Cause::Import);
    assert_eq!(ann.usage[0].used, 9);
    assert_eq!(sandbox.verify().await.events, before + 3);
    let (done, said) = sandbox.import(&file, None, Mode::DryRun).await;
    assert_eq!((done.unwrap().unchanged, said.warnings.len()), (2, 0));
}

#[tokio::test]
async fn an_import_does_not_lift_what_a_colleague_suspended() {
    let sandbox = with("1,Ann,,,pro,49.00,month,active,,,\n").await;
    sandbox
        .execute("1", |account| {
            domain::Command::Suspend(Suspend {
                reason: domain::Reason::TermsBroken,
                note: None,
                customer_message: None,
                starts_at: None,
                until: None,
                expect_access_revision: account.access_revision,
            })
        })
        .await;
    let (done, said) = sandbox
        .import(&sandbox.path("first.csv"), None, Mode::Apply)
        .await;
    assert_eq!(done.unwrap().unchanged, 1);
    assert_eq!(
        said.warnings,
        ["first.csv line 2, status: the customer stays suspended; an import does not reactivate."]
    );
    assert_eq!(sandbox.account("1").await.status(), Status::Suspended);
}

#[tokio::test]
async fn history_fills_the_ledger_and_is_not_rewritten() {
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
    let account = sandbox.account("C-1003").await;
    let catalog = sandbox
        .store
        .read()
        .await
        .unwrap()
        .catalog(&sandbox.partner)
        .await
        .unwrap();
    let codes: Vec<_> = account
        .ledger
        .rows()
        .map(|row| catalog.plan(&row.terms.plan).unwrap().code.to_string())
        .collect();
    assert_eq!(codes, ["classic", "pro", "business"]);
    assert!(account.ledger.rows().all(|row| row.cause == Cause::Import));
    assert_eq!(account.assignment().started_at.millis(), 1_736_208_000_000);
    let choices = domain::rollback_choices(&account, &catalog, NOW);
    let preselected = &choices.choices[choices.preselected.unwrap()];
    assert_eq!(preselected.terms.price.unwrap().to_decimal(), "49.00");

    let other = sandbox.write(
        "history.csv",
        "external_id,plan,price,cycle,started_at,ended_at\n\
        C-1001,free,0.00,month,2024-03-04,2025-02-10T10:15:00Z\n",
    );
    let (done, said) = sandbox.import(&customers, Some(&other), Mode::Apply).await;
    assert_eq!(done.unwrap().unchanged, 3);
    assert_eq!(
        said.warnings,
        ["history.csv line 2, started_at: differs from what the panel recorded, which is kept."]
    );
}

#[tokio::test]
async fn a_changed_plan_makes_a_new_version_and_customers_keep_theirs() {
    let sandbox = with("1,Ann,,,pro,49.00,month,,,,\n").await;
    let plans = sandbox.write(
        "plans.csv",
        "code,name,price_month,limit.seats,status\npro,Pro,55.00,15,\nclassic,Classic,,,inactive\nstarter,Starter,,,\n",
    );
    let (done, said) = sandbox.import_plans(&plans, Mode::Apply).await;
    let summary = done.unwrap();
    assert_eq!((summary.changed, summary.unchanged), (2, 1));
    assert!(
        said.changes
            .contains(&"plans.csv line 2, price_month: \"49.00\" becomes \"55.00\".".to_owned())
    );
    let catalog = sandbox
        .store
        .read()
        .await
        .unwrap()
        .catalog(&sandbox.partner)
        .await
        .unwrap();
    let pro = catalog.plan_by_code("pro").unwrap();
    assert_eq!(pro.terms.len(), 2);
    assert_eq!(pro.newest().unwrap().price_year, Some(49_000));
    assert_eq!(pro.newest().unwrap().limits.len(), 3);
    assert_eq!(
        catalog.plan_by_code("classic").unwrap().status,
        PlanStatus::Inactive
    );
    assert_eq!(catalog.plan_by_code("classic").unwrap().terms.len(), 1);
    assert_eq!(
        sandbox.account("1").await.assignment().terms.version,
        PlanVersion::FIRST
    );
    // Somebody new at the old price gets the version that had it.
    let file = sandbox.write(
        "c.csv",
        format!(
            "{HEADER}\n1,Ann,,,pro,49.00,month,,,,\n2,Bo,,,pro,49,month,,,,\n3,Cy,,,pro,55,,,,,\n"
        ),
    );
    assert_eq!(
        sandbox
            .import(&file, None, Mode::Apply)
            .await
            .0
            .unwrap()
            .unchanged,
        1
    );
    assert_eq!(
        sandbox.account("2").await.assignment().terms.version,
        PlanVersion(1)
    );
    assert_eq!(
        sandbox.account("3").await.assignment().terms.version,
        PlanVersion(2)
    );
}

#[tokio::test]
async fn plans_of_another_currency_and_broken_limits_are_refused() {
    let sandbox = Sandbox::empty().await;
    let plans = sandbox.write(
        "plans.csv",
        "code,name,currency,price_month,limit.seats,status,recommended\n\
         a,A,USD,1.00,3,active,no\nb,B,EUR,1.00,many,sold,maybe\na,A,EUR,1.00,3,,\na,A,EUR,1.00,3,,\n",
    );
    let (done, said) = sandbox.import_plans(&plans, Mode::Apply).await;
    assert!(done.is_err());
    assert_eq!(
        said.errors,
        [
            "line 2, currency: the partner's currency is EUR.",
            "line 3, status: \"sold\" is not active, inactive or archived.",
            "line 3, recommended: \"maybe\" is not yes or no.",
            "line 3, limit.seats: \"many\" is not a limit: a whole number, unlimited, yes or no.",
            "line 5, code: \"a\" stands in line 4 already.",
        ]
        .map(|text| format!("plans.csv {text}"))
    );
}
