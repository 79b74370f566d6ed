## The first page

cockpit-sub = { $year }年{ $day }，第 { $week } 周。数据到{ $period }，账本 { $seq } 条记录

cockpit-deadline-title = 开工时限：{ $n } 个列省列市项目 { $day }前全部开工
cockpit-deadline-none = { $n } 个列省列市项目
cockpit-of = { $n } 已开工
cockpit-split = { $tiers }；{ $ago }
cockpit-week-ago = 上周同日 { $n }
cockpit-cells-label = { $n } 个项目逐个状态：{ $started } 已开工，{ $in-time } 报在时限内，{ $late } 报在时限后，{ $undated } 没有报日期
cockpit-cells-label-each = { $n } 个项目按状态成格，每格至多 { $each } 个：{ $started } 已开工，{ $in-time } 报在时限内，{ $late } 报在时限后，{ $undated } 没有报日期
cockpit-cells-each = 每格至多 { $n } 个项目
cockpit-cell-started = 已开工 { $n }
cockpit-cell-in-time = 报在时限内 { $n }
cockpit-cell-late = 报在时限后 { $n }
cockpit-cell-undated = 没有报日期 { $n }

cockpit-expected-title = 照各单位报的日期，到期能开工多少
cockpit-expected-lead = { $day }前 { $n } 个，比目标少 { $gap } 个。
cockpit-expected-all = { $day }前 { $n } 个，全部按期。
cockpit-expected-no-deadline = 今年还没有定开工时限。
cockpit-expected-late = 报在时限后的 { $n } 个，晚 { $min }–{ $max } 天，中位 { $median } 天。
cockpit-expected-undated = { $n } 个没有报预计开工日期。
cockpit-expected-deadline = 时限 { $day }
cockpit-expected-in-time = 时限内 { $n } 个
cockpit-expected-after = 之后 { $n } 个
cockpit-expected-axis = 预计开工日，每格 { $n } 天，标到最后一天
cockpit-expected-label = 未开工项目报的开工日期：{ $day }时限内 { $in-time } 个，之后 { $late } 个
cockpit-expected-basis = 预计开工日期由填报单位报来，没有推断
cockpit-see-not-started = 看全部 { $n } 个未开工

cockpit-late-title = 报得最晚的 { $n } 个
cockpit-late-none = 没有报在时限后的项目。
cockpit-rank = 次序
cockpit-project = 项目
cockpit-place = 属地
cockpit-blocker = 卡点
cockpit-expected-start = 预计开工
cockpit-days-late = 晚/天

cockpit-money-title = 年度投资进度
cockpit-money-unit = { $unit }，累计，{ $n } 个列省列市项目
cockpit-money-done = { $month }末实际 { $done }
cockpit-money-short = 比计划少 { $gap }，完成计划进度 { $share }
cockpit-money-ahead = 比计划多 { $gap }，完成计划进度 { $share }
cockpit-money-none = 还没有月报
cockpit-money-missing = { $n } 个项目本期未报，它们的数不在合计里。
cockpit-actual = 实际
cockpit-plan = 计划
cockpit-today = 今天
cockpit-month = 月份
cockpit-month-plan = 当月计划
cockpit-month-done = 当月实际
cockpit-month-open = 在报
cockpit-sum-plan = 累计计划
cockpit-sum-done = 累计实际
cockpit-as-table = 看成表格

cockpit-stages-title = 阶段分布
cockpit-stages-sub = 在库 { $n } 个
cockpit-stages-total = 总投资/{ $unit }
cockpit-stages-signed = 新签 { $n }
cockpit-stages-before = 另有 { $n } 个还没有签约。
cockpit-stages-note = 停留按到达现阶段的那天起算；进出是本月的变动。
cockpit-stage = 阶段
cockpit-projects = 项目数
cockpit-dwell = 停留中位/天
cockpit-moves = 本月进出
cockpit-total = 合计

cockpit-reports-title = 填报情况
cockpit-reports-note = { $period }月报，{ $done } / { $all } 家报齐
cockpit-reports-none = 本期没有要填报的单位。
cockpit-report-counts = 已报 / 应报
cockpit-report-state = 状态
cockpit-report-done = 报齐
cockpit-report-missing = 差 { $n } 个

cockpit-changes-title = 昨天以来的变化
cockpit-changes-note = { $n } 条，列最新的 { $shown } 条
cockpit-changes-none = 昨天以来没有变化。
cockpit-yesterday = 昨 { $time }
cockpit-when = 时间
cockpit-kind = 类别
cockpit-object = 对象
cockpit-change = 变化
cockpit-source = 来源
cockpit-kind-money = 投资
cockpit-kind-stage = 阶段
cockpit-kind-node = 节点
cockpit-kind-plan = 计划
cockpit-kind-record = 台账
cockpit-change-figure = { $period }累计
cockpit-change-claimed = 申报
cockpit-change-judged = { $stage }审核
cockpit-change-planned = { $period }计划
cockpit-change-added = 登记，总投资
