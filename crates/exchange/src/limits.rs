//! How much of anything is read. Past a limit there is a [`Problem`](tici_domain::Problem),
//! never a crash: every number here bounds memory and time for one hostile or broken file.

/// Bytes of one file as handed in.
pub const FILE_BYTES_MAX: usize = 64 << 20;
/// Files of one import.
pub const FILES_MAX: usize = 64;
/// Bytes of one file after it has been unpacked, all parts together.
pub const UNPACKED_BYTES_MAX: usize = 256 << 20;
/// Unpacked bytes for one packed byte, tested once more than [`RATIO_FREE_BYTES`] came out.
pub const UNPACKED_RATIO_MAX: usize = 250;
/// Unpacked bytes below which the ratio does not matter.
pub const RATIO_FREE_BYTES: usize = 16 << 20;
/// Parts inside one zipped workbook.
pub const ZIP_PARTS_MAX: usize = 5_000;
/// Sheets of one workbook.
pub const SHEETS_MAX: usize = 256;
/// Rows of one sheet, counted to the last one that holds something.
pub const ROWS_MAX: usize = 200_000;
/// Columns of one sheet, counted to the last one that holds something.
pub const COLUMNS_MAX: usize = 4_096;
/// Cells that hold something, all sheets of one workbook together.
pub const CELLS_MAX: usize = 5_000_000;
/// Merged ranges of one sheet.
pub const MERGES_MAX: usize = 20_000;
/// Distinct texts of one workbook.
pub const SHARED_STRINGS_MAX: usize = 2_000_000;
/// Bytes of one text; a spreadsheet itself keeps 32,767 characters.
pub const TEXT_BYTES_MAX: usize = 128 << 10;
/// Tables looked for on one sheet; past it the rest of the sheet is not looked at.
pub const TABLES_MAX: usize = 400;
/// Rows looked through for a header.
pub const HEADER_SEARCH_ROWS: usize = 40;
/// Rows a header may have.
pub const HEADER_ROWS_MAX: usize = 5;
/// Problems listed for one import; the rest is counted.
pub const PROBLEMS_MAX: usize = 5_000;
/// Bytes of a map or of a file of links.
pub const MAP_BYTES_MAX: usize = 1 << 20;
