//! Where a sequence begins: two partners who have nothing in common, each with plans, people and customers.

use std::collections::BTreeMap;

use domain::{
    Actor, ActorRef, Body, Cause, CommandId, Currency, CustomerId, Cycle, Event, ExternalId, Limit,
    LimitName, Money, PlanCode, PlanStatus, Private, Profile, Role, Stint, Terms, UserId,
};
use server::clock::Clock as _;
use server::commands::{NewCustomer, add_customers};
use server::ids::Ids as _;
use server::store::{PlanDraft, PlanSaved};

use crate::reference::{Customer, Partner, Plan, Row};
use crate::steps::{Edit, Person};
use crate::world::{World, eur, partner_profile};

pub const PLANS: [&str; 5] = ["free", "basic", "pro", "dollar", "max"];
pub const LIMITS: [&str; 2] = ["Seats", "Bots"];
/// What each customer had and has, by place in [`PLANS`]. The last one came by an import that knew no price for one
/// plan and another currency for the next.
pub const CUSTOMERS: [&[usize]; 3] = [&[1], &[0, 2, 4], &[1, 2, 4]];
pub const IMPORTED: usize = 2;

/// A partner as a sequence finds it.
pub struct Cast {
    pub partner: Partner,
    people: BTreeMap<&'static str, UserId>,
    /// The customers in the order of [`CUSTOMERS`].
    pub customers: Vec<CustomerId>,
    /// Commands by customer, the arrival first.
    pub commands: BTreeMap<CustomerId, Vec<CommandId>>,
}

impl Cast {
    pub fn actor(&self, who: Person) -> Actor {
        let user = |id: &'static str, role| Actor::User {
            id: self.people[id].clone(),
            role,
        };
        match who {
            Person::Owner => user("owner", Role::Owner),
            Person::Manager => user("manager", Role::Manager),
            Person::Agent => user("agent", Role::Agent),
            Person::Viewer => user("viewer", Role::Viewer),
            Person::Operator => Actor::Operator,
        }
    }
}

/// A new partner in the database, and the same in the model.
pub async fn a_partner(world: &World) -> Cast {
    let (now, ids) = (world.clock.now(), &world.ids);
    let id = ids.partner(now);
    world
        .store
        .add_partner(id.clone(), partner_profile(), now)
        .await
        .unwrap();
    let mut plans = Vec::new();
    for draft in drafts() {
        let PlanSaved::Created(plan) = world.save_plan(&id, draft.clone()).await else {
            panic!("a new partner has no plans");
        };
        plans.push(Plan::new(plan, &draft));
    }
    let (mut arriving, mut customers) = (Vec::new(), BTreeMap::new());
    let (mut order, mut commands) = (Vec::new(), BTreeMap::new());
    for (number, past) in CUSTOMERS.iter().enumerate() {
        let (customer, rows) = a_customer(world, &plans, number, past);
        order.push(customer.id.clone());
        commands.insert(
            customer.id.clone(),
            vec![customer.events[0].command.clone()],
        );
        customers.insert(customer.id.clone(), Customer::arriving(rows));
        arriving.push(customer);
    }
    add_customers(&world.store, ids, &id, arriving, None)
        .await
        .unwrap();
    let people = ["owner", "manager", "agent", "viewer"];
    Cast {
        partner: Partner {
            id,
            plans,
            customers,
            answers: BTreeMap::new(),
            log: CUSTOMERS.len() as u64,
        },
        people: people
            .into_iter()
            .map(|name| (name, ids.user(now)))
            .collect(),
        customers: order,
        commands,
    }
}

