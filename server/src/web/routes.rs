//! The one table of everything that is answered over HTTP. The router is built from it, and a test walks it.

use std::borrow::Cow;

use axum::routing::MethodFilter;
use domain::{Permission, Scope};

use super::site::Site;
use super::{gate, next};
use crate::settings::TimeSource;

/// The two methods that the panel answers (HEAD goes with GET).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Changes something, or carries more than fits an address.
    Post,
}

impl Method {
    pub(super) fn filter(self) -> MethodFilter {
        match self {
            Self::Get => MethodFilter::GET,
            Self::Post => MethodFilter::POST,
        }
    }
}

/// Who may come in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody.
    Public,
    /// Who is signed in with this permission.
    Needs(Permission),
    /// Who is signed in with the permission that the field `do` asks for; the service looks.
    NeedsWhatItDoes,
    /// A program that shows an API key with this scope; the handler looks.
    Key(Scope),
}

/// What kind of answer it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A file that is the same for everybody.
    File,
    /// A page or form of signing in.
    Entrance,
    /// A page in the frame.
    Page,
    /// A form of a page in the frame.
    Form,
    /// A server function.
    Wire,
    /// A stream of events for hydrated pages.
    Stream,
    /// For programs: probes and reports.
    Signal,
    /// A question to the gate: answered before everything that stands around the other routes.
    Gate,
    /// For programs that show a key: errors are problem documents.
    Api,
}

/// What answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The way to the first page.
    Home,
    /// A file of the site.
    File,
    /// A partner's stylesheet.
    Brand,
    /// Whether the panel is up.
    Health,
    /// Where browsers report breaches of the content security policy.
    PolicyReport,
    /// The sign-in form.
    SignInPage,
    /// Its answer.
    SignIn,
    /// Signing out.
    SignOut,
    /// The page behind a one-time link.
    WelcomePage,
    /// Its answer.
    Welcome,
    /// A page in the frame.
    Page,
    /// A posted form of such a page.
    Form,
    /// The posted form of preferences.
    Preferences,
    /// The posted forms of the page of keys.
    ApiKeys,
    /// The page of a suspended customer, with what is typed in the popup.
    SuspendedPreview,
    /// The server function of this name.
    ServerFunction(&'static str),
    /// What happens, as it happens.
    Live,
    /// A server function of another release.
    OldWire,
    /// Moves the clock, in tests.
    TestClock,
    /// Whether a customer may come in.
    Gate,
    /// What a customer sees who may not.
    GatePage,
    /// What a customer has.
    Entitlements,
}

/// One entry of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// By which method.
    pub method: Method,
    /// At which path, with `{name}` for a segment and `{*name}` for the rest.
    pub path: Cow<'static, str>,
    /// Who may come in.
    pub access: Access,
    /// What kind of answer it is.
    pub class: Class,
    /// What answers.
    pub answer: Answer,
}

/// The pages in the frame on which people act. Each also takes the forms that it shows.
const PAGES: &[&str] = &[
    "/customers/active",
    "/customers/suspended",
    "/customers/all",
    "/customers/by-external-id/{*external_id}",
    "/customers/{id}",
    "/activity",
];

/// Every route of the panel.
#[must_use]
pub fn routes(site: &Site, time: TimeSource) -> Vec<Route> {
    use Access::{Key, Needs, NeedsWhatItDoes, Public};
    use Method::{Get, Post};
    let route = |method, path: &'static str, access, class, answer| Route {
        method,
        path: path.into(),
        access,
        class,
        answer,
    };
    let mut routes = vec![
        route(Get, "/", Public, Class::Entrance, Answer::Home),
        route(Get, "/customers", Public, Class::Entrance, Answer::Home),
        route(Get, "/sign-in", Public, Class::Entrance, Answer::SignInPage),
        route(Post, "/sign-in", Public, Class::Entrance, Answer::SignIn),
        route(Post, "/sign-out", Public, Class::Entrance, Answer::SignOut),
        route(
            Get,
            "/welcome/{secret}",
            Public,
            Class::Entrance,
            Answer::WelcomePage,
        ),
        route(
            Post,
            "/welcome/{secret}",
            Public,
            Class::Entrance,
            Answer::Welcome,
        ),
        route(Get, "/health", Public, Class::Signal, Answer::Health),
        route(
            Post,
            "/csp-report",
            Public,
            Class::Signal,
            Answer::PolicyReport,
        ),
        route(Get, "/brand/{file}", Public, Class::File, Answer::Brand),
        route(Get, "/pkg/{*file}", Public, Class::File, Answer::File),
        route(
            Get,
            "/live",
            Needs(Permission::View),
            Class::Stream,
            Answer::Live,
        ),
        route(Post, "/_/{*rest}", Public, Class::Wire, Answer::OldWire),
        route(Get, gate::PATH, Key(Scope::Gate), Class::Gate, Answer::Gate),
        route(
            Get,
            "/gate/page",
            Key(Scope::Gate),
            Class::Gate,
            Answer::GatePage,
        ),
        route(
            Get,
            "/api/v1/customers/{external_id}/entitlements",
            Key(Scope::Entitlements),
            Class::Api,
            Answer::Entitlements,
        ),
    ];
    for (path, permission, form) in [
        (next::PREFERENCES, Permission::View, Answer::Preferences),
        (next::API_KEYS, Permission::ManageKeys, Answer::ApiKeys),
        (next::CONNECT, Permission::ManageKeys, Answer::ApiKeys),
    ] {
        let access = Needs(permission);
        routes.push(route(Get, path, access, Class::Page, Answer::Page));
        routes.push(route(Post, path, access, Class::Form, form));
    }
    routes.push(route(
        Post,
        "/customers/{id}/suspended-page",
        Needs(Permission::Suspend),
        Class::Form,
        Answer::SuspendedPreview,
    ));
    for path in PAGES {
        routes.push(route(
            Get,
            path,
            Needs(Permission::View),
            Class::Page,
            Answer::Page,
        ));
        routes.push(route(
            Post,
            path,
            NeedsWhatItDoes,
            Class::Form,
            Answer::Form,
        ));
    }
    for function in app::api::FUNCTIONS {
        let access = if function.name == "send_form" {
            NeedsWhatItDoes
        } else {
            Needs(Permission::View)
        };
        routes.push(route(
            Post,
            function.path,
            access,
            Class::Wire,
            Answer::ServerFunction(function.name),
        ));
    }
    for path in site.unhashed() {
        let path = Cow::Owned(path.to_owned());
        routes.push(Route {
            method: Get,
            path,
            access: Public,
            class: Class::File,
            answer: Answer::File,
        });
    }
    if time == TimeSource::Movable {
        routes.push(route(
            Post,
            "/test/clock",
            Public,
            Class::Signal,
            Answer::TestClock,
        ));
    }
    routes
}
