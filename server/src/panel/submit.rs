//! Opening popups, and carrying out what they confirm.

use app::error::PanelError;
use app::service::{Fields, Place};
use app::wire::{Action, Done, Link, ListKind, Outcome, Popup, Refusal};
use domain::{CommandId, CustomerId, IdempotencyKey, PartnerId, Permission};

use super::address::Address;
use super::forms::{BrokenForm, Form};
use super::notice::notice;
use super::popup::{Subject, Undone, Was, permission, popup};
use super::query::no_name_twice;
use super::refusal::whole;
use super::row::Extras;
use super::words::Context;
use super::{Panel, order, require};
use crate::commands::{self, Executed, Order};
use crate::error::Error;
use crate::store::{Logged, StoredAccount, Tx, scope};

/// So many undos of undos are followed; nobody counts further.
const LONGEST_CHAIN: u32 = 64;

/// So many popups are read ahead at once: no customer has more actions.
const MOST_AHEAD: usize = 6;

/// The names in an address that open a popup.
const NAMES: &[&str] = &["do", "customer", "command", "choice", "lift", "key"];

impl Panel {
    pub(super) async fn answer_popup(&self, place: &Place) -> Result<Option<Popup>, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let Some(code) = address.get("do") else {
            return Ok(None);
        };
        let say = &context.say;
        no_name_twice(&address, NAMES, say).map_err(PanelError::BadRequest)?;
        let action =
            Action::from_code(code).ok_or_else(|| PanelError::BadRequest(say.bad_action()))?;
        let id = match address.get("customer") {
            Some(id) => CustomerId::parse(id).map_err(|_| PanelError::NotFound)?,
            None if address.path().starts_with("/customers/cus_") => {
                self.customer_of_path(&mut tx, &context, address.path())
                    .await?
            }
            None => return Err(PanelError::BadRequest(say.bad_choice())),
        };
        let found = self
            .found(&mut tx, &context, &id, address.get("command"))
            .await?;
        let key = match address.get("key") {
            Some(key) => IdempotencyKey::parse(key)
                .map_err(|_| PanelError::BadRequest(say.bad_choice()))?
                .to_string(),
            None => self.shared.ids.key(),
        };
        if let Some(did) = self.did(&mut tx, &context, &key).await? {
            return Ok(Some(self.used(&context, action, &found, &address, did)));
        }
        let chosen = ["choice", "lift"].into_iter().filter_map(|name| {
            let value = address.get(name)?;
            Some((name.to_owned(), value.to_owned()))
        });
        let form = Form::read(chosen.collect()).map_err(|broken| self.broken(broken, &context))?;
        Ok(Some(self.popup_of(
            &context,
            action,
            &found,
            &form,
            (&address, key),
            None,
        )))
    }

    /// Popups that may be asked for next; what cannot be had is told when it is asked for.
    pub(super) async fn answer_popups(
        &self,
        places: &[Place],
    ) -> Result<Vec<Option<Popup>>, PanelError> {
        let mut popups = Vec::new();
        for place in places.iter().take(MOST_AHEAD) {
            popups.push(self.answer_popup(place).await.unwrap_or_default());
        }
        Ok(popups)
    }

    /// An open popup for the state as it is now.
    pub(super) async fn answer_rebase(
        &self,
        place: &Place,
        fields: Fields,
        after: u64,
    ) -> Result<Popup, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let form = Form::read(fields).map_err(|broken| self.broken(broken, &context))?;
        let action = Action::from_code(form.get("do"));
        let action = action.ok_or_else(|| PanelError::BadRequest(context.say.bad_action()))?;
        let id = CustomerId::parse(form.get("customer")).map_err(|_| PanelError::NotFound)?;
        let found = self
            .found(&mut tx, &context, &id, Some(form.get("command")))
            .await?;
        if let Some(did) = self.did(&mut tx, &context, form.get("key")).await? {
            return Ok(self.used(&context, action, &found, &address, did));
        }
        let latest = tx.timeline(&context.partner.id, &id, None, 1).await;
        let latest = latest.map_err(|error| self.failed(error))?;
        let meanwhile = latest
            .first()
            .filter(|latest| latest.seq > after)
            .map(|latest| context.meanwhile(latest));
        let at = (&address, self.shared.ids.key());
        Ok(Popup {
            meanwhile,
            ..self.popup_of(&context, action, &found, &form, at, None)
        })
    }

    pub(super) async fn answer_submit(
        &self,
        place: &Place,
        fields: Fields,
    ) -> Result<Outcome, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let form = Form::read(fields).map_err(|broken| self.broken(broken, &context))?;
        let action = Action::from_code(form.get("do"));
        let action = action.ok_or_else(|| PanelError::BadRequest(context.say.bad_action()))?;
        let id = CustomerId::parse(form.get("customer")).map_err(|_| PanelError::NotFound)?;
        let found = self
            .found(&mut tx, &context, &id, Some(form.get("command")))
            .await?;
        require(&context, permission(action))?;
        drop(tx);
        match self.execute(&context, action, &id, &form).await {
            Ok(executed) => {
                self.shared.bell.notify_one();
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
        id: &CustomerId,
        form: &Form,
    ) -> Result<Executed, Refused> {
        let command = order::command(context, action, form).map_err(Refused::AtOnce)?;
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

    /// What a person has done under a key already.
    async fn did(
        &self,
        tx: &mut Tx,
        context: &Context,
        key: &str,
    ) -> Result<Option<String>, PanelError> {
        let Ok(key) = IdempotencyKey::parse(key) else {
            return Ok(None);
        };
        let partner = &context.partner.id;
        let failed = |error| self.failed(error);
        let used = tx.used(partner, &scope(&context.actor), &key).await;
        let Some(answer) = used.map_err(failed)? else {
            return Ok(None);
        };
        let events = tx
            .events_between(partner, answer.first_seq, answer.last_seq)
            .await
            .map_err(failed)?;
        let mine = events
            .iter()
            .find(|logged| logged.event.command == answer.command);
        Ok(mine.map(|logged| context.did(logged)))
    }

    /// A popup that one has come back to after it was confirmed.
    fn used(
        &self,
        context: &Context,
        action: Action,
        found: &Found,
        address: &Address,
        did: String,
    ) -> Popup {
        let say = &context.say;
        let fresh = address.without(&["key", "menu"]).to_string();
        Popup {
            title: say.used_title(),
            lead: vec![did, say.used_again()],
            blocks: Vec::new(),
            hidden: Vec::new(),
            partly: None,
            cancel: say.close(),
            confirm: None,
            instead: Some(Link {
                text: say.open_fresh(),
                href: fresh,
            }),
            ..self.popup_of(
                context,
                action,
                found,
                &Form::default(),
                (address, String::new()),
                None,
            )
        }
    }

    fn popup_of(
        &self,
        context: &Context,
        action: Action,
        found: &Found,
        form: &Form,
        (address, key): (&Address, String),
        refusal: Option<Refusal>,
    ) -> Popup {
        let subject = Subject {
            context,
            id: &found.stored.customer,
            account: &found.stored.account,
            last_seen: found.stored.last_seen_at,
            form,
            undone: found.undone.as_ref(),
        };
        popup(&subject, action, key, &address.page(), refusal)
    }

    /// The customer, and the command that an Undo names, when it is one of this customer's.
    async fn found(
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
        let Some(command) = command.and_then(|command| CommandId::parse(command).ok()) else {
            return Ok(Found {
                stored,
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
        Ok(Found { stored, undone })
    }

    fn broken(&self, broken: BrokenForm, context: &Context) -> PanelError {
        PanelError::BadRequest(match broken {
            BrokenForm::TooLarge => context.say.form_too_large(),
            BrokenForm::ForbiddenCharacter => context.say.form_forbidden(),
        })
    }
}

/// Whether a command, told by its events, was an action or took one back: an undo of an undo is the action again.
async fn was(
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

/// What a popup is about.
struct Found {
    stored: StoredAccount,
    undone: Option<Undone>,
}

/// Why a posted form did not do what it asks.
enum Refused {
    /// It cannot be read, or says too little.
    AtOnce(Refusal),
    /// The rules or the store say no.
    ByStore(Error),
}
