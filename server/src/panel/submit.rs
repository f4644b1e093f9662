//! Carrying out what popups confirm.

use app::error::PanelError;
use app::service::{Fields, Place};
use app::wire::{Action, Done, ListKind, Outcome, Refusal};
use domain::{Account, CustomerId, IdempotencyKey, Permission};

use super::address::Address;
use super::forms::Form;
use super::found::was;
use super::notice::notice;
use super::opening::Posted;
use super::popup::permission;
use super::refusal::whole;
use super::row::Extras;
use super::words::Context;
use super::{Panel, order, require};
use crate::commands::{self, Executed, Order};
use crate::error::Error;
use crate::store::Logged;
use crate::suspended_page::reader;

impl Panel {
    pub(super) async fn answer_submit(
        &self,
        place: &Place,
        fields: Fields,
    ) -> Result<Outcome, PanelError> {
        let (tx, context, posted) = self.posted(place, fields).await?;
        let Posted {
            address,
            form,
            action,
            id,
            found,
        } = posted;
        require(&context, permission(action))?;
        drop(tx);
        match self
            .execute(&context, action, (&id, &found.stored.account), &form)
            .await
        {
            Ok(executed) => {
                self.shared.bell.ring();
                self.done(&address, &id, executed).await
            }
            Err(Refused::AtOnce(refusal)) => {
                let at = (&address, self.shared.ids.key());
                let popup = self.popup_of(&context, action, &found, &form, at, Some(refusal));
                Ok(Outcome::Refused(Box::new(popup)))
            }
            Err(Refused::ByStore(error)) => self.refused(action, &id, &form, &address, error).await,
        }
    }

    async fn execute(
        &self,
        context: &Context,
        action: Action,
        (id, account): (&CustomerId, &Account),
        form: &Form,
    ) -> Result<Executed, Refused> {
        let customer = reader(&context.partner.profile, account, context.say.now());
        let command = order::command(context, &customer, action, form).map_err(Refused::AtOnce)?;
        let key = IdempotencyKey::parse(form.get("key"));
        let key = key.map_err(|_| Refused::AtOnce(whole(context.say.key_broken(), 422)))?;
        let order = Order {
            partner: context.partner.id.clone(),
            actor: context.actor.clone(),
            customer: id.clone(),
            command,
            key: Some(key),
        };
        let shared = &self.shared;
        commands::execute(&shared.store, &*shared.clock, &*shared.ids, order)
            .await
            .map_err(Refused::ByStore)
    }

    /// What changed, with everything counted anew.
    async fn done(
        &self,
        address: &Address,
        id: &CustomerId,
        executed: Executed,
    ) -> Result<Outcome, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let extras = match address.path() == ListKind::Suspended.path() {
            true => {
                let row = std::slice::from_ref(&executed.row);
                Extras::read(&mut tx, &context.partner.id, row).await
            }
            false => Ok(Extras::default()),
        };
        let extras = extras.map_err(|error| self.failed(error))?;
        let mine = executed.events.iter();
        let mine: Vec<Logged> = mine
            .filter(|logged| logged.event.command == executed.command)
            .cloned()
            .collect();
        let was = was(&mut tx, &context.partner.id, id, &mine)
            .await
            .map_err(|error| self.failed(error))?;
        Ok(Outcome::Done(Box::new(Done {
            notice: notice(&context, id, &executed, was, self.shared.ids.key()),
            row: context.row_with(&executed.row, &address.page(), &extras),
            nav: context.nav(),
        })))
    }

    /// The popup again, for the state as it is now, with what was typed and a fresh key.
    async fn refused(
        &self,
        action: Action,
        id: &CustomerId,
        form: &Form,
        address: &Address,
        error: Error,
    ) -> Result<Outcome, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let found = self
            .found(&mut tx, &context, id, Some(form.get("command")))
            .await?;
        let refusal = match error {
            Error::Rejected(rejection) => context.refusal(&rejection, &found.stored.account),
            Error::KeyReused => {
                let did = self.did(&mut tx, &context, form.get("key")).await?;
                let sentence = match did {
                    Some(did) => context.say.key_reused_for(did),
                    None => context.say.key_reused(),
                };
                whole(sentence, 422)
            }
            error => return Err(self.failed(error)),
        };
        let at = (address, self.shared.ids.key());
        let popup = self.popup_of(&context, action, &found, form, at, Some(refusal));
        Ok(Outcome::Refused(Box::new(popup)))
    }
}

/// Why a posted form did not do what it asks.
enum Refused {
    /// It cannot be read, or says too little.
    AtOnce(Refusal),
    /// The rules or the store say no.
    ByStore(Error),
}
