//! A house to test in: two partners, their people and plans, and customers made by arrivals.

use app::comfort::Comfort;
use domain::{
    Catalog, Currency, Limit, LimitName, PartnerId, PlanCode, PlanStatus, Role, Timestamp, UserId,
};
use server::api_keys::KeyKeeper;
use server::clock::{Clock, SetClock};
use server::gate::GateTimes;
use server::ids::{Ids, SeededIds};
use server::live::Bell;
use server::panel::{Panel, PanelShared, Signed};
use server::settings::{PlainHttp, PublicOrigin};
use server::store::{DatabaseUrl, PartnerProfile, PlanDraft, Store, StoreSettings, User};
use std::sync::Arc;
use tempfile::TempDir;

/// Monday, 23 November 2026, 12:30 in Berlin.
pub const NOW: i64 = 1_795_433_400_000;

/// The house.
pub struct House {
    _folder: TempDir,
    pub shared: Arc<PanelShared>,
    pub clock: Arc<SetClock>,
    pub ids: Arc<SeededIds>,
    pub partner: PartnerId,
    pub other: PartnerId,
    people: Vec<User>,
}

impl House {
    /// With plans, people of every role, another partner, and no customer.
    pub async fn empty() -> House {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::parse(folder.path().join("panel.db").to_str().unwrap()).unwrap();
        let now = Timestamp::from_millis(NOW);
        let store = Store::open(&url, &StoreSettings::new(now))
            .await
            .unwrap()
            .store;
        let clock = Arc::new(SetClock::new(now));
        let ids = Arc::new(SeededIds::new(7));
        let (partner, other) = (ids.partner(now), ids.partner(now));
        let epoch = store.stream_epoch(&*ids).await.unwrap();
        let bell = Bell::default();
        let keys = KeyKeeper::new(store.clone(), clock.clone(), ids.clone(), bell.clone());
        let shared = PanelShared {
            origin: PublicOrigin::parse("https://panel.northwind.example", PlainHttp::Refuse)
                .unwrap(),
            keys: Arc::new(keys),
            store,
            clock: clock.clone(),
            ids: ids.clone(),
            banner: None,
            operator: None,
            epoch,
            gate: GateTimes::default(),
            bell,
        };
        let mut house = House {
            _folder: folder,
            shared: Arc::new(shared),
            clock,
            ids,
            partner,
            other,
            people: Vec::new(),
        };
        for (partner, name) in [
            (house.partner.clone(), "Northwind"),
            (house.other.clone(), "Southwind"),
        ] {
            house.found(&partner, name).await;
        }
        house
    }

    async fn found(&mut self, partner: &PartnerId, name: &str) {
        let store = &self.shared.store;
        let profile = PartnerProfile {
            name: name.to_owned(),
            product: "Botly".to_owned(),
            currency: euro(),
            language: "en".to_owned(),
            time_zone: "Europe/Berlin".to_owned(),
            brand_color: "1f6feb".to_owned(),
            contact_link: None,
            pay_link: None,
        };
        store
            .add_partner(partner.clone(), profile, self.clock.now())
            .await
            .unwrap();
        for (role, person) in [
            (Role::Owner, "Olga Owner"),
            (Role::Manager, "Mia Manager"),
            (Role::Agent, "Jana Novak"),
            (Role::Viewer, "Vera Viewer"),
        ] {
            let user = User {
                partner: partner.clone(),
                id: self.ids.user(self.clock.now()),
                email: format!("{}@{}.example", role.code(), name.to_lowercase()),
                role,
                name: person.to_owned(),
                password_hash: None,
                disabled: false,
                language: None,
                time_zone: None,
            };
            store
                .add_user(user.clone(), self.clock.now())
                .await
                .unwrap();
            self.people.push(user);
        }
        for draft in plans() {
            let id = self.ids.plan(self.clock.now());
            store
                .save_plan(partner.clone(), draft, id, self.clock.now())
                .await
                .unwrap();
        }
    }

    pub async fn catalog(&self, partner: &PartnerId) -> Catalog {
        self.shared
            .store
            .read()
            .await
            .unwrap()
            .catalog(partner)
            .await
            .unwrap()
    }

    /// The service as a person of the first partner.
    pub fn as_role(&self, role: Role) -> Panel {
        self.person(&self.partner, role)
    }

    /// The service as a person of a partner.
    pub fn person(&self, partner: &PartnerId, role: Role) -> Panel {
        Panel::new(self.shared.clone(), self.signed(partner, role))
    }

    /// Who a person of a partner is.
    pub fn signed(&self, partner: &PartnerId, role: Role) -> Signed {
        let user = self
            .people
            .iter()
            .find(|user| user.partner == *partner && user.role == role)
            .unwrap();
        Signed {
            partner: partner.clone(),
            user: user.id.clone(),
            name: user.name.clone(),
            role,
            session: "session-hash".to_owned(),
            language: None,
            time_zone: None,
            comfort: Comfort::default(),
            request: "req-1".to_owned(),
        }
    }

    pub fn user(&self, role: Role) -> UserId {
        self.people
            .iter()
            .find(|user| user.partner == self.partner && user.role == role)
            .unwrap()
            .id
            .clone()
    }
}

fn euro() -> Currency {
    Currency::parse("EUR").unwrap()
}

/// Free, Starter (archived), Pro (two versions), Business (recommended), Max, Labs (inactive), Dollar.
pub fn plans() -> Vec<PlanDraft> {
    let draft = |code: &str, rank, price: i64, seats: u64, api: bool| PlanDraft {
        code: PlanCode::parse(code).unwrap(),
        name: code.to_owned(),
        display_name: Some(code[..1].to_uppercase() + &code[1..]),
        rank,
        currency: euro(),
        price_month: Some(price),
        price_year: None,
        limits: vec![
            (LimitName::parse("Seats").unwrap(), Limit::Count(seats)),
            (
                LimitName::parse("API access").unwrap(),
                if api { Limit::Yes } else { Limit::No },
            ),
        ],
        status: PlanStatus::Active,
        recommended: false,
    };
    let pro = draft("pro", 30, 4_900, 20, false);
    vec![
        draft("free", 10, 0, 2, false),
        PlanDraft {
            status: PlanStatus::Archived,
            ..draft("starter", 20, 1_900, 5, false)
        },
        pro.clone(),
        PlanDraft {
            price_month: Some(5_500),
            ..pro
        },
        PlanDraft {
            recommended: true,
            ..draft("business", 40, 7_900, 30, true)
        },
        draft("max", 50, 14_900, 100, true),
        PlanDraft {
            status: PlanStatus::Inactive,
            ..draft("labs", 60, 1_000, 10, true)
        },
        PlanDraft {
            currency: Currency::parse("USD").unwrap(),
            ..draft("dollar", 35, 6_000, 30, true)
        },
    ]
}
