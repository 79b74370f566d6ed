# The command line.
cli-error = error
cli-warning = warning
cli-more-problems = { $count } more; --json prints all
cli-not-permitted = Not permitted: { $action } { $place }
cli-not-found = Not found: { $what } { $id }
cli-what-account = account
cli-what-attachment = attachment
cli-what-claim = claim
cli-what-commitment = commitment
cli-what-entry = entry
cli-what-event = event
cli-what-figure = figure
cli-what-format = format
cli-what-meeting = meeting
cli-what-place = place
cli-what-project = project
cli-what-round = round
cli-what-rules = rules
cli-what-source = source
cli-what-task = task
cli-what-upload = upload
cli-sign-in-refused = Wrong name or password
cli-conflict = Somebody changed it in between; please repeat
cli-no-account = No account may do this ({ $action })
cli-no-account-fix = Make one with tici user add, or name one with --as
cli-no-accounts-yet = This ledger has no account yet
cli-no-accounts-yet-fix = First run tici user add admin --role administrator
cli-cannot-listen = Cannot listen on { $address }: { $detail }
cli-cannot-listen-fix = Choose another port: --listen 127.0.0.1:8471
cli-demo-holds-a-ledger = { $place } already holds a ledger
cli-demo-holds-a-ledger-fix = Name an empty folder or database, or serve this one with tici serve --data
cli-cannot-make-folder = Cannot make the folder: { $detail }
cli-cannot-make-folder-fix = Name a folder that can be written with --keep
cli-backup-done = Backed up to { $file }: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}
cli-restore-done = Verified and restored: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}
cli-restore-kept = The ledger that stood there is kept at { $file }
cli-migrate-done = Database schema: { $before } → { $after }
cli-doctor-what = Item
cli-doctor-found = Found
cli-doctor-place = Place
cli-doctor-engine = Database
cli-doctor-schema = Schema (database / program)
cli-doctor-bytes = Bytes
cli-doctor-durability = Durability
cli-doctor-entries = Entries
cli-doctor-healthy = All is well
cli-doctor-unwell = The database complains:
cli-verify-checked = Checked { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}, { $checkpoints ->
    [one] 1 signature
   *[other] { $checkpoints } signatures
}, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
} and { $blobs ->
    [one] 1 attachment
   *[other] { $blobs } attachments
}
cli-verify-root = Root { $root }
cli-verify-continues = Continues the earlier checkpoint of { $size ->
    [one] 1 entry
   *[other] { $size } entries
}
cli-verify-missing = { $count ->
    [one] 1 attachment is kept by its hash only
   *[other] { $count } attachments are kept by their hash only
}
cli-verify-holds = Complete: nothing was changed, removed or inserted
cli-verify-bad = Wrong from entry { $entry } on: { $what }{ $row }
cli-user-made = Account { $login }: { $role }
cli-user-first = This is the first account; keeping accounts needs an administrator too
cli-user-ask-password = Password (first line of standard input):
cli-user-login = Sign-in name
cli-user-title = Post
cli-user-role = Role
cli-user-place = Places
cli-user-state = State
cli-everywhere = everywhere
cli-open = open
cli-closed = closed
cli-serving = Serving at http://{ $address }
cli-serving-day = Today counts as { $today }
cli-demo-making = Making the sample county
cli-demo-ready = The sample county is open: http://{ $address }  (its today is { $today })
cli-demo-login = Sign-in name
cli-demo-password = Password
cli-demo-role = Role
cli-demo-sees = Sees
cli-demo-more = { $count ->
    [one] and 1 more reporter, for its own place (password: the name, then -2026): { $names }
   *[other] and { $count } more reporters, each for its own place (password: the name, then -2026): { $names }
}
cli-demo-stop = The sign-in page offers them in one click. Ctrl-C stops; the sample data go with it.
cli-totals-group = Group
cli-totals-projects = Projects
cli-totals-started = Started
cli-totals-currency = Unit
cli-totals-total = Total investment
cli-totals-plan = Annual plan
cli-totals-done = Done this year
cli-totals-share = Of plan
cli-totals-all = All
cli-totals-none = (none stated)
cli-totals-measure = Measure
cli-totals-figures = Figures
cli-totals-sum = Sum over all periods
cli-totals-periods = Periods: { $count }
cli-totals-running = — : running totals and stocks are not added over periods; how they stand in the period is in the table above
cli-totals-unreported = { $count ->
    [one] 1 project has not reported for the period; sums are of those that have
   *[other] { $count } projects have not reported for the period; sums are of those that have
}
cli-import-reading = Reading
cli-import-guessed = No mapping was given; guessed from the headers:
cli-import-no-table = No table was found in { $file }
cli-import-no-table-fix = Give a mapping file with --map; docs/import.md says how
cli-import-proposed = { $count ->
    [one] 1 likely rename is in { $file }; set confirmed = true and import with --links
   *[other] { $count } likely renames are in { $file }; set confirmed = true and import with --links
}
cli-import-rows = { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}: { $new } new, { $changed } changed, { $same } unchanged, { $leftout } left out
cli-import-dry = Dry run: { $writes ->
    [one] 1 row
   *[other] { $writes } rows
} would be written; nothing was
cli-import-nothing = The ledger says the same already; nothing was written
cli-import-written = { $writes ->
    [one] 1 row
   *[other] { $writes } rows
} written; journal entry { $entries }
cli-export-done = { $count ->
    [one] 1 project
   *[other] { $count } projects
} written to { $file }
action-read-ledger = read the ledger
action-read-journal = read the journal
action-export-projects = export
action-import-projects = import
action-claim-stage = claim stages
action-judge-claim = verify claims
action-keep-registers = keep places and firms
action-manage-accounts = keep accounts
action-verify-ledger = verify
action-back-up = back up
action-save-view = save views
action-keep-lists = keep lists and plans
action-keep-rules = keep the rules
action-keep-promises = keep commitments and excuses
action-keep-events = keep collective events
action-run-returns = open, check and lock returns
action-submit-return = submit returns
action-run-meeting = run dispatch meetings
action-update-task = say how tasks stand
action-judge-pair = decide on look-alikes
action-stop-project = suspend and restart projects
cli-no-ledger = There is no ledger in { $folder }
cli-no-ledger-fix = Name its folder with --data; to make one, begin with tici user add
cli-no-file = There is no file { $file }
cli-no-file-fix = Check its name and folder
cli-import-map-hint = If a column is read wrongly: save this mapping with --show-map, change it, and import with --map (docs/import.md says how)
