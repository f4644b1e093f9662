//! A copy is put back without anything lost unsaid.

use std::path::{Path, PathBuf};

use domain::Reason;
use server::audit::{self, Evidence};
use server::backup::{BackupError, Existing, Restored, backup, restore};
use server::clock::Clock as _;
use server::store::{OpenError, Session};

use crate::backup::{database, open, unfinished};
use crate::world::{Base, START, World};

/// A world whose database was copied, and which went on since.
struct Story {
    world: World,
    copy: PathBuf,
}

async fn story() -> Story {
    let world = World::new(Base::Sqlite).await;
    let acme = world.add("Acme", "a1", "pro").await;
    world.suspend(&acme, Reason::Other).await.unwrap();
    world.sign().await;
    let copy = world.data().join("copy.db");
    backup(&database(&world), &copy, START, &world.ids)
        .await
        .unwrap();
    world.reactivate(&acme).await.unwrap();
    let other = world.another_partner().await;
    let chat = world.new_customer(&other, "Chat", "c1", "pro").await;
    world.add_all(&other, vec![chat]).await;
    world.sign().await;
    let session = Session {
        id_hash: "digest".to_owned(),
        partner: world.partner.clone(),
        user: world.owner.clone(),
        created_at: START,
        last_seen_at: START,
        expires_at: START.plus_millis(1_000),
        has_notice: false,
    };
    world.store.add_session(session).await.unwrap();
    Story { world, copy }
}

async fn put_back(world: &World, from: &Path, existing: Existing) -> Result<Restored, BackupError> {
    let (key, journal) = (world.audit_key(), world.journal());
    let now = world.clock.now();
    restore(
        from,
        &database(world),
        existing,
        (&key, &journal),
        now,
        &world.ids,
    )
    .await
}

/// What the audit says of the database as it is on disk: how many checkpoints count and how many were given up.
async fn audited(world: &World) -> (u64, u64) {
    let store = open(&database(world)).await;
    let evidence = Evidence {
        journal: world.journal(),
        witnesses: Vec::new(),
        keys: vec![world.audit_key().public()],
    };
    let verdicts = audit::verify(&store, &evidence, None).await.unwrap();
    store.close().await;
    for verdict in &verdicts {
        assert_eq!(verdict.wrong, []);
    }
    let sum = |of: fn(&audit::Verdict) -> u64| verdicts.iter().map(of).sum();
    (sum(|one| one.checkpoints), sum(|one| one.given_up))
}

