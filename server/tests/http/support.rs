//! A panel in this process, on a port of its own, with a small demo in a temporary folder: spoken to over HTTP only.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use domain::{CustomerId, PartnerId, Timestamp};
use reqwest::header::{HeaderMap, HeaderValue};
use reqwest::{Client, Response, StatusCode, redirect};
use server::clock::{Clock as _, SetClock, SystemClock};
use server::demo::{self, Scale};
use server::gate::GateTimes;
use server::ids::OsIds;
use server::settings::{PlainHttp, PublicOrigin};
use server::store::{DatabaseUrl, ListKind, ListQuery, Store, StoreSettings};
use server::web::{self, Parts, Running, Time};
use tempfile::TempDir;
use tokio::net::TcpListener;

/// The demo's password in tests.
pub const PASSWORD: &str = "correct horse battery";
/// People of the first partner, and the owner of another.
pub const OWNER: &str = "maria.keller@kontor.example";
pub const MANAGER: &str = "jonas.brandt@kontor.example";
pub const AGENT: &str = "aylin.demir@kontor.example";
pub const VIEWER: &str = "peter.vogel@kontor.example";
pub const STRANGER: &str = "eleanor.finch@harbourfinch.example";

/// A running panel.
pub struct Panel {
    running: Option<Running>,
    /// Removed with the panel.
    folder: TempDir,
    pub clock: Arc<SetClock>,
    pub store: Store,
    pub addr: SocketAddr,
}

impl Panel {
    /// On plain http of this computer.
    pub async fn start() -> Panel {
        Self::start_as(None).await
    }

    /// As a panel that people reach at `public`, behind a proxy.
    pub async fn start_as(public: Option<&str>) -> Panel {
        let folder = tempfile::tempdir().unwrap();
        let clock = Arc::new(SetClock::new(SystemClock::default().now()));
        let url = DatabaseUrl::Sqlite(folder.path().join("panel.db"));
        let store = Store::open(&url, &StoreSettings::new(clock.now()))
            .await
            .unwrap()
            .store;
        let (scale, password) = (Scale { customers: 40 }, Some(PASSWORD.to_owned()));
        let ids = Arc::new(OsIds);
        demo::ensure_scaled(
            &store,
            folder.path(),
            password,
            &*clock,
            &*ids,
            scale,
            &mut |_| {},
        )
        .await
        .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = match public {
            Some(public) => PublicOrigin::parse(public, PlainHttp::Accept),
            None => PublicOrigin::of_listener(listener.local_addr().unwrap(), PlainHttp::Refuse),
        };
        let time = Time::Fixed(Arc::clone(&clock) as _);
        let parts = Parts {
            store: store.clone(),
            clock: time,
            ids,
            origin: origin.unwrap(),
            operator: None,
            gate: GateTimes::default(),
        };
        let running = web::start(listener, parts).await.unwrap();
        Panel {
            addr: running.addr,
            running: Some(running),
            folder,
            clock,
            store,
        }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.addr)
    }

    /// The file that everything is kept in.
    pub fn database(&self) -> PathBuf {
        self.folder.path().join("panel.db")
    }

    pub fn running(&self) -> &Running {
        self.running.as_ref().unwrap()
    }

    pub async fn stop(&mut self) {
        self.running.take().unwrap().stop().await;
    }

    /// A browser of somebody who is signed in.
    pub async fn signed_in(&self, email: &str) -> Browser {
        let browser = Browser::new(self);
        let answer = browser.sign_in(email, PASSWORD).await;
        assert_eq!(answer.status(), StatusCode::SEE_OTHER, "{email} signs in");
        browser
    }

    /// Partners in the order of their making.
    pub async fn partners(&self) -> Vec<PartnerId> {
        let partners = self.store.read().await.unwrap().partners().await.unwrap();
        partners.into_iter().map(|partner| partner.id).collect()
    }

    /// The id of a customer of the first partner that is active.
    pub async fn an_active_customer(&self) -> String {
        self.customers(ListKind::Active).await.remove(0).to_string()
    }

    /// Some customers of a list of the first partner.
    pub async fn customers(&self, kind: ListKind) -> Vec<CustomerId> {
        let partner = self.partners().await.remove(0);
        let page = self
            .store
            .read()
            .await
            .unwrap()
            .customers(&partner, &ListQuery::new(kind))
            .await
            .unwrap();
        page.rows.into_iter().map(|row| row.id).collect()
    }

    /// How many steps the log of each partner has.
    pub async fn steps(&self) -> Vec<u64> {
        let partners = self.store.read().await.unwrap().partners().await.unwrap();
        partners
            .into_iter()
            .map(|partner| partner.last_seq)
            .collect()
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

/// A browser without scripts: keeps cookies, follows nothing by itself.
#[derive(Clone)]
pub struct Browser {
    client: Client,
    origin: String,
}

impl Browser {
    pub fn new(panel: &Panel) -> Browser {
        Self::with_headers(panel, &[])
    }

    pub fn with_headers(panel: &Panel, headers: &[(&'static str, &str)]) -> Browser {
        let headers = headers.iter().map(|(name, value)| {
            (
                reqwest::header::HeaderName::from_static(name),
                HeaderValue::from_str(value).unwrap(),
            )
        });
        let client = Client::builder()
            .cookie_store(true)
            .redirect(redirect::Policy::none())
            .default_headers(HeaderMap::from_iter(headers))
            .build()
            .unwrap();
        Browser {
            client,
            origin: panel.at(""),
        }
    }

    pub async fn get(&self, path: &str) -> Response {
        self.client
            .get(format!("{}{path}", self.origin))
            .send()
            .await
            .unwrap()
    }

    /// Like a person's browser, which goes on to where a popup gets its key.
    pub async fn open(&self, path: &str) -> Response {
        let answer = self.get(path).await;
        if answer.status() == StatusCode::SEE_OTHER {
            return self.get(header(&answer, "location")).await;
        }
        answer
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.client
            .post(format!("{}{path}", self.origin))
            .form(fields)
            .send()
            .await
            .unwrap()
    }

    pub fn request(&self, method: reqwest::Method, path: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, format!("{}{path}", self.origin))
    }

    pub async fn sign_in(&self, email: &str, password: &str) -> Response {
        self.post("/sign-in", &[("email", email), ("password", password)])
            .await
    }
}

/// A header of an answer, empty when it is not there.
pub fn header<'a>(response: &'a Response, name: &str) -> &'a str {
    response
        .headers()
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// The value of a hidden field of a page.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    values(page, name).into_iter().next()
}

/// What the fields of this name would post that can be used at all.
pub fn values(page: &str, name: &str) -> Vec<String> {
    let tags = page
        .split("<input")
        .skip(1)
        .filter_map(|input| input.split('>').next());
    tags.filter(|tag| attribute(tag, "name").as_deref() == Some(name))
        .filter(|tag| !tag.contains(" disabled"))
        .filter_map(|tag| attribute(tag, "value"))
        .collect()
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[start..start + tag[start..].find('"')?];
    Some(
        value
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&#x27;", "'"),
    )
}
