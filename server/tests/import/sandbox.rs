//! A database with one partner, and a folder for files.

use std::path::{Path, PathBuf};

use domain::time::MINUTE;
use domain::{Account, Command, Currency, ExternalId, PartnerId, Timestamp};
use server::clock::Clock as _;
use server::clock::SetClock;
use server::commands::{self, Order};
use server::ids::{Ids as _, SeededIds};
use server::import::{
    self, Finding, ImportError, Mode, Progress, Report, Request, Severity, Summary,
};
use server::store::{DatabaseUrl, PartnerProfile, Store, StoreSettings};
use tempfile::TempDir;

/// 2026-01-20 12:00 UTC.
pub const NOW: Timestamp = Timestamp::from_millis(1_768_910_400_000);

pub struct Sandbox {
    pub store: Store,
    pub clock: SetClock,
    pub ids: SeededIds,
    pub partner: PartnerId,
    folder: TempDir,
}

/// Keeps what an import says.
#[derive(Default)]
pub struct Said {
    pub errors: Vec<String>,
    pub warnings: Vec<String>,
    pub changes: Vec<String>,
    pub progress: Vec<Progress>,
    /// Stops the program, so to speak, after so many lines.
    pub stop_after: Option<u64>,
}

impl Report for Said {
    fn finding(&mut self, finding: &Finding) {
        let list = match finding.severity() {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
            Severity::Change => &mut self.changes,
        };
        list.push(finding.to_string());
    }

    fn progress(&mut self, progress: Progress) {
        self.progress.push(progress);
        if self.stop_after.is_some_and(|lines| progress.done >= lines) {
            panic!("the power went out");
        }
    }
}

impl Sandbox {
    /// An empty partner that sells in euros, on SQLite.
    pub async fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = DatabaseUrl::Sqlite(folder.path().join("panel.db"));
        Self::on(&url, folder).await
    }

    /// The same on PostgreSQL.
    pub async fn empty_on_postgres() -> Self {
        let url = DatabaseUrl::parse(&crate::postgres::new_database().await).unwrap();
        Self::on(&url, tempfile::tempdir().unwrap()).await
    }

    async fn on(url: &DatabaseUrl, folder: TempDir) -> Self {
        let store = Store::open(url, &StoreSettings::new(NOW))
            .await
            .unwrap()
            .store;
        let ids = SeededIds::new(5);
        let partner = ids.partner(NOW);
        let profile = PartnerProfile {
            name: "Kontor".into(),
            product: "Inbox".into(),
            currency: Currency::parse("EUR").unwrap(),
            language: "de-DE".into(),
            time_zone: "Europe/Berlin".into(),
            brand_color: "1f5fbf".into(),
            contact_link: None,
            pay_link: None,
        };
        store
            .add_partner(partner.clone(), profile, NOW)
            .await
            .unwrap();
        Self {
            store,
            clock: SetClock::new(NOW),
            ids,
            partner,
            folder,
        }
    }

    /// A partner with the plans of the example files.
    pub async fn with_plans() -> Self {
        let sandbox = Self::empty().await;
        let plans = sandbox.template("plans.csv");
        sandbox.import_plans(&plans, Mode::Apply).await.0.unwrap();
        sandbox
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    pub fn template(&self, name: &str) -> PathBuf {
        let (_, content) = import::TEMPLATES
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap();
        self.write(name, content)
    }

    pub async fn import_plans(
        &self,
        file: &Path,
        mode: Mode,
    ) -> (Result<Summary, ImportError>, Said) {
        let mut said = Said::default();
        let done = import::plans(
            &self.store,
            &self.clock,
            &self.ids,
            &self.partner,
            file,
            mode,
            &mut said,
        )
        .await;
        (done, said)
    }

    pub async fn import(
        &self,
        customers: &Path,
        history: Option<&Path>,
        mode: Mode,
    ) -> (Result<Summary, ImportError>, Said) {
        let mut said = Said::default();
        let request = Request {
            partner: self.partner.clone(),
            customers: customers.to_owned(),
            history: history.map(Path::to_owned),
            mode,
        };
        let done =
            import::customers(&self.store, &self.clock, &self.ids, &request, &mut said).await;
        (done, said)
    }

    pub async fn export(&self, folder: &str) -> PathBuf {
        let folder = self.path(folder);
        server::export::run(&self.store, &self.partner, &folder)
            .await
            .unwrap();
        folder
    }

    pub async fn account(&self, external_id: &str) -> Account {
        let mut reading = self.store.read().await.unwrap();
        let id = ExternalId::parse(external_id).unwrap();
        let id = reading
            .customer_id(&self.partner, &id)
            .await
            .unwrap()
            .unwrap();
        reading.account(&self.partner, &id).await.unwrap()
    }

    /// Carries a command out as the operator, a minute later.
    pub async fn execute(&self, external_id: &str, choose: impl FnOnce(&Account) -> Command) {
        let command = choose(&self.account(external_id).await);
        let id = ExternalId::parse(external_id).unwrap();
        let customer = self
            .store
            .read()
            .await
            .unwrap()
            .customer_id(&self.partner, &id)
            .await
            .unwrap()
            .unwrap();
        self.clock.advance(MINUTE);
        let order = Order {
            partner: self.partner.clone(),
            actor: domain::Actor::Operator,
            customer,
            command,
            key: None,
        };
        commands::execute(&self.store, &self.clock, &self.ids, order)
            .await
            .unwrap();
        assert!(self.clock.now() > NOW);
    }

    /// The chain is whole, and every row is what the log says.
    pub async fn verify(&self) -> server::store::Verified {
        server::store::verify(&self.store, &self.partner)
            .await
            .unwrap()
    }
}
