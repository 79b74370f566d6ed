# What a workbook brings along
file-macros-ignored = The workbook has macros; they were not run
file-macros-ignored-fix = Values are as the workbook last kept them; nothing needs to be done
file-links-not-followed = The workbook takes values from { $n ->
    [one] another workbook; it was not opened
   *[other] { $n } other workbooks; they were not opened
}
file-links-not-followed-fix = Look whether the values kept in it are up to date
