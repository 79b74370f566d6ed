# Look-alikes and repeat starts
nav-pairs = Look-alikes
nav-tab-pairs = Look-alikes
rules-kind-pairs = Look-alikes
rules-kind-pairs-note = Which projects may be one, and which starts may be counted twice
pair-sub = Proposed only; a person decides, and is not asked again
pair-empty = Nothing to decide
pair-count = { $n ->
    [one] 1 pair
   *[other] { $n } pairs
} to decide
pair-points = { $n ->
    [one] 1 point
   *[other] { $n } points
}
pair-repeat = Perhaps one start twice: { $first } and { $second }
pair-why-national-code = the same national code
pair-why-name = names { $percent }% alike
pair-why-firm = the same firm
pair-why-site = sites { $meters } m apart
pair-why-place = the same place
pair-why-amount = totals near each other: { $first } and { $second }
pair-why-industry = the same industry
pair-why-phase = marked as another phase
pair-why-numbers = numbered apart
pair-verdict = Decision
pair-choice-different = Two projects
pair-choice-same = One project; the second is withdrawn
pair-choice-phase = The second is a later phase and counts by itself
pair-reason = Reason
pair-decide = Keep the decision
pair-decided-title = Decided
pair-col-first = First
pair-col-second = Second
pair-col-why = Why
pair-col-by = By
pair-col-points = Points
pair-total = { $total } in total
pair-started = started on { $day }
pair-twice-title = Starts that would count in two years
pair-twice = { $project }: counted in “{ $event }” on { $celebrated }, claimed as started on { $started }
pair-needs-reason = A decision needs a reason
pair-needs-reason-fix = Say what it rests on, such as the site or the contract
pair-reason-long = The reason has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
pair-reason-long-fix = Make it shorter
pair-of-one = { $project } cannot be compared with itself
pair-of-one-fix = Give two different projects
pair-decided = This pair ({ $project }) is decided so already
pair-decided-fix = Nothing to do; choose another verdict to change it
pair-withdrawn = { $project } was withdrawn as the same project
pair-withdrawn-fix = Take it up again on its page first
package-shares = The packages of { $project } add up to { $sum }%, not 100%
package-shares-fix = Check the share of each package
package-without-share = { $n ->
    [one] 1 package of { $project } has
   *[other] { $n } packages of { $project } have
} no share; the others add up to { $sum }%
package-without-share-fix = Give every package its share
op-judge-pair = Look-alikes decided
