## The house

app-name = Tici
app-tagline = Major project ledger
app-skip = Skip to content
app-sample = Sample data
app-none = —
app-all = All
app-close = Close
app-more = More
app-menu = All pages
app-print = Print
app-see-all = All
app-save = Save
app-cancel = Cancel

## The strip on top

strip-period = Period
strip-period-show = Show
strip-today = Today
strip-returns = Returns
strip-missing-one = { $place } missing
strip-missing-many = { $n } missing
strip-deadline = Start deadline
strip-days-left = { $n ->
    [one] 1 day left
   *[other] { $n } days left
}
strip-days-over = { $n ->
    [one] 1 day past
   *[other] { $n } days past
}
strip-search = Search
strip-language = Language
strip-account = Account
strip-sign-in = Sign in
strip-sign-out = Sign out

## Navigation

nav-label = Main
nav-tabbar-label = Most used
nav-overview = Overview
nav-projects = Projects
nav-enterprises = Enterprises
nav-delivery = Delivery
nav-assessment = Assessment
nav-data = Data
nav-cockpit = Cockpit
nav-ledger = Project ledger
nav-league = League
nav-import = Imports
nav-journal = Journal
nav-components = Components
nav-tab-cockpit = Overview
nav-tab-ledger = Projects
nav-tab-import = Imports
nav-tab-journal = Journal
nav-foot-records = { $n ->
    [one] 1 ledger record
   *[other] { $n } ledger records
}
nav-foot-root = Root { $root }
nav-foot-verified = Verified { $at } ✓
nav-foot-broken = Check failed { $at }

## Print

print-office = { $place } projects office
print-sample = {" "}(sample)
print-as-of = Data as of { $at }
print-source = Source: Tici { $page }, ledger root { $root }, { $at }
print-page = Page { $n }

## Stages

stage-lead = Lead
stage-signed = Signed
stage-landed = Landed
stage-started = Started
stage-stat-entered = Stat. entered
stage-in-progress = Building
stage-completed = Completed
stage-in-production = Producing
stage-at-capacity = At capacity

## Tiers, lights, states, bases, verdicts, roles

tier-province = Prov.
tier-city = City
tier-county = County
tier-none = Unlisted
lamp-red = Late
lamp-amber = Watch
lamp-green = On track
lamp-unreported = No report
lamp-excused = Excused
state-active = Active
state-suspended = Suspended
state-terminated = Terminated
state-withdrawn = Withdrawn
basis-reported = Reported
basis-verified = Verified
basis-statistical = Statistical
verdict-verified = Verified
verdict-rejected = Rejected
verdict-reversed = Reversed
verdict-pending = Waiting
role-reader = Reader
role-reporter = Reporter
role-project-office = Projects Office
role-assessment-office = Assessment Office
role-auditor = Auditor
role-administrator = Administrator

## Chains of the county's own list

chain-new-materials = Materials
chain-electronics = Electronics
chain-logistics = Logistics
chain-port-logistics = Logistics
chain-energy-storage = Storage
chain-storage = Storage
chain-equipment = Equipment
chain-advanced-equipment = Equipment
chain-biopharma = Biopharma
chain-biomedicine = Biopharma
chain-textiles = Textiles
chain-food = Food
chain-park-services = Park utilities
chain-park-utilities = Park utilities
chain-tourism = Tourism
chain-big-data = Data
chain-automotive = Automotive

## Measures

measure-total-investment = Total investment
measure-invest-month = Investment in the month
measure-invest-ytd = Investment, year to date
measure-invest-since-start = Investment since start
measure-progress-percent = Physical progress
measure-progress-text = Progress in words
measure-issue-text = Issues
measure-workers = Workers on site
measure-confidence-text = Delivery confidence
measure-phase-text = Phase
measure-year-budget = Budget of the year
measure-year-forecast = Forecast of the year
measure-completion-forecast = Forecast completion
measure-note-text = Note
measure-reason-text = Reason given
measure-invoiced-sales-ytd = Invoiced sales, year to date

## Units and days

unit-yi = CNY 100m
unit-wan = CNY 10k
unit-yuan = CNY
unit-million = { $currency } m
unit-million-phrase = { $currency } million
unit-main = { $currency }
days-on-time = on time
days-early = { $n ->
    [one] 1 day early
   *[other] { $n } days early
}
days-late = { $n ->
    [one] 1 day late
   *[other] { $n } days late
}
days-over = { $n ->
    [one] 1 day overdue
   *[other] { $n } days overdue
}
days-left = { $n ->
    [one] 1 day left
   *[other] { $n } days left
}

## What stops a page

error-not-found = No such page
error-not-found-fix = The address may be wrong, or the record lies outside your area. Look for it in the project ledger.
error-method = This address cannot be opened like this
error-method-fix = It takes forms only. Go back to the ledger and use the buttons of its pages.
error-forbidden = This account may not do that
error-forbidden-fix = Sign in with an account that may, or ask the administrator.
error-form-stale = Not saved: the form was open too long, or came from elsewhere
error-form-stale-fix = Go back, reload the page and send it again.
error-bad-request = One part of the address or form cannot be read
error-bad-request-fix = Go back and choose again. What cannot be read: { $what }
error-too-large = Not saved: the file is too large
error-too-large-fix = At most { $max } MB at a time. Split the workbook.
error-internal = Not done: a fault on the server
error-internal-fix = What was saved is safe. Try again; if it fails again, give number { $id } to the administrator.
error-back-ledger = To the project ledger
error-back-cockpit = To the cockpit
error-sign-in = Sign in with another account
error-problems = Not saved: these need mending first

## Shared marks

stage-none = Lead
bullet-label = { $done } of the annual plan done, { $due } due by now

## More that stops a page

error-sign-in-needed = Sign in first
error-sign-in-needed-fix = You come back to this page afterwards.
error-conflict = Not saved: somebody has just changed the same thing
error-conflict-fix = Reload, look at the new content and change it again.
error-problems-fix = Mend them and send again. Nothing else is lost.
text-has-nul = Not saved: a text holds a character that cannot be kept (U+0000)
text-has-nul-fix = Type the text again; one copied from elsewhere may bring such characters
