//! The files of one import, opened, with the map of every table that is read.

use std::collections::BTreeMap;

use tici_domain::Problem;
use tici_domain::intake::{Intake, IntakeFile};
use tici_exchange::map::Map;
use tici_exchange::read::{InFile, read_projects_with};
use tici_ops::files::sheet::{self, Workbook};
use tici_ops::foreign_tables::{Doubt, Tables, read_tables};
use tici_ops::import_projects::source_of;
use tici_ops::remembered_layouts::{self, Said};
use tici_ops::uploads::date_map;
use tici_ops::{Action, Desk, OpsError};
use tici_web::i18n::T;

use super::{Args, files, no_table};
use crate::{Context, say};

/// Files on their way into the ledger.
pub enum Opened {
    /// Read by one mapping file.
    Mapped(Box<Map>),
    Found {
        /// One for each file, with its tables.
        books: Vec<(Workbook, Tables)>,
        /// What was said while they were opened.
        problems: Vec<Problem>,
    },
}

/// What the account said of layouts before.
pub fn kept(context: &Context, desk: &Desk) -> Result<BTreeMap<String, Said>, OpsError> {
    let session = context.session(desk, Action::ImportProjects)?;
    remembered_layouts::recall(desk, &session)
}

impl Opened {
    pub fn of(
        args: &Args,
        context: &Context,
        files: &[(String, Vec<u8>)],
        kept: &BTreeMap<String, Said>,
    ) -> Result<Opened, OpsError> {
        if let Some(path) = &args.map {
            let map = Map::parse(&files::name_of(path), &files::text(path)?);
            let mut map = map.map_err(OpsError::Problems)?;
            // A map that says where the period stands knows better than the option.
            if map.period.is_none() {
                date_map(&mut map, args.period, context.today());
            }
            return Ok(Opened::Mapped(Box::new(map)));
        }
        let (mut books, mut problems) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            let (workbook, found) = sheet::open(name, bytes, Default::default());
            let Some(workbook) = workbook else { return Err(OpsError::Problems(found)) };
            problems.extend(found);
            let mut tables = args.said.tables(kept, (&workbook, name))?;
            if tables.parts.is_empty() {
                return Err(no_table(name));
            }
            tables.date(args.period, context.today());
            books.push((workbook, tables));
        }
        Ok(Opened::Found { books, problems })
    }

    /// The map of the first table.
    pub fn first_map(&self) -> Map {
        match self {
            Opened::Mapped(map) => (**map).clone(),
            Opened::Found { books, .. } => {
                let first = books.first().and_then(|(_, tables)| tables.parts.first());
                first.map(|part| part.map.clone()).unwrap_or_default()
            }
        }
    }

    /// Whether somebody has said how every file is read.
    pub fn is_known(&self) -> bool {
        match self {
            Opened::Mapped(_) => true,
            Opened::Found { books, .. } => books.iter().all(|(_, tables)| tables.is_known()),
        }
    }

    /// Says which tables are read, and how.
    pub fn tell(&self, t: &T) {
        let Opened::Found { books, .. } = self else { return };
        for (_, tables) in books {
            let mut told: Vec<&str> = Vec::new();
            for part in &tables.parts {
                let Some(guess) = part.guess.as_ref().filter(|_| !told.contains(&&*part.layout))
                else {
                    continue;
                };
                told.push(&part.layout);
                match part.is_remembered {
                    true => say::note(t.t1("cli-import-remembered", &[("sheet", &part.key)])),
                    false => say::note(t.t("cli-import-guessed")),
                }
                for column in &guess.columns {
                    let (letters, header) = (&column.letters, &column.header);
                    let is_it =
                        |known: &&tici_exchange::map::Column| known.header.contains(&column.header);
                    let known = part.map.columns.iter().find(is_it);
                    let field = known.map(|known| known.field.clone()).unwrap_or_default();
                    let sure = match field == column.field {
                        true => format!("  {}%", column.confidence),
                        false => String::new(),
                    };
                    say::note(format!("  {letters}  {header}  → {field}{sure}"));
                }
            }
            for doubt in &tables.doubts {
                say::note(t.t(doubt_key(*doubt)));
            }
            if !tables.is_known() {
                say::note(t.t("cli-import-map-hint"));
            }
        }
    }

    /// What is to be kept of the layouts.
    pub fn to_remember(&self, args: &Args) -> BTreeMap<String, Said> {
        match self {
            Opened::Found { books, .. } if !args.said.no_remember => {
                books.iter().flat_map(|(_, tables)| tables.to_remember()).collect()
            }
            _ => BTreeMap::new(),
        }
    }

    /// Reads all rows.
    pub fn read(
        &self,
        args: &Args,
        context: &Context,
        files: &[(String, Vec<u8>)],
    ) -> Result<(Intake, Vec<Problem>), OpsError> {
        let links = args.links()?;
        let bar = say::progress(&context.t, "cli-import-reading");
        let progress = |done: usize, total: usize| {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        };
        let read = match self {
            Opened::Mapped(map) => {
                let borrowed: Vec<InFile> =
                    files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                read_projects_with(&borrowed, map, &links, &progress)
            }
            Opened::Found { books, problems } => {
                let files: Vec<IntakeFile> = files.iter().map(intake_file).collect();
                let books: Vec<(&Workbook, &Tables)> =
                    books.iter().map(|(workbook, tables)| (workbook, tables)).collect();
                let (intake, found) = read_tables(files, &books, &links, &progress);
                (intake, problems.iter().cloned().chain(found).collect())
            }
        };
        bar.finish_and_clear();
        Ok(read)
    }
}

fn intake_file((name, bytes): &(String, Vec<u8>)) -> IntakeFile {
    let source = source_of(name, bytes);
    IntakeFile { name: source.file, sha256: source.sha256, bytes: source.bytes }
}

fn doubt_key(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::Several => "cli-import-doubt-several",
        Doubt::NoName => "cli-import-doubt-no-name",
        Doubt::NoUnit => "cli-import-doubt-no-unit",
    }
}
