//! The three partners of the demo and the people who work there.

use domain::Role;

/// A partner of the demo.
pub(super) struct DemoPartner {
    pub name: &'static str,
    pub product: &'static str,
    pub currency: &'static str,
    pub language: &'static str,
    pub time_zone: &'static str,
    pub brand_color: &'static str,
    pub contact_link: &'static str,
    pub pay_link: &'static str,
    /// Country in which a third of its customers live.
    pub country: &'static str,
    /// Hour of the day in UTC at which its people begin to work.
    pub opens: i64,
    /// Start of its customers' external ids.
    pub external: &'static str,
    /// Minor units of its currency that take the place of one euro.
    pub price_of_euro: i64,
    /// Owner, manager, agent and viewer, in this order.
    pub people: [Person; 4],
}

/// Somebody who signs in.
pub(super) struct Person {
    pub name: &'static str,
    pub email: &'static str,
    pub role: Role,
}

const fn person(role: Role, name: &'static str, email: &'static str) -> Person {
    Person { name, email, role }
}

/// The partners, the first one first.
pub(super) const PARTNERS: [DemoPartner; 3] = [
    DemoPartner {
        name: "Kontor Software GmbH",
        product: "Kontor Inbox",
        currency: "EUR",
        language: "de-DE",
        time_zone: "Europe/Berlin",
        brand_color: "1f5fbf",
        contact_link: "https://help.kontor.example/",
        pay_link: "https://pay.kontor.example/",
        country: "DE",
        opens: 7,
        external: "K-",
        price_of_euro: 100,
        people: [
            person(Role::Owner, "Maria Keller", "maria.keller@kontor.example"),
            person(Role::Manager, "Jonas Brandt", "jonas.brandt@kontor.example"),
            person(Role::Agent, "Aylin Demir", "aylin.demir@kontor.example"),
            person(Role::Viewer, "Peter Vogel", "peter.vogel@kontor.example"),
        ],
    },
    DemoPartner {
        name: "Harbour & Finch Ltd",
        product: "Finchdesk",
        currency: "GBP",
        language: "en-GB",
        time_zone: "Europe/London",
        brand_color: "0b7a5c",
        contact_link: "https://support.harbourfinch.example/",
        pay_link: "https://billing.harbourfinch.example/",
        country: "GB",
        opens: 8,
        external: "HF",
        price_of_euro: 100,
        people: [
            person(
                Role::Owner,
                "Eleanor Finch",
                "eleanor.finch@harbourfinch.example",
            ),
            person(
                Role::Manager,
                "Dev Malhotra",
                "dev.malhotra@harbourfinch.example",
            ),
            person(
                Role::Agent,
                "Gwen Pritchard",
                "gwen.pritchard@harbourfinch.example",
            ),
            person(
                Role::Viewer,
                "Samuel Adeyemi",
                "samuel.adeyemi@harbourfinch.example",
            ),
        ],
    },
    DemoPartner {
        name: "Sorawork K.K.",
        product: "Sorawork Chat",
        currency: "JPY",
        language: "ja-JP",
        time_zone: "Asia/Tokyo",
        brand_color: "a8325f",
        contact_link: "https://help.sorawork.example/",
        pay_link: "https://pay.sorawork.example/",
        country: "JP",
        opens: 0,
        external: "SW/",
        price_of_euro: 200,
        people: [
            person(Role::Owner, "Haruka Mori", "haruka.mori@sorawork.example"),
            person(Role::Manager, "Kenji Aoki", "kenji.aoki@sorawork.example"),
            person(Role::Agent, "Mai Fujita", "mai.fujita@sorawork.example"),
            person(Role::Viewer, "Ryo Endo", "ryo.endo@sorawork.example"),
        ],
    },
];
