## Lights

nav-lights = Lights
nav-tab-lights = Lights
lights-sub = { $period } · by “{ $rules }”
lights-see-rules = See the rules
lights-tab-now = Now
lights-tab-yesterday = Since yesterday
lights-tab-month = Since last month
lights-tab-excused = Excused
lights-kind = Rule
lights-list = List
lights-listed = Listed
lights-reason = Which rule, which figures
lights-history = 12 months before
lights-before = Before
lights-after = Now
lights-was = Before: { $reason }
lights-since = Against what was known at the end of { $day }; the worse ones first
lights-changes-none = No light has changed
lights-found = { $n ->
    [one] 1 project
   *[other] { $n } projects
}
lights-none = No projects match
lights-clear = Clear filters
lights-until = Until
lights-why = Approved reason
lights-without = Without it
lights-excuses-none = No excuse holds today
lights-by-month = Lights by month
lights-by-month-note = By the rules of each month, with what is known now
lights-rules = What the rules say
