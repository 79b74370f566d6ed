## 规则文件的问题

rules-too-large = 规则文件有 { $bytes } 字节，最多读 { $limit } 字节
rules-too-large-fix = 规则文件只有一页左右，请核对是不是选错了文件。
rules-broken = 不是 TOML：{ $detail }
rules-broken-fix = 请改好这一行；文字放在引号里，列表放在方括号里。
rules-unknown-key = 这里不用 { $key }
rules-unknown-key-fix = 这里可用：{ $known }。请改正拼写或删去这一行。
rules-missing-key = 缺 { $key }
rules-missing-key-fix = 请补上；写法可参照预置规则。
rules-not-text = { $key } 要写文字
rules-not-text-fix = 请放在引号里。
rules-not-number = { $key } 要写数字
rules-not-number-fix = 不加引号和千分号，如 30 或 2.5。
rules-not-truth = { $key } 要写 true 或 false
rules-not-truth-fix = 请写 true 或 false，不加引号。
rules-not-list = { $key } 要写成列表
rules-not-list-fix = 请放在方括号里，或每个表用双方括号单独起一段。
rules-not-table = { $key } 要写成表
rules-not-table-fix = 请放在花括号里，如 {"{"} from = 10 {"}"}。
rules-too-fine = { $key } 的 { $value } 超过 { $decimals } 位小数
rules-too-fine-fix = 请写到 { $decimals } 位小数以内：门槛写多少就是多少。
rules-choice = { $key } 不能是 { $value }
rules-choice-fix = 可选：{ $choices }。
rules-empty = 规则文件里没有 { $key }
rules-empty-fix = 请至少写一条，或选用预置规则。
rules-too-many = 有 { $count } 条规则，最多读 { $limit } 条
rules-too-many-fix = 请删去用不到的。
rules-twice = { $key } 重复出现
rules-twice-fix = 请各用各的 key。
rules-no-threshold = 规则 { $rule } 没有门槛，永远不会亮灯
rules-no-threshold-fix = 请写 amber、red 或两者。
rules-one-threshold = { $key } 要有且只有一个门槛
rules-one-threshold-fix = 请写 from、above、up_to、below 之一：用词说明含不含本数。
rules-threshold-side = { $key } 会在好的一侧亮灯：这类规则不能用 { $found }
rules-threshold-side-fix = 请用：{ $wanted }。
rules-light-order = 规则 { $rule } 先红后黄
rules-light-order-fix = 情况变差时应先到黄灯门槛。

## 亮灯：哪条规则，哪些数

light-behind-time = 完成年度计划 { $done }%，序时进度 { $due }%，落后 { $points } 个百分点
light-with-time = 完成年度计划 { $done }%，序时进度 { $due }%，超前 { $points } 个百分点
light-behind-plan = 完成年度计划 { $done }%，按月计划应完成 { $due }%，落后 { $points } 个百分点
light-with-plan = 完成年度计划 { $done }%，按月计划应完成 { $due }%，超前 { $points } 个百分点
light-start-missed = 计划{ $month }开工，连续 { $months } 个月应开未开
light-start-ahead = 计划{ $month }开工，未到期
light-finished = 已竣工，不再按进度亮灯
light-entered = 已入库
light-entry-missing = { $months ->
    [0] { $day }开工，未入库，不足 1 个月
   *[other] { $day }开工，{ $months } 个月未入库
}
light-funds = 已支付应付资金的 { $value }%
light-growth = 增速 { $growth }%，计划 { $plan }%，平均 { $average }%
light-growth-plan = 增速 { $growth }%，计划 { $plan }%
light-growth-average = 增速 { $growth }%，平均 { $average }%
light-growth-only = 增速 { $growth }%
light-jan-feb = 1月与2月合并报送
light-excused = 有批准的理由，到{ $day }为止；否则为{ $light }

## 亮灯规则，用文字说

