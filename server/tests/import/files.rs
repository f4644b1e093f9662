//! What is read, and what is refused and how.

use server::import::{ImportError, Mode};

use crate::sandbox::Sandbox;

const HEADER: &str = "external_id,name,plan";

#[tokio::test]
async fn without_apply_everything_is_told_and_nothing_written() {
    let sandbox = Sandbox::empty().await;
    let plans = sandbox.template("plans.csv");
    let (done, said) = sandbox.import_plans(&plans, Mode::DryRun).await;
    assert_eq!(done.unwrap().created, 5);
    assert_eq!(said.changes[0], "plans.csv line 2: new plan.");
    assert!(
        sandbox
            .store
            .read()
            .await
            .unwrap()
            .catalog(&sandbox.partner)
            .await
            .unwrap()
            .plans
            .is_empty()
    );

    let customers = sandbox.template("customers.csv");
    let (done, _) = sandbox.import(&customers, None, Mode::DryRun).await;
    assert!(matches!(done, Err(ImportError::NoPlans)));

    sandbox.import_plans(&plans, Mode::Apply).await.0.unwrap();
    let (done, said) = sandbox.import(&customers, None, Mode::DryRun).await;
    let summary = done.unwrap();
    assert_eq!((summary.lines, summary.created, summary.refused), (3, 3, 0));
    assert_eq!(
        said.changes,
        ["line 2", "line 3", "line 4"].map(|line| format!("customers.csv {line}: new customer."))
    );
    assert_eq!(sandbox.verify().await.customers, 0);
}

#[tokio::test]
async fn every_wrong_line_is_told_with_its_field_and_reason_and_stops_all() {
    let sandbox = Sandbox::with_plans().await;
    let customers = sandbox.write(
        "customers.csv",
        "external_id,name,email,plan,price,cycle,joined_at,status,suspension_reason,used.seats,shoe_size\n\
         1,Ann,a@x.example,pro,49,month,2024-01-01,active,,3,44\n\
         2,,b@x.example,gold,49.001,weekly,01.02.2024,away,lazy,-1,44\n\
         3,Cid,c@x.example,pro\n\
         1,Ann again,a@x.example,pro,49,month,2024-01-01,active,,3,44\n\
         4,Dee\0,d@x.example,pro,,,,,,,\n\
         5,Eve,e@x.example,,,,,,,,\n\
         6,Flo,f@x.example,pro,,,2031-01-01,suspended,,,\n\
         7,Gus,g@x.example,pro,,,,suspended,,,\n",
    );
    for mode in [Mode::DryRun, Mode::Apply] {
        let (done, said) = sandbox.import(&customers, None, mode).await;
        assert_eq!(
            said.errors,
            [
                "line 3, name: must not be empty.",
                "line 3, plan: there is no plan with the code \"gold\".",
                "line 3, price: EUR has 2 digits after the point.",
                "line 3, cycle: \"weekly\" is not month or year.",
                "line 3, joined_at: \"01.02.2024\" is not a time; write it like 2026-03-14 or 2026-03-14T09:30:00Z.",
                "line 3, status: \"away\" is not active or suspended.",
                "line 3, suspension_reason: \"lazy\" is not a reason: payment_overdue, fraud_or_chargeback, \
                 terms_broken, security_risk, customer_asked, other or operator.",
                "line 3, used.seats: \"-1\" is not a whole number.",
                "line 4: the line has 4 cells, the header 11.",
                "line 5, external_id: \"1\" stands in line 2 already.",
                "line 6, name: contains a NUL character.",
                "line 7, plan: must not be empty.",
                "line 8, joined_at: lies in the future.",
                "line 9, suspension_reason: a suspension needs a reason.",
            ]
            .map(|text| format!("customers.csv {text}"))
        );
        assert_eq!(
            said.warnings,
            ["customers.csv line 1, shoe_size: this column is not known and is not imported."]
        );
        let summary = match done {
            Ok(summary) if mode == Mode::DryRun => summary,
            Err(ImportError::Refused(summary)) if mode == Mode::Apply => summary,
            other => panic!("{other:?}"),
        };
        assert_eq!((summary.lines, summary.refused), (8, 7));
    }
    assert_eq!(sandbox.verify().await.customers, 0);
}

#[tokio::test]
async fn headers_are_checked_first() {
    let sandbox = Sandbox::with_plans().await;
    for (content, expected) in [
        (
            "",
            "c.csv line 1: the file is empty; the first line must name the columns.",
        ),
        (
            "external_id,name\n",
            "c.csv line 1, plan: this column is missing in the header.",
        ),
        (
            "external_id,name,plan,Plan\n",
            "c.csv line 1, Plan: this column stands in the header twice.",
        ),
        (
            "external_id,name,,plan\n",
            "c.csv line 1: column 3 has no name.",
        ),
    ] {
        let file = sandbox.write("c.csv", content);
        let (done, said) = sandbox.import(&file, None, Mode::DryRun).await;
        assert!(matches!(done, Err(ImportError::Header(_))));
        assert_eq!(said.errors, [expected]);
    }
}

