//! `backup`, `restore` and `check`

use crate::binary::{done, refused, serve, sql, with_customers, wrong};

#[test]
fn a_copy_is_made_while_the_panel_runs_and_put_back_when_it_is_stopped() {
    let data = with_customers();
    let (served, _) = serve(&data, &[]);
    let copy = data.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    let told = done(&data, &["backup", copy]);
    assert!(
        told.contains("1 partner, ") && told.contains("checked"),
        "{told}"
    );
    assert!(refused(&data, &["backup", copy]).contains("exists already"));
    done(&data, &["partner", "add", "Later", "--currency", "EUR"]);

    assert!(refused(&data, &["restore", copy]).contains("--force"));
    let told = refused(&data, &["restore", copy, "--force"]);
    assert!(told.contains("stop the panel first"), "{told}");
    assert!(done(&data, &["partner", "list"]).contains("Later"));

    // Killed, not stopped: it leaves its log behind.
    drop(served);
    done(&data, &["restore", copy, "--force"]);
    let list = done(&data, &["partner", "list"]);
    assert!(list.contains("Kontor") && !list.contains("Later"), "{list}");
    done(&data, &["check"]);
    let kept = std::fs::read_dir(data.path()).unwrap();
    let kept = kept.map(|entry| entry.unwrap().path());
    let kept: Vec<_> = kept
        .filter(|path| path.to_string_lossy().contains(".before-restore-"))
        .collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    done(&data, &["restore", kept[0].to_str().unwrap(), "--force"]);
    assert!(done(&data, &["partner", "list"]).contains("Later"));
    done(&data, &["audit", "verify"]);
}

#[test]
fn a_copy_is_put_into_an_empty_folder() {
    let data = with_customers();
    let copy = data.path().join("copy.db");
    let copy = copy.to_str().unwrap();
    done(&data, &["backup", copy]);
    let elsewhere = tempfile::tempdir().unwrap();
    done(&elsewhere, &["restore", copy]);
    assert!(done(&elsewhere, &["partner", "list"]).contains("Kontor"));
    done(&elsewhere, &["check"]);
}

#[tokio::test]
async fn check_says_a_line_each_and_ends_with_one_when_anything_is_wrong() {
    let data = with_customers();
    let lines = done(&data, &["check"]);
    assert_eq!(lines, done(&data, &["doctor"]), "by its other name");
    assert!(
        lines.lines().all(|line| line.starts_with("ok    ")),
        "{lines}"
    );
    assert_eq!(lines.lines().count(), 6, "{lines}");
    sql(&data, "UPDATE partners SET closed_count = 7").await;
    let lines = wrong(&data, &["check"]);
    let bad: Vec<_> = lines
        .lines()
        .filter(|line| line.starts_with("WRONG"))
        .collect();
    assert_eq!(
        bad,
        ["WRONG Kontor, counts: they differ from the customers"]
    );
}

#[test]
fn without_a_database_nothing_is_copied_or_checked() {
    let data = tempfile::tempdir().unwrap();
    for command in [&["check"][..], &["backup", "x.db"], &["audit", "verify"]] {
        assert!(refused(&data, command).contains("There is no database"));
    }
    assert!(refused(&data, &["restore"]).contains("Name the copy"));
    let url = "postgres://nobody@localhost/none";
    let told = refused(&data, &["backup", "x.db", "--database-url", url]);
    assert!(told.contains("pg_dump"), "{told}");
}
