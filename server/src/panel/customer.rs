//! The page of one customer.

use app::error::PanelError;
use app::service::Place;
use app::wire::{Action, CustomerPage, Link, ListKind, PlanCard, Standing, SuspensionCard};
use domain::{
    Account, CustomerId, ExternalId, Permission, Status, Suspension, Terms, Timestamp, Usage,
    gauges,
};

use super::Panel;
use super::address::Address;
use super::enforcement::Followed;
use super::menu::popup_address;
use super::words::Context;
use crate::store::Tx;

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

/// Whom the page is about, and for whom.
pub(super) struct Page<'a> {
    pub(super) followed: Followed<'a>,
    pub(super) context: &'a Context,
    pub(super) id: &'a CustomerId,
    pub(super) account: &'a Account,
    pub(super) here: &'a Address,
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
}

const LISTS: &[ListKind] = &[ListKind::Active, ListKind::Suspended, ListKind::All];
