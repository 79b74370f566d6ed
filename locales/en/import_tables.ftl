## Tables of a workbook: which are read, and how

import-tables-title = Tables in the file
import-tables-note = Tick the tables to read, one or several
import-tables-read = Read
import-tables-place = Sheet and cells
import-tables-shape = Looks like
import-tables-records = Records
import-tables-known = Columns known
import-tables-reason = Told by
import-tables-sure = Surely
import-tables-hidden = hidden
import-tables-others = { $n ->
    [one] 1 other text or table
   *[other] { $n } other texts and tables
}
import-tables-none = No project list was recognised
import-tables-none-fix = Tick a place below, then say in which row its header is
import-tables-again = Look again at these tables
import-tables-check = Go on to the check
import-tables-check-note = See the changes cell by cell; nothing is written yet
import-tables-kept = Once written, the layout is remembered and next month's file passes without a question
import-tables-alike = { $n ->
    [one] 1 such table
   *[other] { $n } such tables, read together
}
import-tables-see = Header and columns
import-doubt-several = The file has other tables that could be read; only one is.
import-doubt-no-name = No column surely names the projects; say which one does.
import-doubt-no-unit = Some amounts state no unit and are read in the usual one; please check.
import-header-rows = Header in rows
import-header-columns = Header in columns
import-header-from = Header from
import-header-to = Header to
import-unit = Unit
import-unit-of = Unit of { $column }
import-unit-one = CNY
import-unit-thousand = thousand CNY
import-unit-wan = 10,000 CNY
import-unit-yi = 100 million CNY
import-unit-stated = { $unit } (stated)
import-unit-assumed = { $unit } (not stated)
import-unit-headers = as the headers say
import-unit-header = in the header
import-unit-as-table = as the table
import-period-of-row = Period of each row
import-period-stated = { $period } (stated)
import-period-none = as chosen for the upload
import-period-column = { $column } “{ $header }”
import-set-data = { $n ->
    [one] 1 record
   *[other] { $n } records
} to read
import-set-group = { $n ->
    [one] 1 group heading
   *[other] { $n } group headings
}
import-set-total = { $n ->
    [one] 1 row of sums
   *[other] { $n } rows of sums
}
import-set-part = { $n ->
    [one] 1 row “of which”
   *[other] { $n } rows “of which”
}
import-set-note = { $n ->
    [one] 1 note
   *[other] { $n } notes
}
import-set-empty = { $n ->
    [one] 1 row left blank
   *[other] { $n } rows left blank
}
import-set-aside = { $n ->
    [one] 1 row beside the list
   *[other] { $n } rows beside the list
}
import-set-adds = The sums of row { $row } add up
import-set-differs = { $n ->
    [one] 1 sum
   *[other] { $n } sums
} of row { $row } do not add up
import-column = Column
import-column-header = Header
import-column-samples = Holds
import-reason-said = As you said
import-running-number = a running number
import-sheet-rows = { $sheet }: { $n ->
    [one] 1 row
   *[other] { $n } rows
}
import-sheet-not-read = { $sheet }: not read
import-sheet-left = Nothing is read from this sheet
import-mapped-card = A form with one record; { $known } of { $n ->
    [one] 1 label
   *[other] { $n } labels
} mapped
import-mapped-turned = A record to a column, header in column { $rows }; { $known } of { $n ->
    [one] 1 row
   *[other] { $n } rows
} mapped
layout-reason-labels = labels beside answers
import-mode = Rows may
import-mode-both = create and update
import-mode-create = create only
import-mode-update = update only
import-fate-passed = Left alone
import-passed = { $n ->
    [one] 1 more row is not what this import is for.
   *[other] { $n } more rows are not what this import is for.
}
import-heading-no-place = The heading “{ $heading }” is no place of the ledger; its rows are given none
import-heading-no-place-fix = Add a column of places, or head the group with a name the ledger knows
file-without-rows = The tables read hold no record at all
file-without-rows-fix = Look where their headers are, or choose another table
