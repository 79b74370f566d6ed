# The calendar
calendar-name = Tici: { $post }
calendar-summary = { $kind }: { $what }
calendar-promise = Commitment
calendar-milestone = Milestone
calendar-task = Task
calendar-meeting = Meeting
calendar-promise-more = { $goal }, { $n ->
    [one] 1 project
   *[other] { $n } projects
}; made by { $owner }
calendar-milestone-more = { $code }, planned for { $planned }
cli-what-calendar = calendar
account-calendar-title = Calendar feed
account-calendar-note = Calendar programs can follow your commitments, milestones, tasks and meetings. Whoever has the address can read it: do not pass it on
account-calendar-address = Address
account-calendar-once = The address is shown this once
account-calendar-is-on = There is an address; a new one ends the old
account-calendar-make = Make an address
account-calendar-renew = Renew
account-calendar-revoke = Revoke
account-calendar-made = The address is ready
account-calendar-revoked = The address leads nowhere now
