## Project ledger

ledger-sub = Amounts in { $unit }. Year to date: { $year }
ledger-mixed-unit = each project's own currency
money-switch-plain = In plain CNY
money-switch-scaled = In CNY m
ledger-columns = Columns
ledger-columns-shown = Columns shown
ledger-columns-reset = Reset
ledger-fixed = Fixed
ledger-apply = Apply
ledger-csv = CSV
ledger-xlsx = Export Excel
ledger-views = Views
ledger-save-view = Save view
ledger-view-name = Name of the view
ledger-forget-view = Forget this view
ledger-filter = Filter
ledger-search = Name, firm or code
ledger-found = { $n } found
ledger-clear-one = Remove this filter
ledger-selected = # selected
ledger-selected-sum = {", "}total # { $unit }
ledger-selected-plain = Selected projects
ledger-export-selected = Export selected
ledger-clear-selection = Clear
ledger-select-all = Select the whole page
ledger-empty = No projects match
ledger-clear = Clear filters
ledger-total = { $n ->
    [one] 1 project
   *[other] { $n } projects
}
ledger-range = { $first }–{ $last } of { $total }
ledger-page-size = Rows
ledger-previous = Previous
ledger-next = Next
ledger-unreported-one = { $name } has no { $period } report; totals use reported figures
ledger-unreported-many = { $n ->
    [one] 1 project has
   *[other] { $n } projects have
} no { $period } report; totals use reported figures
view-listed = Listed
view-not-started = Not started
view-not-started-by = Not started by { $day }
view-red = Late
view-due = Milestones this month
view-all = All
filter-place = Place
filter-stage = Stage
filter-tier = Tier
filter-chain = Chain
filter-state = State
filter-state-in-force = Active, suspended
filter-listed = Listed
column-light = Light
column-name = Project
column-place = Place
column-tier = Tier
column-chain = Chain
column-stage = Stage
column-total = Total
column-total-long = Total investment
column-plan = Plan
column-plan-long = Annual plan
column-done = Done
column-done-long = Done to date
column-share = Done / plan (tick: due)
column-share-long = Plan vs actual
column-next = Next milestone
column-since-start = Since start
column-progress = Progress
column-lead-unit = Lead unit
column-sponsor = Sponsor
column-sponsor-long = Post in charge
column-enterprise = Firm
column-build = Building period
column-last-report = Last report
build-span = { $from }–{ $to }
file-code = Code
file-national-code = National code
file-due = Due to date
file-share = Done of annual plan
file-next-day = Next milestone on
file-currency = Currency
unit-own-currency = own currency
rule-title = Counting rule
rule-cohort = Which projects
rule-state = State
rule-state-in-force = active and suspended; terminated and withdrawn ones do not count
rule-packages = Packages
rule-packages-whole = a project counts once
rule-packages-split = each package counts
rule-stages = Stages
rule-stages-claimed = as claimed; rejected and reversed ones do not count
rule-stages-verified = verified claims only
rule-basis = Basis
rule-threshold = Threshold
rule-at-least = total of { $amount } or more
rule-more-than = total above { $amount }
rule-period = Period
rule-on = Lists and states on
rule-as-of = Ledger
rule-as-of-entry = first { $n ->
    [one] 1 record
   *[other] { $n } records
}
rule-everything = every project of the ledger
rule-listed = listed projects
rule-without-stage = leads
rule-not-started = not started
rule-milestone-this-month = milestone this month
rule-text = containing “{ $text }”
rule-selected = { $n } selected
light-done-of-due = { $value }% of what is due is done
light-start-late = { $value ->
    [one] Start expected 1 day late
   *[other] Start expected { $value } days late
}
light-start-in-time = { $value ->
    [one] Start expected in time, 1 day to spare
   *[other] Start expected in time, { $value } days to spare
}
light-unreported = No report for the period
light-no-plan = No plan to compare with
