//! Names, people and plans that the cases speak of.

use domain::*;

pub const NOON: Timestamp = Timestamp::from_millis(1_790_000_000_000);

pub fn eur() -> Currency {
    Currency::parse("EUR").unwrap()
}

pub fn euros(amount: i64) -> Option<Money> {
    Some(Money::new(amount * 100, eur()))
}

/// The identifier of the plan with this code.
pub fn pln(code: &str) -> PlanId {
    let mut bytes = [0; 10];
    bytes[..code.len()].copy_from_slice(code.as_bytes());
    PlanId::from_random(Timestamp::from_millis(0), bytes)
}

fn random(number: u64) -> [u8; 10] {
    let mut bytes = [0; 10];
    bytes[2..].copy_from_slice(&number.to_be_bytes());
    bytes
}

pub fn cmd(number: u64) -> CommandId {
    CommandId::from_random(NOON, random(number))
}

pub fn sus(number: u64) -> SuspensionId {
    SuspensionId::from_random(NOON, random(number))
}

pub fn name(text: &str) -> LimitName {
    LimitName::parse(text).unwrap()
}

pub fn note(text: &str) -> Option<Note> {
    Note::from_field(text).unwrap()
}

fn user(number: u64, role: Role) -> Actor {
    Actor::User {
        id: UserId::from_random(NOON, random(number)),
        role,
    }
}

pub fn owner() -> Actor {
    user(1, Role::Owner)
}

pub fn manager() -> Actor {
    user(2, Role::Manager)
}

pub fn agent() -> Actor {
    user(3, Role::Agent)
}

pub fn other_agent() -> Actor {
    user(4, Role::Agent)
}

pub fn viewer() -> Actor {
    user(5, Role::Viewer)
}

pub fn version(number: u32, euros_a_month: Option<i64>, limits: &[(&str, Limit)]) -> PlanTerms {
    PlanTerms {
        version: PlanVersion(number),
        price_month: euros_a_month.map(|euros| euros * 100),
        price_year: None,
        limits: limits
            .iter()
            .map(|(limit, value)| (name(limit), *value))
            .collect(),
    }
}

pub fn plan(code: &str, rank: i32, status: PlanStatus, terms: Vec<PlanTerms>) -> Plan {
    Plan {
        id: pln(code),
        code: PlanCode::parse(code).unwrap(),
        name: code.to_owned(),
        display_name: None,
        rank,
        currency: eur(),
        status,
        recommended: false,
        terms,
    }
}

/// Free, Basic, Starter (archived), Pro (two versions), Lab (inactive), Business, Dollar (USD), Max.
pub fn catalog() -> Catalog {
    use Limit::{Count, No, Unlimited, Yes};
    use PlanStatus::{Active, Archived, Inactive};
    let mut pro = vec![
        version(
            1,
            Some(39),
            &[("seats", Count(10)), ("bots", Count(5)), ("api", No)],
        ),
        version(
            2,
            Some(49),
            &[("seats", Count(12)), ("bots", Count(5)), ("api", No)],
        ),
    ];
    pro[1].price_year = Some(49_000);
    let mut dollar = plan(
        "dollar",
        35,
        Active,
        vec![version(1, Some(60), &[("seats", Count(20))])],
    );
    dollar.currency = Currency::parse("USD").unwrap();
    Catalog::new(vec![
        plan(
            "max",
            40,
            Active,
            vec![version(
                1,
                Some(199),
                &[("seats", Unlimited), ("bots", Unlimited), ("api", Yes)],
            )],
        ),
        dollar,
        plan(
            "business",
            30,
            Active,
            vec![version(
                1,
                Some(79),
                &[("seats", Count(30)), ("bots", Count(9)), ("api", Yes)],
            )],
        ),
        plan(
            "lab",
            25,
            Inactive,
            vec![version(1, Some(55), &[("seats", Count(15))])],
        ),
        plan("pro", 20, Active, pro),
        plan(
            "starter",
            15,
            Archived,
            vec![version(1, Some(29), &[("seats", Count(6))])],
        ),
        plan(
            "basic",
            10,
            Active,
            vec![version(
                1,
                Some(19),
                &[("seats", Count(3)), ("bots", Count(1)), ("api", No)],
            )],
        ),
        plan(
            "free",
            0,
            Active,
            vec![version(1, Some(0), &[("seats", Count(1))])],
        ),
    ])
}

/// A limit accepted as exceeded, with the usage that stood beside the tick.
pub fn accepted(limit: &str, used: u64) -> AcceptedOver {
    AcceptedOver {
        limit: name(limit),
        used,
    }
}
