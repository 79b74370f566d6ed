## What programs are told, and their tokens.

error-changed = Not written: the record has changed since it was read
error-changed-fix = Read it again and decide again.
error-media-type = The body is of a type that is not taken here
error-media-type-fix = Send JSON with "Content-Type: application/json", or the type the description names.
error-too-many = Too many requests
error-too-many-fix = Come again in { $seconds } seconds.

idempotency-key-reused = The key was used before for another request
idempotency-key-reused-fix = Give every request a key of its own; send the same key only with the same request.
idempotency-running = The request of this key is still being done
idempotency-running-fix = Wait a moment and send it again with the same key.
idempotency-answer-lost = The request of this key was done, but its answer was lost
idempotency-answer-lost-fix = It wrote entries { $entries }. Read them in the journal; do not send it again.

token-name = A token needs a name of at most { $max } characters
token-name-fix = Say what the token is for, such as the name of the program.
token-days = A token cannot live { $days } days
token-days-fix = Give between 1 and { $max } days.
token-too-many = There are { $max } open tokens already
token-too-many-fix = Revoke those that are no longer used.
token-revoked = revoked
table-api-token = Token
table-webhook = Webhook
webhook-active = active
webhook-inactive = stopped
op-make-token = Make a token
op-revoke-token = Revoke a token
op-put-webhook = Set a webhook
op-stop-webhook = Stop a webhook that does not answer
