## 考核方案：文件哪里不对

assess-not-stated = { $key } 没有写明
assess-not-stated-fix = 各来源对此都没有规定，须由方案写明；通行写法：{ $name } = { $shipped }。
assess-section-missing = 缺少 [{ $key }] 一节
assess-section-missing-fix = 补上这一节；通行写法：{ $lines }。
assess-only-index = { $key } 的这一取值只用于综合指数
assess-only-index-fix = 改用其他取值，或把 kind 写成 "index"。
assess-not-positive = { $key } 的值 { $value } 不合适，应大于零（权重可为零）
assess-not-positive-fix = 改成大于零的数。
assess-matrix = 判断矩阵应为 { $size } 行 { $size } 列，每格大于零
assess-matrix-fix = 每行写满，可写分数，如 "1/3"。
assess-no-root = 没有总分：每个分支都有上级
assess-no-root-fix = 让总分一项不写 parent。
assess-two-roots = { $key } 没有上级，而总分已是 { $root }
assess-two-roots-fix = 给 { $key } 写上 parent。
assess-unknown-parent = { $key } 的上级 { $parent } 不存在
assess-unknown-parent-fix = 写一个已有分支的 key。
assess-tree-circle = 分支 { $key } 绕回了自己
assess-tree-circle-fix = 改正 parent，使各分支都通到总分。
assess-branch-empty = 分支 { $key } 下面什么也没有
assess-branch-empty-fix = 放入指标，或删去这个分支。
assess-weight-missing = { $key } 没有权重，而上级 { $parent } 按权重合成
assess-weight-missing-fix = 写上 weight。
assess-weight-unused = { $key } 写了权重，而上级 { $parent } 不用权重
assess-weight-unused-fix = 删去 weight，或让上级用 combine = "mean"。
assess-weights-sum = { $branch } 下的权重合计 { $sum }，应为 { $wanted }
assess-weights-sum-fix = 改正权重，或改正 weights_sum。
assess-points-sum = { $branch } 下的满分合计 { $sum }，应为 { $wanted }
assess-points-sum-fix = 改正各项满分，或改正 full。
assess-unknown-figure = 指标 { $item } 用到的数据 { $name } 没有声明
assess-unknown-figure-fix = 用 [[figure]] 声明，或改正名称。
assess-unknown-node = 没有叫 { $name } 的指标或分支
assess-unknown-node-fix = 写一个已有的 key。
assess-two-sources = 只能有一个来源，现在同时写了 { $keys }
assess-two-sources-fix = 留下一个。
assess-formula-operand = 公式在「{ $found }」处应有数、名称或括号
assess-formula-operand-fix = 检查运算符两边。
assess-formula-operator = 公式在「{ $found }」处应有运算符、逗号或右括号
assess-formula-operator-fix = 检查括号是否成对。
assess-formula-function = 公式里没有函数「{ $found }」
assess-formula-function-fix = 可用的函数：{ $known }。
assess-formula-arguments = 函数「{ $found }」的参数个数不对
assess-formula-arguments-fix = 查看 docs/scheme.md 里的函数表。
assess-formula-deep = 公式的括号套得太深
assess-formula-deep-fix = 拆成几个指标。
assess-formula-circle = 公式互相引用，成了圈：{ $names }
assess-formula-circle-fix = 让其中一个改用数据。
assess-bounds-order = 两端 { $lo } 与 { $hi } 的次序不对
assess-bounds-order-fix = lo 是不允许值，hi 是满意值；越小越好时 lo 大于 hi，并写 polarity = "less"。
assess-polarity-method = 这一取向要用 method = "{ $method }"
assess-polarity-method-fix = 改 polarity 或改 method。
assess-level-order = 各档的标准值与系数应从最好到最差依次排列
assess-level-order-fix = 调整次序。
assess-band-order = 各段应依次向上，只有最后一段可不写 up_to
assess-band-order-fix = 调整各段的 up_to。
assess-tier-overlap = 这一档为空，或与另一档重叠
assess-tier-overlap-fix = 每档含下限、不含上限，各档不可重叠。
assess-divisors = divisors 至少要有一个数，且都大于零
assess-divisors-fix = 如 divisors = [20, 40, 60]。
assess-whole-not-ratio = { $item } 与整体的比率相比，须由公式相除得出
assess-whole-not-ratio-fix = 公式写成「甲 / 乙」，或把 against 改为 "mean"。
assess-rounded-by-what = 按公布的分数排名，却没有写保留几位小数
assess-rounded-by-what-fix = 在 [rounding] 写 total，或用 rank.on = "unrounded"。
assess-index-word = 综合指数的 { $key } 只能是 { $word }
assess-index-word-fix = 照此写明。
assess-grade-share = 等次 { $grade } 的比例不合适（合计 { $sum }）
assess-grade-share-fix = 比例只用于 by = "quota"，大于零，合计不超过 1。

## 考核数据：哪里不对

