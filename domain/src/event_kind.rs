//! The kinds of event.

codes! {
    /// The kinds of event, as the log names them.
    pub enum EventKind {
        /// A customer came.
        CustomerAdded = "customer_added",
        /// Its profile changed.
        ProfileChanged = "profile_changed",
        /// Its plan changed.
        PlanChanged = "plan_changed",
        /// A suspension was opened.
        SuspensionPlaced = "suspension_placed",
        /// A suspension was lifted.
        SuspensionLifted = "suspension_lifted",
        /// A suspension came in force.
        SuspensionStarted = "suspension_started",
        /// A suspension ran out.
        SuspensionEnded = "suspension_ended",
        /// Usage crossed a threshold.
        UsageCrossed = "usage_crossed",
        /// A customer left.
        CustomerClosed = "customer_closed",
        /// An API key was made.
        KeyCreated = "key_created",
        /// An API key was given a successor.
        KeyRotated = "key_rotated",
        /// An API key was ended.
        KeyRevoked = "key_revoked",
        /// An API key was used in vain.
        KeyMisused = "key_misused",
    }
}

impl EventKind {
    /// Whether the product has to hear of it: it changes what the customer has, or whether it may come in.
    #[must_use]
    pub const fn concerns_product(self) -> bool {
        match self {
            Self::PlanChanged
            | Self::SuspensionPlaced
            | Self::SuspensionLifted
            | Self::SuspensionStarted
            | Self::SuspensionEnded
            | Self::CustomerClosed => true,
            Self::CustomerAdded
            | Self::ProfileChanged
            | Self::UsageCrossed
            | Self::KeyCreated
            | Self::KeyRotated
            | Self::KeyRevoked
            | Self::KeyMisused => false,
        }
    }
}
