//! The customers that are there to be tried.

use domain::{Cause, Kind, PlanStatus, gauges};
use server::demo;

use crate::filled::{START, fill};

#[tokio::test]
async fn the_cases_to_try_are_there() {
    let filled = fill(30, START, None).await;
    for partner in filled.partners().await {
        let catalog = filled
            .store
            .read()
            .await
            .unwrap()
            .catalog(&partner.id)
            .await
            .unwrap();
        let accounts = filled.accounts(&partner.id).await;
        let named = |name: &str| {
            let found: Vec<_> = accounts
                .iter()
                .filter(|stored| stored.account.profile.name.as_deref() == Some(name))
                .collect();
            assert!(!found.is_empty(), "{name}");
            found
        };
        let one = |name: &str| &named(name)[0].account;
        let plan = |name: &str| catalog.plan(&one(name).assignment().terms.plan).unwrap();

        let upgraded = one(demo::UPGRADED);
        assert_eq!(upgraded.ledger.rows().count(), 3);
        assert!(START.millis_since(upgraded.assignment().started_at) < 86_400_000);
        let choices = domain::rollback_choices(upgraded, &catalog, START);
        let back = &choices.choices[choices.preselected.unwrap()].terms;
        assert_eq!(catalog.plan(&back.plan).unwrap().code.as_str(), "pro");
        assert_eq!(one(demo::ROLLED_BACK).assignment().cause, Cause::Rollback);
        assert_eq!(plan(demo::ARCHIVED).status, PlanStatus::Archived);
        assert_eq!(plan(demo::INACTIVE_PLAN).status, PlanStatus::Inactive);
        let older = &one(demo::OLDER_VERSION).assignment().terms;
        assert_ne!(
            older.version,
            plan(demo::OLDER_VERSION).newest().unwrap().version
        );
        assert_ne!(
            older.price,
            plan(demo::OLDER_VERSION).price_today(older.cycle)
        );
        let kinds: Vec<_> = one(demo::TWO_SUSPENSIONS)
            .in_force()
            .map(|open| open.kind)
            .collect();
        assert_eq!(kinds, [Kind::Billing, Kind::Compliance]);
        assert!(one(demo::USAGE_UNKNOWN).usage.is_empty());
        assert_eq!(named(demo::USAGE_UNKNOWN)[0].last_seen_at, None);
        let lowest = domain::rollback_choices(one(demo::NO_EARLIER_PLAN), &catalog, START);
        assert!(lowest.choices.is_empty());
        assert!(demo::LONG_NAME.chars().count() > 150);
        assert_eq!(
            named(demo::LONG_NAME).len() + named(demo::ARABIC_NAME).len(),
            2
        );
        assert_eq!(named(demo::NAMESAKES).len(), 2);
        let limits = catalog.limits(&one(demo::OVER_LIMIT).assignment().terms);
        assert!(gauges(limits, &one(demo::OVER_LIMIT).usage)[0].is_over());
        assert!(one(demo::SUSPENDED_UNTIL).suspensions[0].until.unwrap() > START);
        assert_eq!(one(demo::PLATFORM).suspensions[0].kind, Kind::Platform);
        assert_eq!(
            one(demo::YEARLY).assignment().terms.cycle,
            domain::Cycle::Year
        );
    }
}
