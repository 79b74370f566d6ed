## Upload, check, write

import-form-sub = Upload the sheet as it is; no need to reshape it
import-not-yours = Your account reads the ledger and uploads nothing to it
import-form-title = Upload a list
import-form-limit = { $max } MB at most
import-form-file = File
import-form-file-hint = XLSX, XLS, ODS or CSV
import-form-kind = Kind
import-form-kind-hint = Lists and monthly or ten-day returns are read alike
import-kind-projects = Project list or return
import-form-period = Period
import-form-period-hint = Leave it when the sheet says so itself
import-period-file = As the file says
import-form-map = Map file
import-form-map-hint = Optional; without one the headers are recognised, and you can change that next
import-form-go = Upload and check
import-form-go-hint = See the changes first, then decide
import-step-upload = Upload
import-step-header = Headers
import-step-check = Check
import-step-write = Write
import-sub = { $file }, { $size } KB, uploaded by { $post } { $at }
import-original = Original
import-another = Another file
import-seen-before = The same file was imported before. Rows without change are not written again.
import-counts-changed = The counts changed; nothing was written.
import-counts-changed-fix = Look at them once more; if they are right, write again.
import-see-entry = See that entry
import-rows = Data rows
import-fate-changed = Changed
import-fate-changed-warned = Changed, note
import-fate-new = New
import-fate-new-warned = New, note
import-fate-unchanged = Unchanged
import-fate-left-out = Left out
import-fate-not-read = Not read
import-severity-warning = Note
import-bad-cells = { $n ->
    [one] 1 fault
   *[other] { $n } faults
}
import-effect = Done to date, these projects
import-effect-more = { $unit }; was { $before }, up { $delta }
import-effect-less = { $unit }; was { $before }, down { $delta }
import-sheet = Sheet “{ $sheet }”
import-sheet-text = Text file
import-mapped = { $known } of { $n ->
    [one] 1 column
   *[other] { $n } columns
} mapped
import-mapped-header = Header in row { $rows }; { $known } of { $n ->
    [one] 1 column
   *[other] { $n } columns
} mapped
import-remembered = as said of this layout before
import-legend-changed = Old, new
import-legend-error = Faulty cell
import-again = Check again
import-map-get = Download map
import-map = Map
import-treatment = Result
import-field-of = Field of column { $column }
import-empty-cell = (empty)
import-grid-cut = { $columns } of { $all ->
    [one] 1 column
   *[other] { $all } columns
} shown; the rest was checked too, its problems are below
import-grid-parts = Rows of the sheet
import-grid-range = Rows { $from }–{ $to } of { $n }
import-grid-bad-before = Back to row { $row }, which has a problem
import-grid-bad-after = On to row { $row }, which has a problem
import-no-sheet = There is no table in this file
import-sheets = Sheets
import-note-title = { $cell }: { $problem }
import-role-header = Header
import-role-title = Title
import-role-unit = Unit
import-role-group = Group
import-role-total = Total
import-role-subtotal = Subtotal
import-role-note = Note
import-problems = Cells to look at
import-problems-note = { $errors ->
    [one] 1 fault
   *[other] { $errors } faults
}, { $warnings ->
    [one] 1 note
   *[other] { $warnings } notes
}
import-problems-get = Export for the reporter
import-problems-file = cells to look at
import-marked-get = Marked workbook
import-marked-sheet = Problems
import-marked-author = Project office
import-cell = Cell
import-problem = Problem
import-way = Way forward
import-fix-value = Take { $value }
import-fix-link = It is that one
import-fix-new = Import as new
import-commit = { $n ->
    [one] Write 1 row
   *[other] Write { $n } rows
}
import-commit-left-out = { $n ->
    [one] 1 row is left out
   *[other] { $n } rows are left out
}
import-commit-again = ; mend and upload again, nothing is counted twice
import-comma = {", "}
import-stop = {". "}
import-commit-note = Written to the ledger; old values are kept
import-reason = Reason
import-cannot = Cannot write
import-blocked = First: { $problem }
import-nothing = There is nothing to write.
import-done = Written to the ledger.
import-done-nothing = Nothing had changed; nothing was written.
import-done-left-out = { $n ->
    [one] 1 row; mend and upload again
   *[other] { $n } rows; mend and upload again
}
import-done-ledger = See the ledger
import-done-more = Upload another
import-field-ignore = Ignore
import-field-code = Project code
import-field-national-code = National code
import-field-name = Project
import-field-name-hant = Name (traditional)
import-field-name-en = Name (English)
import-field-enterprise = Enterprise
import-field-enterprise-code = Enterprise code
import-field-place = Place
import-field-place-code = Place code
import-field-currency = Currency
import-field-chain = Chain
import-field-industry = Industry code
import-field-sector = Sector
import-field-content = Content
import-field-lead-unit = Lead unit
import-field-sponsor = Sponsor
import-field-build-from = Build from
import-field-build-to = Build to
import-field-build-span = Build span
import-field-state = State
import-field-tier = List tier
import-field-stage = Stage
import-field-plan = Plan
import-field-stage-on = { $stage } on
import-field-day-planned = { $node }, planned
import-field-day-actual = { $node }, actual
import-field-day-expected = { $node }, expected

## Tables found in a workbook

cli-import-table = { $sheet } { $area }: { $shape }; { $reason }, { $confidence }%
cli-import-sum = Row { $row }: { $agree ->
    [one] 1 column adds
   *[other] { $agree } columns add
} up, { $differ } do not
cli-import-no-tables = No table on any sheet
cli-import-marked = Marked workbook: { $file }
layout-shape-list = list
layout-shape-periods = list with a column for each period
layout-shape-card = form with one record
layout-shape-turned = list on its side, one record to a column
layout-reason-known = headers of project lists
layout-reason-words-over-numbers = words over numbers
layout-reason-bands = headings over several columns
layout-reason-distinct = words that come back in no column
layout-reason-none = no header
layout-flag-number-texts = { $count ->
    [one] 1 number is kept as text, in { $cell }
   *[other] { $count } numbers are kept as text, first in { $cell }
}
layout-flag-several-facts = { $count ->
    [one] 1 cell holds several facts and is kept whole: { $cell }
   *[other] { $count } cells hold several facts and are kept whole, first { $cell }
}
layout-flag-marks = { $count ->
    [one] 1 name has a mark such as ★: { $cell }
   *[other] { $count } names have marks such as ★, first { $cell }
}
layout-flag-merged-down = { $count ->
    [one] 1 row shares a merged cell: { $cell }
   *[other] { $count } rows share a merged cell, first { $cell }
}
layout-flag-own-units = { $count ->
    [one] 1 amount has a unit of its own: { $cell }
   *[other] { $count } amounts have a unit of their own, first { $cell }
}
