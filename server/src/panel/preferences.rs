//! What a person sets for themselves: language and zone in the store, the rest in their browser.

use app::comfort::{Choice, Comfort, Density, Shortcuts, Theme};
use app::error::PanelError;
use app::parts::fields::{Field, FieldLook};
use app::parts::preferences::{PreferencesPage, page};
use app::service::Fields;
use app::text::{Say, known_zone, zone_names};
use app::wire::{DrawnPage, Notice, SelectOption};
use domain::{Money, Permission};

use super::Panel;
use super::words::Context;
use crate::store::Reading;

/// Where the page is.
const PATH: &str = "/preferences";

/// The ways of writing numbers and dates that differ, each by a tag that stands for it.
const FORMATS: [&str; 6] = ["en", "en-US", "de", "de-CH", "fr", "nl"];

impl Panel {
    pub(super) async fn answer_preferences(&self) -> Result<DrawnPage, PanelError> {
        let (tx, context) = self.open(Permission::View).await?;
        drop(tx);
        let say = &context.say;
        let Comfort {
            theme,
            density,
            shortcuts,
            ..
        } = self.signed.comfort;
        let themes = radios(theme, |each| match each {
            Theme::System => say.theme_system(),
            Theme::Light => say.theme_light(),
            Theme::Dark => say.theme_dark(),
        });
        let densities = radios(density, |each| match each {
            Density::Comfortable => say.density_comfortable(),
            Density::Compact => say.density_compact(),
        });
        let switches = radios(shortcuts, |each| match each {
            Shortcuts::On => say.shortcuts_on(),
            Shortcuts::Off => say.shortcuts_off(),
        });
        let field = |name, label, hint, look| Field {
            name,
            label,
            hint,
            look,
            error: None,
        };
        let drawn = page(&PreferencesPage {
            title: say.preferences_title(),
            fields: vec![
                field("theme", say.theme_label(), say.theme_hint(), themes),
                field(
                    "density",
                    say.density_label(),
                    say.density_hint(),
                    densities,
                ),
                field(
                    "zone",
                    say.zone_label(),
                    say.zone_hint(),
                    FieldLook::List(self.zones(&context)),
                ),
                field(
                    "format",
                    say.format_label(),
                    say.format_hint(),
                    FieldLook::List(self.formats(&context)),
                ),
                field(
                    "shortcuts",
                    say.shortcuts_label(),
                    say.shortcuts_hint(),
                    switches,
                ),
            ],
            save: say.preferences_save(),
            here: PATH.to_owned(),
        });
        Ok(DrawnPage {
            title: say.preferences_title(),
            html: drawn,
            here: PATH.to_owned(),
        })
    }

    /// Keeps what was posted. Answers what the browser has to keep, and what to say.
    pub(crate) async fn set_preferences(
        &self,
        fields: &Fields,
    ) -> Result<(Comfort, Notice), PanelError> {
        let (tx, context) = self.open(Permission::View).await?;
        drop(tx);
        let wanted = self
            .read_preferences(fields)
            .ok_or_else(|| PanelError::BadRequest(context.say.bad_preference()))?;
        let Wanted {
            comfort,
            language,
            time_zone,
        } = wanted;
        let reading = Reading {
            partner: self.signed.partner.clone(),
            user: self.signed.user.clone(),
            language,
            time_zone,
        };
        let kept = self.shared.store.set_reading(reading).await;
        kept.map_err(|error| self.failed(error))?;
        let notice = Notice {
            text: context.say.preferences_saved(),
            undo: None,
        };
        Ok((comfort, notice))
    }

    fn read_preferences(&self, fields: &Fields) -> Option<Wanted> {
        let posted = |name: &str| {
            let (_, value) = fields.iter().find(|(known, _)| known == name)?;
            Some(value.as_str())
        };
        let offered =
            |tag: &str| FORMATS.contains(&tag) || self.signed.language.as_deref() == Some(tag);
        let language = match posted("format")? {
            "" => None,
            tag => Some(offered(tag).then(|| tag.to_owned())?),
        };
        let time_zone = match posted("zone")? {
            "" => None,
            zone => Some(known_zone(zone)?),
        };
        Some(Wanted {
            comfort: Comfort {
                theme: Theme::from_code(posted("theme")?)?,
                density: Density::from_code(posted("density")?)?,
                shortcuts: Shortcuts::from_code(posted("shortcuts")?)?,
                browser_zone: None,
            },
            language,
            time_zone,
        })
    }

    fn zones(&self, context: &Context) -> Vec<SelectOption> {
        let say = &context.say;
        let (signed, profile) = (&self.signed, &context.partner.profile);
        let usual = match &signed.comfort.browser_zone {
            Some(zone) => say.zone_of_browser(zone),
            None => say.zone_of_partner(&profile.time_zone, &profile.name),
        };
        let mut names = zone_names();
        // One that is kept under another name is not lost by saving something else.
        if let Some(own) = &signed.time_zone
            && !names.contains(own)
        {
            names.insert(0, own.clone());
        }
        let own = signed.time_zone.as_ref();
        let names = names.into_iter().map(|name| {
            let chosen = own == Some(&name);
            option(&name.clone(), name, chosen)
        });
        std::iter::once(option("", usual, own.is_none()))
            .chain(names)
            .collect()
    }

    fn formats(&self, context: &Context) -> Vec<SelectOption> {
        let say = &context.say;
        let own = self.signed.language.as_deref();
        let profile = &context.partner.profile;
        let currency = profile.currency;
        let sample = |tag: &str| sample(&say.written_as(tag), Money::new(123_450, currency));
        let usual = say.format_of_partner(&profile.name, sample(&profile.language));
        let unusual = own.filter(|own| !FORMATS.contains(own));
        let tags = unusual.into_iter().chain(FORMATS);
        let tags = tags.map(|tag| option(tag, sample(tag), own == Some(tag)));
        std::iter::once(option("", usual, own.is_none()))
            .chain(tags)
            .collect()
    }
}

/// What was posted.
struct Wanted {
    comfort: Comfort,
    language: Option<String>,
    time_zone: Option<String>,
}

/// All that may be chosen, with what is.
fn radios<T: Choice>(chosen: T, label: impl Fn(T) -> String) -> FieldLook {
    let each = |each: &T| option(each.code(), label(*each), *each == chosen);
    FieldLook::Radios(T::ALL.iter().map(each).collect())
}

fn option(value: &str, label: String, chosen: bool) -> SelectOption {
    SelectOption {
        value: value.to_owned(),
        label,
        chosen,
        why_not: None,
    }
}

/// "€1,234.50 · 3 Mar · 14:05"
fn sample(say: &Say, amount: Money) -> String {
    let moment = say.joined_by_dot(say.short_day(say.now()), say.time(say.now()));
    say.joined_by_dot(say.money(amount), moment)
}
