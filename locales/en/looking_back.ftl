# Looking back: pages as they were known

look-back-title = Look back
look-back-sub = any page, as it was known at an earlier moment
look-back-choose = Which day
look-back-day = Day
look-back-go = Look back
look-back-hint = Shown is what the ledger held when that day ended: nothing reported, corrected or verified later, and “today” is that day. Nothing can be written while looking back. In an address, as_of may also be a time (2026-06-20T16:00) or a number of entries.
look-back-yesterday = Yesterday
look-back-week = A week ago
look-back-twentieth = The last 20th
look-back-month = End of last month
look-back-year = End of last year
look-back-link = Look back

looking-back-at = Shown as known on { $at } (the first { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}), without later reports and corrections.
looking-back-entries = Shown as known after { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}, without later reports and corrections.
looking-back-end = Back to now
looking-back-other = Another moment

looking-back-unreadable = “{ $asked }” is no moment to look back to
looking-back-unreadable-fix = Write a day (2026-06-20), a time (2026-06-20T16:00) or a number of entries
looking-back-writes = This looks back at the ledger of an earlier moment, where nothing can be written
looking-back-writes-fix = Go back to now and fill it in again
