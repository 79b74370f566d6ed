# Problems that operations find; the way forward has -fix behind it.
account-last-administrator = This is the last administrator account
account-last-administrator-fix = Make another administrator first, then change this one
account-login-blank = The sign-in name "{ $login }" must have letters and no blanks
account-login-blank-fix = Choose another name, such as zhepu
account-no-randomness = This machine gave no random numbers
account-no-randomness-fix = Try again; if it persists, look at the machine's random source
account-old-password = The old password does not match
account-old-password-fix = Enter it again, or have an administrator set a new one
account-password-short = A password has at least { $min ->
    [one] 1 character
   *[other] { $min } characters
}
account-password-short-fix = Choose a longer one; a few words in a row are easy to keep
account-password-unusable = This password cannot be used
account-password-unusable-fix = Choose another one
claim-in-future = { $on } has not come yet
claim-in-future-fix = Give the day it was reached; a day hoped for belongs to the milestones
claim-too-many-files = At most { $max ->
    [one] 1 file
   *[other] { $max } files
} with one claim
claim-too-many-files-fix = Keep those that show it best
import-cumulative-falls = { $found } is less than { $before } reported before
import-cumulative-falls-fix = Check the cell; if money was taken back, give the reason for the import
import-name-of-several = More than one project is called "{ $name }"
import-name-of-several-fix = Add a column with project codes, or name the place or firm
import-name-near = The ledger has no "{ $name }"; nearest: { $near } ({ $code })
import-name-near-fix = If it is the same, use the ledger's name; if not, import it as a new project
import-needs-period = The figures of this row have no period
import-needs-period-fix = Choose the period when importing, or say in the mapping which column holds it
import-place-not-yours = "{ $place }" is outside this account's places
import-place-not-yours-fix = Let that place report it, or ask the project office to import it
import-row-without-project = This row has neither a project name nor a code
import-row-without-project-fix = Give its name or code; mark totals and notes as such
import-unknown-place = The ledger has no place "{ $place }"
import-unknown-place-fix = Use the ledger's name or code; if it is new, add it with --create-places
import-month-does-not-add = It rose by { $found }, but the month reports { $month }
import-month-does-not-add-fix = Compare the two; it can be written as it is, with this note
import-stage-goes-back = A later stage is reached already; "{ $stage }" is not written
import-stage-goes-back-fix = If the later stage was claimed too early, have it reversed with its reason
place-code-taken = Code { $code } is { $place }'s
place-code-taken-fix = Choose another code, or end the other one's validity
place-parent-wrong = { $place } cannot lie in { $parent }
place-parent-wrong-fix = The parent must exist and must not lie within the place itself
verdict-needs-reason = Rejecting or reversing needs a reason
verdict-needs-reason-fix = Say why in a sentence
verdict-on-own-claim = Nobody verifies their own claim
verdict-on-own-claim-fix = Let another account verify it
verdict-reverses-nothing = This claim was never verified, so there is nothing to reverse
verdict-reverses-nothing-fix = To turn it down, reject it
view-name-wrong = A view's name has 1 to { $max ->
    [one] 1 character
   *[other] { $max } characters
}
view-name-wrong-fix = Choose a shorter name
view-too-many = At most { $max ->
    [one] 1 view is
   *[other] { $max } views are
} kept
view-too-many-fix = Delete those no longer used
import-no-such-project = The ledger has no project { $code }
import-no-such-project-fix = Choose a project of the ledger
file-notes = Notes
import-month-negative = { $found }: a month's investment is not below zero
import-month-negative-fix = If it takes an earlier figure back, give the reason for the import; else mend the cell
