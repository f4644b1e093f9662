//! `audit`

use std::time::Duration;

use crate::binary::{done, refused, serve, sql, with_customers, with_partner, wrong};

#[tokio::test]
async fn a_log_is_verified_and_the_first_bad_event_named() {
    let data = with_customers();
    let verify = ["audit", "verify"];
    let good = done(&data, &verify);
    assert!(
        good.starts_with("Kontor: ") && good.contains("events, whole; 0 checkpoints in agreement"),
        "{good}"
    );
    let witness = data.path().join("elsewhere");
    let printed = done(&data, &["audit", "checkpoint"]);
    std::fs::write(&witness, printed).unwrap();
    assert!(done(&data, &verify).contains("1 checkpoint in agreement; 0 events since"));
    let private = std::fs::metadata(data.path().join("audit.key")).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&private.permissions());
    assert_eq!(mode & 0o777, 0o600);

    sql(&data, "UPDATE events SET at = at + 1 WHERE seq = 2").await;
    let bad = wrong(&data, &verify);
    assert!(
        bad.starts_with("Kontor: event 2 is not the one that was written"),
        "{bad}"
    );
    sql(&data, "UPDATE events SET at = at - 1 WHERE seq = 2").await;

    let cut = "DELETE FROM events WHERE seq > 1; DELETE FROM checkpoints; UPDATE partners SET last_seq = 1, \
               last_hash = (SELECT hash FROM events WHERE seq = 1)";
    sql(&data, cut).await;
    let bad = wrong(&data, &verify);
    assert!(
        bad.starts_with("Kontor: the log ends at event 1; event "),
        "{bad}"
    );
    std::fs::remove_file(data.path().join("checkpoints.jsonl")).unwrap();
    done(&data, &verify);
    let witness = witness.to_str().unwrap();
    let bad = wrong(&data, &["audit", "verify", "--checkpoints", witness]);
    assert!(bad.contains("the log ends at event 1"), "{bad}");
}

#[test]
fn an_export_and_the_public_key_are_for_others() {
    let data = with_customers();
    let folder = data.path().join("proof");
    let target = folder.to_str().unwrap();
    let told = done(&data, &["audit", "export", "--partner", "Kontor", target]);
    assert!(told.contains(" and 1 checkpoint."), "{told}");
    let key = done(&data, &["audit", "key"]);
    assert!(key.starts_with("-----BEGIN PUBLIC KEY-----"), "{key}");
    let exported = folder.join("audit-key.pem");
    assert_eq!(std::fs::read_to_string(&exported).unwrap(), key);

    // With another key at hand nothing can be said, until the public one is named.
    std::fs::rename(data.path().join("audit.key"), data.path().join("lost")).unwrap();
    done(&data, &["audit", "key"]);
    let told = wrong(&data, &["audit", "verify"]);
    assert!(told.contains("--key"), "{told}");
    let exported = exported.to_str().unwrap();
    done(&data, &["audit", "verify", "--key", exported]);
    let letter = data.path().join("letter");
    std::fs::write(&letter, "Dear Sir").unwrap();
    let letter = letter.to_str().unwrap();
    assert!(refused(&data, &["audit", "verify", "--key", letter]).contains("letter"));
    let told = refused(&data, &["audit", "verify", "--checkpoints", letter]);
    assert!(told.contains("Line 1 of"), "{told}");
}

#[test]
fn a_server_signs_what_happens() {
    let data = with_customers();
    let served = serve(&data, &[]);
    let journal = data.path().join("checkpoints.jsonl");
    for _ in 0..100 {
        if journal.exists() {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(done(&data, &["audit", "verify"]).contains("0 events since the last one"));
    drop(served);
}

#[test]
fn a_key_that_others_can_read_is_refused() {
    let data = with_partner();
    done(&data, &["audit", "key"]);
    let key = data.path().join("audit.key");
    let open = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(&key, open).unwrap();
    let told = refused(&data, &["serve", "--addr", "127.0.0.1:0"]);
    assert!(told.contains("chmod 600"), "{told}");
}
