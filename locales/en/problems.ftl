# Problems met in reading tables: what is wrong, and what to do. The page puts the place
# (file, sheet, cell) in front.

file-empty = The file is empty
file-empty-fix = Choose a file that holds something
file-broken = The file cannot be opened; it may be cut short or damaged ({ $detail })
file-broken-fix = Open it in a spreadsheet program, save it again, and upload that
file-password = The file is protected by a password
file-password-fix = Save a copy without the password and upload that
file-is-document = This is a text document, not a table
file-is-document-fix = Copy its table into a workbook and upload that
file-is-web-page = This is a web page with the name of a workbook
file-is-web-page-fix = Open it in a spreadsheet program, save it as XLSX, and upload that
file-not-workbook = This is not a table
file-not-workbook-fix = XLSX, XLS, ODS, CSV and TSV can be read, and each of them as .gz
file-format-unsupported = { $format } is not read
file-format-unsupported-fix = Save it as XLSX and upload that
file-too-large = The file has { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
}; the limit is { $limit }
file-too-large-fix = Split it, or remove pictures
file-unpacks-too-large = The file unpacks to { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
} or more; the limit is { $limit }
file-unpacks-too-large-fix = Keep only the sheet that is wanted and save it as a new file
file-too-many-parts = The file has { $parts ->
    [one] 1 part
   *[other] { $parts } parts
} inside; the limit is { $limit }
file-too-many-parts-fix = Copy the data into a new workbook and save that
too-many-files = { $files ->
    [one] 1 file
   *[other] { $files } files
} at once; the limit is { $limit }
too-many-files-fix = Import them in several goes
workbook-too-many-sheets = The workbook has { $sheets ->
    [one] 1 sheet
   *[other] { $sheets } sheets
}; the limit is { $limit }
workbook-too-many-sheets-fix = Keep only the sheets that are wanted
workbook-too-many-cells = The workbook has { $cells ->
    [one] 1 cell
   *[other] { $cells } cells
} or more; the limit is { $limit }
workbook-too-many-cells-fix = Delete rows and columns that hold no data, and any lone cell far away
workbook-too-many-strings = The workbook has { $strings ->
    [one] 1 text
   *[other] { $strings } texts
}; the limit is { $limit } ({ $part })
workbook-too-many-strings-fix = Split it into several files
sheet-too-many-rows = The sheet goes on to row { $rows }; the limit is { $limit }
sheet-too-many-rows-fix = Split it into several files, and delete any lone cell far below
sheet-too-many-columns = The sheet goes on to column { $columns }; the limit is { $limit }
sheet-too-many-columns-fix = Delete what stands to the right of the data
sheet-too-many-merges = The sheet has { $merges ->
    [one] 1 merged range
   *[other] { $merges } merged ranges
}; the limit is { $limit }
sheet-too-many-merges-fix = Unmerge the cells of the data rows
cell-too-long = A cell has { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
}; the limit is { $limit }
cell-too-long-fix = Shorten the text, or attach it as a file
cell-has-nul = The cell holds a character that cannot be kept (U+0000)
cell-has-nul-fix = Type its text again, save, and upload the file again
text-wrong-encoding = Not in { $encoding }: character { $at } cannot be read
text-wrong-encoding-fix = State the encoding in the map, or save the file as UTF-8
text-encoding-guessed = The file does not state its encoding; read as { $encoding }
text-encoding-guessed-fix = Look at the preview; if the words are garbled, state the encoding in the map
no-table = No table was found (sheets: { $sheets })
no-table-fix = State the sheet and the rows of the header in the map
map-broken = The map cannot be read: { $detail }
map-broken-fix = Mend that line; docs/import.md shows how maps are written
map-column-without-header = Column { $n } of the map names no header
map-column-without-header-fix = Fill in header or contains
map-without-key = The map has neither a code nor a name of the project
map-without-key-fix = Add code or name, and let key agree with it
map-header-rows = The rows of the header run backwards or count from 0
map-header-rows-fix = Write first and last row, counted from 1, such as [3, 4]
map-field-twice = Column { $n } of the map fills { $field } again; it can be filled once
map-field-twice-fix = Delete one, or mark one as optional
column-missing = The list has no column “{ $column }” ({ $field })
column-missing-fix = Check the header, or add the list's own word to the map; mark a column that may be absent as optional
column-dropped = “{ $column }” is left out, as the map says: { $reason }
column-dropped-fix = Nothing to do; to read it, take it out of drop
columns-ignored = { $n ->
    [one] 1 column is in no map and is not read: { $columns }
   *[other] { $n } columns are in no map and are not read: { $columns }
}
columns-ignored-fix = Add those that are wanted to the map
unit-unknown = “{ $column }” states no unit
unit-unknown-fix = State it in the header, on a unit line or in the map, such as 万元 or million
unit-differs = The header of “{ $column }” says { $stated }, the map says { $mapped }
unit-differs-fix = Make them agree
header-without-period = The header “{ $column }” names no year or month
header-without-period-fix = State period in the map, or fill in year
period-unreadable = “{ $found }” is no period
period-unreadable-fix = Enter a day, or a period such as 2026-05 or 2026-Q2
file-name-without-period = The file name “{ $found }” holds no period
file-name-without-period-fix = Name it, as in return-2026-05.xlsx, or fix the period in the map
year-unknown = The year of “{ $column }” is not known (found “{ $found }”)
year-unknown-fix = Fill in year or period in the map
row-without-key = The row has neither a name nor a code
row-without-key-fix = Fill one in, or delete the row if it is no project
project-twice = “{ $project }” stands twice in { $period }: { $first } and { $second }
project-twice-fix = Keep one row; if they are two projects, tell them apart by code
amount-unreadable = “{ $column }” needs a number (in { $unit }); found “{ $found }”
amount-unreadable-fix = Enter the number alone, or leave the cell blank if there is none
amount-has-unit = “{ $column }” needs a number (in { $unit }); found “{ $found }” with the unit “{ $stated }”
amount-has-unit-fix = Change it to { $suggestion }
amount-other-currency = “{ $column }” is in { $currency }; “{ $found }” carries { $mark }
amount-other-currency-fix = Convert it, or change the currency in the map
amount-negative = “{ $column }” cannot be below zero; found “{ $found }”
amount-negative-fix = Check it; a correction goes below zero only in the amount of the month
amount-negative-taken = “{ $column }” is below zero: “{ $found }”, taken as it stands
amount-negative-taken-fix = Check it; the map lets this column go below zero
amount-absurd = “{ $found }” in “{ $column }” is beyond all reason, more than { $limit }
amount-absurd-fix = Check the unit and the digits
number-unreadable = “{ $column }” needs a number; found “{ $found }”
number-unreadable-fix = Enter the number alone, or leave the cell blank if there is none
percent-absurd = “{ $column }” is above 200%; found “{ $found }”
percent-absurd-fix = Check it; 36.9% is entered as 36.9
date-unreadable = “{ $column }” needs a day; found “{ $found }”
date-unreadable-fix = Enter a day such as 2026-05-13, or 2026-05 if only the month is known; for 31/05/2026 state dates in the map
value-unknown = “{ $column }” does not know “{ $found }”
value-unknown-fix = Say in values of the map which it is: { $allowed }
currency-unknown = “{ $found }” in “{ $column }” is no currency code
currency-unknown-fix = Enter three capital letters, such as CNY
place-code-shape = “{ $found }” in “{ $column }” is no division code
place-code-shape-fix = Enter 6, 9 or 12 digits
cell-error = The formula in “{ $column }” failed: { $found }
cell-error-fix = Mend the formula, or enter the value
formula-without-value = “{ $column }” holds a formula without its result ({ $found })
formula-without-value-fix = Open the file in a spreadsheet program, recalculate, save, and upload it again
cell-kept-as-note = “{ $found }” in “{ $column }” cannot be read; its words are kept in the note
cell-kept-as-note-fix = Check it; if it is to count, mend it and import again
values-skipped = { $n ->
    [one] 1 cell of “{ $column }” counts
   *[other] { $n } cells of “{ $column }” count
} as nothing given, such as “{ $example }”
values-skipped-fix = Nothing to do; to treat them otherwise, change skip in the map
formulas-read = { $n ->
    [one] 1 cell of “{ $column }” is a formula; its saved result is
   *[other] { $n } cells of “{ $column }” are formulas; their saved results are
} used, first at { $example }
formulas-read-fix = Check that the results are up to date
serial-dates-read = { $n ->
    [one] 1 day of “{ $column }” is a serial number
   *[other] { $n } days of “{ $column }” are serial numbers
}, read as days, first at { $example }
serial-dates-read-fix = Check them; format the cells as dates and this goes away
total-differs = The total of “{ $column }” says { $stated }; the rows add up to { $summed }, a difference of { $difference }
total-differs-fix = Check the total, or look for a missing row; totals are not imported
count-differs = “{ $label }” says { $stated }; there are { $counted }
count-differs-fix = Check which is right
year-to-date-falls = “{ $project }”: the sum for the year ({ $column }) falls from { $before } in { $before_period } to { $after } in { $after_period } (the first at { $first })
year-to-date-falls-fix = A sum for the year cannot fall; check both months, and explain a correction
since-start-falls = “{ $project }”: the sum since the start ({ $column }) falls from { $before } in { $before_period } to { $after } in { $after_period } (the first at { $first })
since-start-falls-fix = Check both
progress-falls = “{ $project }”: physical progress ({ $column }) falls from { $before } in { $before_period } to { $after } in { $after_period } (the first at { $first })
progress-falls-fix = Check both
stock-falls = “{ $column }” is lower than in the period before { $n ->
    [one] once
   *[other] { $n } times
}, first for “{ $project }”: { $before } in { $before_period }, { $after } in { $after_period } (the first at { $first })
stock-falls-fix = Nothing to do where it was cut; otherwise check
problems-more = { $n ->
    [one] 1 more problem is
   *[other] { $n } more problems are
} not listed
problems-more-fix = Mend those listed and import again
export-failed = The file was not written: { $detail }
export-failed-fix = Export fewer rows, or export as CSV
guess-same-header = The header is “{ $detail }”
guess-same-header-fix = Choose another field if it is wrong
guess-part-of-header = The header contains “{ $detail }”
guess-part-of-header-fix = Choose another field if it is wrong
guess-values = The values look like { $detail }
guess-values-fix = Choose another field if it is wrong
guess-taken = “{ $detail }” is surer to be that field
guess-taken-fix = Choose a field to use this column as well
guess-nothing = This column is not recognised and not read
guess-nothing-fix = Choose a field to read it
