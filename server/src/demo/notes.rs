//! What colleagues wrote.

use domain::{ChangeReason, ReactivateReason, Reason, RollbackReason};

use super::dice::Dice;

/// With an upgrade.
const UP: [(ChangeReason, Option<&str>); 8] = [
    (
        ChangeReason::NeedsMore,
        Some("Hired two more people, needs the seats by Monday."),
    ),
    (
        ChangeReason::NeedsMore,
        Some("Ran into the message limit twice last month."),
    ),
    (ChangeReason::NeedsMore, None),
    (
        ChangeReason::CustomerAsked,
        Some("Ticket 4412. Wants the API for their shop."),
    ),
    (
        ChangeReason::CustomerAsked,
        Some("Asked on the phone, confirmed by e-mail the same day."),
    ),
    (ChangeReason::CustomerAsked, None),
    (
        ChangeReason::WrongPlanSold,
        Some("Sales promised API access, the smaller plan does not have it."),
    ),
    (
        ChangeReason::Other,
        Some("Came back from the trade fair with a signed offer."),
    ),
];

/// With a downgrade.
const DOWN: [(ChangeReason, Option<&str>); 6] = [
    (
        ChangeReason::TooExpensive,
        Some("Would have left otherwise. Call again in spring."),
    ),
    (ChangeReason::TooExpensive, None),
    (
        ChangeReason::CustomerAsked,
        Some("Season is over, fewer people until March."),
    ),
    (ChangeReason::CustomerAsked, None),
    (
        ChangeReason::BillCorrection,
        Some("Was billed for seats nobody used. Agreed with accounting."),
    ),
    (
        ChangeReason::WrongPlanSold,
        Some("One-person business, never needed the larger one."),
    ),
];

/// With a rollback.
const BACK: [(RollbackReason, Option<&str>); 5] = [
    (
        RollbackReason::ChangedByMistake,
        Some("Meant the namesake, sorry."),
    ),
    (
        RollbackReason::ChangedByMistake,
        Some("Clicked the wrong row."),
    ),
    (
        RollbackReason::CustomerChangedMind,
        Some("Partner at home said no. Keeps the old price, promised."),
    ),
    (RollbackReason::CustomerChangedMind, None),
    (
        RollbackReason::BillCorrection,
        Some("Invoice was out already; back until the new period."),
    ),
];

/// With a suspension: reason, how often, note, message for the customer.
pub(super) struct Cause {
    pub reason: Reason,
    pub weight: u64,
    pub note: Option<&'static str>,
    pub message: Option<&'static str>,
}

const fn cause(
    reason: Reason,
    weight: u64,
    note: Option<&'static str>,
    message: Option<&'static str>,
) -> Cause {
    Cause {
        reason,
        weight,
        note,
        message,
    }
}

const OVERDUE: Option<&str> =
    Some("Your last invoice is still open. As soon as it is paid, everything is there again.");
const REVIEW: Option<&str> =
    Some("We are checking something about your account. Please write to us.");

const CAUSES: [Cause; 13] = [
    cause(
        Reason::PaymentOverdue,
        16,
        Some("Second reminder went out without an answer."),
        OVERDUE,
    ),
    cause(
        Reason::PaymentOverdue,
        14,
        Some("Card expired; wrote to them twice."),
        OVERDUE,
    ),
    cause(Reason::PaymentOverdue, 10, None, OVERDUE),
    cause(
        Reason::PaymentOverdue,
        6,
        Some("Insolvency filed, see folder. Ask legal before anything else."),
        OVERDUE,
    ),
    cause(
        Reason::FraudOrChargeback,
        8,
        Some("Chargeback over three invoices, bank reference in ticket 3977."),
        REVIEW,
    ),
    cause(
        Reason::FraudOrChargeback,
        4,
        Some("Company does not exist at this address."),
        REVIEW,
    ),
    cause(
        Reason::TermsBroken,
        6,
        Some("Sent bulk mail to bought addresses; 41 complaints."),
        REVIEW,
    ),
    cause(
        Reason::TermsBroken,
        4,
        Some("Resells seats to third parties."),
        REVIEW,
    ),
    cause(
        Reason::SecurityRisk,
        8,
        Some("Admin login from four countries within one hour."),
        REVIEW,
    ),
    cause(
        Reason::CustomerAsked,
        8,
        Some("Closed for the winter, comes back in April."),
        Some("Paused at your request. See you soon."),
    ),
    cause(
        Reason::CustomerAsked,
        6,
        Some("Owner on parental leave."),
        Some("Paused at your request. See you soon."),
    ),
    cause(
        Reason::Other,
        6,
        Some("Ownership disputed by two partners; wait for the letter."),
        None,
    ),
    cause(
        Reason::Operator,
        4,
        Some("Held by the platform: abuse report 118."),
        REVIEW,
    ),
];

/// Why and how an upgrade was made.
pub(super) fn up(dice: &Dice) -> (ChangeReason, Option<&'static str>) {
    *dice.pick(&UP)
}

/// Why and how a downgrade was made.
pub(super) fn down(dice: &Dice) -> (ChangeReason, Option<&'static str>) {
    *dice.pick(&DOWN)
}

/// Why a rollback was made.
pub(super) fn back(dice: &Dice) -> (RollbackReason, Option<&'static str>) {
    *dice.pick(&BACK)
}

/// Why a customer on `plan` was suspended. Nobody owes anything for a free plan.
pub(super) fn suspended(plan: &str, dice: &Dice) -> &'static Cause {
    let about_money = |cause: &Cause| {
        matches!(
            cause.reason,
            Reason::PaymentOverdue | Reason::FraudOrChargeback
        )
    };
    dice.weighted(&CAUSES, |cause| match plan {
        "free" if about_money(cause) => 0,
        _ => cause.weight,
    })
}

/// Why a customer suspended for `reason` was let in again.
pub(super) fn lifted(reason: Reason, dice: &Dice) -> (ReactivateReason, Option<&'static str>) {
    let choices: &[(ReactivateReason, Option<&'static str>)] = match reason {
        Reason::PaymentOverdue => &[
            (
                ReactivateReason::Paid,
                Some("Transfer arrived this morning."),
            ),
            (ReactivateReason::Paid, Some("Paid by card after the call.")),
            (ReactivateReason::Paid, None),
            (
                ReactivateReason::SuspendedByMistake,
                Some("Payment was booked to the wrong customer."),
            ),
        ],
        Reason::FraudOrChargeback
        | Reason::TermsBroken
        | Reason::SecurityRisk
        | Reason::Operator => &[
            (
                ReactivateReason::Reviewed,
                Some("Explained and settled, see ticket."),
            ),
            (
                ReactivateReason::Reviewed,
                Some("New passwords, second factor switched on."),
            ),
        ],
        Reason::CustomerAsked | Reason::Other => &[
            (
                ReactivateReason::CustomerAsked,
                Some("Back from the break."),
            ),
            (ReactivateReason::CustomerAsked, None),
            (
                ReactivateReason::Other,
                Some("Cleared up between the partners."),
            ),
        ],
    };
    *dice.pick(choices)
}
