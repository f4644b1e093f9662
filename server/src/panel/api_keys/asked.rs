//! What a posted form about keys asks for.

use app::service::Fields;
use domain::api_key::{KeyLife, KeyOverlap};
use domain::{ApiKeyId, ApiKeyName, GateMode, Scope, UnknownCustomer};

use super::super::words::Context;
use crate::api_keys::{CustomerFrom, GateSettings, MalformedGate};
use crate::commands::{KeyCommand, NewKey};

/// A form as it was filled in.
#[derive(Clone, Debug)]
pub struct Asked {
    what: String,
    id: String,
    /// The idempotency key.
    pub key: String,
    /// Name of a new key, or how the one begins that is replaced.
    pub name: String,
    /// Codes.
    pub scopes: Vec<String>,
    /// One of [`CustomerFrom::WAYS`].
    pub way: String,
    /// Where in it.
    pub place: String,
    /// Code.
    pub mode: String,
    /// Code.
    pub unknown: String,
    /// With spaces between.
    pub open: String,
    /// In days.
    pub life: String,
    overlap: String,
}

impl Default for Asked {
    /// What a new form proposes.
    fn default() -> Self {
        let scopes = Scope::ALL.iter().map(|scope| scope.code().to_owned());
        Self {
            what: String::new(),
            id: String::new(),
            key: String::new(),
            name: String::new(),
            scopes: scopes.collect(),
            way: "header".to_owned(),
            place: "X-Account".to_owned(),
            mode: GateMode::Enforce.code().to_owned(),
            unknown: UnknownCustomer::Deny.code().to_owned(),
            open: String::new(),
            life: "365".to_owned(),
            overlap: String::new(),
        }
    }
}

/// Why a form cannot be done.
pub enum Broken {
    /// No form of the panel asks so.
    Request(String),
    /// A field, and what is wrong with it.
    Field(&'static str, String),
    /// The whole, and the HTTP status that says so.
    Whole(String, u16),
}

impl Broken {
    /// The HTTP status of the page that says so.
    pub const fn status(&self) -> u16 {
        match self {
            Self::Request(_) => 400,
            Self::Field(..) => 422,
            Self::Whole(_, status) => *status,
        }
    }
}

impl Asked {
    /// Takes the fields as they are.
    pub fn read(fields: &Fields) -> Self {
        let values = |name: &str| -> Vec<String> {
            let named = fields.iter().filter(|(known, _)| known == name);
            named.map(|(_, value)| value.clone()).collect()
        };
        let one = |name: &str| values(name).into_iter().next().unwrap_or_default();
        Self {
            what: one("do"),
            id: one("id"),
            key: one("key"),
            name: one("name"),
            scopes: values("scope"),
            way: one("way"),
            place: one("place"),
            mode: one("mode"),
            unknown: one("unknown"),
            open: one("open"),
            life: one("life"),
            overlap: one("overlap"),
        }
    }

    /// What is to be done.
    pub fn command(&self, context: &Context) -> Result<KeyCommand, Broken> {
        let say = &context.say;
        let odd = || Broken::Request(say.bad_choice());
        let id = || ApiKeyId::parse(&self.id).map_err(|_| odd());
        match self.what.as_str() {
            "create" => self.create(context).map(KeyCommand::Create),
            "rotate" => {
                let hours = self.overlap.parse().ok().and_then(KeyOverlap::hours);
                Ok(KeyCommand::Rotate(id()?, hours.ok_or_else(odd)?))
            }
            "revoke" => Ok(KeyCommand::Revoke(id()?)),
            _ => Err(Broken::Request(say.bad_action())),
        }
    }

    fn create(&self, context: &Context) -> Result<NewKey, Broken> {
        let say = &context.say;
        let wrong = |field| move |why| Broken::Field(field, why);
        let choice = |field| move || Broken::Field(field, say.key_choice_bad());
        let name = ApiKeyName::parse(self.name.trim())
            .map_err(|_| wrong("name")(say.key_name_bad(ApiKeyName::LONGEST)))?;
        let scopes = self.scopes.iter().map(|code| Scope::parse(code));
        let scopes = scopes.collect::<Result<_, _>>();
        let scopes: std::collections::BTreeSet<Scope> = scopes.map_err(|_| choice("scope")())?;
        if scopes.is_empty() {
            return Err(wrong("scope")(say.key_scopes_bad()));
        }
        if !CustomerFrom::WAYS.contains(&self.way.as_str()) {
            return Err(choice("way")());
        }
        let gate = |field| move |why: MalformedGate| Broken::Field(field, context.gate_words(&why));
        let place = |field| move |why| gate(field)(MalformedGate::Place(why));
        let customer = CustomerFrom::of(&self.way, &self.place).map_err(gate("place"))?;
        let mode = GateMode::parse(&self.mode).map_err(|_| choice("mode")())?;
        let unknown = UnknownCustomer::parse(&self.unknown).map_err(|_| choice("unknown")())?;
        let open = GateSettings::read_open_prefixes(&self.open).map_err(place("open"))?;
        let days = self.life.parse().ok().and_then(KeyLife::days);
        Ok(NewKey {
            name,
            scopes,
            gate: GateSettings::new(mode, unknown, customer, open).map_err(gate("open"))?,
            life: days.ok_or_else(choice("life"))?,
        })
    }
}
