//! The page of one customer.

use app::choice::RollbackChoiceValue;
use app::error::PanelError;
use app::service::Place;
use app::wire::{Action, CustomerPage, Link, ListKind, PlanCard, Standing, SuspensionCard};
use domain::{
    Account, ActorRef, Body, Cause, CommandId, CustomerId, ExternalId, Permission, RollbackTarget,
    Status, Suspension, Terms, Timestamp, Usage, gauges, rollback_choices,
};

use super::Panel;
use super::address::Address;
use super::enforcement::Followed;
use super::menu::popup_address;
use super::timeline::Surroundings;
use super::words::Context;
use crate::store::{Logged, Tx};

/// Entries of the timeline on one page.
const ENTRIES: u32 = 20;
const BY_EXTERNAL_ID: &str = "by-external-id/";
const ACTIVITY: &str = "/activity";

impl Panel {
    pub(super) async fn answer_customer(&self, place: &Place) -> Result<CustomerPage, PanelError> {
        let (mut tx, context) = self.open(Permission::View).await?;
        let address = self.address(place, &context)?;
        let id = self
            .customer_of_path(&mut tx, &context, address.path())
            .await?;
        let failed = |error| self.failed(error);
        let partner = &context.partner.id;
        let account = tx.account(partner, &id).await.map_err(failed)?;
        let row = tx.customer(partner, &id).await.map_err(failed)?;
        let older = older(&address, &context)?;
        let mut logged = tx
            .timeline(partner, &id, older, ENTRIES + 1)
            .await
            .map_err(failed)?;
        let more = logged.len() > ENTRIES as usize;
        logged.truncate(ENTRIES as usize);
        let here = address.page();
        let times = &self.shared.gate;
        let since = times.connected_since(context.say.now());
        let enforcement = tx.enforcement(partner, &id, since).await.map_err(failed)?;
        let page = Page {
            followed: Followed {
                context: &context,
                times,
                enforcement,
                status: account.status(),
            },
            context: &context,
            id: &id,
            account: &account,
            here: &here,
        };
        let row = context.row(&row, &here);
        Ok(CustomerPage {
            external_id: Some(account.external_id.to_string()),
            phone: account.profile.phone.clone(),
            country: account.profile.country.clone(),
            back: page.back(),
            actions: row
                .menu
                .iter()
                .filter(|entry| entry.action != Action::View)
                .cloned()
                .collect(),
            suspensions: account
                .suspensions
                .iter()
                .map(|open| page.suspension(open))
                .collect(),
            enforcement: page.followed.lines(),
            plan: page.plan(),
            older: logged
                .last()
                .filter(|_| more)
                .map(|last| page.older(last.seq)),
            timeline: page.timeline(&logged),
            here: here.to_string(),
            row,
        })
    }

    /// Whose page a path is: by our id or by the operator's.
    pub(super) async fn customer_of_path(
        &self,
        tx: &mut Tx,
        context: &Context,
        path: &str,
    ) -> Result<CustomerId, PanelError> {
        let rest = path
            .strip_prefix("/customers/")
            .ok_or(PanelError::NotFound)?;
        let Some(external) = rest.strip_prefix(BY_EXTERNAL_ID) else {
            return CustomerId::parse(rest).map_err(|_| PanelError::NotFound);
        };
        let external = percent_encoding::percent_decode_str(external)
            .decode_utf8()
            .map_err(|_| PanelError::NotFound)?;
        let external = ExternalId::parse(&external).map_err(|_| PanelError::NotFound)?;
        let found = tx
            .customer_id(&context.partner.id, &external)
            .await
            .map_err(|error| self.failed(error))?;
        found.ok_or(PanelError::NotFound)
    }
}

fn older(address: &Address, context: &Context) -> Result<Option<u64>, PanelError> {
    let Some(text) = address.get("older") else {
        return Ok(None);
    };
    text.parse()
        .map(Some)
        .map_err(|_| PanelError::BadRequest(context.say.bad_query_cursor()))
}

/// Whether something was told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Not,
    Already,
}

struct Page<'a> {
    followed: Followed<'a>,
    context: &'a Context,
    id: &'a CustomerId,
    account: &'a Account,
    here: &'a Address,
}

impl Context {
    /// A plan with everything that it grants.
    pub(super) fn plan_card(&self, terms: &Terms, usage: &[Usage], since: Timestamp) -> PlanCard {
        let gauges = gauges(self.catalog.limits(terms), usage);
        PlanCard {
            name: self.plan(&terms.plan),
            badge: self.plan_badge(terms),
            version: self.say.plan_version(terms.version.0),
            price: self.price(terms),
            since: self.say.moment_day(since),
            limits: gauges.iter().map(|gauge| self.bar(gauge)).collect(),
        }
    }
}

