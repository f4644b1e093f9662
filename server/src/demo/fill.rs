//! Filling an empty database with one partner of the demo.

use domain::{Actor, Currency, PartnerId, PlanId, Timestamp};

use super::cast::cast;
use super::dice::Dice;
use super::lives::life;
use super::living::World;
use super::names::Names;
use super::partners::DemoPartner;
use super::plans::{BEGINNING, catalogs, drafts};
use super::story::Today;
use crate::commands::{self, NewCustomer};
use crate::error::{Error, Result};
use crate::ids::{Ids as _, SeededIds};
use crate::store::{PartnerProfile, PlanDraft, Store, Tx, User};

/// Where all the demo's chance begins.
const SEED: u64 = 0x0050_6172_746e_6572;

/// How large a demo is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scale {
    /// Customers of each partner, those that are there to be tried included.
    pub customers: usize,
}

impl Default for Scale {
    fn default() -> Self {
        Self { customers: 1_000 }
    }
}

/// Makes the partner number `number` with its people, plans and customers. Run again after an interruption with the
/// same arguments, it goes on where it was; filled already, it does nothing.
pub(super) async fn fill(
    store: &Store,
    number: u64,
    partner: &DemoPartner,
    password_hash: &str,
    start: Timestamp,
    scale: Scale,
) -> Result<PartnerId> {
    let today = Today {
        start,
        opens: partner.opens,
    };
    let ids = SeededIds::new(SEED.wrapping_mul(number + 1));
    let beginning = today.days_ago(BEGINNING);
    let id = ids.partner(beginning);
    let users = users(&id, partner, password_hash, &ids, beginning);
    let plans = drafts(partner, &ids, today)?;
    let actors = actors(&users);
    match store.read().await?.partner(&id).await {
        Ok(_) => {}
        Err(Error::NotFound) => {
            let opening = Opening {
                id: id.clone(),
                profile: profile(partner)?,
                users,
                plans,
                beginning,
            };
            store
                .write(opening, |tx, opening| Box::pin(opening.open(tx)))
                .await?;
        }
        Err(error) => return Err(error),
    }
    let mut reading = store.read().await?;
    let stored = reading.partner(&id).await?;
    let catalog = reading.catalog(&id).await?;
    drop(reading);
    if stored.counts.all() == 0 {
        let world = World {
            ids: &ids,
            catalogs: catalogs(&catalog, today),
            people: actors,
        };
        let customers = customers(&world, number, partner, today, scale);
        commands::add_customers(store, &ids, &id, customers, None).await?;
    }
    Ok(id)
}

/// A partner before its first customer: written at once or not at all.
struct Opening {
    id: PartnerId,
    profile: PartnerProfile,
    users: [User; 4],
    plans: Vec<(Timestamp, PlanId, PlanDraft)>,
    beginning: Timestamp,
}

impl Opening {
    async fn open(&self, tx: &mut Tx) -> Result<()> {
        tx.add_partner(&self.id, &self.profile, self.beginning)
            .await?;
        for user in &self.users {
            tx.add_user(user, self.beginning).await?;
        }
        for (at, fresh, draft) in &self.plans {
            tx.save_plan(&self.id, draft, fresh, *at).await?;
        }
        Ok(())
    }
}

fn profile(partner: &DemoPartner) -> Result<PartnerProfile> {
    Ok(PartnerProfile {
        name: partner.name.to_owned(),
        product: partner.product.to_owned(),
        currency: Currency::parse(partner.currency).map_err(Error::damaged)?,
        language: partner.language.to_owned(),
        time_zone: partner.time_zone.to_owned(),
        brand_color: partner.brand_color.to_owned(),
        contact_link: Some(partner.contact_link.to_owned()),
        pay_link: Some(partner.pay_link.to_owned()),
    })
}

fn users(
    partner: &PartnerId,
    demo: &DemoPartner,
    password_hash: &str,
    ids: &SeededIds,
    since: Timestamp,
) -> [User; 4] {
    demo.people.each_ref().map(|person| User {
        partner: partner.clone(),
        id: ids.user(since),
        email: person.email.to_owned(),
        role: person.role,
        name: person.name.to_owned(),
        password_hash: Some(password_hash.to_owned()),
        disabled: false,
        language: None,
        time_zone: None,
    })
}

/// The owner, the manager and the agent; the viewer never acts.
fn actors(users: &[User; 4]) -> [Actor; 3] {
    let [owner, manager, agent, _] = users;
    [owner, manager, agent].map(|user| Actor::User {
        id: user.id.clone(),
        role: user.role,
    })
}

fn customers(
    world: &World<'_>,
    number: u64,
    partner: &DemoPartner,
    today: Today,
    scale: Scale,
) -> Vec<NewCustomer> {
    let dice = Dice::new(SEED.wrapping_add(number));
    let mut names = Names::new(partner.country);
    let mut biographies = cast(partner, today);
    biographies
        .iter()
        .for_each(|biography| names.take(&biography.profile));
    for place in biographies.len() + 1..=scale.customers {
        let external_id = format!("{}{place:04}", partner.external);
        biographies.push(life(
            place as u64,
            external_id,
            names.next(&dice),
            today,
            &dice,
        ));
    }
    biographies
        .iter()
        .filter_map(|biography| world.live(biography))
        .collect()
}
