//! Customers, made by arrivals.

use crate::house::House;
use domain::time::DAY;
use domain::{
    ActorRef, Body, Catalog, CommandId, CustomerId, Cycle, Event, ExternalId, LimitName, PartnerId,
    Private, Profile, Stint, Terms, Usage,
};
use server::clock::Clock;
use server::commands;
use server::commands::NewCustomer;
use server::ids::Ids;

/// A customer to be made.
pub struct Guest {
    pub external_id: &'static str,
    pub name: &'static str,
    /// Code and version of each plan in turn, with how many days ago it began; the last one is what it has.
    pub plans: Vec<(&'static str, u32, i64)>,
    /// Limit and usage, reported an hour ago.
    pub usage: Vec<(&'static str, u64)>,
    /// Milliseconds since it was last seen.
    pub seen: Option<i64>,
    /// Its own language.
    pub language: Option<&'static str>,
}

impl Guest {
    pub fn new(external_id: &'static str, name: &'static str) -> Guest {
        Guest {
            external_id,
            name,
            plans: vec![("pro", 2, 100)],
            usage: vec![("Seats", 12)],
            seen: Some(4 * 60_000),
            language: None,
        }
    }

    pub fn on(self, plans: &[(&'static str, u32, i64)]) -> Guest {
        Guest {
            plans: plans.to_vec(),
            ..self
        }
    }

    pub fn using(self, usage: &[(&'static str, u64)]) -> Guest {
        Guest {
            usage: usage.to_vec(),
            ..self
        }
    }
}

impl House {
    /// Makes customers; the first is the one that joined last.
    pub async fn welcome(&self, guests: &[Guest]) -> Vec<CustomerId> {
        self.welcome_to(&self.partner.clone(), guests).await
    }

    pub async fn welcome_to(&self, partner: &PartnerId, guests: &[Guest]) -> Vec<CustomerId> {
        let catalog = self.catalog(partner).await;
        let new: Vec<NewCustomer> = guests
            .iter()
            .map(|guest| self.arrival(&catalog, guest))
            .collect();
        let made = new.iter().map(|customer| customer.id.clone()).collect();
        commands::add_customers(&self.shared.store, &*self.ids, partner, new, None)
            .await
            .unwrap();
        made
    }

    /// One customer.
    pub async fn guest(&self, guest: Guest) -> CustomerId {
        self.welcome(&[guest]).await.remove(0)
    }

    fn arrival(&self, catalog: &Catalog, guest: &Guest) -> NewCustomer {
        let now = self.clock.now();
        let stint = |&(code, version, days): &(&str, u32, i64)| {
            let plan = catalog.plan_by_code(code).unwrap();
            let version = domain::PlanVersion(version);
            let price = plan.price(version, Cycle::Month);
            let terms = Terms {
                plan: plan.id.clone(),
                version,
                cycle: Cycle::Month,
                price,
            };
            Stint {
                terms,
                started_at: now.plus_millis(-days * DAY),
            }
        };
        let mut stints: Vec<Stint> = guest.plans.iter().map(stint).collect();
        let current = stints.pop().unwrap();
        let joined_at = stints.first().unwrap_or(&current).started_at;
        let body = Body::CustomerAdded {
            external_id: ExternalId::parse(guest.external_id).unwrap(),
            joined_at: Some(joined_at),
            import: None,
            earlier: stints,
            current,
        };
        let profile = Profile {
            name: Some(guest.name.to_owned()),
            email: Some(format!("{}@customer.example", guest.external_id)),
            language: guest.language.map(str::to_owned),
            ..Profile::default()
        };
        let private = Private {
            profile: Some(profile),
            ..Private::default()
        };
        let command = CommandId::from_random(now, self.ids.random());
        let usage = guest.usage.iter().map(|&(limit, used)| Usage {
            limit: LimitName::parse(limit).unwrap(),
            used,
            as_of: now.plus_millis(-3_600_000),
        });
        NewCustomer {
            id: self.ids.customer(now),
            events: vec![Event::join(
                now.plus_millis(-DAY),
                ActorRef::Operator,
                command,
                body,
                private,
            )],
            usage: usage.collect(),
            last_seen_at: guest.seen.map(|since| now.plus_millis(-since)),
        }
    }
}
