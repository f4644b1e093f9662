//! Partners at the command line.

use std::process::ExitCode;

use app::text::known_zone;
use clap::{Args, Subcommand};
use domain::Currency;

use super::database::{self, Missing, open};
use super::transfer::Import;
use super::{Complaint, World, table};
use crate::clock::Clock as _;
use crate::ids::Ids as _;
use crate::store::PartnerProfile;

/// What can be done with partners.
#[derive(Debug, Subcommand)]
pub enum PartnerCommand {
    /// Add a partner
    Add(Add),
    /// List all partners
    List,
    /// Change how a partner is set up
    Set(Set),
    /// The same as `import`
    Import(Import),
}

/// A new partner.
#[derive(Debug, Args)]
pub struct Add {
    /// Its name, as its people see it
    name: String,
    /// Currency of its prices, three letters
    #[arg(long, value_parser = currency)]
    currency: Currency,
    #[command(flatten)]
    settings: Settings,
}

/// Changes of a partner; what is not named stays.
#[derive(Debug, Args)]
pub struct Set {
    /// Its name or id
    partner: String,
    /// A new name
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    settings: Settings,
}

/// How a partner is set up.
#[derive(Debug, Args)]
struct Settings {
    /// The product that it resells [default: its name]
    #[arg(long)]
    product: Option<String>,
    /// Language of its pages, such as en or de-AT [default: en]
    #[arg(long, value_parser = language)]
    language: Option<String>,
    /// Time zone of its pages, such as Europe/Berlin [default: UTC]
    #[arg(long, value_name = "ZONE", value_parser = time_zone)]
    time_zone: Option<String>,
    /// Brand colour, such as #00aa66 [default: #3056d3]
    #[arg(long, value_name = "COLOUR", value_parser = colour)]
    brand: Option<String>,
    /// Where its customers find help, an https or mailto link
    #[arg(long, value_name = "LINK", value_parser = link)]
    contact: Option<String>,
    /// Where its customers pay, an https link
    #[arg(long, value_name = "LINK", value_parser = link)]
    pay: Option<String>,
}

impl Settings {
    fn apply(self, profile: &mut PartnerProfile) {
        let Self {
            product,
            language,
            time_zone,
            brand,
            contact,
            pay,
        } = self;
        let set = |field: &mut String, value: Option<String>| {
            *field = value.unwrap_or_else(|| std::mem::take(field))
        };
        set(&mut profile.product, product);
        set(&mut profile.language, language);
        set(&mut profile.time_zone, time_zone);
        set(&mut profile.brand_color, brand);
        profile.contact_link = contact.or_else(|| profile.contact_link.take());
        profile.pay_link = pay.or_else(|| profile.pay_link.take());
    }
}

impl PartnerCommand {
    pub(super) async fn run(self, world: &World) -> Result<ExitCode, Complaint> {
        match self {
            Self::Add(add) => add.run(world).await,
            Self::List => list(world).await,
            Self::Set(set) => set.run(world).await,
            Self::Import(import) => return import.run(world).await,
        }
        .map(|()| ExitCode::SUCCESS)
    }
}

impl Add {
    async fn run(self, world: &World) -> Result<(), Complaint> {
        let name = partner_name(&self.name)?;
        let store = open(world, Missing::Make).await?;
        no_namesake(&store.read().await?.partners().await?, &name)?;
        let mut profile = PartnerProfile {
            product: name.clone(),
            name,
            currency: self.currency,
            language: "en".to_owned(),
            time_zone: "UTC".to_owned(),
            brand_color: "3056d3".to_owned(),
            contact_link: None,
            pay_link: None,
        };
        self.settings.apply(&mut profile);
        let (now, name) = (world.clock.now(), profile.name.clone());
        let id = world.ids.partner(now);
        store.add_partner(id.clone(), profile, now).await?;
        store.close().await;
        println!("{id}");
        eprintln!("Added \"{name}\". Next, its first user:");
        eprintln!("  partner-panel user add --partner \"{name}\" E-MAIL --role owner");
        Ok(())
    }
}

