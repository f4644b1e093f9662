//! Where the data are, and how they are opened.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{Complaint, World};
use crate::audit::Journal;
use crate::clock::Clock as _;
use crate::store::{DatabaseUrl, Opened, Partner, Schema, Store, StoreSettings};

/// Where the data are.
#[derive(Debug, Args)]
pub struct Place {
    /// The folder of everything that is kept
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "PARTNER_PANEL_DATA",
        default_value = "data"
    )]
    pub data: PathBuf,
    /// A PostgreSQL database instead of the SQLite file in that folder
    #[arg(
        long,
        global = true,
        value_name = "URL",
        env = "PARTNER_PANEL_DATABASE_URL",
        hide_env_values = true
    )]
    pub database_url: Option<String>,
    /// The key that signs checkpoints of the log [default: audit.key in that folder]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "PARTNER_PANEL_AUDIT_KEY"
    )]
    audit_key: Option<PathBuf>,
}

impl Place {
    /// Where the key is that signs checkpoints.
    pub fn audit_key(&self) -> PathBuf {
        let chosen = self.audit_key.clone();
        chosen.unwrap_or_else(|| self.data.join("audit.key"))
    }
}

/// Whether a database may be made where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Make it.
    Make,
    /// Say that there is none.
    Complain,
}

/// Which database it is.
pub fn url(world: &World) -> Result<DatabaseUrl, Complaint> {
    match &world.place.database_url {
        Some(url) => DatabaseUrl::parse(url).map_err(|error| Complaint::of(&error)),
        None => Ok(DatabaseUrl::Sqlite(world.place.data.join("panel.db"))),
    }
}

/// Opens the database, and says what happened to it on the way.
pub async fn open(world: &World, missing: Missing) -> Result<Store, Complaint> {
    let url = url(world)?;
    if let DatabaseUrl::Sqlite(path) = &url {
        if missing == Missing::Complain && !path.exists() {
            return Err(Complaint::new(format!(
                "There is no database in {}. Begin with: partner-panel partner add NAME --currency EUR, or name \
                 another folder with --data",
                world.place.data.display()
            )));
        }
        refuse_lost(path, &Journal::of(&world.place.data))?;
        make_folder(path.parent().unwrap_or(&world.place.data))?;
    }
    make_folder(&world.place.data)?;
    let opened = Store::open(&url, &StoreSettings::new(world.clock.now())).await;
    let Opened { store, schema } = opened.map_err(|error| Complaint::of(&error))?;
    match schema {
        Schema::Current => {}
        Schema::Created => eprintln!("A new database was made: {url}"),
        Schema::Migrated { from, to, backup } => {
            eprintln!("The database was updated from version {from} to {to}: {url}");
            if let Some(backup) = backup {
                eprintln!(
                    "A verified copy of it as it was is beside it: {}",
                    backup.path.display()
                );
            }
        }
    }
    Ok(store)
}

/// Refuses to begin with nothing where there was something: a disk that is not there looks like a first start.
fn refuse_lost(database: &Path, journal: &Journal) -> Result<(), Complaint> {
    if database.exists() || !journal.path().exists() {
        return Ok(());
    }
    let (database, journal) = (database.display(), journal.path().display());
    Err(Complaint::new(format!(
        "{database} is gone, and {journal} says that there was one; nothing was made. Put it back, or a copy of it: \
         partner-panel restore COPY. To begin anew, take {journal} away"
    )))
}

/// Makes a folder that only its owner can look into.
pub fn make_folder(path: &Path) -> Result<(), Complaint> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let failed = |error| {
        Complaint::new(format!(
            "the folder {} cannot be made: {error}",
            path.display()
        ))
    };
    builder.create(path).map_err(failed)
}

/// The partner that a person named, by its name or its id.
pub async fn partner(store: &Store, named: &str) -> Result<Partner, Complaint> {
    let partners = store.read().await?.partners().await?;
    let name = named.trim().to_lowercase();
    let found = partners
        .iter()
        .find(|partner| partner.id.as_str() == named.trim());
    let found = found.or_else(|| {
        partners
            .iter()
            .find(|partner| partner.profile.name.to_lowercase() == name)
    });
    match found {
        Some(partner) => Ok(partner.clone()),
        None if partners.is_empty() => Err(Complaint::new(
            "There is no partner yet. Begin with: partner-panel partner add NAME --currency EUR",
        )),
        None => {
            let names: Vec<String> = partners
                .iter()
                .map(|partner| format!("\"{}\"", partner.profile.name))
                .collect();
            Err(Complaint::new(format!(
                "There is no partner \"{named}\". There are: {}",
                names.join(", ")
            )))
        }
    }
}
