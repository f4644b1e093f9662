//! The demo: as large and as varied as promised, the same every time, and exactly what its log says.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::{HashMap, HashSet};

use domain::{
    Cause, EventKind, Gauge, Kind, PartnerId, PlanStatus, Reason, Status, Timestamp, gauges,
};
use server::clock::SetClock;
use server::demo::{self, Demo, DemoError, Scale};
use server::ids::OsIds;
use server::store::{
    ActivityQuery, DatabaseUrl, LogPlace, Partner, Store, StoreSettings, StoredAccount,
};
use tempfile::TempDir;

/// 2026-01-20 12:00 UTC, a Tuesday.
const START: Timestamp = Timestamp::from_millis(1_768_910_400_000);

struct Filled {
    store: Store,
    folder: TempDir,
    demo: Demo,
}

async fn open(folder: &TempDir) -> Store {
    let url = DatabaseUrl::Sqlite(folder.path().join("panel.db"));
    Store::open(&url, &StoreSettings::new(START))
        .await
        .unwrap()
        .store
}

async fn fill(customers: usize, start: Timestamp, chosen: Option<&str>) -> Filled {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let demo = again(&store, &folder, customers, start, chosen)
        .await
        .unwrap();
    Filled {
        store,
        folder,
        demo,
    }
}

async fn again(
    store: &Store,
    folder: &TempDir,
    customers: usize,
    now: Timestamp,
    chosen: Option<&str>,
) -> Result<Demo, DemoError> {
    let clock = SetClock::new(now);
    let chosen = chosen.map(str::to_owned);
    let scale = Scale { customers };
    demo::ensure_scaled(
        store,
        folder.path(),
        chosen,
        &clock,
        &OsIds,
        scale,
        &mut |_| {},
    )
    .await
}

impl Filled {
    async fn partners(&self) -> Vec<Partner> {
        self.store.read().await.unwrap().partners().await.unwrap()
    }

    async fn accounts(&self, partner: &PartnerId) -> Vec<StoredAccount> {
        self.store
            .read()
            .await
            .unwrap()
            .accounts(partner, None, 5_000)
            .await
            .unwrap()
    }
}

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
    assert!((28..=56).contains(&over), "{over}");
    let suspended: Vec<_> = accounts
        .iter()
        .filter(|stored| stored.account.status() == Status::Suspended)
        .collect();
    assert!((45..=75).contains(&suspended.len()), "{}", suspended.len());
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

#[tokio::test]
async fn the_log_is_told_in_order_of_time() {
    let filled = fill(120, START, None).await;
    for partner in filled.partners().await {
        let mut reading = filled.store.read().await.unwrap();
        let query = ActivityQuery {
            kind: None,
            actor: None,
            from: None,
            until: None,
            place: LogPlace::Start,
            size: 1_000,
        };
        let page = reading.activity(&partner.id, &query).await.unwrap();
        assert!(
            page.events
                .windows(2)
                .all(|pair| pair[0].event.at >= pair[1].event.at)
        );
        assert!(page.events.iter().all(|logged| logged.event.at <= START));
        let kinds: HashSet<EventKind> = page
            .events
            .iter()
            .map(|logged| logged.event.kind())
            .collect();
        assert!(kinds.len() >= 5, "{kinds:?}");
    }
}

#[tokio::test]
async fn the_same_start_makes_the_same_demo_and_any_start_a_whole_one() {
    let (one, two) = (fill(40, START, None).await, fill(40, START, None).await);
    for (a, b) in one.partners().await.iter().zip(two.partners().await) {
        assert_eq!(*a, b);
        assert_eq!(one.accounts(&a.id).await, two.accounts(&b.id).await);
    }
    for days in 1..7 {
        let start = START.plus_millis(days * 86_400_000 + days * 3_700_000);
        let other = fill(40, start, None).await;
        let partners = other.partners().await;
        assert!(
            partners
                .iter()
                .all(|partner| partner.counts.all() == 40 && partner.counts.suspended >= 3)
        );
    }
}

#[tokio::test]
async fn the_password_is_kept_and_can_be_chosen_later() {
    let filled = fill(20, START, None).await;
    let Filled {
        store,
        folder,
        demo,
    } = &filled;
    let emails: Vec<_> = demo
        .sign_ins
        .iter()
        .map(|person| (person.email, person.role.code()))
        .collect();
    assert_eq!(
        emails,
        [
            ("maria.keller@kontor.example", "owner"),
            ("jonas.brandt@kontor.example", "manager"),
            ("aylin.demir@kontor.example", "agent"),
            ("peter.vogel@kontor.example", "viewer"),
            ("eleanor.finch@harbourfinch.example", "owner"),
        ]
    );
    assert_eq!(demo.things_to_try.len(), 3);
    let passwords = server::web::password::Passwords::new(&OsIds).unwrap();
    let fits = async |password: &str| {
        let user = store
            .read()
            .await
            .unwrap()
            .user_by_email("maria.keller@kontor.example")
            .await
            .unwrap()
            .unwrap();
        passwords
            .verify(password.to_owned(), user.password_hash)
            .await
            .unwrap()
    };
    assert!(fits(&demo.password).await);
    let later = START.plus_millis(9 * 86_400_000);
    let second = again(store, folder, 20, later, None).await.unwrap();
    assert_eq!(second, *demo);
    assert_eq!(filled.partners().await[0].counts.all(), 20);
    let third = again(store, folder, 20, later, Some("chosen by somebody"))
        .await
        .unwrap();
    assert_eq!(third.password, "chosen by somebody");
    assert!(fits("chosen by somebody").await);
}

#[tokio::test]
async fn a_database_of_somebody_else_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder).await;
    let other = fill(20, START, None).await;
    let mine = other.partners().await.remove(0);
    store
        .add_partner(mine.id, mine.profile, START)
        .await
        .unwrap();
    let refused = again(&store, &folder, 20, START, None).await;
    assert!(matches!(refused, Err(DemoError::NotEmpty)));
}