#[tokio::test]
async fn other_encodings_are_refused_with_line_and_byte() {
    let sandbox = Sandbox::with_plans().await;
    let latin = [HEADER.as_bytes(), b"\n1,J\xFCrgen,pro\n"].concat();
    let file = sandbox.write("c.csv", latin);
    let (done, _) = sandbox.import(&file, None, Mode::Apply).await;
    assert_eq!(
        done.unwrap_err().to_string(),
        "c.csv, line 2, byte 4: not UTF-8 (found 0xFC). Save it as \"CSV UTF-8\"."
    );
    let (done, _) = sandbox
        .import(&sandbox.path("missing.csv"), None, Mode::Apply)
        .await;
    assert!(
        done.unwrap_err()
            .to_string()
            .contains("missing.csv cannot be read")
    );
}

#[tokio::test]
async fn semicolons_a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let sandbox = Sandbox::with_plans().await;
    let plain = sandbox.template("customers.csv");
    sandbox.import(&plain, None, Mode::Apply).await.0.unwrap();
    let mut reader = csv::Reader::from_path(&plain).unwrap();
    let mut other = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(b"\xEF\xBB\xBF".to_vec());
    // The columns the other way round.
    other
        .write_record(reader.headers().unwrap().iter().rev())
        .unwrap();
    for record in reader.records() {
        other.write_record(record.unwrap().iter().rev()).unwrap();
    }
    let other = sandbox.write("other.csv", other.into_inner().unwrap());
    let (done, said) = sandbox.import(&other, None, Mode::DryRun).await;
    assert_eq!(done.unwrap().unchanged, 3);
    assert_eq!(
        (said.errors.len(), said.warnings.len(), said.changes.len()),
        (0, 0, 0)
    );
}

#[tokio::test]
async fn history_must_fit_together() {
    let sandbox = Sandbox::with_plans().await;
    let customers = sandbox.write(
        "customers.csv",
        format!("{HEADER},price\n1,Ann,pro,49.00\n2,Bo,pro,\n3,Cy,pro,\n"),
    );
    let history = sandbox.write(
        "history.csv",
        "external_id,plan,price,cycle,started_at,ended_at\n\
         1,starter,19.00,month,2024-02-01,2024-01-01\n\
         1,starter,19.00,month,,2024-01-01\n\
         2,starter,19.00,month,2024-01-01,2024-06-01\n\
         2,free,0.00,month,2024-05-01,2024-07-01\n\
         3,starter,19.00,month,2024-01-01,2024-06-01\n\
         3,free,0.00,month,2024-06-15,2024-07-01\n\
         1,free,0.00,month,2024-07-01,\n",
    );
    let (done, said) = sandbox
        .import(&customers, Some(&history), Mode::DryRun)
        .await;
    assert_eq!(
        said.errors,
        [
            "history.csv line 2, ended_at: ends before it starts.",
            "history.csv line 3, started_at: must not be empty.",
            "history.csv line 5, started_at: overlaps with line 4.",
            "history.csv line 8, plan: the open period is not the plan, price and cycle of the customer.",
        ]
    );
    assert_eq!(
        said.warnings,
        [
            "history.csv line 6, ended_at: line 7 starts later: the time between is counted for this plan."
        ]
    );
    assert_eq!(done.unwrap().refused, 4);

    let history = sandbox.write(
        "history.csv",
        "external_id,plan,started_at,ended_at\n9,pro,2024-01-01,2024-02-01\n",
    );
    let (_, said) = sandbox
        .import(&customers, Some(&history), Mode::DryRun)
        .await;
    assert_eq!(
        said.errors,
        ["history.csv line 2, external_id: there is no customer \"9\" in the customers file."]
    );
}

#[tokio::test]
async fn templates_are_written_once_and_import_as_they_are() {
    let sandbox = Sandbox::empty().await;
    let folder = sandbox.path("examples");
    let files = server::import::templates(&folder).unwrap();
    assert_eq!(files.len(), 3);
    let error = server::import::templates(&folder).unwrap_err();
    assert!(error.to_string().contains("plans.csv cannot be written"));
    sandbox
        .import_plans(&files[0], Mode::Apply)
        .await
        .0
        .unwrap();
    let (done, said) = sandbox
        .import(&files[1], Some(&files[2]), Mode::Apply)
        .await;
    let summary = done.unwrap();
    assert_eq!(
        (summary.created, summary.refused, summary.warnings),
        (3, 0, 0)
    );
    assert!(
        said.progress
            .last()
            .is_some_and(|progress| progress.done == 3 && progress.total == 3)
    );
    assert_eq!(sandbox.verify().await.customers, 3);
}
