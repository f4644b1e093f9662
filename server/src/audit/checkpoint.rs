//! What is signed of a checkpoint, byte by byte.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{AuditKey, PublicKey};
use crate::store::{Checkpoint, Claim, StreamEpoch};

/// The signed text: a line for each part, in this order, each ended by a line feed. No part can hold one.
fn statement(claim: &Claim) -> String {
    let Claim {
        partner,
        stream,
        head,
        at,
        continues,
        replaces,
    } = claim;
    let mut lines = vec![
        "partner-panel checkpoint 1".to_owned(),
        format!("partner {partner}"),
        format!("stream {stream}"),
        format!("seq {}", head.seq),
        format!("hash {}", head.hash),
        format!("at {}", at.millis()),
    ];
    let mut optional = |name: &str, stream: &Option<StreamEpoch>| {
        lines.extend(stream.iter().map(|stream| format!("{name} {stream}")));
    };
    optional("continues", continues);
    optional("replaces", replaces);
    lines.push(String::new());
    lines.join("\n")
}

impl AuditKey {
    /// Signs what a checkpoint says.
    pub(super) fn checkpoint(&self, claim: Claim) -> Checkpoint {
        let signature = STANDARD.encode(self.sign(&statement(&claim)));
        Checkpoint {
            claim,
            key: self.public().id(),
            signature,
        }
    }
}

impl PublicKey {
    /// Whether it signed this checkpoint.
    pub(super) fn signed_checkpoint(&self, checkpoint: &Checkpoint) -> bool {
        STANDARD
            .decode(&checkpoint.signature)
            .is_ok_and(|signature| self.signed(&statement(&checkpoint.claim), &signature))
    }
}

#[cfg(test)]
mod tests {
    use domain::{PartnerId, Timestamp};

    use super::*;
    use crate::ids::{Ids as _, OsIds};
    use crate::store::Head;

    fn claim() -> Claim {
        Claim {
            partner: PartnerId::parse("par_00000000000000000000000001").unwrap(),
            stream: StreamEpoch::parse("0123456789abcdef").unwrap(),
            head: Head {
                seq: 7,
                hash: "ab".repeat(32),
            },
            at: Timestamp::from_millis(1_793_534_400_000),
            continues: StreamEpoch::parse("00000000000000ff").ok(),
            replaces: None,
        }
    }

    #[test]
    fn the_signed_text_is_as_documented() {
        let expected = format!(
            "partner-panel checkpoint 1\npartner par_00000000000000000000000001\nstream 0123456789abcdef\nseq 7\n\
             hash {}\nat 1793534400000\ncontinues 00000000000000ff\n",
            "ab".repeat(32)
        );
        assert_eq!(statement(&claim()), expected);
    }

    #[test]
    fn a_signature_is_for_its_own_checkpoint_only() {
        let folder = tempfile::tempdir().unwrap();
        let key = AuditKey::load_or_make(&folder.path().join("k"), &OsIds).unwrap();
        let public = key.public();
        let signed = key.checkpoint(claim());
        assert!(public.signed_checkpoint(&signed));
        let changes: [fn(&mut Claim); 6] = [
            |claim| claim.partner = OsIds.partner(claim.at),
            |claim| claim.stream = StreamEpoch::draw(&OsIds),
            |claim| claim.head.seq += 1,
            |claim| claim.head.hash = "cd".repeat(32),
            |claim| claim.at = claim.at.plus_millis(1),
            |claim| claim.replaces = claim.continues.take(),
        ];
        for change in changes {
            let mut other = signed.clone();
            change(&mut other.claim);
            assert!(!public.signed_checkpoint(&other), "{other:?}");
        }
    }
}
