//! A database of every released schema opens, migrates and verifies.
//!
//! `tests/fixtures/schema-N.db.gz` was made by the release whose newest migration is number N, with the life below. A new
//! migration needs a new file: the test that misses it says how to make it.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use domain::{ActorRef, Body, Command, CustomerId, Private, Profile, Reason, time::HOUR};
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use server::clock::Clock as _;
use server::commands::{
    Update, erase_customer, execute, report_usage, settle_due, update_customers,
};
use server::ids::Ids as _;
use server::store::{Import, Schema, Session, Store, StoreSettings};
use sqlx::Connection as _;

use crate::world::{Base, START, World, plan, seats, suspend};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures");

/// The schema of the present release, as the migrations say.
async fn present_schema(folder: &Path) -> u32 {
    let path = folder.join("new.db");
    let url = server::store::DatabaseUrl::Sqlite(path.clone());
    let opened = Store::open(&url, &StoreSettings::new(START)).await.unwrap();
    opened.store.close().await;
    version(&path).await
}

async fn version(path: &Path) -> u32 {
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut connection = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    let version = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    version
}

fn fixture(version: u32) -> PathBuf {
    Path::new(FOLDER).join(format!("schema-{version}.db.gz"))
}

/// Writes the database of a released schema into a file.
pub fn unpack(version: u32, path: &Path) {
    let packed = std::fs::read(fixture(version)).unwrap_or_else(|error| {
        panic!(
            "there is no fixture of schema {version} ({error}); before releasing it, make it: \
             PANEL_MAKE_FIXTURE=1 cargo test -p server --test store -- fixtures::the_fixture_can_be_made"
        )
    });
    let mut unpacked = Vec::new();
    GzDecoder::new(&packed[..])
        .read_to_end(&mut unpacked)
        .unwrap();
    std::fs::write(path, unpacked).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_released_schema_opens_migrates_and_verifies() {
    let folder = tempfile::tempdir().unwrap();
    let present = present_schema(folder.path()).await;
    // The first release had the second schema.
    for released in 2..=present {
        let path = folder.path().join(format!("schema-{released}.db"));
        unpack(released, &path);
        assert_eq!(version(&path).await, released);
        let url = server::store::DatabaseUrl::Sqlite(path);
        let opened = Store::open(&url, &StoreSettings::new(START)).await.unwrap();
        match opened.schema {
            Schema::Current if released == present => {}
            Schema::Migrated {
                from,
                to,
                backup: Some(_),
            } if from == released && to == present => {}
            other => panic!("schema {released}: {other:?}"),
        }
        let store = opened.store;
        let partners = store.read().await.unwrap().partners().await.unwrap();
        assert_eq!(partners.len(), 2);
        for partner in partners {
            server::store::verify(&store, &partner.id).await.unwrap();
        }
        store.close().await;
    }
}

/// Makes the file of the present schema when asked to; always shows that it could.
#[tokio::test(flavor = "multi_thread")]
async fn the_fixture_can_be_made() {
    let world = World::new(Base::Sqlite).await;
    live(&world).await;
    world.verify().await;
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("copy.db");
    let server::store::DatabaseUrl::Sqlite(path) = &world.url else {
        panic!("not SQLite")
    };
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
    let mut connection = sqlx::SqliteConnection::connect_with(&options)
        .await
        .unwrap();
    sqlx::query("VACUUM INTO $1")
        .bind(copy.to_str().unwrap())
        .execute(&mut connection)
        .await
        .unwrap();
    connection.close().await.unwrap();
    let mut packer = GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(&std::fs::read(&copy).unwrap()).unwrap();
    let packed = packer.finish().unwrap();
    assert!(packed.len() < 40_000, "{} bytes", packed.len());
    if std::env::var_os("PANEL_MAKE_FIXTURE").is_some() {
        std::fs::write(fixture(version(&copy).await), packed).unwrap();
    }
}

/// Something of every kind.
async fn live(world: &World) {
    let acme = world.add("Acme GmbH", "a1", "basic").await;
    let bolt = world.add("Bolt", "b1", "pro").await;
    let upgraded = world.change(&acme, "pro").await.unwrap();
    world.undo(&acme, &upgraded).await.unwrap();
    let suspended = world.suspend(&acme, Reason::TermsBroken).await.unwrap();
    world.undo(&acme, &suspended).await.unwrap();
    world.suspend(&acme, Reason::PaymentOverdue).await.unwrap();
    world.reactivate(&acme).await.unwrap();
    world.change(&acme, "max").await.unwrap();
    let until = Some(world.clock.now().plus_millis(HOUR));
    let command = suspend(&world.account(&bolt).await, Reason::CustomerAsked, until);
    with_key(world, &bolt, command).await;
    world.clock.advance(2 * HOUR);
    settle_due(&world.store, &world.clock, &world.ids)
        .await
        .unwrap();
    report_usage(
        &world.store,
        &world.clock,
        &world.ids,
        &world.partner,
        &bolt,
        seats(19),
    )
    .await
    .unwrap();
    rename(world, &bolt).await;
    world
        .save_plan(&world.partner, plan("pro", 2, 5900, 25))
        .await;
    let other = world.another_partner().await;
    let chat = world.new_customer(&other, "Chat Ltd", "c1", "free").await;
    world.add_all(&other, vec![chat]).await;
    let forgotten = world.add("Zeta", "z1", "free").await;
    let (store, clock, ids) = (&world.store, &world.clock, &world.ids);
    erase_customer(store, clock, ids, &world.partner, &forgotten)
        .await
        .unwrap();
    world.live_of_keys().await;
    sign_in(world).await;
    world.sign().await;
}

async fn with_key(world: &World, customer: &CustomerId, command: Command) {
    let mut order = world.order(customer, command);
    order.key = Some(world.key());
    execute(&world.store, &world.clock, &world.ids, order)
        .await
        .unwrap();
}

async fn rename(world: &World, customer: &CustomerId) {
    let profile = Profile {
        name: Some("Bolt & Söhne".to_owned()),
        phone: Some("+49 30 1234567".to_owned()),
        ..Profile::default()
    };
    let update = Update {
        customer: customer.clone(),
        expect: world.account(customer).await.epoch,
        changes: vec![(
            Body::ProfileChanged,
            Private {
                profile: Some(profile),
                ..Private::default()
            },
        )],
        usage: Vec::new(),
        last_seen_at: Some(START),
    };
    update_customers(
        &world.store,
        &world.clock,
        &world.ids,
        &world.partner,
        &ActorRef::Operator,
        vec![update],
        None,
    )
    .await
    .unwrap();
}

async fn sign_in(world: &World) {
    let session = Session {
        id_hash: "digest of a session".to_owned(),
        partner: world.partner.clone(),
        user: world.owner.clone(),
        created_at: START,
        last_seen_at: START,
        expires_at: START.plus_millis(24 * HOUR),
        has_notice: false,
    };
    world.store.add_session(session).await.unwrap();
    let import = Import {
        id: world.ids.import(START),
        fingerprint: "digest of files".to_owned(),
        started_at: START,
        done: 1,
    };
    world
        .store
        .begin_import(world.partner.clone(), import)
        .await
        .unwrap();
    world
        .store
        .put_secret("form".to_owned(), "a secret of this database".to_owned())
        .await
        .unwrap();
}
