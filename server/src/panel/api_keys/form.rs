//! The form that makes a key.

use app::parts::api_keys::{KeyForm, Standing};
use app::parts::fields::{Field, FieldLook};
use app::wire::SelectOption;
use domain::{ApiKeyName, GateMode, Scope, UnknownCustomer};

use super::super::words::Context;
use super::asked::{Asked, Broken};
use crate::api_keys::CustomerFrom;

/// How long a key may be chosen to live, in days.
const LIVES: [u32; 5] = [30, 90, 180, 365, 730];

impl Context {
    /// The form as it is filled in, with what was wrong with it.
    pub(super) fn key_form(
        &self,
        asked: &Asked,
        broken: Option<&Broken>,
        standing: Standing,
        key: String,
    ) -> KeyForm {
        let say = &self.say;
        let field = |name: &'static str, label, hint, look| Field {
            name,
            label,
            hint,
            look,
            error: match broken {
                Some(Broken::Field(at, why)) if *at == name => Some(why.clone()),
                _ => None,
            },
        };
        let scopes = Scope::ALL.iter().map(|&scope| {
            let chosen = asked.scopes.iter().any(|code| code == scope.code());
            option(scope.code(), self.scope(scope), chosen)
        });
        let ways = CustomerFrom::WAYS.map(|way| {
            let label = match way {
                "host" => say.way_host(),
                "path" => say.way_path(),
                "query" => say.way_query(),
                _ => say.way_header(),
            };
            option(way, label, way == asked.way)
        });
        let modes = GateMode::ALL
            .iter()
            .map(|&mode| option(mode.code(), self.gate_mode(mode), mode.code() == asked.mode));
        let unknown = UnknownCustomer::ALL.iter().map(|&unknown| {
            let label = self.unknown_customer(unknown);
            option(unknown.code(), label, unknown.code() == asked.unknown)
        });
        let lives = LIVES.map(|days| {
            let value = days.to_string();
            let chosen = value == asked.life;
            option(&value, say.days(u64::from(days)), chosen)
        });
        let fields = vec![
            field(
                "name",
                say.key_name_label(),
                say.key_name_hint(),
                FieldLook::Line(asked.name.clone(), ApiKeyName::LONGEST),
            ),
            field(
                "scope",
                say.key_scopes(),
                String::new(),
                FieldLook::Ticks(scopes.collect()),
            ),
            field(
                "way",
                say.key_way_label(),
                say.key_way_hint(),
                FieldLook::List(ways.to_vec()),
            ),
            field(
                "place",
                say.key_place_label(),
                say.key_place_hint(),
                FieldLook::Line(asked.place.clone(), 200),
            ),
            field(
                "mode",
                say.key_mode(),
                say.key_mode_hint(),
                FieldLook::Radios(modes.collect()),
            ),
            field(
                "unknown",
                say.key_unknown_customers(),
                String::new(),
                FieldLook::Radios(unknown.collect()),
            ),
            field(
                "open",
                say.key_open_label(),
                say.key_open_hint(),
                FieldLook::Line(asked.open.clone(), 2_000),
            ),
            field(
                "life",
                say.key_life_label(),
                String::new(),
                FieldLook::List(lives.to_vec()),
            ),
        ];
        KeyForm {
            title: say.new_key(),
            standing,
            refusal: match broken {
                Some(Broken::Whole(why, _)) => Some(why.clone()),
                _ => None,
            },
            fields,
            hidden: vec![("do", "create".to_owned()), ("key", key)],
            submit: say.key_create(),
        }
    }
}

fn option(value: &str, label: String, chosen: bool) -> SelectOption {
    SelectOption {
        value: value.to_owned(),
        label,
        chosen,
        why_not: None,
    }
}