impl Set {
    async fn run(self, world: &World) -> Result<(), Complaint> {
        let store = open(world, Missing::Complain).await?;
        let partner = database::partner(&store, &self.partner).await?;
        let mut profile = partner.profile;
        if let Some(name) = &self.name {
            let name = partner_name(name)?;
            let others: Vec<_> = store
                .read()
                .await?
                .partners()
                .await?
                .into_iter()
                .filter(|other| other.id != partner.id)
                .collect();
            no_namesake(&others, &name)?;
            profile.name = name;
        }
        self.settings.apply(&mut profile);
        let name = profile.name.clone();
        store.set_partner(partner.id, profile).await?;
        store.close().await;
        eprintln!("\"{name}\" is set up anew.");
        Ok(())
    }
}

async fn list(world: &World) -> Result<(), Complaint> {
    let store = open(world, Missing::Complain).await?;
    let partners = store.read().await?.partners().await?;
    store.close().await;
    let rows: Vec<[String; 8]> = partners
        .into_iter()
        .map(|partner| {
            let (profile, counts) = (partner.profile, partner.counts);
            [
                profile.name,
                profile.currency.code().to_owned(),
                profile.language,
                profile.time_zone,
                format!("#{}", profile.brand_color),
                counts.all().to_string(),
                counts.suspended.to_string(),
                partner.id.to_string(),
            ]
        })
        .collect();
    let heading = [
        "Name",
        "Currency",
        "Language",
        "Time zone",
        "Brand",
        "Customers",
        "Suspended",
        "Id",
    ];
    for line in table::lines(heading, &rows) {
        println!("{line}");
    }
    Ok(())
}

fn partner_name(text: &str) -> Result<String, Complaint> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
        return Err(Complaint::new("A partner's name has 1 to 100 characters"));
    }
    Ok(name.to_owned())
}

fn no_namesake(partners: &[crate::store::Partner], name: &str) -> Result<(), Complaint> {
    match partners
        .iter()
        .find(|partner| partner.profile.name.to_lowercase() == name.to_lowercase())
    {
        Some(partner) => Err(Complaint::new(format!(
            "There is a partner \"{}\" already",
            partner.profile.name
        ))),
        None => Ok(()),
    }
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(&text.to_uppercase())
        .map_err(|_| "a currency is three letters, such as EUR or USD".to_owned())
}

fn language(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let first = parts.next().is_some_and(|part| {
        matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    if first && rest && text.len() <= 35 {
        Ok(text.to_owned())
    } else {
        Err("a language is a tag such as en, de or pt-BR".to_owned())
    }
}

fn time_zone(text: &str) -> Result<String, String> {
    known_zone(text).ok_or_else(|| "a time zone is a name such as Europe/Berlin or UTC".to_owned())
}

fn colour(text: &str) -> Result<String, String> {
    let digits = text.trim().trim_start_matches('#').to_lowercase();
    let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    match digits.len() {
        6 if hexadecimal => Ok(digits),
        3 if hexadecimal => Ok(digits.chars().flat_map(|digit| [digit, digit]).collect()),
        _ => Err("a colour is written like #00aa66 or #0a6".to_owned()),
    }
}

fn link(text: &str) -> Result<String, String> {
    let safe = ["https://", "mailto:"]
        .iter()
        .any(|start| text.len() > start.len() && text.starts_with(start));
    if safe
        && text.len() <= 500
        && !text
            .chars()
            .any(|character| character.is_control() || character == ' ')
    {
        Ok(text.to_owned())
    } else {
        Err("a link begins with https:// or mailto:".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_read_strictly() {
        assert_eq!(colour("#0A6").as_deref(), Ok("00aa66"));
        assert_eq!(colour("3056d3").as_deref(), Ok("3056d3"));
        assert!(colour("green").is_err() && colour("#00aa6").is_err());
        assert!(language("pt-BR").is_ok() && language("english").is_err() && language("").is_err());
        assert_eq!(time_zone("europe/berlin").as_deref(), Ok("Europe/Berlin"));
        assert!(time_zone("UTC").is_ok() && time_zone("Mars/Base").is_err());
        assert!(link("https://help.example").is_ok() && link("javascript:alert(1)").is_err());
    }
}
