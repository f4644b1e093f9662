//! A partner's colour, made readable: the stylesheet that a page loads beside the main one.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::failure::Failure;

/// Red, green, blue, 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Colour([u8; 3]);

const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
const BLACK: Colour = Colour([0, 0, 0]);
/// Text on light colours.
const INK: Colour = Colour([0x0b, 0x0d, 0x12]);
/// The surface of the dark theme.
const NIGHT: Colour = Colour([0x16, 0x18, 0x1d]);

/// WCAG 2.2 AA for text.
const READABLE: f64 = 4.5;
/// Links on the light theme: readable on tinted surfaces too.
const STRONG: f64 = 5.6;
/// Links on the dark theme.
const BRIGHT: f64 = 7.0;

impl Colour {
    /// Six hexadecimal digits in lower case: one address per colour, so that it can be kept forever.
    fn parse(text: &str) -> Option<Self> {
        let plain = text.len() == 6
            && text
                .bytes()
                .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let mut bytes = [0; 3];
        (plain && hex::decode_to_slice(text, &mut bytes).is_ok()).then_some(Self(bytes))
    }

    fn text(self) -> String {
        format!("#{}", hex::encode(self.0))
    }

    /// Relative luminance as WCAG defines it.
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.040_45 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio as WCAG defines it: 1 to 21.
    fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    /// This colour with `percent` of another.
    fn mixed(self, other: Self, percent: u32) -> Self {
        let [a, b] = [self.0, other.0];
        let channel = |index: usize| {
            let sum = u32::from(a[index]) * (100 - percent) + u32::from(b[index]) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self([channel(0), channel(1), channel(2)])
    }

    /// The nearest to this colour on the way to `end` that has `ratio` against `ground`.
    fn until(self, end: Self, ground: Self, ratio: f64) -> Self {
        (0..=100)
            .map(|percent| self.mixed(end, percent))
            .find(|colour| colour.contrast(ground) >= ratio)
            .unwrap_or(end)
    }
}

fn stylesheet(given: Colour) -> String {
    // On its own mark the colour moves as little as it can, with the text that suits it better.
    let (text, end) = if given.contrast(WHITE) >= given.contrast(INK) {
        (WHITE, BLACK)
    } else {
        (INK, WHITE)
    };
    format!(
        ":root{{--brand:{};--on-brand:{};--brand-strong:{};--brand-dark:{}}}\n",
        given.until(end, text, READABLE).text(),
        text.text(),
        given.until(BLACK, WHITE, STRONG).text(),
        given.until(WHITE, NIGHT, BRIGHT).text(),
    )
}

/// The properties of a partner's colour, six hexadecimal digits in lower case, as a stylesheet; empty for anything else.
#[must_use]
pub fn properties(colour: &str) -> String {
    Colour::parse(colour).map(stylesheet).unwrap_or_default()
}

/// `GET /brand/{colour}.css`
pub(super) async fn answer(
    path: Result<Path<String>, axum::extract::rejection::PathRejection>,
) -> Result<Response, Failure> {
    let missing = Failure::of(StatusCode::NOT_FOUND);
    let Ok(Path(file)) = path else {
        return Err(missing);
    };
    let colour = file
        .strip_suffix(".css")
        .and_then(Colour::parse)
        .ok_or(missing)?;
    let headers = [
        (header::CONTENT_TYPE, "text/css; charset=utf-8"),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    Ok((headers, stylesheet(colour)).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn property(sheet: &str, name: &str) -> Colour {
        let value = sheet
            .split(['{', ';', '}'])
            .find_map(|pair| pair.strip_prefix(name)?.strip_prefix(":#"));
        Colour::parse(value.unwrap()).unwrap()
    }

    #[test]
    fn contrast_is_as_wcag_computes_it() {
        assert!((WHITE.contrast(BLACK) - 21.0).abs() < 0.001);
        assert!((Colour([0x77; 3]).contrast(WHITE) - 4.478).abs() < 0.001);
    }

    #[test]
    fn every_colour_is_made_readable() {
        let steps = [0_u8, 0x22, 0x55, 0x7f, 0xaa, 0xdd, 0xff];
        for red in steps {
            for green in steps {
                for blue in steps {
                    let sheet = stylesheet(Colour([red, green, blue]));
                    let of = |name| property(&sheet, name);
                    assert!(
                        of("--brand").contrast(of("--on-brand")) >= READABLE,
                        "{sheet}"
                    );
                    assert!(of("--brand-strong").contrast(WHITE) >= STRONG, "{sheet}");
                    assert!(of("--brand-dark").contrast(NIGHT) >= BRIGHT, "{sheet}");
                }
            }
        }
    }

    #[test]
    fn a_colour_has_one_address() {
        assert_eq!(Colour::parse("00aa66"), Some(Colour([0, 0xaa, 0x66])));
        for other in ["00AA66", "0a6", "#00aa66", "00aa6g", "", "00aa66ff"] {
            assert_eq!(Colour::parse(other), None, "{other}");
        }
    }
}
