## The journal, its entries and their proofs

journal-sub = { $n ->
    [one] 1 entry; nothing is ever overwritten
   *[other] { $n } entries; nothing is ever overwritten
}
journal-list = Entries
journal-range = { $from }–{ $to } of { $n }
journal-op = Operation
journal-project = Project code
journal-from = From
journal-until = To
journal-one-file = One file only
journal-filter = Filter
journal-clear = Clear filters
journal-none = No entries match
journal-number = No.
journal-when = Time
journal-post = Post
journal-subjects = About
journal-source = Source file
journal-pages = Pages
journal-newer = Newer
journal-older = Older
journal-ledger-itself = The ledger
journal-subjects-more = { $names } and others, { $n } in all
journal-checkpoint = Signed checkpoint
journal-checkpoint-why = Keep a copy elsewhere: it can show later that nothing was altered
journal-checkpoint-get = Download checkpoint
journal-verify = Verify all
journal-verified = Verified: no entry was altered, removed or inserted
journal-not-verified = Verification failed
journal-verified-lines = Worked out again: { $entries ->
    [one] 1 entry
   *[other] { $entries } entries
}, { $checkpoints ->
    [one] 1 checkpoint
   *[other] { $checkpoints } checkpoints
}, { $rows ->
    [one] 1 row
   *[other] { $rows } rows
}, { $blobs ->
    [one] 1 attachment
   *[other] { $blobs } attachments
}.
journal-verified-root = Root { $root }
journal-verified-missing = { $n ->
    [one] 1 attachment is kept by its hash only.
   *[other] { $n } attachments are kept by their hash only.
}
journal-verified-bad = The earliest fault is at entry { $seq }. Stop writing and compare with the latest backup.
journal-crumb = You are here
journal-entry-title = Entry { $seq }
journal-entry = This entry
journal-earlier = Earlier
journal-later = Later
journal-file-hash = File hash
journal-payload-hash = Payload hash
journal-leaf-hash = Leaf hash
journal-root-hash = Checkpoint root
journal-header = The hashed header
journal-header-fits = SHA-256 of 0x00 and this text is the leaf hash.
journal-header-misfits = This text does not give the leaf hash. Verify all.
journal-header-seq = In it seq counts from 0; entry 1 has seq 0.
journal-proof = Inclusion proof
journal-proof-how = From the leaf, joined level by level, up to the root
journal-proof-get = Download proof
journal-proof-holds = Proved: this entry is in the signed checkpoint of { $size ->
    [one] 1 entry
   *[other] { $size } entries
}
journal-proof-fails = Not proved: this entry does not fit the checkpoint of { $size ->
    [one] 1 entry
   *[other] { $size } entries
}. Verify all
journal-steps = Show each step as a table
journal-step = Step
journal-side = Sibling is
journal-side-left = left
journal-side-right = right
journal-sibling = Sibling hash
journal-parent = Joined
journal-leaf-of = Entry { $seq }
journal-root-of = Root of { $size }
journal-path-label = { $n ->
    [one] Entry { $seq } joined in 1 step to the checkpoint root
   *[other] Entry { $seq } joined in { $n } steps to the checkpoint root
}
journal-changes = Rows written
journal-changes-count = { $n ->
    [one] 1 row
   *[other] { $n } rows
}
journal-changes-cut = { $n ->
    [one] 1 row
   *[other] { $n } rows
}, the first { $shown } shown; all are in the proof file
journal-table = Table
journal-row = Row
journal-object = Record
journal-what = Item
journal-value = Value
journal-raw = As in the file
journal-cell = Cell
journal-replaces = Replaces
journal-claim-number = Claim { $id }
journal-list-of = List of { $year }
journal-day-planned = planned { $day }
journal-day-actual = actual { $day }
journal-day-expected = expected { $day }
op-import-projects = Import
op-claim-stage = Stage claim
op-judge-claim = Stage verdict
op-adopt-rules = adopt rules
op-keep-given = keep given figures
op-keep-registers = Registers
op-put-account = Account
op-import-return = Return imported
op-review-return = Return reviewed
op-update-milestone = Milestone updated
op-plan-milestones = Milestones planned
op-verify-stage = Stage verified
op-reverse-stage = Stage reversed
op-register-project = Project registered
op-publish-list = List published
op-suspend-project = Project suspended
op-withdraw-project = Project withdrawn
op-terminate-project = Project terminated
op-import-register = Register imported
op-open-ledger = Ledger opened
table-actor = Account
table-place = Place
table-enterprise = Enterprise
table-project = Project
table-list-membership = List
table-plan = Plan
table-attachment = Attachment
table-stage-claim = Stage claim
table-stage-verdict = Verdict
table-milestone = Milestone
table-figure = Figure
table-setting = Setting
table-claim = Stage claim
