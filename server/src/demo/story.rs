//! The words in which a life is told before it is lived: who did what, and when.

use domain::time::{DAY, HOUR, MINUTE};
use domain::{ChangeReason, Cycle, Profile, ReactivateReason, Reason, RollbackReason, Timestamp};

/// One customer's life.
pub(super) struct Biography {
    pub external_id: String,
    pub profile: Profile,
    pub joined_at: Timestamp,
    /// Code of the plan it began with.
    pub plan: &'static str,
    pub cycle: Cycle,
    /// What happened, in order of time.
    pub deeds: Vec<Deed>,
    pub usage: UsageReport,
    pub last_seen_at: Option<Timestamp>,
}

/// Something that was done with a customer.
pub(super) struct Deed {
    pub at: Timestamp,
    pub by: By,
    pub what: What,
}

/// Who did it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Owner,
    Manager,
    Agent,
    Operator,
}

/// What was done.
pub(super) enum What {
    /// To today's version of a plan; the cycle stays when `None`.
    Change {
        plan: &'static str,
        cycle: Option<Cycle>,
        reason: Option<ChangeReason>,
        note: Option<&'static str>,
    },
    /// To what the popup has preselected.
    RollBack {
        reason: RollbackReason,
        note: Option<&'static str>,
    },
    Suspend {
        reason: Reason,
        note: Option<&'static str>,
        message: Option<&'static str>,
        until: Option<Timestamp>,
    },
    /// Everything that is open.
    Reactivate {
        reason: ReactivateReason,
        note: Option<&'static str>,
    },
    /// The customer's last command.
    Undo,
    /// What is due by now: nobody's doing.
    Settle,
}

/// What is known about usage at the end.
pub(super) enum UsageReport {
    Unknown,
    /// Shares of the plan's counted limits in thousandths, in order; the last one holds for all further limits.
    Shares {
        shares: Vec<u64>,
        at: Timestamp,
    },
}

/// When the demo is told: all its dates are relative to this.
#[derive(Clone, Copy)]
pub(super) struct Today {
    pub start: Timestamp,
    /// Hour of the day in UTC at which the partner's people begin to work.
    pub opens: i64,
}

impl Today {
    pub(super) const fn days_ago(self, days: i64) -> Timestamp {
        self.start.plus_millis(-days * DAY)
    }

    pub(super) const fn hours_ago(self, hours: i64) -> Timestamp {
        self.start.plus_millis(-hours * HOUR)
    }

    pub(super) const fn minutes_ago(self, minutes: i64) -> Timestamp {
        self.start.plus_millis(-minutes * MINUTE)
    }

    pub(super) const fn in_days(self, days: i64) -> Timestamp {
        self.start.plus_millis(days * DAY)
    }
}
