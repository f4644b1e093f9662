//! A database with partners, plans and customers, under a clock that stands still.

use domain::{
    Account, Actor, Body, CustomerId, Cycle, Event, ExternalId, PartnerId, PlanId, Private,
    Profile, Role, Stint, Terms, Timestamp, UserId,
};
use server::clock::{Clock, SetClock};
use server::commands::{NewCustomer, add_customers};
use server::ids::{Ids, SeededIds};
use server::store::{DatabaseUrl, PlanDraft, PlanSaved, Store, StoreSettings, User};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

#[path = "drafts.rs"]
mod drafts;
#[path = "orders.rs"]
mod orders;

pub use drafts::*;

/// Noon of 1 November 2026.
pub const START: Timestamp = Timestamp::from_millis(1_793_534_400_000);

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Base {
    Sqlite,
    Postgres,
}

/// Everything that a test of the store works with.
pub struct World {
    pub store: Store,
    pub clock: SetClock,
    pub ids: SeededIds,
    pub url: DatabaseUrl,
    pub partner: PartnerId,
    pub owner: UserId,
    pub folder: TempDir,
}

/// An empty place for a database.
pub async fn new_url(base: Base, folder: &TempDir) -> DatabaseUrl {
    match base {
        Base::Sqlite => DatabaseUrl::Sqlite(folder.path().join("panel.db")),
        Base::Postgres => DatabaseUrl::parse(&crate::postgres::new_database().await).unwrap(),
    }
}

impl World {
    /// A new database with one partner, its owner, and the plans Free, Basic, Pro and Max.
    pub async fn new(base: Base) -> Self {
        Self::within(base, tempfile::tempdir().unwrap()).await
    }

    /// The same in a folder that is prepared.
    pub async fn within(base: Base, folder: TempDir) -> Self {
        let url = new_url(base, &folder).await;
        let store = Store::open(&url, &StoreSettings::new(START))
            .await
            .unwrap()
            .store;
        let (clock, ids) = (SetClock::new(START), SeededIds::new(7));
        let (partner, owner) = (ids.partner(START), ids.user(START));
        let world = Self {
            store,
            clock,
            ids,
            url,
            partner: partner.clone(),
            owner,
            folder,
        };
        world.set_up_partner(&partner).await;
        world
            .store
            .add_user(world.user("owner@one.example", &world.owner), START)
            .await
            .unwrap();
        world
    }

    /// Another partner with the same plans.
    pub async fn another_partner(&self) -> PartnerId {
        let partner = self.ids.partner(START);
        self.set_up_partner(&partner).await;
        partner
    }

    async fn set_up_partner(&self, partner: &PartnerId) {
        self.store
            .add_partner(partner.clone(), partner_profile(), START)
            .await
            .unwrap();
        for (rank, (code, price, seats)) in [
            ("free", 0, 1),
            ("basic", 1900, 5),
            ("pro", 4900, 20),
            ("max", 9900, 100),
        ]
        .into_iter()
        .enumerate()
        {
            self.save_plan(partner, plan(code, rank as i32, price, seats))
                .await;
        }
    }

    pub async fn save_plan(&self, partner: &PartnerId, draft: PlanDraft) -> PlanSaved {
        let fresh = self.ids.plan(START);
        self.store
            .save_plan(partner.clone(), draft, fresh, self.clock.now())
            .await
            .unwrap()
    }

    pub fn user(&self, email: &str, id: &UserId) -> User {
        User {
            partner: self.partner.clone(),
            id: id.clone(),
            email: email.to_owned(),
            role: Role::Owner,
            name: "Olga Owner".to_owned(),
            password_hash: None,
            disabled: false,
            language: None,
            time_zone: None,
        }
    }

    pub fn actor(&self) -> Actor {
        Actor::User {
            id: self.owner.clone(),
            role: Role::Owner,
        }
    }

    pub async fn terms(&self, partner: &PartnerId, code: &str) -> Terms {
        let catalog = self
            .store
            .read()
            .await
            .unwrap()
            .catalog(partner)
            .await
            .unwrap();
        catalog
            .plan_by_code(code)
            .unwrap()
            .terms_today(Cycle::Month)
            .unwrap()
    }

    pub async fn plan_id(&self, code: &str) -> PlanId {
        self.terms(&self.partner, code).await.plan
    }

    /// A customer on `plan` since it joined, a day before now.
    pub async fn new_customer(
        &self,
        partner: &PartnerId,
        name: &str,
        external: &str,
        plan: &str,
    ) -> NewCustomer {
        let terms = self.terms(partner, plan).await;
        self.customer_on(name, external, &terms)
    }

    /// The same, with terms at hand.
    pub fn customer_on(&self, name: &str, external: &str, terms: &Terms) -> NewCustomer {
        let now = self.clock.now();
        let joined = now.plus_millis(-domain::time::DAY);
        let body = Body::CustomerAdded {
            external_id: ExternalId::parse(external).unwrap(),
            joined_at: Some(joined),
            import: None,
            earlier: Vec::new(),
            current: Stint {
                terms: terms.clone(),
                started_at: joined,
            },
        };
        let profile = Profile {
            name: Some(name.to_owned()),
            email: Some(format!("{external}@customers.example")),
            ..Profile::default()
        };
        let private = Private {
            profile: Some(profile),
            ..Private::default()
        };
        let event = Event::join(
            now,
            domain::ActorRef::Operator,
            self.ids.command(now),
            body,
            private,
        );
        NewCustomer {
            id: self.ids.customer(now),
            events: vec![event],
            usage: Vec::new(),
            last_seen_at: None,
        }
    }

    /// Adds one customer to the first partner.
    pub async fn add(&self, name: &str, external: &str, plan: &str) -> CustomerId {
        let customer = self.new_customer(&self.partner, name, external, plan).await;
        let id = customer.id.clone();
        self.add_all(&self.partner, vec![customer]).await;
        id
    }

    pub async fn add_all(&self, partner: &PartnerId, customers: Vec<NewCustomer>) {
        add_customers(&self.store, &self.ids, partner, customers, None)
            .await
            .unwrap();
    }

    pub async fn account(&self, customer: &CustomerId) -> Account {
        self.store
            .read()
            .await
            .unwrap()
            .account(&self.partner, customer)
            .await
            .unwrap()
    }

    /// The columns of a table of SQLite.
    pub async fn columns(&self, table: &str) -> Vec<String> {
        let DatabaseUrl::Sqlite(path) = &self.url else {
            panic!("not SQLite")
        };
        let options = SqliteConnectOptions::new().filename(path);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        let names = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)").bind(table);
        let names = names.fetch_all(&mut connection).await.unwrap();
        connection.close().await.unwrap();
        names
    }

    /// Changes the database from outside, as somebody with a database shell would.
    pub async fn sql(&self, sql: &str) {
        let sql = AssertSqlSafe(sql.to_owned());
        match &self.url {
            DatabaseUrl::Sqlite(path) => {
                let options = SqliteConnectOptions::new().filename(path);
                let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
                connection.execute(sql).await.unwrap();
                connection.close().await.unwrap();
            }
            DatabaseUrl::Postgres(address) => {
                let mut connection = PgConnection::connect(address).await.unwrap();
                connection.execute(sql).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }

    /// Rows = fold of the log, and the chain is whole.
    pub async fn verify(&self) {
        server::store::verify(&self.store, &self.partner)
            .await
            .unwrap();
    }
}
