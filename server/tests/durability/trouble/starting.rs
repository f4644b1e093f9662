//! A panel that cannot start says why in one sentence, and makes nothing.

use server::store::DatabaseUrl;
use tempfile::TempDir;

use super::small_disk::SmallDisk;
use crate::binary::{command, done, refused, with_customers, with_partner};
use crate::together::Foreign;

const SERVE: &[&str] = &["serve", "--addr", "127.0.0.1:0"];

fn told(data: &TempDir) -> String {
    let told = refused(data, SERVE);
    assert_eq!(told.lines().count(), 1, "{told}");
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn when_somebody_lets_nobody_else_in() {
    let data = with_partner();
    let foreign = Foreign::shut_out(&DatabaseUrl::Sqlite(data.path().join("panel.db"))).await;
    let (told, data) = tokio::task::spawn_blocking(move || (told(&data), data))
        .await
        .unwrap();
    assert!(told.contains("in use by another program"), "{told}");
    foreign.release().await;
    done(&data, &["partner", "list"]);
}

#[test]
fn when_it_may_only_read() {
    let Some(disk) = SmallDisk::mount(8) else {
        return;
    };
    let data = disk.folder();
    done(&data, &["partner", "add", "Kontor", "--currency", "EUR"]);
    disk.make_read_only();
    let told = told(&data);
    assert!(
        told.contains("panel.db cannot be opened") && told.contains("Read-only file system"),
        "{told}"
    );
}

#[test]
fn when_the_database_is_gone_and_its_log_is_not() {
    for gone in [true, false] {
        let data = with_partner();
        let (database, log) = (
            data.path().join("panel.db"),
            data.path().join("panel.db-wal"),
        );
        std::fs::write(&log, "what is not in the database yet").unwrap();
        if gone {
            std::fs::remove_file(&database).unwrap();
        } else {
            std::fs::write(&database, "").unwrap();
        }
        let told = told(&data);
        assert!(
            told.contains("panel.db-wal") && told.contains("nothing was made"),
            "{told}"
        );
        assert_eq!(database.exists(), !gone);
        assert!(log.metadata().unwrap().len() > 0);
    }
}

#[test]
fn when_the_database_is_gone_and_what_was_signed_is_not() {
    let data = with_customers();
    done(&data, &["audit", "checkpoint"]);
    let (database, away) = (data.path().join("panel.db"), data.path().join("away"));
    std::fs::rename(&database, &away).unwrap();
    let told = told(&data);
    assert!(
        told.contains("panel.db is gone") && told.contains("nothing was made"),
        "{told}"
    );
    assert!(!database.exists());
    std::fs::rename(&away, &database).unwrap();
    assert!(done(&data, &["partner", "list"]).contains("Kontor"));
}

#[test]
fn when_the_folder_cannot_be_made() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    std::fs::write(&file, "no folder").unwrap();
    let output = command(&file.join("data"), SERVE).output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("cannot be made") && told.lines().count() == 1,
        "{told}"
    );
}
