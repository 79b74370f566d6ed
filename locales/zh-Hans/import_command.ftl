## Importing by command, and watching a folder

cli-import-remembered = { $sheet }：沿用上次同表的对应：
cli-import-passed = ；另有 { $n } 行不属于这次的方式，没有动
cli-import-no-such-table = 没有「{ $table }」这张表
cli-import-no-such-table-fix = 用 --show-tables 看有哪些表，按序号、范围或工作表名指定
cli-import-no-such-column = 没有「{ $text }」这一列
cli-import-no-such-column-fix = 写列号（如 E）或表头原文；用 --show-tables 查看
cli-import-column-shape = 「{ $text }」不是「列=值」
cli-import-column-shape-fix = 例如 E=figure.invest_ytd 或 E=亿元
cli-import-no-such-field = 没有「{ $text }」这个字段
cli-import-no-such-field-fix = 字段名见 docs/import.md
cli-import-no-such-unit = 不认识单位「{ $text }」
cli-import-no-such-unit-fix = 例如 万元、亿元
cli-import-doubt-several = 文件里还有别的表也能读；用 --show-tables 查看，用 --table 指定
cli-import-doubt-no-name = 没有一列能确定是项目名称或编号；用 --column B=name 指明
cli-import-doubt-no-unit = 没有写明金额单位；用 --unit 指明
cli-watch-begins = 正在看着 { $folder }，放进来的文件会自动导入
cli-watch-taken = { $folder } 已经有一个 tici 在看着
cli-watch-taken-fix = 先停掉那一个
cli-watch-before = 内容以前导入过，见{ $entry }
cli-watch-problems = { $n } 处问题，没有写入
cli-watch-layout-new = 这种表没有导入过，不知道各列是什么
cli-watch-layout-new-fix = 先用同一账号在页面或命令行导入一次，核对各列；或者给 --map；确信推断无误时用 --trust-guess
