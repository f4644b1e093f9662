//! Customers that are there to be tried: each partner has all of them, under the same names.

use domain::{ChangeReason, Cycle, Profile, Reason, RollbackReason, Timestamp};

use super::partners::DemoPartner;
use super::plans::PRO_EDITED;
use super::story::{Biography, By, Deed, Today, UsageReport, What};

/// Upgraded twice, the second time today: to be rolled back.
pub const UPGRADED: &str = "Acme GmbH";
/// Rolled back yesterday: rolling back again walks further back.
pub const ROLLED_BACK: &str = "Beaumont Éditions";
/// On a plan that is archived.
pub const ARCHIVED: &str = "Castellan Freight";
/// On an older version of a plan, at its older price.
pub const OLDER_VERSION: &str = "Dahl & Lind Arkitekter";
/// Suspended twice at once.
pub const TWO_SUSPENSIONS: &str = "Eastgate Trading";
/// Nobody reported its usage.
pub const USAGE_UNKNOWN: &str = "Farrow Analytics";
/// On the smallest plan since it came: nothing to roll back to.
pub const NO_EARLIER_PLAN: &str = "Ginkgo Studio";
/// As long as names get.
pub const LONG_NAME: &str = "Internationale Gesellschaft zur Förderung der grenzüberschreitenden Zusammenarbeit kleiner und \
                             mittlerer Handwerksbetriebe im Donau-Karpaten-Raum und angrenzender Gebiete e. V.";
/// Written from right to left.
pub const ARABIC_NAME: &str = "مؤسسة النور للتجارة والخدمات";
/// Two customers of the same name.
pub const NAMESAKES: &str = "Alex Kim";
/// Uses more than it has.
pub const OVER_LIMIT: &str = "Hanami Travel";
/// Suspended until a day.
pub const SUSPENDED_UNTIL: &str = "Ibis Winterhotel";
/// Suspended by the operator, which no partner lifts.
pub const PLATFORM: &str = "Juniper Outlet";
/// On a plan that is not sold at the moment.
pub const INACTIVE_PLAN: &str = "Kestrel Sports";
/// Pays by the year.
pub const YEARLY: &str = "Lumière & Fils";

/// All of them, told for one partner.
pub(super) fn cast(partner: &DemoPartner, today: Today) -> Vec<Biography> {
    let teller = Teller { partner, today };
    vec![
        teller
            .life(1, UPGRADED, "billing@acme.example", 700, "starter")
            .with(vec![
                teller.change(
                    300,
                    "pro",
                    ChangeReason::NeedsMore,
                    Some("Ticket 2210. Needs the API before the move."),
                ),
                Deed {
                    at: today.hours_ago(3),
                    by: By::Agent,
                    what: What::Change {
                        plan: "business",
                        cycle: None,
                        reason: Some(ChangeReason::WrongPlanSold),
                        note: Some("Was told on the phone that Team has no single sign-on."),
                    },
                },
            ]),
        teller
            .life(2, ROLLED_BACK, "compta@beaumont.example", 620, "solo")
            .with(vec![
                teller.change(350, "starter", ChangeReason::CustomerAsked, None),
                teller.change(
                    60,
                    "pro",
                    ChangeReason::NeedsMore,
                    Some("Two books in one season."),
                ),
                teller.change(4, "team", ChangeReason::NeedsMore, None),
                Deed {
                    at: today.hours_ago(26),
                    by: By::Manager,
                    what: What::RollBack {
                        reason: RollbackReason::CustomerChangedMind,
                        note: Some("Their partner said no. Back to Pro at the price they had."),
                    },
                },
            ]),
        teller.life(3, ARCHIVED, "office@castellan.example", 900, "classic"),
        teller.life(
            4,
            OLDER_VERSION,
            "kontor@dahl-lind.example",
            PRO_EDITED + 200,
            "pro",
        ),
        teller
            .life(5, TWO_SUSPENSIONS, "finance@eastgate.example", 480, "pro")
            .with(vec![
                teller.suspend(
                    21,
                    By::Agent,
                    Reason::PaymentOverdue,
                    "Three invoices open, last reminder 3 weeks ago.",
                    None,
                ),
                teller.suspend(
                    6,
                    By::Manager,
                    Reason::TermsBroken,
                    "Meanwhile 41 complaints about bulk mail.",
                    None,
                ),
            ]),
        Biography {
            usage: UsageReport::Unknown,
            last_seen_at: None,
            ..teller.life(6, USAGE_UNKNOWN, "hello@farrow.example", 90, "starter")
        },
        teller.life(7, NO_EARLIER_PLAN, "studio@ginkgo.example", 12, "free"),
        teller.life(
            8,
            LONG_NAME,
            "geschaeftsstelle@handwerk-donau-karpaten.example",
            260,
            "team",
        ),
        Biography {
            profile: Profile {
                country: Some("SA".to_owned()),
                language: Some("ar-SA".to_owned()),
                ..profile(ARABIC_NAME, "info@alnoor.example")
            },
            ..teller.life(9, ARABIC_NAME, "info@alnoor.example", 330, "pro")
        },
        teller.life(10, NAMESAKES, "alex.kim@example.com", 410, "solo"),
        teller.life(11, NAMESAKES, "alex.kim@example.org", 35, "pro"),
        teller
            .life(12, OVER_LIMIT, "desk@hanami.example", 200, "starter")
            .using(vec![1_340, 620, 1_080]),
        teller
            .life(
                13,
                SUSPENDED_UNTIL,
                "rezeption@ibis-winter.example",
                380,
                "pro",
            )
            .with(vec![teller.suspend(
                16,
                By::Agent,
                Reason::CustomerAsked,
                "Closed for the season; wants everything as it was.",
                Some(today.in_days(24)),
            )]),
        teller
            .life(14, PLATFORM, "shop@juniper.example", 150, "starter")
            .with(vec![teller.suspend(
                2,
                By::Operator,
                Reason::Operator,
                "Abuse report 118 is being looked into.",
                None,
            )]),
        teller.life(15, INACTIVE_PLAN, "team@kestrel.example", 270, "summer"),
        Biography {
            cycle: Cycle::Year,
            ..teller.life(16, YEARLY, "bonjour@lumiere.example", 500, "team")
        },
    ]
}

