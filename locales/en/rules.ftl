## Rule files: what is wrong with one

rules-too-large = The rule file has { $bytes ->
    [one] 1 byte
   *[other] { $bytes } bytes
}; { $limit } are read
rules-too-large-fix = A rule file is a page of text: check that this is the right file.
rules-broken = This is not TOML: { $detail }
rules-broken-fix = Mend the line; texts stand in quotes, a list in brackets.
rules-unknown-key = Nobody reads the key { $key } here
rules-unknown-key-fix = Known here: { $known }. Correct the spelling or take the line out.
rules-missing-key = The key { $key } is missing
rules-missing-key-fix = Add it; the presets show what it looks like.
rules-not-text = { $key } must be a text
rules-not-text-fix = Put it in quotes.
rules-not-number = { $key } must be a number
rules-not-number-fix = Write it without quotes and separators, such as 30 or 2.5.
rules-not-truth = { $key } must be true or false
rules-not-truth-fix = Write true or false, without quotes.
rules-not-list = { $key } must be a list
rules-not-list-fix = Put it in square brackets, or write each table under its own heading in double brackets.
rules-not-table = { $key } must be a table
rules-not-table-fix = Put it in braces, such as {"{"} from = 10 {"}"}.
rules-too-fine = { $value } for { $key } has more than { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}
rules-too-fine-fix = Write no more than { $decimals ->
    [one] 1 decimal
   *[other] { $decimals } decimals
}: a threshold must mean what it says.
rules-choice = { $key } cannot be { $value }
rules-choice-fix = Choose one of: { $choices }.
rules-empty = There is no { $key } in the rule file
rules-empty-fix = Write at least one, or choose a preset.
rules-too-many = { $count ->
    [one] 1 rule
   *[other] { $count } rules
}; { $limit } are read
rules-too-many-fix = Take out those that nobody needs.
rules-twice = { $key } stands here for the second time
rules-twice-fix = Give each its own key.
rules-no-threshold = The rule { $rule } has no threshold, so nothing would ever light
rules-no-threshold-fix = Give amber, red, or both.
rules-one-threshold = { $key } must have exactly one threshold
rules-one-threshold-fix = Write one of from, above, up_to, below: the word says whether the number itself is in.
rules-threshold-side = { $key } lights on the good side: for this kind { $found } is wrong
rules-threshold-side-fix = Use one of: { $wanted }.
rules-light-order = In the rule { $rule } red comes before amber
rules-light-order-fix = A worsening figure must meet amber first.

## Lights: which rule, which figures

light-behind-time = { $done }% of the year's plan done, { $due }% of the year gone: { $points ->
    [one] 1 point
   *[other] { $points } points
} behind
light-with-time = { $done }% of the year's plan done, { $due }% of the year gone: { $points ->
    [one] 1 point
   *[other] { $points } points
} ahead
light-behind-plan = { $done }% of the year's plan done, { $due }% due by the monthly plan: { $points ->
    [one] 1 point
   *[other] { $points } points
} behind
light-with-plan = { $done }% of the year's plan done, { $due }% due by the monthly plan: { $points ->
    [one] 1 point
   *[other] { $points } points
} ahead
light-start-missed = { $months ->
    [one] Start planned for { $month }, missed for 1 month
   *[other] Start planned for { $month }, missed for { $months } months running
}
light-start-ahead = Start planned for { $month }, not past yet
light-finished = Completed: progress is no longer judged
light-entered = Entered into statistics
light-entry-missing = { $months ->
    [0] Started { $day }, not entered into statistics, less than a month
    [one] Started { $day }, not entered into statistics for 1 month
   *[other] Started { $day }, not entered into statistics for { $months } months
}
light-funds = { $value }% of the funds due have been paid
light-growth = Growth { $growth }%; planned { $plan }%, average { $average }%
light-growth-plan = Growth { $growth }%; planned { $plan }%
light-growth-average = Growth { $growth }%; average { $average }%
light-growth-only = Growth { $growth }%
light-jan-feb = January is reported together with February
light-excused = Excused until { $day }; { $light } without the excuse

## Lights: the rules in words

