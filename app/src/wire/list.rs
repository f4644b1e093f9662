//! The lists of customers.

use serde::{Deserialize, Serialize};

use super::{Empty, Link, MenuEntry, Moment, StatusLabel, Tone, UsageBar};

/// Which list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ListKind {
    /// `/customers/active`
    Active,
    /// `/customers/suspended`
    Suspended,
    /// `/customers/all`
    All,
}

impl ListKind {
    /// Its path.
    pub fn path(self) -> &'static str {
        match self {
            ListKind::Active => "/customers/active",
            ListKind::Suspended => "/customers/suspended",
            ListKind::All => "/customers/all",
        }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPage {
    /// Which list this is.
    pub kind: ListKind,
    /// "Active Customers".
    pub title: String,
    /// "1,284 customers", "12 of 1,284 match".
    pub count: String,
    /// The columns that this partner has data for, in order; the last one, ⋮, is not among them.
    pub columns: Vec<ColumnHead>,
    /// The rows in order.
    pub rows: Vec<Row>,
    /// Search and filters as they stand.
    pub filters: Filters,
    /// "1 match in Suspended Customers: …", with the link there.
    pub elsewhere: Vec<Elsewhere>,
    /// Instead of rows.
    pub empty: Option<Empty>,
    /// Newer and older pages, page sizes.
    pub pager: Pager,
    /// Address of this list as it stands, without any open menu or popup.
    pub here: String,
    /// Without scripts: the customer whose menu is open (`?menu=`).
    pub open_menu: Option<String>,
}

/// Which column; decides its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Column {
    /// Initials, name, e-mail.
    Customer,
    /// Plan with badge.
    Plan,
    /// Price per month.
    Price,
    /// Usage bar.
    Usage,
    /// Status and reason.
    Status,
    /// Reason of the suspension.
    Reason,
    /// Suspended since when, by whom.
    Since,
    /// Suspended until.
    Until,
    /// Joined.
    Joined,
    /// Last seen.
    LastSeen,
}

/// A column's head.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnHead {
    /// Which.
    pub column: Column,
    /// "Price per month".
    pub label: String,
    /// The link that sorts by it, when it can be sorted.
    pub sort: Option<SortHead>,
}

/// How a column sorts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SortHead {
    /// Address of the list sorted the way a click asks for.
    pub href: String,
    /// How it is sorted now.
    pub now: Sorted,
}

/// `aria-sort`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sorted {
    /// Not by this column.
    No,
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Our id.
    pub id: String,
    /// The page of this customer, remembering the list it was opened from.
    pub href: String,
    /// Its name.
    pub name: String,
    /// One or two letters.
    pub initials: String,
    /// 0..=7, a stable colour of the avatar.
    pub hue: u8,
    /// E-mail, when known.
    pub email: Option<String>,
    /// Plan's display name.
    pub plan: String,
    /// "Archived" or "Older version".
    pub plan_badge: Option<String>,
    /// "€49.00".
    pub price: Option<String>,
    /// The limit that matters most now.
    pub usage: Option<UsageBar>,
    /// Active, Suspended, Closed.
    pub status: StatusLabel,
    /// Suspended since.
    pub since: Option<Moment>,
    /// By whom.
    pub by: Option<String>,
    /// Until when, or "until reactivated".
    pub until: Option<String>,
    /// What the customer is told; in Suspended Customers only.
    pub told: Option<String>,
    /// Opens the undo popup of a suspension placed a short while ago; in Suspended Customers only.
    pub undo: Option<Link>,
    /// Joined.
    pub joined: Option<Moment>,
    /// Last seen.
    pub last_seen: Option<Moment>,
    /// "Actions for Acme".
    pub menu_label: String,
    /// Where the ⋮ leads without scripts.
    pub menu_href: String,
    /// The menu's entries.
    pub menu: Vec<MenuEntry>,
}

/// The filter bar: a GET form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// What is searched for.
    pub search: String,
    /// "Search this list…".
    pub search_label: String,
    /// One select each: plan, usage, reason.
    pub selects: Vec<FilterSelect>,
    /// The filters that are wanted most, each with the link that turns it, and whether it is on.
    pub quick: Vec<(Link, bool)>,
    /// Hidden fields that the form keeps (sort, size).
    pub keep: Vec<(String, String)>,
    /// What is filtered by now, each with the link that removes it.
    pub chips: Vec<Link>,
    /// The link that removes all, when any.
    pub clear: Option<Link>,
}

/// One select of the filter bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FilterSelect {
    /// Name of the field: `plan`, `usage`, `reason`, `kind`, `person`, `day`.
    pub name: String,
    /// "Plan".
    pub label: String,
    /// Its options, the first of which means "any".
    pub options: Vec<SelectOption>,
}

/// One option of a select or a group of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectOption {
    /// What is posted.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Chosen now?
    pub chosen: bool,
    /// Why it cannot be chosen.
    pub why_not: Option<String>,
}

/// Matches in another list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// "1 match in Suspended Customers: Acme, Payment overdue, since 3 Nov".
    pub text: String,
    /// The link there, with its words.
    pub link: Option<Link>,
    /// How it is to be seen.
    pub tone: Tone,
    /// Id of its place, where it may change while the list is open.
    pub place: Option<String>,
}

/// Newer and older pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pager {
    /// The page before.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// 25, 50, 100: text, address, and whether it is the one shown.
    pub sizes: Vec<(Link, bool)>,
}