assess-no-units = 没有考核对象
assess-no-units-fix = 表中至少要有一行。
assess-unit-twice = 考核对象 { $unit } 出现了两次
assess-unit-twice-fix = 每个对象只写一行。
assess-unit-no-group = { $unit } 不在任何组内
assess-unit-no-group-fix = 写明它的组，或在方案中列入。
assess-one-unit = { $unit } 独自一组，无从比较
assess-one-unit-fix = 按方案的 alone 处理；也可并入别组。
assess-figure-missing = 表中没有数据 { $column }（用于 { $items }）
assess-figure-missing-fix = 补上这一列，列名与方案一致。
assess-figure-empty = 数据 { $column } 全部缺失（用于 { $items }）
assess-figure-empty-fix = 请责任部门报送，或在方案中去掉。
assess-column-constant = 数据 { $column } 的 { $count } 个值都是 { $value }
assess-column-constant-fix = 按方案的 zero_range 处理；请核对是否属实。
assess-event-unit = 没有考核对象 { $unit }
assess-event-unit-fix = 用对象表中的代码。
assess-event-item = 方案中没有加减分或否决项 { $item }
assess-event-item-fix = 可用：{ $known }。
assess-event-points = { $item } 的分值缺失或小于零
assess-event-points-fix = 扣分也写正数，正负由方案决定。
assess-event-document = 「{ $matter }」没有依据文件
assess-event-document-fix = 写明文件名或文号。
assess-override-grade = 没有等次 { $grade }
assess-override-grade-fix = 用方案中的等次。
assess-override-reason = 改动 { $unit } 的等次没有写理由
assess-override-reason-fix = 写明理由。
assess-cell-not-number = { $column } 一格「{ $value }」不是数
assess-cell-not-number-fix = 只写数；没有数据就留空。
assess-cell-not-finite = { $column } 一格「{ $value }」不是有限的数
assess-cell-not-finite-fix = 改成数，或留空表示缺失。
assess-csv-broken = 这不是可读的 CSV：{ $detail }
assess-csv-broken-fix = 第一行是列名，每行格数相同。
assess-csv-no-column = 表中没有列 { $column }
assess-csv-no-column-fix = 现有的列：{ $known }。
assess-csv-column-twice = 列名 { $column } 出现两次
assess-csv-column-twice-fix = 每列一个名称。
assess-period-unnamed = 多期数据要写明哪一列是时期
assess-period-unnamed-fix = 用 --period 指定列名。

## 得分怎样来

assess-how-points = { $value }
assess-how-per = { $value } × { $points }
assess-how-efficacy = { $base } + { $span } × ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-efficacy-exponential = { $base } × ({ $top } ÷ { $base })，指数为 ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-moderate = { $base } + { $span } × (1 − { $value } 离 { $from }—{ $to } 的距离 ÷ 最大距离)，最小 { $lo }、最大 { $hi }
assess-how-scaled = ({ $of }) × { $full } ÷ { $top }
assess-how-levels = { $full } × { $share }（{ $value } 所在档的系数）
assess-how-target = { $full } × { $value } ÷ { $target }
assess-how-target-less = { $full } × { $target } ÷ { $value }
assess-how-capped = { $of }，达到上限
assess-how-steps = { $full }；{ $value } 与计划 { $plan } 相差 { $gap } 个百分点
assess-how-rank = { $value }，第 { $place } 名
assess-how-proportion = { $full } × { $value } ÷ { $best }
assess-how-proportion-less = { $full } × { $best } ÷ { $value }
assess-how-tier = { $value } 所在档得 { $points } 分
assess-how-no-tier = { $value } 不在任何一档
assess-how-over-average = { $base }；{ $value } 与平均 { $average } 相差 { $gap } 个百分点，分段加减
assess-how-survey = 满意度 { $value }
assess-how-raters = 评分 { $value }
assess-how-goalposts = { $full } × ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-goalposts-log = { $full } × (ln { $value } − ln { $lo }) ÷ (ln { $hi } − ln { $lo })
assess-how-normalised = { $value }，在 { $lo } 与 { $hi } 之间，标准化为 { $points }
assess-how-between = { $value }，在 { $lo } 与 { $hi } 之间得 { $points }
assess-how-zero-range = { $value }，大家相同，按方案给分
assess-how-alone = { $value }，独自一组，按方案给分
assess-how-no-value = 没有数据
assess-how-no-score = 得不出分数
assess-how-no-bound = 缺少比较的两端
assess-how-no-target = 没有可比的目标
assess-how-zero = { $of }；按方案得 0 分
assess-how-reweigh = { $of }；权重归其他指标
assess-how-missing = { $of }；上级也算缺失

## 并列与奖项

assess-tie-min = 与{ $names }同分，并列取前
assess-tie-dense = 与{ $names }同分，并列，后面名次相接
assess-tie-average = 与{ $names }同分，取平均名次
assess-tie-ordinal = 与{ $names }同分，按次序排
assess-tie-broken = 与{ $names }同分，由{ $by }分先后
assess-by-code = 代码
assess-award-first = 第 { $place } 名，{ $points } 分
assess-award-riser = 从第 { $from } 名升到第 { $to } 名，进 { $places } 位
assess-award-threshold = { $points } 分，达到 { $from } 分

## 命令

cli-assess-sound = { $title }（{ $version }）没有错误：{ $items } 个指标，{ $figures } 项数据
cli-assess-written = 写出 { $count } 个文件到 { $folder }
assess-col-rank = 名次
assess-col-unit = 对象
assess-col-total = 总分
assess-col-grade = 等次
assess-col-note = 说明
assess-col-item = 指标
assess-col-points = 得分
assess-col-how = 怎样来
assess-col-award = 奖项
assess-col-by = 依据
assess-col-without = 去掉
assess-col-mean-change = 名次平均变动
assess-col-weight = 实际权重
assess-col-low = 名次第 5 百分位
assess-col-high = 名次第 95 百分位
assess-col-nominal = 原名次
assess-col-first = 指标甲
assess-col-second = 指标乙
assess-col-correlation = 相关系数
