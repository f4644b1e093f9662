//! What a popup is about: a customer as it stands, and the command that an Undo names.

use app::error::PanelError;
use domain::{CommandId, CustomerId, PartnerId};

use super::Panel;
use super::popup::{Undone, Was};
use super::words::Context;
use crate::error::Error;
use crate::store::{Connection, Logged, StoredAccount, Tx};

/// So many undos of undos are followed; nobody counts further.
const LONGEST_CHAIN: u32 = 64;

/// What a popup is about.
pub(super) struct Found {
    pub(super) stored: StoredAccount,
    pub(super) connection: Connection,
    pub(super) undone: Option<Undone>,
}

impl Panel {
    /// The customer, and the command that an Undo names, when it is one of this customer's.
    pub(super) async fn found(
        &self,
        tx: &mut Tx,
        context: &Context,
        id: &CustomerId,
        command: Option<&str>,
    ) -> Result<Found, PanelError> {
        let partner = &context.partner.id;
        let stored = tx
            .stored_account(partner, id)
            .await
            .map_err(|error| self.failed(error))?;
        let since = self.shared.gate.connected_since(context.say.now());
        let connection = tx
            .connection(partner, since)
            .await
            .map_err(|error| self.failed(error))?;
        let Some(command) = command.and_then(|command| CommandId::parse(command).ok()) else {
            return Ok(Found {
                stored,
                connection,
                undone: None,
            });
        };
        let events = tx
            .command(partner, id, &command)
            .await
            .map_err(|error| self.failed(error))?;
        let was = was(tx, partner, id, &events)
            .await
            .map_err(|error| self.failed(error))?;
        let did: Vec<_> = events.into_iter().map(|logged| logged.event).collect();
        let undone = (!did.is_empty()).then_some(Undone { command, was, did });
        Ok(Found {
            stored,
            connection,
            undone,
        })
    }
}

/// Whether a command, told by its events, was an action or took one back: an undo of an undo is the action again.
pub(super) async fn was(
    tx: &mut Tx,
    partner: &PartnerId,
    id: &CustomerId,
    events: &[Logged],
) -> Result<Was, Error> {
    let undone = |events: &[Logged]| {
        let mut bodies = events.iter().map(|logged| &logged.event.body);
        bodies.find_map(|body| body.undoes().cloned())
    };
    let (mut was, mut next) = (Was::Action, undone(events));
    for _ in 0..LONGEST_CHAIN {
        let Some(command) = next else { break };
        was = match was {
            Was::Action => Was::Undo,
            Was::Undo => Was::Action,
        };
        next = undone(&tx.command(partner, id, &command).await?);
    }
    Ok(was)
}