lights-rule = { $name } ({ $who }): { $what }; { $thresholds }
lights-rule-plain = { $name } ({ $who }): { $what }
lights-who-started = started projects
lights-who-not-started = projects not started
lights-who-all = all projects
lights-who-started-listed = started projects on a list
lights-who-not-started-listed = listed projects not started
lights-who-all-listed = listed projects
lights-what-start-expected = days by which the expected start is past its deadline
lights-what-start-months = months running, the planned one included, without a start
lights-what-behind-time = points of the annual plan behind the share of the year gone
lights-what-behind-plan = points of the annual plan behind the monthly plan
lights-what-behind-plan-else-time = points of the annual plan behind the monthly plan, or behind the share of the year gone where there is none
lights-what-share-of-due = percent done of what was due by now
lights-what-report = a plan and no report for the period is shown as not reported
lights-what-entry = months since the start without an entry into statistics
lights-what-entry-from = months since the start without an entry into statistics, for a total of { $amount } or more
lights-what-funds = percent paid of the funds due
lights-what-growth = growth over the year before; green when no lower than planned and than the average, amber when lower than either
lights-threshold-amber = amber { $at }
lights-threshold-red = red { $at }
bound-from = from { $value }
bound-above = above { $value }
bound-up-to = up to { $value }
bound-below = below { $value }
lights-rule-worst = The worst light of the rules that apply is shown; of two alike, that of the earlier rule
lights-rule-unreported-worst = Not reported counts as worse than red
lights-rule-unreported-before-green = Not reported counts as better than red and amber, and worse than green
lights-rule-unreported-last = Not reported is shown only where no other rule has anything to say
lights-rule-jan-feb = January is judged together with February
lights-rule-finished = A completed project is green whatever it has done of its plan
lights-rule-excuse = A light with an approved excuse is shown as excused until its day, and counted
rules-not-utf8 = The file is not text in UTF-8
rules-not-utf8-fix = Save it as UTF-8 text.

## tici lights

light-by-rule = { $rule }: { $reason }
cli-lights-code = Code
cli-lights-project = Project
cli-lights-place = Place
cli-lights-light = Light
cli-lights-reason = Reason
cli-lights-history = Months before
cli-lights-before = Before
cli-lights-after = Now
cli-lights-excused = { $n } with an excuse

## Adopting rules

rules-day = The first day { $from } is not between the years 1900 and 2200
rules-day-fix = Check the year.
rules-words-long = { $count ->
    [one] 1 character
   *[other] { $count } characters
}; at most { $limit } are kept
rules-words-long-fix = Write it shorter; the whole text of the decision belongs in an attachment.

## Rule files

nav-rules = Rules
nav-tab-rules = Rules
rules-sub = Which version goes from when; every month is judged by the rules of its time
rules-open = See the text
rules-now = Goes now:
rules-none-adopted = No version of your own is adopted yet; the preset goes.
rules-version = Version
rules-from = From
rules-from-ever = From the beginning
rules-until = Until
rules-approver = Approved by
rules-reason = Reason or source
rules-in-force = goes now
rules-presets = Presets:
rules-not-adopted = Not adopted; nothing was written
rules-in-words = What the rules say
rules-text = The text
rules-adopt = Adopt a new version
rules-adopt-note = Each line is checked first and nothing with an error is written. Earlier versions stay, and earlier months keep to them
rules-name = Name
rules-file = Upload a file
rules-or-text = Or change it here
rules-no-day = “{ $from }” is not a day
rules-no-day-fix = Write it like 2026-07-01.
rules-kind-lights = Lights
rules-kind-lights-note = When a light is amber or red, and what a missing report means.
rules-kind-league = League
rules-kind-league-note = What is compared each month, how it scores and how it ranks.
rules-kind-evidence = Evidence
rules-kind-evidence-note = Which papers each stage needs, and when a start is looked at again.
rules-kind-checks = Checks of returns
rules-kind-checks-note = Which figures of a return must agree, and which are errors or warnings.
rules-kind-board = Stage board
rules-kind-board-note = How many days a project may stand at a stage, and how the board estimates.
rules-kind-agenda = Meeting agenda
rules-kind-agenda-note = Which projects come to the meeting, and in which order.
cli-rules-kind = Rules
cli-rules-version = Version
cli-rules-name = Name
cli-rules-from = From
cli-rules-until = Until
cli-rules-approver = Approved by
cli-rules-star = * goes now
cli-rules-sound = Nothing is wrong
cli-rules-adopted = Adopted, in entry { $entry } of the journal
cli-rules-given = Kept, in entry { $entry } of the journal
cli-rules-nothing-new = Nothing new; nothing was written
