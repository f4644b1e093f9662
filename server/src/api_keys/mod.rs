//! Keys that programs show: how they are written, what they allow, and all of them in memory.

mod gate_settings;
mod keeper;
mod key;
mod malformed_place;
mod places;
mod ring;
mod text;
mod uses;

pub use gate_settings::{CustomerFrom, GateSettings, MalformedGate};
pub use keeper::{KeyKeeper, NOTICED_WITHIN, Told};
pub use key::{ApiKey, KeyOwner, KeyState};
pub use malformed_place::MalformedPlace;
pub use places::{HeaderName, HostSuffix, OpenPrefix, PathPrefix, QueryName};
pub use ring::{HeldKey, KeyRefusal, KeyRing};
pub use text::{KeyText, MalformedKey, PREFIX as KEY_PREFIX, PublicPart, SecretHash};
pub use uses::TOLD_EVERY;
