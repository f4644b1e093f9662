//! Connecting a product: three steps, each ticked once the panel has seen it.

mod document;
mod recipes;

use app::error::PanelError;
use app::parts::api_keys::Standing;
use app::parts::connect::{ConnectPage, Paste, Recipe, Seen, Step, page, sign};
use app::text::Say;
use app::wire::{DrawnPage, Link, Piece};
use domain::{Permission, Scope};

use super::Panel;
use super::words::Context;
use crate::api_keys::{ApiKey, KeyOwner};
use crate::store::{KeyFirst, KeyVisits, Tx};
pub use document::document;
use recipes::{ASK, Known, Names, Way};

/// Where the page is.
pub(super) const PATH: &str = "/connect";

/// What ticks each of the steps, in their order.
pub(super) const ORDER: [KeyFirst; 3] = [KeyFirst::Made, KeyFirst::Asked, KeyFirst::Refused];

/// What was seen of a partner's keys.
struct KeysSeen {
    /// Those that are good for the gate, the newest first: after making one here, that one.
    keys: Vec<ApiKey>,
    visits: KeyVisits,
}

impl Panel {
    pub(super) async fn answer_connect(&self) -> Result<DrawnPage, PanelError> {
        let (mut tx, context) = self.open(Permission::ManageKeys).await?;
        let seen = self.seen(&mut tx, &context).await?;
        let (say, key) = (&context.say, seen.keys.first());
        let said = self.key_answer.as_ref().and_then(|answer| answer.said());
        let secret = said.and_then(|said| said.secret.as_ref());
        let shown = match (secret, key) {
            (Some((secret, _)), _) => secret.clone(),
            (None, Some(key)) => format!("{}_…", key.public.prefix()),
            (None, None) => "pp_live_YOUR_KEY".to_owned(),
        };
        let known = Known {
            origin: &self.shared.origin,
            key: &shown,
            customer: key.map(|key| &key.gate.customer),
        };
        let drawn = page(&ConnectPage {
            back: Link {
                text: say.api_keys(),
                href: "/keys".to_owned(),
            },
            title: say.connect_title(),
            lead: say.connect_lead(),
            said: said.cloned(),
            steps: self.steps(&context, &seen, &known).to_vec(),
            again: Link {
                text: say.connect_again(),
                href: PATH.to_owned(),
            },
            here: PATH.to_owned(),
        });
        Ok(DrawnPage {
            title: say.connect_title(),
            html: drawn,
            here: PATH.to_owned(),
        })
    }

    /// The ticks as they are now, and what to tell of those that were `fresh`: the last step that is done.
    pub(super) async fn steps_now(
        &self,
        fresh: &[KeyFirst],
    ) -> Result<(Option<String>, Vec<Piece>), PanelError> {
        let (mut tx, context) = self.open(Permission::ManageKeys).await?;
        let seen = self.seen(&mut tx, &context).await?;
        let known = Known {
            origin: &self.shared.origin,
            key: "",
            customer: None,
        };
        let steps = self.steps(&context, &seen, &known);
        let done = steps.iter().zip(ORDER).rev();
        let mut told = done
            .filter(|(step, first)| step.seen == Seen::Yes && fresh.contains(first))
            .map(|(step, _)| context.say.step_now_seen(&step.title));
        let pieces = (1..).zip(&steps).map(|(number, step)| sign(step, number));
        Ok((told.next(), pieces.collect()))
    }

    fn steps(&self, context: &Context, seen: &KeysSeen, known: &Known) -> [Step; 3] {
        [
            self.key_step(context, seen.keys.first()),
            context.question_step(&seen.visits, known),
            context.refusal_step(&seen.visits),
        ]
    }

    /// The keys that a product may ask with, and how they were answered.
    async fn seen(&self, tx: &mut Tx, context: &Context) -> Result<KeysSeen, PanelError> {
        let owner = KeyOwner::Partner(context.partner.id.clone());
        let keys = tx.api_keys(&owner).await;
        let keys = keys.map_err(|error| self.failed(error))?;
        let now = context.say.now();
        let keys: Vec<ApiKey> = keys
            .into_iter()
            .filter(|key| key.is_good(now) && key.scopes.contains(&Scope::Gate))
            .collect();
        let ids: Vec<_> = keys.iter().map(|key| key.id.clone()).collect();
        let visits = tx.key_visits(&ids).await;
        let visits = visits.map_err(|error| self.failed(error))?;
        Ok(KeysSeen { keys, visits })
    }

    fn key_step(&self, context: &Context, key: Option<&ApiKey>) -> Step {
        let say = &context.say;
        let form = key
            .is_none()
            .then(|| self.key_form(context, Standing::Open));
        Step {
            title: say.connect_key_title(),
            text: say.connect_key_text(),
            fact: key.map(|key| context.key_name(key)),
            form,
            ..step(say, key)
        }
    }
}

impl Context {
    fn question_step(&self, visits: &KeyVisits, known: &Known) -> Step {
        let say = &self.say;
        let recipe = |way: Way| Recipe {
            name: way.name().to_owned(),
            text: names(way, say),
            paste: Paste {
                text: known.fill(way.text()),
                copy: say.copy_recipe(way.name()),
            },
        };
        Step {
            title: say.connect_question_title(),
            text: say.connect_question_text(),
            fact: visits.asked_at.map(|at| say.connect_asked(say.ago(at))),
            recipes: Way::ALL.map(recipe).to_vec(),
            command: Some(Paste {
                text: known.fill(ASK),
                copy: say.copy_command(),
            }),
            ..step(say, visits.asked_at.as_ref())
        }
    }

    fn refusal_step(&self, visits: &KeyVisits) -> Step {
        let say = &self.say;
        let refused = visits.refused_at.map(|at| say.connect_refused(say.ago(at)));
        let would = visits.would_refuse_at;
        let would = would.map(|at| say.connect_would_refuse(say.ago(at)));
        let fact = refused.or(would);
        let bare = step(say, fact.as_ref());
        Step {
            title: say.connect_refusal_title(),
            text: say.connect_refusal_text(),
            fact,
            ..bare
        }
    }
}

/// A step of which nothing is said yet but whether there is a sign of it.
fn step<T>(say: &Say, sign: Option<&T>) -> Step {
    let (seen, state) = match sign {
        Some(_) => (Seen::Yes, say.step_seen()),
        None => (Seen::No, say.step_not_yet()),
    };
    Step {
        seen,
        state,
        title: String::new(),
        text: String::new(),
        fact: None,
        form: None,
        recipes: Vec::new(),
        command: None,
    }
}

/// What a way expects of the key.
fn names(way: Way, say: &Say) -> String {
    match way.names() {
        Names::ByHost => say.recipe_by_host(),
        Names::ByHeader => say.recipe_by_header(),
    }
}
