## The ledger's storage: what is wrong and what to do

store-conflict = Not saved: somebody changed the same thing first ({ $detail })
store-conflict-fix = Reload, look at the new content and change it again
store-busy = Not saved: another program is writing the ledger
store-busy-fix = Wait until it has finished and try again
store-newer-schema = The ledger has version { $found }; this program knows up to { $known }
store-newer-schema-fix = Use a newer program; an older one never writes a newer ledger
store-damaged = The ledger does not agree with itself{ $seq ->
    [none] {""}
   *[other] {" "}at entry { $seq }
}: { $detail }
store-damaged-fix = Run tici verify to see which entry; restore a backup if need be
store-io = { $path } cannot be read or written: { $detail }
store-io-fix = Check the folder's permissions and the free space
store-exists = { $path } exists already
store-exists-fix = Choose another name; a backup never overwrites a file
store-key = The signature or key cannot be read: { $detail }
store-key-fix = Use this ledger's key and the checkpoints it signed
store-database = The database did not answer: { $detail }
store-database-fix = Check the address, the account and whether the database is running
store-no-tls = The database address asks for sslmode={ $mode }; Tici does not encrypt that way itself
store-no-tls-fix = Run stunnel, PgBouncer or an SSH tunnel on this machine, give its local address and sslmode=disable (docs/operate.md shows how)
store-bad-copy = The backup file { $path } is damaged or not complete ({ $detail })
store-bad-copy-fix = The present ledger was left alone. Copy the file again from where it is kept and compare the sizes, or restore an earlier backup

## What a verification finds

verify-entry-missing = An entry of the journal is missing
verify-entry-missing-fix = Trust nothing from here on; restore a backup
verify-payload = The content of the entry was changed
verify-payload-fix = Compare it with the same entry in a backup
verify-leaf = The header of the entry (time, account, source) was changed
verify-leaf-fix = Compare it with the same entry in a backup
verify-unsigned = The entry has no signed checkpoint
verify-unsigned-fix = This program did not write it; find out who did
verify-root = The journal up to here is not the one that was signed
verify-root-fix = A whole entry was rewritten; restore a backup
verify-signature = The checkpoint is not signed by this ledger's key
verify-signature-fix = If the key was changed, list the earlier public key as trusted
verify-replay = The entry cannot be replayed
verify-replay-fix = Compare it with the same entry in a backup
verify-row-changed = The row differs from what the journal says
verify-row-changed-fix = If the journal is sound, rebuild the tables from it
verify-row-missing = The row is missing from the table
verify-row-missing-fix = If the journal is sound, rebuild the tables from it
verify-row-extra = The table has a row that the journal does not
verify-row-extra-fix = If the journal is sound, rebuild the tables from it
verify-blob = The attachment is not the one that was attached
verify-blob-fix = Take the attachment back from a backup
verify-not-continued = The journal does not continue the earlier checkpoint
verify-not-continued-fix = It was cut short or written anew; restore a backup
