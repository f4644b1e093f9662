//! What a page is told when it cannot be answered.

use http::StatusCode;
use serde::{Deserialize, Serialize};
use server_fn::codec::PostcardEncoding;
use server_fn::error::{FromServerFnError, ServerFnErrorErr};
use server_fn::{Bytes, Decodes};

/// An answer that is not the one asked for. Carries no detail of the cause: the server has logged that with the
/// request's id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PanelError {
    /// Nobody is signed in (any more): 401.
    SignedOut,
    /// The role may not do this: 403, with the sentence that says what is missing.
    Forbidden(String),
    /// There is no such thing here: 404.
    NotFound,
    /// The request makes no sense: 400, with the sentence.
    BadRequest(String),
    /// The page is from an older release: 410.
    OldPage,
    /// Too busy or the store is away, and nothing was saved: 503.
    Busy,
    /// It failed on our side: 500, with the request's id.
    Internal(String),
}

impl PanelError {
    /// The HTTP status that goes with it.
    pub fn status(&self) -> u16 {
        match self {
            PanelError::SignedOut => 401,
            PanelError::Forbidden(_) => 403,
            PanelError::NotFound => 404,
            PanelError::BadRequest(_) => 400,
            PanelError::OldPage => 410,
            PanelError::Busy => 503,
            PanelError::Internal(_) => 500,
        }
    }
}

impl FromServerFnError for PanelError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            // What one side cannot read, a side of another release has written.
            ServerFnErrorErr::Deserialization(_)
            | ServerFnErrorErr::Args(_)
            | ServerFnErrorErr::MissingArg(_) => PanelError::OldPage,
            // The network, not the panel: it may or may not have arrived.
            ServerFnErrorErr::Request(_) => PanelError::Busy,
            _ => PanelError::Internal(String::new()),
        }
    }

    fn status_code(&self) -> StatusCode {
        status_code(self)
    }

    fn de(data: Bytes) -> Self {
        match (data.is_empty(), PostcardEncoding::decode(data)) {
            (_, Ok(error)) => error,
            // A panel of another release says nothing, as nothing that it said would be understood.
            (true, Err(_)) => PanelError::OldPage,
            // Something on the way has answered in its place: a proxy whose panel is not there.
            (false, Err(_)) => PanelError::Busy,
        }
    }
}

/// The HTTP status of an error.
pub fn status_code(error: &PanelError) -> StatusCode {
    StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}
