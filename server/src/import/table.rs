//! The header and the lines of a CSV file, whatever its separator and order of columns.

use csv::{ReaderBuilder, StringRecord};

use super::finding::{Finding, Reason};
use super::scan::{Lines, separator};
use super::source::Source;

/// The columns that one kind of file has.
pub(super) struct Layout {
    /// Every column with a fixed name.
    pub columns: &'static [&'static str],
    /// Those of them that must be in the header.
    pub required: &'static [&'static str],
    /// Start of the names of the columns that there may be any number of, such as `used.`.
    pub prefix: Option<&'static str>,
}

/// A file whose header was read.
pub(super) struct Table<'a> {
    source: &'a Source,
    separator: u8,
    /// Name of each column that is imported, by place; `None` for one that is not known.
    columns: Vec<Option<String>>,
}

/// One line.
pub(super) struct Row {
    /// Line in the file where it starts, from 1.
    pub line: u64,
    record: StringRecord,
}

impl<'a> Table<'a> {
    /// Reads the header of `source`.
    ///
    /// # Errors
    /// Everything that is wrong with the header. Warnings are handed to `warn`.
    pub(super) fn open(
        source: &'a Source,
        layout: &Layout,
        warn: &mut dyn FnMut(Finding),
    ) -> Result<Self, Vec<Finding>> {
        let mut table = Self {
            source,
            separator: separator(&source.text),
            columns: Vec::new(),
        };
        let Some(header) = table.records().next() else {
            return Err(vec![table.finding(1, None, Reason::NoHeader)]);
        };
        let mut errors = Vec::new();
        for (place, cell) in header.record.iter().enumerate() {
            let name = canonical(cell, layout);
            let finding = |reason| table.finding(header.line, Some(cell.to_owned()), reason);
            match name {
                None if cell.trim().is_empty() => {
                    errors.push(table.finding(
                        header.line,
                        None,
                        Reason::NamelessColumn(place + 1),
                    ));
                }
                None => warn(finding(Reason::UnknownColumn)),
                Some(ref name) if table.columns.iter().flatten().any(|known| known == name) => {
                    errors.push(finding(Reason::DuplicateColumn));
                }
                Some(_) => {}
            }
            table.columns.push(name);
        }
        for required in layout.required {
            if !table
                .columns
                .iter()
                .flatten()
                .any(|known| known == required)
            {
                errors.push(table.finding(
                    header.line,
                    Some((*required).to_owned()),
                    Reason::MissingColumn,
                ));
            }
        }
        if errors.is_empty() {
            Ok(table)
        } else {
            Err(errors)
        }
    }

    /// A sentence about a line of this file.
    pub(super) fn finding(&self, line: u64, field: Option<String>, reason: Reason) -> Finding {
        Finding {
            file: self.source.name.clone(),
            line,
            field,
            reason,
        }
    }

    /// Names of the columns that begin with `prefix`, without it, in the order of the file.
    pub(super) fn suffixes<'t>(
        &'t self,
        prefix: &'t str,
    ) -> impl Iterator<Item = (usize, &'t str)> {
        self.columns
            .iter()
            .enumerate()
            .filter_map(move |(place, name)| Some((place, name.as_deref()?.strip_prefix(prefix)?)))
    }

    /// Place of the column `name`.
    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.columns
            .iter()
            .position(|known| known.as_deref() == Some(name))
    }

    /// The lines after the header.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row> {
        self.records().skip(1)
    }

    /// What is wrong with a line as a whole.
    pub(super) fn check(&self, row: &Row) -> Result<(), Finding> {
        let (found, expected) = (row.record.len(), self.columns.len());
        if found != expected {
            return Err(self.finding(row.line, None, Reason::CellCount { found, expected }));
        }
        let nul = row.record.iter().position(|cell| cell.contains('\0'));
        nul.map_or(Ok(()), |place| {
            let field = self.columns.get(place).cloned().flatten();
            Err(self.finding(row.line, field, Reason::Nul))
        })
    }

    fn records(&self) -> impl Iterator<Item = Row> + use<'a> {
        let text = self.source.text.as_str();
        let mut lines = Lines::of(text);
        ReaderBuilder::new()
            .delimiter(self.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes())
            .into_records()
            // Reading from memory that is known to be UTF-8 cannot fail.
            .filter_map(Result::ok)
            .map(move |record| {
                let offset = record.position().map_or(0, |position| position.byte());
                Row {
                    line: lines.line_at(usize::try_from(offset).unwrap_or(usize::MAX)),
                    record,
                }
            })
    }
}

