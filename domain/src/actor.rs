//! Who acts, and what they may do.

use serde::{Deserialize, Serialize};

use crate::{Kind, UserId};

codes! {
    /// What a user is to their partner.
    pub enum Role {
        /// May do everything for the partner.
        Owner = "owner",
        /// May do everything with customers, and nothing with API keys.
        Manager = "manager",
        /// May do everything with customers but lift Compliance suspensions.
        Agent = "agent",
        /// Only reads.
        Viewer = "viewer",
    }
}

codes! {
    /// One thing that a role may allow.
    pub enum Permission {
        /// See customers, plans and activity.
        View = "view",
        /// Change a plan.
        ChangePlan = "change_plan",
        /// Roll a plan back.
        RollbackPlan = "rollback_plan",
        /// Suspend an account, for any reason.
        Suspend = "suspend",
        /// Lift Billing and Manual suspensions.
        Reactivate = "reactivate",
        /// Lift Compliance suspensions.
        LiftCompliance = "lift_compliance",
        /// Undo a command.
        Undo = "undo",
        /// Make, replace and revoke API keys.
        ManageKeys = "manage_keys",
    }
}

impl Role {
    /// Whether this role includes `permission`.
    #[must_use]
    pub const fn permits(self, permission: Permission) -> bool {
        match self {
            Self::Owner => true,
            Self::Manager => !matches!(permission, Permission::ManageKeys),
            Self::Agent => !matches!(
                permission,
                Permission::LiftCompliance | Permission::ManageKeys
            ),
            Self::Viewer => matches!(permission, Permission::View),
        }
    }
}

/// Who gives a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person of the partner.
    User {
        /// Which person.
        id: UserId,
        /// What they are to the partner now.
        role: Role,
    },
    /// The vendor of the resold product; may do everything.
    Operator,
    /// The panel itself; acts only through [`settle`](crate::settle()), and may give no command.
    System,
}

impl Actor {
    /// Whether this actor has `permission`.
    #[must_use]
    pub const fn permits(&self, permission: Permission) -> bool {
        match self {
            Self::User { role, .. } => role.permits(permission),
            Self::Operator => true,
            Self::System => false,
        }
    }

    /// Whether this actor may place suspensions of `kind`.
    #[must_use]
    pub const fn may_place(&self, kind: Kind) -> bool {
        match kind {
            Kind::Platform => matches!(self, Self::Operator),
            Kind::Compliance | Kind::Billing | Kind::Manual => self.permits(Permission::Suspend),
        }
    }

    /// Whether this actor may lift suspensions of `kind`.
    #[must_use]
    pub const fn may_lift(&self, kind: Kind) -> bool {
        match kind {
            Kind::Platform => matches!(self, Self::Operator),
            Kind::Compliance => self.permits(Permission::LiftCompliance),
            Kind::Billing | Kind::Manual => self.permits(Permission::Reactivate),
        }
    }

    /// This actor as the log records it: without the role, which may change later.
    #[must_use]
    pub fn reference(&self) -> ActorRef {
        match self {
            Self::User { id, .. } => ActorRef::User(id.clone()),
            Self::Operator => ActorRef::Operator,
            Self::System => ActorRef::System,
        }
    }
}

/// Who did something, as recorded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorRef {
    /// A person of the partner.
    User(UserId),
    /// The vendor of the resold product.
    Operator,
    /// The panel itself.
    System,
}
