//! What is needed to prove that a log is whole, and somebody who alters it.

use std::path::{Path, PathBuf};

use server::audit::{self, AuditKey, Evidence, Journal, Keeper, Wrong};
use server::clock::Clock as _;
use server::store::Checkpoint;

use crate::world::World;

impl World {
    /// The data folder.
    pub fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The key that signs checkpoints.
    pub fn audit_key(&self) -> AuditKey {
        AuditKey::load_or_make(&self.data().join("audit.key"), &self.ids).unwrap()
    }

    /// The file of checkpoints.
    pub fn journal(&self) -> Journal {
        Journal::of(self.data())
    }

    /// Signs checkpoints, as a server does that has just been started.
    pub async fn keeper(&self) -> Keeper {
        Keeper::open(
            self.store.clone(),
            self.audit_key(),
            self.journal(),
            &self.ids,
        )
        .await
        .unwrap()
    }

    /// Signs what is not signed yet.
    pub async fn sign(&self) -> Vec<Checkpoint> {
        let mut keeper = self.keeper().await;
        keeper.sign_all(None, self.clock.now()).await.unwrap()
    }

    /// What the audit says is wrong, with everything that is at hand in the data folder.
    pub async fn wrong(&self) -> Vec<Wrong> {
        self.wrong_beside(Vec::new()).await
    }

    /// The same, with checkpoints that were kept elsewhere.
    pub async fn wrong_beside(&self, witnesses: Vec<PathBuf>) -> Vec<Wrong> {
        let evidence = Evidence {
            journal: self.journal(),
            witnesses,
            keys: vec![self.audit_key().public()],
        };
        let verdicts = audit::verify(&self.store, &evidence, None).await.unwrap();
        verdicts
            .into_iter()
            .flat_map(|verdict| verdict.wrong)
            .collect()
    }
}

/// Adds this many customers, one event each.
pub async fn events(world: &World, count: usize) {
    let terms = world.terms(&world.partner, "pro").await;
    let begin = last(world).await;
    let customers: Vec<_> = (0..count)
        .map(|number| world.customer_on("Name", &format!("e{begin}-{number}"), &terms))
        .collect();
    for chunk in customers.chunks(500) {
        world.add_all(&world.partner, chunk.to_vec()).await;
    }
}

async fn last(world: &World) -> u64 {
    let mut tx = world.store.read().await.unwrap();
    tx.partner(&world.partner).await.unwrap().last_seq
}

pub fn seqs(checkpoints: &[Checkpoint]) -> Vec<u64> {
    let seqs = checkpoints.iter().map(|one| one.claim.head.seq);
    seqs.collect()
}
