//! The few words that the browser's own code needs. They travel with the page, in the reader's language.

use serde::{Deserialize, Serialize};

/// Declares the keys and their English words side by side, so that neither can be forgotten.
macro_rules! words {
    ($($key:ident = $english:literal,)*) => {
        /// Names a word of the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(usize)]
        pub enum Key {
            $(#[doc = $english] $key,)*
        }

        impl Words {
            /// The words in English.
            pub fn english() -> Words {
                Words(vec![$($english.to_owned(),)*])
            }
        }
    };
}

words! {
    SkipToContent = "Skip to content",
    Main = "Main",
    Menu = "Menu",
    CloseMenu = "Close menu",
    Close = "Close",
    Customer = "Customer",
    Search = "Search customers",
    SearchHint = "Name, e-mail or ID",
    Preferences = "Preferences",
    SignOut = "Sign out",
    Filter = "Filter",
    FilterAndSort = "Filter and sort",
    Apply = "Apply",
    ActiveFilters = "Active filters",
    Remove = "Remove",
    Actions = "Actions",
    Pages = "Pages",
    Rows = "Rows",
    Previous = "Previous",
    Next = "Next",
    Copy = "Copy",
    Copied = "Copied",
    Email = "E-mail",
    ExternalId = "External ID",
    CustomerId = "Customer ID",
    Phone = "Phone",
    Country = "Country",
    Joined = "Joined",
    LastSeen = "Last seen",
    Commands = "Commands",
    FindCustomer = "Find a customer by name, e-mail or ID",
    ChooseAction = "Choose an action",
    BackToSearch = "Back to the search",
    OnThisPage = "On this page",
    Customers = "Customers",
    GoTo = "Go to",
    OpenPage = "Open page",
    Searching = "Searching…",
    Move = "Move",
    Choose = "Choose",
    Back = "Back",
    Shortcuts = "Keyboard shortcuts",
    ShortcutsOff = "Keys without Ctrl or ⌘ are switched off in your preferences.",
    Anywhere = "Anywhere",
    InAList = "In a list",
    InTheMenu = "In the menu of a customer",
    KeyPalette = "Find a customer and act, or go to a page",
    KeySearch = "Search the list",
    KeyShortcuts = "Show these keys",
    KeyClose = "Close what is open",
    KeyNext = "Next customer",
    KeyPrevious = "Previous customer",
    KeyOpen = "Open the customer’s page",
    KeyActions = "Actions for the customer",
    KeyEntries = "Next and previous entry",
    KeyEnds = "First and last entry",
    KeyLetter = "Next entry with this first letter",
    Letter = "A letter",
    SinceWord = "since",
    FromWord = "from",
    Until = "Until",
    Note = "Internal note",
    Told = "The customer is told",
    Timeline = "Timeline",
    BeforeAndAfter = "Before and after",
    What = "What",
    Before = "Before",
    After = "After",
    To = "to",
    Optional = "optional",
    Unknown = "unknown",
    MissingTitle = "There is nothing at this address",
    MissingText = "The customer or page may have moved, or the link is incomplete.",
    ForbiddenTitle = "Your role does not include this",
    BadRequestTitle = "This address cannot be read",
    BusyTitle = "The panel cannot be reached",
    BusyText = "Nothing is lost. Check the connection and try again.",
    BrokenTitle = "This page could not be loaded",
    BrokenText = "The fault is on our side and has been recorded. Nothing was changed.",
    Request = "Request",
    OldPageTitle = "There is a new version of the panel",
    OldPageText = "Reload the page to carry on.",
    Reload = "Reload",
    TryAgain = "Try again",
    ToCustomers = "Go to Active Customers",
    Show = "Show",
    OfflineSince = "Offline. What you see is from",
    NotSentOffline = "You are offline, so nothing was sent. What you typed is still here.",
    NotSent = "The panel cannot be reached. What you typed is still here, and pressing the button again is safe.",
    NotSaved = "It did not work, and nothing was changed. What you typed is still here.",
}

/// The words of one language, in the order of [`Key`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words(pub Vec<String>);

impl Words {
    /// The word for a key; empty when the page is from another release.
    pub fn get(&self, key: Key) -> &str {
        self.0.get(key as usize).map_or("", String::as_str)
    }
}
