//! What a suspended customer is told. Whatever is internal (notes, reasons, people) has no place in it.

use app::text::CustomerSay;
use domain::{Account, CustomerId, PartnerId, Status, Suspension, Timestamp};

use crate::error::Result;
use crate::store::{PartnerProfile, Tx};

/// So many characters of a customer's id tell it apart; they are the random ones, and search finds them.
const REFERENCE: usize = 8;

/// What the page says.
#[derive(Clone, Debug)]
pub struct SuspendedView {
    /// Speaks the customer's language, in the partner's time zone.
    pub say: CustomerSay,
    /// In whose name.
    pub partner: String,
    /// The partner's colour, six hexadecimal digits in lower case.
    pub brand_color: String,
    /// Where help is found.
    pub contact: Option<String>,
    /// Where to pay.
    pub pay: Option<String>,
    /// Whose account it is, where a name is known.
    pub customer: Option<String>,
    /// Since when nobody gets in.
    pub since: Timestamp,
    /// Until when; `None` until somebody lifts it.
    pub until: Option<Timestamp>,
    /// What the customer is told, in the order of the suspensions.
    pub messages: Vec<String>,
    /// What the customer can name when asking for help.
    pub reference: String,
}

/// One suspension, as the customer is told of it.
#[derive(Clone, Debug)]
pub struct Told {
    /// What is said of it.
    pub message: String,
    /// From when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// The page of a customer; none when nothing keeps it out.
///
/// # Errors
/// When the store cannot be asked, or knows no such customer.
pub async fn load(
    tx: &mut Tx,
    partner: &PartnerId,
    customer: &CustomerId,
    now: Timestamp,
) -> Result<Option<SuspendedView>> {
    let profile = tx.partner(partner).await?.profile;
    let account = tx.account(partner, customer).await?;
    Ok(SuspendedView::of(&profile, customer, &account, now))
}

impl SuspendedView {
    /// The page as it is now; none when nothing keeps the customer out.
    #[must_use]
    pub fn of(
        partner: &PartnerProfile,
        id: &CustomerId,
        account: &Account,
        now: Timestamp,
    ) -> Option<Self> {
        if account.status() != Status::Suspended {
            return None;
        }
        let say = reader(partner, account, now);
        let mut told = in_force(account, &say);
        let first = told.next()?;
        let rest = told.collect();
        Some(Self::telling(partner, id, account, say, (first, rest)))
    }

    /// The page as it would be with one suspension more, for a reader at the moment when it is seen.
    #[must_use]
    pub fn with(
        partner: &PartnerProfile,
        id: &CustomerId,
        account: &Account,
        say: CustomerSay,
        next: Told,
    ) -> Self {
        let mut told: Vec<Told> = in_force(account, &say).collect();
        told.push(next);
        let first = told.remove(0);
        Self::telling(partner, id, account, say, (first, told))
    }

    fn telling(
        partner: &PartnerProfile,
        id: &CustomerId,
        account: &Account,
        say: CustomerSay,
        (first, rest): (Told, Vec<Told>),
    ) -> Self {
        let (mut since, mut until) = (first.since, first.until);
        let mut messages = vec![first.message];
        for told in rest {
            since = since.min(told.since);
            // One that nobody has set an end to keeps the customer out after all the others.
            until = until.zip(told.until).map(|(one, other)| one.max(other));
            messages.push(told.message);
        }
        let name = account.profile.name.as_deref().map(str::trim);
        Self {
            say,
            partner: partner.name.clone(),
            brand_color: partner.brand_color.clone(),
            contact: partner.contact_link.clone(),
            pay: partner.pay_link.clone(),
            customer: name.filter(|name| !name.is_empty()).map(str::to_owned),
            since,
            until,
            messages,
            reference: reference(id),
        }
    }
}

/// Speaks the customer's language; the partner's where it is not known or not spoken.
#[must_use]
pub fn reader(partner: &PartnerProfile, account: &Account, now: Timestamp) -> CustomerSay {
    let own = account.profile.language.as_deref();
    let languages = own.into_iter().chain([partner.language.as_str()]);
    CustomerSay::new(languages, &partner.time_zone, now)
}

fn in_force<'a>(account: &'a Account, say: &'a CustomerSay) -> impl Iterator<Item = Told> + 'a {
    account.in_force().map(|suspension: &Suspension| Told {
        // One that says nothing, or no longer, says what is usual.
        message: match &suspension.customer_message {
            Some(message) => message.as_str().to_owned(),
            None => say.suggested_message(suspension.reason),
        },
        since: suspension.since(),
        until: suspension.until,
    })
}

/// The end of the id.
fn reference(id: &CustomerId) -> String {
    let text = id.as_str();
    text.get(text.len().saturating_sub(REFERENCE)..)
        .unwrap_or(text)
        .to_owned()
}
