//! As large and as varied as promised, and exactly what the log says.

use std::collections::{HashMap, HashSet};

use domain::{Cause, Gauge, PartnerId, PlanStatus, Reason, Status, gauges};
use server::store::{Partner, StoredAccount};

use crate::filled::{Filled, START, fill};

#[tokio::test]
async fn the_whole_demo_is_as_promised() {
    let filled = fill(1_000, START, None).await;
    let partners = filled.partners().await;
    assert_eq!(partners.len(), 3);
    for part in [
        |partner: &Partner| partner.profile.name.clone(),
        |partner: &Partner| partner.profile.brand_color.clone(),
        |partner: &Partner| partner.profile.currency.code().to_owned(),
        |partner: &Partner| partner.profile.language.clone(),
        |partner: &Partner| partner.profile.time_zone.clone(),
    ] {
        assert_eq!(partners.iter().map(part).collect::<HashSet<_>>().len(), 3);
    }
    for partner in &partners {
        assert_eq!(partner.counts.all(), 1_000);
        check_partner(&filled, &partner.id).await;
        let verified = server::store::verify(&filled.store, &partner.id)
            .await
            .unwrap();
        assert_eq!(verified.customers, 1_000);
        assert!(verified.events > 1_800, "{}", verified.events);
    }
}

async fn check_partner(filled: &Filled, partner: &PartnerId) {
    let catalog = filled
        .store
        .read()
        .await
        .unwrap()
        .catalog(partner)
        .await
        .unwrap();
    assert_eq!(catalog.plans.len(), 8);
    for (status, count) in [
        (PlanStatus::Active, 6),
        (PlanStatus::Archived, 1),
        (PlanStatus::Inactive, 1),
    ] {
        assert_eq!(
            catalog
                .plans
                .iter()
                .filter(|plan| plan.status == status)
                .count(),
            count
        );
    }
    assert_eq!(
        catalog.plans.iter().filter(|plan| plan.recommended).count(),
        1
    );

    let accounts = filled.accounts(partner).await;
    let on = |stored: &StoredAccount| {
        catalog
            .plan(&stored.account.assignment().terms.plan)
            .unwrap()
            .code
            .to_string()
    };
    let mut by_plan: HashMap<String, usize> = HashMap::new();
    for stored in &accounts {
        *by_plan.entry(on(stored)).or_default() += 1;
    }
    assert_eq!(by_plan.len(), 8, "{by_plan:?}");
    assert!(
        by_plan["free"] + by_plan["solo"] + by_plan["starter"] > 550,
        "{by_plan:?}"
    );
    let older = accounts.iter().filter(|stored| {
        let terms = &stored.account.assignment().terms;
        catalog.plan(&terms.plan).unwrap().newest().unwrap().version != terms.version
    });
    assert!(older.count() > 10);

    let over = accounts.iter().filter(|stored| {
        let limits = catalog.limits(&stored.account.assignment().terms);
        gauges(limits, &stored.account.usage)
            .iter()
            .any(Gauge::is_over)
    });
    let over = over.count();
    assert!((34..=44).contains(&over), "{over}");
    let suspended: Vec<_> = accounts
        .iter()
        .filter(|stored| stored.account.status() == Status::Suspended)
        .collect();
    assert!((55..=66).contains(&suspended.len()), "{}", suspended.len());
    let reasons: HashSet<Reason> = suspended
        .iter()
        .flat_map(|stored| &stored.account.suspensions)
        .map(|open| open.reason)
        .collect();
    assert_eq!(reasons.len(), Reason::ALL.len(), "{reasons:?}");
    let unpaid = |stored: &&&StoredAccount| {
        let open = &stored.account.suspensions;
        open.iter()
            .any(|open| open.reason == Reason::PaymentOverdue)
    };
    assert!(suspended.iter().filter(unpaid).count() > 10);
    assert!(
        suspended
            .iter()
            .filter(unpaid)
            .all(|stored| on(stored) != "free")
    );
    let noted = suspended.iter().filter(|stored| {
        stored
            .account
            .suspensions
            .iter()
            .any(|open| open.note.is_some())
    });
    assert!(noted.count() > 25);
    let countries: HashSet<_> = accounts
        .iter()
        .filter_map(|stored| stored.account.profile.country.clone())
        .collect();
    assert!(countries.len() > 30);
    assert!(accounts.iter().all(|stored| {
        let email = stored.account.profile.email.clone().unwrap();
        email.ends_with(".example")
            || ["com", "org", "net"]
                .iter()
                .any(|tld| email.ends_with(&format!("@example.{tld}")))
    }));
    let past = |cause: Cause| {
        accounts
            .iter()
            .filter(|stored| stored.account.ledger.rows().any(|row| row.cause == cause))
            .count()
    };
    assert!(past(Cause::Change) > 150 && past(Cause::Rollback) > 8 && past(Cause::Undo) > 2);
    assert!(
        accounts
            .iter()
            .all(|stored| stored.last_seen_at.is_none_or(|seen| seen <= START))
    );
    let names: Vec<_> = accounts
        .iter()
        .filter_map(|stored| stored.account.profile.name.clone())
        .collect();
    assert_eq!(
        names.iter().collect::<HashSet<_>>().len(),
        999,
        "only the two namesakes share a name"
    );
}
