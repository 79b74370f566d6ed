## What programs are told, and their tokens.

error-changed = Not written: the record has changed since it was read
error-changed-fix = Read it again and decide again.
error-media-type = The body is of a type that is not taken here
error-media-type-fix = Send JSON with "Content-Type: application/json", or the type the description names.
error-too-many = Too many requests
error-too-many-fix = Come again in { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
 }.

idempotency-key-reused = The key was used before for another request
idempotency-key-reused-fix = Give every request a key of its own; send the same key only with the same request.
idempotency-running = The request of this key is still being done
idempotency-running-fix = Wait a moment and send it again with the same key.
idempotency-answer-lost = The request of this key was done, but its answer was lost
idempotency-answer-lost-fix = It wrote entries { $entries }. Read them in the journal; do not send it again.

token-name = A token needs a name of at most { $max ->
    [one] 1 character
   *[other] { $max } characters
 }
token-name-fix = Say what the token is for, such as the name of the program.
token-days = A token cannot live { $days ->
    [one] 1 day
   *[other] { $days } days
 }
token-days-fix = Give between 1 and { $max ->
    [one] 1 day
   *[other] { $max } days
 }.
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

api-title = API
api-sub = What programs can read and do, made from the routes themselves
programs-title = Programs
programs-link = Tokens and webhooks for programs
programs-secret = The secret
programs-secret-once = Copy it now: it is not shown again.
programs-tokens = Tokens
programs-tokens-note = A program sends its token with every request and may do what this account may, within the scopes of the token.
programs-name = Name
programs-scopes = Good for
programs-made = Made
programs-expires = Ends
programs-used = Last used
programs-state = State
programs-revoke = Revoke
programs-new-token = New token
programs-days = Days until it ends
programs-make = Make
programs-webhooks = Webhooks
programs-webhooks-note = These addresses are told what happens, in signed messages that are sent again until they arrive.
programs-url = Address
programs-events = Told of
programs-last = Last message
programs-new-webhook = New address
programs-networks = Private networks
programs-networks-note = Messages go to machines of the open network only, unless their network is listed here.
programs-networks-label = Networks, parted by commas
programs-test = Send a test
programs-stop = Stop
programs-start = Start again
programs-log = Messages
programs-log-empty = Nothing has been sent yet.
programs-kind = Message
programs-attempts = Attempts
programs-next = Next attempt
programs-again = Send again
programs-newer = Newer
programs-older = Older
scope-read = read
scope-import = hand in lists and returns
scope-write = write
scope-admin = administer
hook-event-stage = stages
hook-event-figure = figures
hook-event-light = lights
hook-event-publish = publications
token-open = open
token-expired = ended
delivery-waiting = waiting
delivery-delivered = delivered
delivery-failed = failed
action-keep-webhooks = keep webhooks
webhook-name = A webhook needs a name of at most { $max ->
    [one] 1 character
   *[other] { $max } characters
 }
webhook-name-fix = Say who receives the messages.
webhook-url = { $url } is no address that messages can be sent to
webhook-url-fix = Give a whole address that begins with http:// or https://, without a name or password in it.
webhook-no-events = Nothing is chosen to be told of
webhook-no-events-fix = Choose at least one of stages, figures, lights and publications.
webhook-too-many = There are { $max } webhooks already
webhook-too-many-fix = Give one that is no longer needed another address.
webhook-network = { $part } is no network
webhook-network-fix = Write networks such as 10.0.0.0/8, parted by commas.
cli-token-made = Token { $id } until { $until }:
cli-token-once = Keep it now: it is not shown again.
cli-token-revoked = Revoked
cli-webhook-set = Webhook { $id } is set
cli-webhook-secret = Its secret, shown this once:
cli-webhook-done = Done