async fn stream(path: &Path) -> String {
    let store = open(path).await;
    let stream = store.read().await.unwrap().stream_epoch().await.unwrap();
    store.close().await;
    stream.unwrap().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_is_put_back_and_what_was_there_is_kept() {
    let Story { world, copy } = story().await;
    let refused = put_back(&world, &copy, Existing::Refuse).await;
    assert!(matches!(refused, Err(BackupError::Occupied(_))));
    let refused = put_back(&world, &copy, Existing::KeepAside).await;
    assert!(matches!(refused, Err(BackupError::InUse(_))), "{refused:?}");
    world.store.close().await;
    let path = database(&world);
    let before = stream(&path).await;
    assert_eq!(audited(&world).await, (3, 0));

    let restored = put_back(&world, &copy, Existing::KeepAside).await.unwrap();
    assert_eq!(
        (restored.contents.partners, restored.contents.events),
        (1, 2)
    );
    assert_ne!(stream(&path).await, before);
    // One before the copy still counts, and so does the statement about the new begin of each of both logs.
    assert_eq!(audited(&world).await, (3, 2));
    let store = open(&path).await;
    server::store::verify(&store, &world.partner).await.unwrap();
    let session = store.read().await.unwrap().session("digest").await.unwrap();
    assert_eq!(session, None, "who signed in since has to sign in again");
    store.close().await;

    let aside = restored.aside.unwrap();
    let kept = open(&aside).await;
    assert_eq!(
        kept.read().await.unwrap().partners().await.unwrap().len(),
        2
    );
    kept.close().await;

    // It was the wrong copy: forward again.
    world.clock.advance(1);
    put_back(&world, &aside, Existing::KeepAside).await.unwrap();
    let (counted, given_up) = audited(&world).await;
    assert_eq!((counted, given_up), (5, 2));
    assert_eq!(unfinished(world.data()), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_of_the_copy_let_nobody_in() {
    let Story { world, .. } = story().await;
    let copy = world.data().join("later.db");
    backup(&database(&world), &copy, START, &world.ids)
        .await
        .unwrap();
    world.store.close().await;
    put_back(&world, &copy, Existing::KeepAside).await.unwrap();
    let store = open(&database(&world)).await;
    let session = store.read().await.unwrap().session("digest").await.unwrap();
    assert_eq!(session, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_copy_put_in_place_by_hand_is_found() {
    let Story { world, copy } = story().await;
    world.store.close().await;
    std::fs::copy(&copy, database(&world)).unwrap();
    let world = World {
        store: open(&database(&world)).await,
        ..world
    };
    let wrong = world.wrong().await;
    let told: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(
        told[0].starts_with("the log ends at event 2; event 3 was signed at "),
        "{told:?}"
    );
    // Putting it back the right way settles it.
    world.store.close().await;
    put_back(&world, &copy, Existing::KeepAside).await.unwrap();
    audited(&world).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_put_back_changes_nothing() {
    let Story { world, copy } = story().await;
    world.store.close().await;
    let path = database(&world);
    let before = stream(&path).await;
    let letter = world.data().join("letter");
    std::fs::write(&letter, "Dear Sir or Madam, dear friends").unwrap();
    let empty = world.data().join("empty.db");
    std::fs::write(&empty, "").unwrap();
    for foreign in [&letter, &empty] {
        let refused = put_back(&world, foreign, Existing::KeepAside).await;
        assert!(
            matches!(refused, Err(BackupError::Open(OpenError::Foreign(_)))),
            "{refused:?}"
        );
    }
    let missing = put_back(&world, &world.data().join("nowhere"), Existing::KeepAside).await;
    assert!(matches!(
        missing,
        Err(BackupError::Open(OpenError::File { .. }))
    ));
    let itself = put_back(&world, &path, Existing::KeepAside).await;
    assert!(matches!(itself, Err(BackupError::Itself(_))));

    let altered = |name: &str| {
        let other = world.data().join(name);
        std::fs::copy(&copy, &other).unwrap();
        other
    };
    let newer = altered("newer.db");
    crate::open::sqlite(&newer, "PRAGMA user_version = 99").await;
    let refused = put_back(&world, &newer, Existing::KeepAside).await;
    assert!(matches!(
        refused,
        Err(BackupError::Open(OpenError::Newer { found: 99, .. }))
    ));
    let damaged = altered("damaged.db");
    crate::open::sqlite(&damaged, "UPDATE events SET at = 1 WHERE seq = 2").await;
    let refused = put_back(&world, &damaged, Existing::KeepAside).await;
    assert!(
        matches!(refused, Err(BackupError::NotRestorable { .. })),
        "{refused:?}"
    );
    assert_eq!(stream(&path).await, before);
    assert_eq!(audited(&world).await, (3, 0));
    assert_eq!(unfinished(world.data()), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destroyed_database_is_replaced_and_kept() {
    let Story { world, copy } = story().await;
    world.store.close().await;
    let path = database(&world);
    std::fs::write(&path, "nothing that could be read").unwrap();
    std::fs::write(world.data().join("panel.db-wal"), "left behind").unwrap();
    let restored = put_back(&world, &copy, Existing::KeepAside).await.unwrap();
    let aside = std::fs::read_to_string(restored.aside.unwrap()).unwrap();
    assert_eq!(aside, "nothing that could be read");
    let (_, given_up) = audited(&world).await;
    assert_eq!(given_up, 2, "the journal says which history was lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_of_an_older_release_is_brought_up_to_date() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (folder.path().join("panel.db"), folder.path().join("old.db"));
    crate::fixtures::unpack(2, &copy);
    let original = std::fs::read(&copy).unwrap();
    let ids = server::ids::SeededIds::new(1);
    let key = audit::AuditKey::load_or_make(&folder.path().join("audit.key"), &ids).unwrap();
    let journal = audit::Journal::of(folder.path());
    let proof = (&key, &journal);
    let restored = restore(&copy, &path, Existing::Refuse, proof, START, &ids)
        .await
        .unwrap();
    assert_eq!((restored.contents.partners, restored.aside), (2, None));
    let store = open(&path).await;
    for partner in store.read().await.unwrap().partners().await.unwrap() {
        server::store::verify(&store, &partner.id).await.unwrap();
    }
    store.close().await;
    assert_eq!(std::fs::read(&copy).unwrap(), original);
    let names = std::fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        ["audit.key", "checkpoints.jsonl", "old.db", "panel.db"]
    );
}