impl Row {
    /// The cell at `place`, byte for byte; empty where the file has no such column.
    pub(super) fn cell(&self, place: Option<usize>) -> &str {
        place
            .and_then(|place| self.record.get(place))
            .unwrap_or_default()
    }
}

/// The name of a column as the layout has it. Fixed names are taken in any case; what follows a prefix is a name of
/// the operator's and stays as it is.
fn canonical(cell: &str, layout: &Layout) -> Option<String> {
    let name = cell.trim();
    if let Some(fixed) = layout
        .columns
        .iter()
        .find(|fixed| fixed.eq_ignore_ascii_case(name))
    {
        return Some((*fixed).to_owned());
    }
    let prefix = layout.prefix?;
    let (start, rest) = name.split_at_checked(prefix.len())?;
    (start.eq_ignore_ascii_case(prefix) && !rest.is_empty()).then(|| format!("{prefix}{rest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout {
        columns: &["id", "name", "note"],
        required: &["id", "name"],
        prefix: Some("used."),
    };

    fn source(text: &str) -> Source {
        Source::decode("a.csv".into(), text.as_bytes().to_vec()).unwrap()
    }

    fn open<'a>(
        source: &'a Source,
        warnings: &mut Vec<Finding>,
    ) -> Result<Table<'a>, Vec<Finding>> {
        Table::open(source, &LAYOUT, &mut |finding| warnings.push(finding))
    }

    #[test]
    fn order_and_case_of_columns_are_free_and_semicolons_are_seen() {
        for text in [
            "Name,ID,used.Seats\nA,1,2\n",
            "used.Seats;NAME;id\r\n2;A;1\r\n",
            "\u{feff}\"id\";name;used.Seats\n1;A;2",
        ] {
            let source = source(text);
            let table = open(&source, &mut Vec::new()).unwrap();
            let rows: Vec<Row> = table.rows().collect();
            assert_eq!(rows.len(), 1, "{text}");
            assert_eq!(rows[0].cell(table.place("id")), "1");
            assert_eq!(rows[0].cell(table.place("name")), "A");
            let (place, limit) = table.suffixes("used.").next().unwrap();
            assert_eq!((limit, rows[0].cell(Some(place))), ("Seats", "2"));
        }
    }

    #[test]
    fn a_bad_header_says_everything_at_once() {
        let source = source("id,,id,colour\n");
        let mut warnings = Vec::new();
        let errors = open(&source, &mut warnings).err().unwrap();
        let said: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "a.csv line 1: column 2 has no name.",
                "a.csv line 1, id: this column stands in the header twice.",
                "a.csv line 1, name: this column is missing in the header."
            ]
        );
        assert_eq!(
            warnings[0].to_string(),
            "a.csv line 1, colour: this column is not known and is not imported."
        );
    }

    #[test]
    fn nothing_at_all_is_no_header() {
        let source = source("");
        assert_eq!(
            open(&source, &mut Vec::new()).err().unwrap()[0].reason,
            Reason::NoHeader
        );
    }

    #[test]
    fn lines_are_counted_over_quoted_line_ends_blank_lines_and_crlf() {
        for end in ["\n", "\r\n"] {
            let text = ["id,name", "1,\"two", "lines\"", "", "2,b", "3", "4,\0"].join(end);
            let source = source(&text);
            let table = open(&source, &mut Vec::new()).unwrap();
            let rows: Vec<Row> = table.rows().collect();
            assert_eq!(
                rows.iter().map(|row| row.line).collect::<Vec<_>>(),
                [2, 5, 6, 7],
                "{end:?}"
            );
            assert_eq!(rows[0].cell(table.place("name")), format!("two{end}lines"));
            assert!(table.check(&rows[1]).is_ok());
            assert_eq!(
                table.check(&rows[2]).unwrap_err().reason,
                Reason::CellCount {
                    found: 1,
                    expected: 2
                }
            );
            let nul = table.check(&rows[3]).unwrap_err();
            assert_eq!(
                (nul.line, nul.field.as_deref(), nul.reason),
                (7, Some("name"), Reason::Nul)
            );
        }
    }

    #[test]
    fn cells_are_kept_byte_for_byte() {
        let source = source("id,name\n =1+1 ,\" \"\"quoted\"\" \u{200f}\t\"\n");
        let table = open(&source, &mut Vec::new()).unwrap();
        let row = table.rows().next().unwrap();
        assert_eq!(row.cell(table.place("id")), " =1+1 ");
        assert_eq!(row.cell(table.place("name")), " \"quoted\" \u{200f}\t");
    }
}