lights-rule = { $name }（{ $who }）：{ $what }；{ $thresholds }
lights-rule-plain = { $name }（{ $who }）：{ $what }
lights-who-started = 已开工项目
lights-who-not-started = 未开工项目
lights-who-all = 全部项目
lights-who-started-listed = 列入清单的已开工项目
lights-who-not-started-listed = 列入清单的未开工项目
lights-who-all-listed = 列入清单的项目
lights-what-start-expected = 预计开工晚于时限的天数
lights-what-start-months = 应开未开的连续月数，含计划当月
lights-what-behind-time = 年度计划完成率落后序时进度的百分点
lights-what-behind-plan = 年度计划完成率落后月计划的百分点
lights-what-behind-plan-else-time = 年度计划完成率落后月计划的百分点；没有月计划的，落后序时进度的百分点
lights-what-share-of-due = 完成额占应完成额的百分比
lights-what-report = 有计划而当期未报的，亮未报
lights-what-entry = 开工后未入库的月数
lights-what-entry-from = 总投资 { $amount }以上（含）的，开工后未入库的月数
lights-what-funds = 已支付占应支付资金的百分比
lights-what-growth = 比上年同期的增速；不低于计划且不低于平均为绿，低于其一为黄
lights-threshold-amber = 黄灯 { $at }
lights-threshold-red = 红灯 { $at }
bound-from = { $value } 以上（含）
bound-above = 超过 { $value }
bound-up-to = { $value } 以下（含）
bound-below = 低于 { $value }
lights-rule-worst = 适用的各条规则取最差的灯；两条一样的，取前一条
lights-rule-unreported-worst = 未报比红灯更差
lights-rule-unreported-before-green = 未报好于红灯、黄灯，差于绿灯
lights-rule-unreported-last = 其他规则都不适用时才亮未报
lights-rule-jan-feb = 1月与2月合并评判
lights-rule-finished = 已竣工的项目不论完成计划多少，进度均为绿灯
lights-rule-excuse = 有批准理由的灯，在截止日前亮已准缓，并计数
rules-not-utf8 = 文件不是 UTF-8 文本
rules-not-utf8-fix = 请另存为 UTF-8 文本。

## tici lights

light-by-rule = { $rule }：{ $reason }
cli-lights-code = 编号
cli-lights-project = 项目
cli-lights-place = 属地
cli-lights-light = 灯
cli-lights-reason = 原因
cli-lights-history = 前几个月
cli-lights-before = 原来
cli-lights-after = 现在
cli-lights-excused = { $n } 个有批准的理由

## 采用规则

rules-day = 开始日期 { $from } 不在 1900 年到 2200 年之间
rules-day-fix = 请核对年份。
rules-words-long = 有 { $count } 个字，最多 { $limit } 个
rules-words-long-fix = 请写短一些；依据文件的全文放在附件里。

## 规则文件

nav-rules = 规则
nav-tab-rules = 规则
rules-sub = 哪一版从哪天起用；每个月按当时的规则评判
rules-open = 看全文
rules-now = 现在用
rules-none-adopted = 还没有采用自己的版本，用的是预置规则。
rules-version = 版本
rules-from = 从哪天起
rules-from-ever = 从头起
rules-until = 到哪天
rules-approver = 批准岗位
rules-reason = 理由或依据
rules-in-force = 正在用
rules-presets = 预置规则：
rules-not-adopted = 没有采用，什么也没有写入
rules-in-words = 规则怎么说
rules-text = 规则全文
rules-adopt = 采用新版本
rules-adopt-note = 先逐行核对；有错的不写入。旧版本照留，以前的月份仍按旧版本
rules-name = 名称
rules-file = 从文件上传
rules-or-text = 或者在这里改
rules-no-day = 「{ $from }」不是日期
rules-no-day-fix = 请写成 2026-07-01 的样子。
rules-kind-lights = 亮灯
rules-kind-lights-note = 什么情况亮黄灯、红灯，没有报送怎么算。
rules-kind-league = 乡镇比拼
rules-kind-league-note = 每月比哪些、怎么打分、怎么排名。
rules-kind-evidence = 认定依据
rules-kind-evidence-note = 每个阶段要哪些材料，开工后几天复核。
rules-kind-checks = 月报审核
rules-kind-checks-note = 月报要对得上哪些数，是错误还是提醒。
rules-kind-board = 梯次看板
rules-kind-board-note = 每个阶段最多停留几天，看板怎么估计。
rules-kind-agenda = 调度会议题
rules-kind-agenda-note = 什么样的项目上会，先后次序。
cli-rules-kind = 规则
cli-rules-version = 版本
cli-rules-name = 名称
cli-rules-from = 从
cli-rules-until = 到
cli-rules-approver = 批准
cli-rules-star = * 现在用
cli-rules-sound = 没有问题
cli-rules-adopted = 已采用，记在第 { $entry } 号分录
cli-rules-given = 已保存，记在第 { $entry } 号分录
cli-rules-nothing-new = 没有新内容，什么也没有写入