impl Page<'_> {
    /// The list that it was opened from, with its filter and place; else the list that it stands in.
    fn back(&self) -> Link {
        let say = &self.context.say;
        // Only this panel's own lists: the address could come from anywhere.
        let from = self.here.get("from").filter(|from| {
            let path = from.split('?').next().unwrap_or_default();
            path == ACTIVITY || LISTS.iter().any(|list| list.path() == path)
        });
        let list = match self.account.status() {
            Status::Active => ListKind::Active,
            Status::Suspended => ListKind::Suspended,
            Status::Closed => ListKind::All,
        };
        let href = from.unwrap_or(list.path());
        let text = if href.starts_with(ACTIVITY) {
            say.activity()
        } else {
            say.back_to_list()
        };
        Link {
            text,
            href: href.to_owned(),
        }
    }

    fn suspension(&self, open: &Suspension) -> SuspensionCard {
        let say = &self.context.say;
        let who = self.context.who(&open.placed_by);
        let mine = self.context.actor.may_lift(open.kind);
        let (standing, by, call_off) = match open.in_force {
            true => {
                let lasting = say.lasting(open.starts_at, say.now());
                (Standing::InForce, say.suspended_by_for(lasting, who), None)
            }
            false => {
                let call_off = mine.then(|| Link {
                    text: say.call_off(),
                    href: popup_address(self.here, Action::Reactivate, self.id)
                        .with("lift", open.id.as_str())
                        .to_string(),
                });
                (Standing::Planned, say.planned_by(who), call_off)
            }
        };
        SuspensionCard {
            reason: say.suspension_reason(open.reason),
            standing,
            by,
            call_off,
            since: match open.in_force {
                true => say.moment_day(open.starts_at),
                false => say.moment_ahead(open.starts_at),
            },
            until: self.context.until(open.until),
            note: open.note.as_ref().map(|note| note.to_string()),
            message: open
                .customer_message
                .as_ref()
                .map(|message| message.to_string()),
        }
    }

    fn plan(&self) -> PlanCard {
        let head = self.account.assignment();
        let usage = &self.account.usage;
        self.context.plan_card(&head.terms, usage, head.started_at)
    }

    fn older(&self, seq: u64) -> Link {
        Link {
            text: self.context.say.older(),
            href: self.here.with("older", &seq.to_string()).to_string(),
        }
    }

    fn timeline(&self, logged: &[Logged]) -> Vec<app::wire::Entry> {
        let say = &self.context.say;
        let mut offered: Vec<&CommandId> = Vec::new();
        let mut told = Told::Not;
        let entry = |logged| {
            let around = Surroundings {
                customer: None,
                key: None,
                enforced: self.enforced(logged, &mut told),
                undo: self.undo(logged, &mut offered),
                restore: self.restore(logged),
            };
            self.context
                .entry(logged, say.moment(logged.event.at), around)
        };
        logged.iter().map(entry).collect()
    }

    /// Stands once, beside the latest thing that the newest command did.
    fn enforced(&self, logged: &Logged, told: &mut Told) -> Option<String> {
        let concerns = logged.event.body.kind().concerns_product();
        if !concerns || std::mem::replace(told, Told::Already) == Told::Already {
            return None;
        }
        self.followed.of(logged.event.at)
    }

    /// Undo stands once per command, beside the latest of its events, while nothing else has moved its aspect.
    fn undo<'l>(&self, logged: &'l Logged, offered: &mut Vec<&'l CommandId>) -> Option<Link> {
        let command = &logged.event.command;
        let head = self.account.assignment();
        let plan = head.command == *command
            && matches!(head.cause, Cause::Change | Cause::Rollback | Cause::Undo);
        let moved = self.account.access_moved.as_ref();
        let access =
            moved.is_some_and(|moved| moved.command == *command && moved.by != ActorRef::System);
        let first = matches!(logged.event.body, Body::CustomerAdded { .. });
        let undoable = (plan || access) && !first && !offered.contains(&command);
        let permitted = self.context.actor.permits(Permission::Undo);
        (undoable && permitted && logged.event.actor != ActorRef::System).then(|| {
            offered.push(command);
            undo_link(self.context, self.here, self.id, command)
        })
    }

    /// Rollback with the plan of this entry chosen, when it is one of Rollback's choices.
    fn restore(&self, logged: &Logged) -> Option<Link> {
        let Body::PlanChanged { .. } = logged.event.body else {
            return None;
        };
        let row = self
            .account
            .ledger
            .earlier()
            .iter()
            .find(|row| row.command == logged.event.command)?;
        let actions =
            domain::available_actions(self.account, &self.context.catalog, &self.context.actor);
        let possible = |it: &domain::Availability| {
            it.action == domain::Action::RollbackPlan && it.refused.is_none()
        };
        actions.iter().find(|it| possible(it))?;
        let choices =
            rollback_choices(self.account, &self.context.catalog, self.context.say.now()).choices;
        let this = |target: &RollbackTarget| matches!(target, RollbackTarget::Restore { seq, .. } if *seq == row.seq);
        let choice = choices.iter().find(|choice| this(&choice.target))?;
        let rollback = popup_address(self.here, Action::RollbackPlan, self.id);
        let href = rollback
            .with("choice", &RollbackChoiceValue::of(&choice.target))
            .to_string();
        Some(Link {
            text: self.context.say.roll_back_to_this(),
            href,
        })
    }
}

const LISTS: &[ListKind] = &[ListKind::Active, ListKind::Suspended, ListKind::All];

/// Opens the undo popup on the page at hand.
pub(super) fn undo_link(
    context: &Context,
    here: &Address,
    id: &CustomerId,
    command: &CommandId,
) -> Link {
    let href = popup_address(here, Action::Undo, id)
        .with("command", command.as_str())
        .to_string();
    Link {
        text: context.say.undo(),
        href,
    }
}
