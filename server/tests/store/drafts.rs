//! What a world is filled with, and what is done to its customers.

use domain::{
    Account, ChangePlan, Command, Currency, Limit, LimitName, PlanCode, PlanStatus, Reactivate,
    Reason, Suspend, Terms, Timestamp, Usage,
};
use server::store::{PartnerProfile, PlanDraft};

use super::START;

pub fn partner_profile() -> PartnerProfile {
    PartnerProfile {
        name: "One".to_owned(),
        product: "Chat".to_owned(),
        currency: eur(),
        language: "en".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        brand_color: "336699".to_owned(),
        contact_link: None,
        pay_link: None,
    }
}

pub fn eur() -> Currency {
    Currency::parse("EUR").unwrap()
}

pub fn plan(code: &str, rank: i32, price: i64, seats: u64) -> PlanDraft {
    PlanDraft {
        code: PlanCode::parse(code).unwrap(),
        name: code.to_owned(),
        display_name: None,
        rank,
        currency: eur(),
        price_month: Some(price),
        price_year: None,
        limits: vec![
            (limit("Seats"), Limit::Count(seats)),
            (limit("API access"), Limit::Yes),
        ],
        status: PlanStatus::Active,
        recommended: false,
    }
}

pub fn limit(name: &str) -> LimitName {
    LimitName::parse(name).unwrap()
}

pub fn seats(used: u64) -> Vec<Usage> {
    vec![Usage {
        limit: limit("Seats"),
        used,
        as_of: START,
    }]
}

pub fn suspend(account: &Account, reason: Reason, until: Option<Timestamp>) -> Command {
    let note = domain::Note::from_field("Ticket 17").unwrap();
    let expect_access_revision = account.access_revision;
    Command::Suspend(Suspend {
        reason,
        note,
        customer_message: None,
        starts_at: None,
        until,
        expect_access_revision,
    })
}

pub fn reactivate(account: &Account) -> Command {
    Command::Reactivate(Reactivate {
        suspensions: account
            .suspensions
            .iter()
            .map(|open| open.id.clone())
            .collect(),
        expect_access_revision: account.access_revision,
        reason: None,
        note: None,
    })
}

pub fn change(account: &Account, to: &Terms) -> Command {
    Command::ChangePlan(ChangePlan {
        plan: to.plan.clone(),
        version: to.version,
        cycle: to.cycle,
        expect_plan_revision: account.plan_revision,
        accepts_over: Vec::new(),
        reason: None,
        note: None,
    })
}