/// What the start of the program suggests.
pub(super) fn things_to_try() -> Vec<String> {
    vec![
        format!(
            "Find {UPGRADED}, open its \u{22ee} and roll the plan back from Business to Pro; then undo it."
        ),
        format!(
            "Suspend somebody who is in use now, and look at {TWO_SUSPENSIONS} under Suspended Customers."
        ),
        format!(
            "Change the plan of {OVER_LIMIT} to a smaller one and read what the popup says about its seats."
        ),
    ]
}

struct Teller<'p> {
    partner: &'p DemoPartner,
    today: Today,
}

fn profile(name: &str, email: &str) -> Profile {
    Profile {
        name: Some(name.to_owned()),
        email: Some(email.to_owned()),
        ..Profile::default()
    }
}

impl Teller<'_> {
    fn life(
        &self,
        number: u32,
        name: &str,
        email: &str,
        days_ago: i64,
        plan: &'static str,
    ) -> Biography {
        Biography {
            external_id: format!("{}{:04}", self.partner.external, number),
            profile: Profile {
                country: Some(self.partner.country.to_owned()),
                language: Some(self.partner.language.to_owned()),
                ..profile(name, email)
            },
            joined_at: self.today.days_ago(days_ago),
            plan,
            cycle: Cycle::Month,
            deeds: Vec::new(),
            usage: UsageReport::Shares {
                shares: vec![520, 340, 410],
                at: self.today.hours_ago(5),
            },
            last_seen_at: Some(self.today.minutes_ago(i64::from(number) * 37)),
        }
    }

    fn at(&self, days_ago: i64) -> Timestamp {
        self.today
            .days_ago(days_ago)
            .plus_millis(-domain::time::HOUR)
    }

    fn change(
        &self,
        days_ago: i64,
        plan: &'static str,
        reason: ChangeReason,
        note: Option<&'static str>,
    ) -> Deed {
        let what = What::Change {
            plan,
            cycle: None,
            reason: Some(reason),
            note,
        };
        Deed {
            at: self.at(days_ago),
            by: By::Agent,
            what,
        }
    }

    fn suspend(
        &self,
        days_ago: i64,
        by: By,
        reason: Reason,
        note: &'static str,
        until: Option<Timestamp>,
    ) -> Deed {
        let message = Some("Please write to us, and we will sort it out together.");
        Deed {
            at: self.at(days_ago),
            by,
            what: What::Suspend {
                reason,
                note: Some(note),
                message,
                until,
            },
        }
    }
}

impl Biography {
    fn with(self, deeds: Vec<Deed>) -> Self {
        let kept_out = deeds
            .iter()
            .find(|deed| matches!(deed.what, What::Suspend { .. }))
            .map(|deed| deed.at);
        let last_seen_at = kept_out.or(self.last_seen_at);
        Self {
            deeds,
            last_seen_at,
            ..self
        }
    }

    fn using(self, shares: Vec<u64>) -> Self {
        let UsageReport::Shares { at, .. } = self.usage else {
            return self;
        };
        Self {
            usage: UsageReport::Shares { shares, at },
            ..self
        }
    }
}
