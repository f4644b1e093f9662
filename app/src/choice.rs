//! What the choices of a popup post: written by the server, read by it and by the browser.

use domain::{
    AcceptedOver, Currency, Cycle, LedgerSeq, LimitName, Money, PlanId, PlanVersion, Preview,
    RollbackTarget, Terms,
};

/// What a card of Change Plan posts: the plan, and the version and cycle that it showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeChoiceValue {
    /// The plan.
    pub plan: PlanId,
    /// The version shown.
    pub version: PlanVersion,
    /// The cycle shown.
    pub cycle: Cycle,
}

impl ChangeChoiceValue {
    /// As posted.
    pub fn of(terms: &Terms) -> String {
        format!("{}.{}.{}", terms.plan, terms.version.0, terms.cycle.code())
    }

    /// Reads what was posted.
    pub fn parse(text: &str) -> Option<ChangeChoiceValue> {
        let mut parts = text.split('.');
        let (plan, version, cycle) = (parts.next()?, parts.next()?, parts.next()?);
        parts.next().is_none().then_some(())?;
        Some(ChangeChoiceValue {
            plan: PlanId::parse(plan).ok()?,
            version: PlanVersion(version.parse().ok()?),
            cycle: Cycle::parse(cycle).ok()?,
        })
    }
}

/// What a card of Rollback Plan posts.
pub struct RollbackChoiceValue;

impl RollbackChoiceValue {
    /// As posted.
    pub fn of(target: &RollbackTarget) -> String {
        match target {
            RollbackTarget::Restore { seq, price } => match price {
                Some(price) => format!(
                    "restore.{}.{}.{}",
                    seq.0,
                    price.minor,
                    price.currency.code()
                ),
                None => format!("restore.{}", seq.0),
            },
            RollbackTarget::Lower { plan, version } => format!("lower.{plan}.{}", version.0),
        }
    }

    /// Reads what was posted.
    pub fn parse(text: &str) -> Option<RollbackTarget> {
        let mut parts = text.split('.');
        match (parts.next()?, parts.next()?, parts.next(), parts.next()) {
            ("restore", seq, minor, currency) => {
                let seq = LedgerSeq(seq.parse().ok()?);
                let price = match (minor, currency) {
                    (None, None) => None,
                    (Some(minor), Some(currency)) => Some(Money::new(
                        minor.parse().ok()?,
                        Currency::parse(currency).ok()?,
                    )),
                    _ => return None,
                };
                Some(RollbackTarget::Restore { seq, price })
            }
            ("lower", plan, Some(version), None) => Some(RollbackTarget::Lower {
                plan: PlanId::parse(plan).ok()?,
                version: PlanVersion(version.parse().ok()?),
            }),
            _ => None,
        }
    }
}

/// What the tick under a card posts: for which choice, and exactly the limits and the usage that it named.
pub struct OverValue;

impl OverValue {
    /// As posted.
    pub fn of(choice: &str, preview: &Preview) -> String {
        let limits: Vec<String> = preview
            .over
            .iter()
            .map(|over| format!("{}={}", over.limit, over.used))
            .collect();
        // The first can not stand in a choice, the second not in the name of a limit.
        format!("{choice};{}", limits.join(","))
    }

    /// The limits accepted for `choice` by the ticks named `over` that were posted.
    pub fn accepted<'a>(ticks: impl Iterator<Item = &'a str>, choice: &str) -> Vec<AcceptedOver> {
        ticks
            .filter_map(|value| value.split_once(';'))
            .filter(|(of, _)| *of == choice)
            .flat_map(|(_, limits)| limits.split(','))
            .filter_map(|accepted| {
                let (limit, used) = accepted.rsplit_once('=')?;
                Some(AcceptedOver {
                    limit: LimitName::parse(limit).ok()?,
                    used: used.parse().ok()?,
                })
            })
            .collect()
    }
}
