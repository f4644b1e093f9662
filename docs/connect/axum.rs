// A product behind the gate of the panel, with axum 0.8 and reqwest 0.13.
//
// To fill in: the panel's address, the key, and who is signed in. The key names the customer by a header here
// (`header:X-Account`).

use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// What a refused visitor gets of the panel's answer, beside the page itself.
const PASSED: [&str; 4] = [
    "content-type",
    "content-security-policy",
    "cache-control",
    "refresh",
];

/// The way to the panel.
#[derive(Clone)]
pub struct Gate {
    client: reqwest::Client,
    panel: String,
    key: String,
}

/// The external id of the customer that a request is from. The product puts it into the request's extensions, out of the
/// session that it has checked itself; nothing that a visitor sends is believed.
#[derive(Clone)]
pub struct Account(pub String);

impl Gate {
    /// `Gate::new("https://panel.example.com", "pp_live_YOUR_KEY")`
    pub fn new(panel: &str, key: &str) -> Result<Self, reqwest::Error> {
        let client = reqwest::Client::builder()
            .timeout(Duration::from_secs(2))
            .build()?;
        Ok(Self {
            client,
            panel: panel.to_owned(),
            key: key.to_owned(),
        })
    }

    async fn ask(&self, account: &Account, request: &HeadOf) -> reqwest::Result<reqwest::Response> {
        let mut ask = self
            .client
            .get(format!("{}/gate", self.panel))
            .bearer_auth(&self.key)
            .header("X-Account", &account.0)
            .header("x-original-uri", &request.address);
        for (name, value) in &request.headers {
            ask = ask.header(name, value);
        }
        ask.send().await
    }
}

/// What the panel needs to know of a request.
struct HeadOf {
    address: String,
    headers: HeaderMap,
}

impl HeadOf {
    fn new(request: &Request) -> Self {
        let mut headers = HeaderMap::new();
        for name in [header::ACCEPT, header::ACCEPT_LANGUAGE] {
            if let Some(value) = request.headers().get(&name) {
                headers.insert(name, value.clone());
            }
        }
        Self {
            address: request.uri().to_string(),
            headers,
        }
    }
}

/// Asks the panel before anything else is done:
/// `router.layer(axum::middleware::from_fn_with_state(gate, guard))`, below the layer that inserts the [`Account`].
pub async fn guard(State(gate): State<Gate>, request: Request, next: Next) -> Response {
    let later = (
        StatusCode::SERVICE_UNAVAILABLE,
        "Please try again in a moment.",
    );
    let Some(account) = request.extensions().get::<Account>().cloned() else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    let Ok(answer) = gate.ask(&account, &HeadOf::new(&request)).await else {
        return later.into_response();
    };
    match answer.status().as_u16() {
        204 => next.run(request).await,
        403 => {
            let mut headers = HeaderMap::new();
            for name in PASSED {
                if let Some(value) = answer.headers().get(name) {
                    headers.insert(name, value.clone());
                }
            }
            match answer.bytes().await {
                Ok(page) => (StatusCode::FORBIDDEN, headers, page).into_response(),
                Err(_) => later.into_response(),
            }
        }
        status => {
            eprintln!("the panel answers {status}: is the key right?");
            later.into_response()
        }
    }
}
