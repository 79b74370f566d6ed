# Packages: the project they are of, their shares, and what counts once
package-of = Package of
package-share = Share
package-reason = Reason
package-parent = Code of the whole project
package-change = Make it a package of a project, or change its share
package-submit = Save
package-clear = No longer a package
package-alone = A project by itself
package-step = Became a package of { $project }
package-step-share = Became a package of { $project }, { $share } of it
package-empty = It has no packages and is no package of another project
once-title = Counts once
once-with-project = Counts with { $project }: where whole projects are counted, this package’s start is not counted beside it
once-packages = { $n ->
    [one] { $n } package has started; where whole projects are counted, only the project’s own start counts, once
   *[other] { $n } packages have started; where whole projects are counted, only the project’s own start counts, once
}
once-same-year = Claimed as started { $n ->
    [one] 1 time
   *[other] { $n } times
} in { $year } (also { $days }); it counts once, on { $day }
package-none = { $project } is no package as it is
package-none-fix = Nothing to do
package-unchanged = { $project } is a package of { $parent } with this share already
package-unchanged-fix = Nothing to do; give another share to change it
package-needs-reason = A reason is needed
package-needs-reason-fix = Say why, such as that the lots are approved one by one
package-reason-long = The reason has { $count ->
    [one] 1 character
   *[other] { $count } characters
}, { $limit } at most
package-reason-long-fix = Make it shorter
package-of-itself = { $project } cannot be a package of itself
package-of-itself-fix = Give the code of another project
package-of-package = { $parent } is a package itself and is not split again
package-of-package-fix = Give the project that it is a package of
package-has-packages = { $project } has packages of its own and cannot be a package of { $parent }
package-has-packages-fix = Put its packages under { $parent } first
package-other-currency = { $project } and { $parent } are in different currencies, which do not add up
package-other-currency-fix = A package has the currency of its project
package-parent-ended = { $parent } has been terminated or withdrawn
package-parent-ended-fix = Take it up again on its page, or give another project
package-parent-unknown = No project has the code or the name { $parent }
package-parent-unknown-fix = Give the code it has in the ledger
package-parent-of-several = Several projects are called { $parent }
package-parent-of-several-fix = Give its code instead
package-parent-not-yours = You cannot put projects under { $parent }
package-parent-not-yours-fix = Ask the project office: packages change what is counted
package-of-none = The project that { $project } is a package of is not in the ledger
package-of-none-fix = Set it again on the package’s page
package-share-range = A share is above 0 and at most 100% ({ $project })
package-share-range-fix = Write 40 or 40%, with two decimals at most
package-share-alone = { $project } is no package and cannot have a share
package-share-alone-fix = Give the whole project, or leave the share out
share-out-of-range = “{ $found }” in “{ $column }” is no share between 0 and 100%
share-out-of-range-fix = Write 40% or 0.4
action-keep-packages = make projects packages of others
op-set-package = Made a package
op-clear-package = No longer a package
import-field-parent = Whole project
import-field-parent-share = Share of the whole project
file-parent = Parent project
file-package-share = Package share
table-package-change = Package change
cli-package-done = Written
cli-package-sound = The shares of all packages add up
done-package-set = It is a package now
done-package-cleared = It is a project by itself now
cli-doctor-packages = Packages
