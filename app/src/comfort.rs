//! What a person has chosen for this browser: read by the server before the first byte, so that nothing flashes.

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device is set.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// In the order they are offered in.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value of its field and cookie.
    pub fn code(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.code() == code)
    }

    /// `data-theme` of the document; none leaves it to the device.
    pub fn mark(self) -> Option<&'static str> {
        (self != Theme::System).then(|| self.code())
    }

    /// What browsers paint before any style is there.
    pub fn color_scheme(self) -> &'static str {
        match self {
            Theme::System => "light dark",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// How much room the rows of a list take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Density {
    /// Two lines to a row.
    #[default]
    Comfortable,
    /// One line to a row, for whoever looks at many.
    Compact,
}

impl Density {
    /// In the order they are offered in.
    pub const ALL: [Density; 2] = [Density::Comfortable, Density::Compact];

    /// The value of its field and cookie.
    pub fn code(self) -> &'static str {
        match self {
            Density::Comfortable => "comfortable",
            Density::Compact => "compact",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Density> {
        Density::ALL
            .into_iter()
            .find(|density| density.code() == code)
    }

    /// `data-density` of the document.
    pub fn mark(self) -> Option<&'static str> {
        (self == Density::Compact).then(|| self.code())
    }
}

/// Whether single keys do something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shortcuts {
    /// They do.
    #[default]
    On,
    /// They are left to whatever else listens: speech input, for one.
    Off,
}

impl Shortcuts {
    /// In the order they are offered in.
    pub const ALL: [Shortcuts; 2] = [Shortcuts::On, Shortcuts::Off];

    /// The value of its field and cookie.
    pub fn code(self) -> &'static str {
        match self {
            Shortcuts::On => "on",
            Shortcuts::Off => "off",
        }
    }

    /// Reads a code.
    pub fn from_code(code: &str) -> Option<Shortcuts> {
        Shortcuts::ALL
            .into_iter()
            .find(|shortcuts| shortcuts.code() == code)
    }

    /// `data-shortcuts` of the document.
    pub fn mark(self) -> Option<&'static str> {
        (self == Shortcuts::Off).then(|| self.code())
    }
}

/// What the cookies of a browser say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comfort {
    /// Light or dark.
    pub theme: Theme,
    /// How much room the rows of a list take.
    pub density: Density,
    /// Whether single keys do something.
    pub shortcuts: Shortcuts,
    /// The time zone that the browser lives in, once it has told.
    pub browser_zone: Option<String>,
}
