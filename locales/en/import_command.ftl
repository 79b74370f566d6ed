## Importing by command, and watching a folder

cli-import-remembered = { $sheet }: read as said of this layout before:
cli-import-passed = { $n ->
    [one] ; 1 row is not what this import is for and was left alone
   *[other] ; { $n } rows are not what this import is for and were left alone
}
cli-import-no-such-table = There is no table “{ $table }”
cli-import-no-such-table-fix = --show-tables lists them; name one by number, cells or sheet
cli-import-no-such-column = There is no column “{ $text }”
cli-import-no-such-column-fix = Give its letter, such as E, or its header; --show-tables lists them
cli-import-column-shape = “{ $text }” is not COLUMN=VALUE
cli-import-column-shape-fix = Such as E=figure.invest_ytd or E=亿元
cli-import-no-such-field = There is no field “{ $text }”
cli-import-no-such-field-fix = docs/import.md lists the fields
cli-import-no-such-unit = The unit “{ $text }” is not known
cli-import-no-such-unit-fix = Such as 万元, 亿元 or million
cli-import-doubt-several = The file has other tables that could be read; see them with --show-tables, choose with --table
cli-import-doubt-no-name = No column surely names the projects; say which with --column B=name
cli-import-doubt-no-unit = The sheet states no unit of money; say it with --unit
cli-watch-begins = Watching { $folder }; files put there are imported
cli-watch-taken = { $folder } is being watched already
cli-watch-taken-fix = End the other watch first
cli-watch-before = the same content was imported before, by { $entry }
cli-watch-problems = { $n ->
    [one] 1 problem
   *[other] { $n } problems
}; nothing was written
cli-watch-layout-new = Nobody has imported this layout before; what its columns are is not known
cli-watch-layout-new-fix = Import such a file once with the same account, on the page or by command, and check its columns; or give --map; or --trust-guess when the guess is good enough
