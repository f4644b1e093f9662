//! Who may come in, and of what the product has to hear.

use domain::{
    Denial, EventKind, GateMode, Knowledge, Reason, Standing, Status, UnknownCustomer, Unnamed,
    Verdict, Way, verdict,
};

const OVERDUE: Standing = Standing::Suspended(Reason::PaymentOverdue);

fn enforced(who: Result<Standing, Unnamed>, way: Way, knowledge: Knowledge) -> Verdict {
    verdict(
        who,
        || way,
        knowledge,
        GateMode::Enforce,
        UnknownCustomer::Deny,
    )
}

#[test]
fn only_who_is_active_comes_in_where_it_is_guarded() {
    for knowledge in [Knowledge::Fresh, Knowledge::Stale] {
        for (who, said) in [
            (Ok(Standing::Active), Verdict::Pass),
            (
                Ok(OVERDUE),
                Verdict::Deny(Denial::Suspended(Reason::PaymentOverdue)),
            ),
            (Ok(Standing::Closed), Verdict::Deny(Denial::Closed)),
        ] {
            assert_eq!(enforced(who, Way::Guarded, knowledge), said, "{who:?}");
        }
        for unnamed in [
            Unnamed::Missing,
            Unnamed::Malformed,
            Unnamed::Ambiguous,
            Unnamed::Unknown,
        ] {
            for way in [Way::Guarded, Way::OpenWhileSuspended] {
                let said = enforced(Err(unnamed), way, knowledge);
                assert_eq!(said, Verdict::Deny(Denial::Unnamed(unnamed)));
            }
        }
    }
}

#[test]
fn open_ways_are_open_to_who_is_suspended_and_nobody_else() {
    let way = Way::OpenWhileSuspended;
    assert_eq!(enforced(Ok(OVERDUE), way, Knowledge::Fresh), Verdict::Pass);
    let closed = enforced(Ok(Standing::Closed), way, Knowledge::Fresh);
    assert_eq!(closed, Verdict::Deny(Denial::Closed));
}

#[test]
fn outdated_knowledge_lets_nobody_in() {
    for who in [
        Ok(Standing::Active),
        Ok(OVERDUE),
        Ok(Standing::Closed),
        Err(Unnamed::Unknown),
    ] {
        for unknown in [UnknownCustomer::Deny, UnknownCustomer::Allow] {
            let said = verdict(
                who,
                || Way::OpenWhileSuspended,
                Knowledge::Outdated,
                GateMode::Enforce,
                unknown,
            );
            assert_eq!(said, Verdict::Deny(Denial::Outdated), "{who:?}");
        }
    }
}

#[test]
fn a_key_may_let_unknown_customers_in_but_none_that_is_unclear() {
    let said = |unnamed| {
        verdict(
            Err(unnamed),
            || Way::Guarded,
            Knowledge::Fresh,
            GateMode::Enforce,
            UnknownCustomer::Allow,
        )
    };
    assert_eq!(said(Unnamed::Unknown), Verdict::Pass);
    for unnamed in [Unnamed::Missing, Unnamed::Malformed, Unnamed::Ambiguous] {
        assert_eq!(
            said(unnamed),
            Verdict::Deny(Denial::Unnamed(unnamed)),
            "{unnamed:?}"
        );
    }
}

#[test]
fn a_key_that_observes_says_what_it_would_have_said() {
    for (who, said) in [
        (Ok(Standing::Active), Verdict::Pass),
        (
            Ok(OVERDUE),
            Verdict::WouldDeny(Denial::Suspended(Reason::PaymentOverdue)),
        ),
        (
            Err(Unnamed::Missing),
            Verdict::WouldDeny(Denial::Unnamed(Unnamed::Missing)),
        ),
    ] {
        let seen = verdict(
            who,
            || Way::Guarded,
            Knowledge::Fresh,
            GateMode::Observe,
            UnknownCustomer::Deny,
        );
        assert_eq!(seen, said);
    }
}

#[test]
fn denials_and_standings_have_lasting_codes() {
    for (denial, code) in [
        (Denial::Suspended(Reason::PaymentOverdue), "payment_overdue"),
        (Denial::Closed, "closed"),
        (Denial::Unnamed(Unnamed::Missing), "customer_missing"),
        (Denial::Unnamed(Unnamed::Malformed), "request_malformed"),
        (Denial::Unnamed(Unnamed::Ambiguous), "customer_ambiguous"),
        (Denial::Unnamed(Unnamed::Unknown), "customer_unknown"),
        (Denial::Outdated, "outdated"),
    ] {
        assert_eq!(denial.code(), code);
    }
    for (standing, status) in [
        (Standing::Active, Status::Active),
        (OVERDUE, Status::Suspended),
        (Standing::Closed, Status::Closed),
    ] {
        assert_eq!(standing.status(), status);
    }
}

#[test]
fn the_product_hears_of_what_moves_plan_or_access_alone() {
    let concern: Vec<&str> = EventKind::ALL
        .iter()
        .filter(|kind| kind.concerns_product())
        .map(|kind| kind.code())
        .collect();
    assert_eq!(
        concern,
        [
            "plan_changed",
            "suspension_placed",
            "suspension_lifted",
            "suspension_started",
            "suspension_ended",
            "customer_closed",
        ]
    );
}
