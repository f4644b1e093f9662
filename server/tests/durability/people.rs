//! Who is signed in.

use domain::Timestamp;
use server::store::Session;
use server::web::session::digest;

use crate::world::{START, World};

/// Signs the owner in with a secret.
pub async fn sign_in(world: &World, secret: &str) {
    sign_in_at(world, secret, START).await;
}

/// The same at another time.
pub async fn sign_in_at(world: &World, secret: &str, now: Timestamp) {
    let session = Session {
        id_hash: digest(secret),
        partner: world.partner.clone(),
        user: world.owner.clone(),
        created_at: now,
        last_seen_at: now,
        expires_at: now.plus_millis(domain::time::DAY),
        has_notice: false,
    };
    world.store.add_session(session).await.unwrap();
}

pub async fn is_signed_in(world: &World, secret: &str) -> bool {
    let mut tx = world.store.read().await.unwrap();
    tx.session(&digest(secret)).await.unwrap().is_some()
}
