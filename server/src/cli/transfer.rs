//! Files in and out.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::database::{self, Missing, open};
use super::{Complaint, World};
use crate::import::{self, Finding, ImportError, Mode, Progress, Report, Summary};

/// Customers from CSV files.
#[derive(Debug, Args)]
pub struct Import {
    /// Name or id of the partner
    #[arg(long, required_unless_present = "template")]
    partner: Option<String>,
    /// The file with the customers
    #[arg(value_name = "CUSTOMERS.CSV", required_unless_present = "template")]
    customers: Option<PathBuf>,
    /// The file with their earlier plans
    #[arg(long, value_name = "HISTORY.CSV")]
    history: Option<PathBuf>,
    /// Write it, instead of only saying what would be written
    #[arg(long)]
    apply: bool,
    /// Write examples of all three files into this folder, and do nothing else
    #[arg(long, value_name = "DIR", conflicts_with_all = ["partner", "customers", "history", "apply"])]
    template: Option<PathBuf>,
}

/// Plans from a CSV file.
#[derive(Debug, Args)]
pub struct ImportPlans {
    /// Name or id of the partner
    #[arg(long)]
    partner: String,
    /// The file
    #[arg(value_name = "PLANS.CSV")]
    plans: PathBuf,
    /// Write it, instead of only saying what would be written
    #[arg(long)]
    apply: bool,
}

/// CSV files from the panel.
#[derive(Debug, Args)]
pub struct Export {
    /// Name or id of the partner
    #[arg(long)]
    partner: String,
    /// The folder to write customers.csv, history.csv and plans.csv into
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

fn mode(apply: bool) -> Mode {
    if apply { Mode::Apply } else { Mode::DryRun }
}

impl Import {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        if let Some(folder) = &self.template {
            for file in
                import::templates(folder).map_err(|error| Complaint::new(error.to_string()))?
            {
                println!("{}", file.display());
            }
            return Ok(ExitCode::SUCCESS);
        }
        let (Some(partner), Some(customers)) = (self.partner, self.customers) else {
            return Err(Complaint::new(
                "Name the partner with --partner, and the file with the customers",
            ));
        };
        let store = open(world, Missing::Complain).await?;
        let partner = database::partner(&store, &partner).await?.id;
        let request = import::Request {
            partner,
            customers,
            history: self.history,
            mode: mode(self.apply),
        };
        let done =
            import::customers(&store, &*world.clock, &*world.ids, &request, &mut Screen).await;
        store.close().await;
        finish(done)
    }
}

impl ImportPlans {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let partner = database::partner(&store, &self.partner).await?.id;
        let (mode, mut screen) = (mode(self.apply), Screen);
        let done = import::plans(
            &store,
            &*world.clock,
            &*world.ids,
            &partner,
            &self.plans,
            mode,
            &mut screen,
        )
        .await;
        store.close().await;
        finish(done)
    }
}

impl Export {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        let store = open(world, Missing::Complain).await?;
        let partner = database::partner(&store, &self.partner).await?.id;
        let exported = crate::export::run(&store, &partner, &self.folder).await;
        store.close().await;
        println!(
            "{}",
            exported.map_err(|error| Complaint::new(error.to_string()))?
        );
        Ok(ExitCode::SUCCESS)
    }
}

fn finish(done: Result<Summary, ImportError>) -> Result<ExitCode, Complaint> {
    let summary = match done {
        Ok(summary) | Err(ImportError::Refused(summary)) => summary,
        Err(error) => return Err(Complaint::new(error.to_string())),
    };
    println!("{summary}");
    Ok(if summary.refused == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Findings on standard output; how far it has come on standard error, where somebody watches.
#[derive(Default)]
struct Screen;

impl Report for Screen {
    fn finding(&mut self, finding: &Finding) {
        println!("{finding}");
    }

    fn progress(&mut self, progress: Progress) {
        draw(progress, "lines");
    }
}

/// Draws over the line before, until all is done.
pub fn draw(progress: Progress, of_what: &str) {
    let mut screen = std::io::stderr().lock();
    if screen.is_terminal() {
        let Progress { done, total } = progress;
        let end = if done >= total { "\n" } else { "" };
        // Nobody is helped by an error about a line that could not be drawn.
        let _ = write!(screen, "\r{done} of {total} {of_what}{end}").and_then(|()| screen.flush());
    }
}