fn drafts() -> Vec<PlanDraft> {
    let dollars = Currency::parse("USD").unwrap();
    let of = |code: &str, rank, currency, (month, year), (seats, bots)| PlanDraft {
        code: PlanCode::parse(code).unwrap(),
        name: code.to_owned(),
        display_name: None,
        rank,
        currency,
        price_month: month,
        price_year: year,
        limits: vec![
            (limit(0), Limit::Count(seats)),
            (limit(1), bots),
            (LimitName::parse("API access").unwrap(), Limit::Yes),
        ],
        status: PlanStatus::Active,
        recommended: false,
    };
    vec![
        of("free", 0, eur(), (Some(0), None), (1, Limit::No)),
        of(
            "basic",
            1,
            eur(),
            (Some(1900), Some(19_000)),
            (5, Limit::Count(2)),
        ),
        of(
            "pro",
            2,
            eur(),
            (Some(4900), Some(49_000)),
            (12, Limit::Count(10)),
        ),
        of(
            "dollar",
            3,
            dollars,
            (Some(5900), None),
            (15, Limit::Count(10)),
        ),
        of(
            "max",
            4,
            eur(),
            (None, Some(99_000)),
            (25, Limit::Unlimited),
        ),
    ]
}

pub fn limit(place: usize) -> LimitName {
    LimitName::parse(LIMITS[place]).unwrap()
}

/// A plan as it would be sold after an edit.
pub fn edited(plan: &Plan, edit: &Edit) -> PlanDraft {
    let newest = plan.version(plan.newest());
    let mut draft = PlanDraft {
        code: plan.code.clone(),
        name: plan.code.to_string(),
        display_name: None,
        rank: plan.rank,
        currency: plan.currency,
        price_month: newest.price_month,
        price_year: newest.price_year,
        limits: newest.limits.clone(),
        status: plan.status,
        recommended: false,
    };
    match edit {
        Edit::PriceMonth(price) => draft.price_month = *price,
        Edit::PriceYear(price) => draft.price_year = *price,
        Edit::Limit { limit, allowed } => draft.limits[*limit].1 = Limit::Count(*allowed),
        Edit::Rank(rank) => draft.rank = *rank,
        Edit::Status(status) => draft.status = *status,
    }
    draft
}

/// A customer as it is sent, and its ledger as it then stands.
fn a_customer(
    world: &World,
    plans: &[Plan],
    number: usize,
    past: &[usize],
) -> (NewCustomer, Vec<Row>) {
    let now = world.clock.now();
    let is_imported = number == IMPORTED;
    let mut stints: Vec<Stint> = Vec::new();
    for (place, plan) in past.iter().enumerate() {
        let plan = &plans[*plan];
        let mut terms: Terms = plan.today(plan.cycle_for(Cycle::Month));
        match (is_imported, place) {
            (true, 0) => terms.price = None,
            (true, 1) => terms.price = Some(Money::new(5_500, Currency::parse("USD").unwrap())),
            _ => {}
        }
        let days = past.len() as i64 - place as i64;
        let started_at = now.plus_millis(-30 * days * domain::time::DAY);
        stints.push(Stint { terms, started_at });
    }
    let command = world.ids.command(now);
    let rows = rows(&stints, is_imported, &command);
    let current = stints.pop().expect("everybody has a plan");
    let body = Body::CustomerAdded {
        external_id: ExternalId::parse(&format!("c{number}")).unwrap(),
        joined_at: None,
        import: is_imported.then(|| world.ids.import(now)),
        earlier: stints,
        current,
    };
    let profile = Profile {
        name: Some(format!("Customer {number}")),
        ..Profile::default()
    };
    let private = Private {
        profile: Some(profile),
        ..Private::default()
    };
    let event = Event::join(now, ActorRef::Operator, command, body, private);
    let customer = NewCustomer {
        id: world.ids.customer(now),
        events: vec![event],
        usage: Vec::new(),
        last_seen_at: None,
    };
    (customer, rows)
}

fn rows(stints: &[Stint], is_imported: bool, command: &CommandId) -> Vec<Row> {
    let ends = stints
        .iter()
        .skip(1)
        .map(|next| Some(next.started_at))
        .chain([None]);
    let cause = if is_imported {
        Cause::Import
    } else {
        Cause::Initial
    };
    stints
        .iter()
        .zip(ends)
        .map(|(stint, ended_at)| Row {
            terms: stint.terms.clone(),
            started_at: stint.started_at,
            ended_at,
            cause,
            restores: None,
            actor: ActorRef::Operator,
            reason: None,
            command: command.clone(),
        })
        .collect()
}
