## The house

app-name = 梯次
app-tagline = 重点项目账本
app-skip = 跳到正文
app-sample = 示例数据
app-none = —
app-all = 全部
app-close = 关闭
app-more = 更多
app-menu = 全部页面
app-print = 打印
app-see-all = 全部
app-save = 保存
app-cancel = 取消

## The strip on top

strip-period = 期间
strip-period-show = 查看
strip-today = 今天
strip-returns = 填报
strip-missing-one = { $place }未报
strip-missing-many = { $n } 家待报
strip-deadline = 开工时限
strip-days-left = 还有 { $n } 天
strip-days-over = 已过 { $n } 天
strip-search = 搜项目、企业、乡镇
strip-language = 语言
strip-account = 账号
strip-sign-in = 登录
strip-sign-out = 退出

## Navigation

nav-label = 主导航
nav-tabbar-label = 常用
nav-overview = 总览
nav-projects = 项目
nav-enterprises = 企业
nav-delivery = 保障与协同
nav-assessment = 考核
nav-data = 数据
nav-cockpit = 驾驶舱
nav-ledger = 项目台账
nav-league = 乡镇比拼
nav-import = 导入核对
nav-journal = 账本日志
nav-components = 组件
nav-tab-cockpit = 总览
nav-tab-ledger = 项目
nav-tab-import = 导入
nav-tab-journal = 日志
nav-foot-records = 账本 { $n } 条记录
nav-foot-root = 根 { $root }
nav-foot-verified = { $at } 校验完整 ✓
nav-foot-broken = { $at } 校验未通过

## Print

print-office = { $place }重点项目办
print-sample = （示例）
print-as-of = 数据截至 { $at }
print-source = 来源：梯次 { $page }，账本根 { $root }，{ $at }
print-page = 第 { $n } 页

## Stages

stage-lead = 在谈
stage-signed = 签约
stage-landed = 落地
stage-started = 开工
stage-stat-entered = 纳统
stage-in-progress = 在建
stage-completed = 竣工
stage-in-production = 投产
stage-at-capacity = 达效

## Tiers, lights, states, bases, verdicts, roles

tier-province = 省列
tier-city = 市列
tier-county = 县列
tier-none = 未列
lamp-red = 滞后
lamp-amber = 预警
lamp-green = 正常
lamp-unreported = 未报
lamp-excused = 已准缓
state-active = 在库
state-suspended = 暂停
state-terminated = 终止
state-withdrawn = 撤回
basis-reported = 填报数
basis-verified = 核实数
basis-statistical = 统计数
verdict-verified = 通过
verdict-rejected = 退回
verdict-reversed = 撤销
verdict-pending = 待审
role-reader = 阅览
role-reporter = 填报员
role-project-office = 重点办 · 调度员
role-assessment-office = 考核办
role-auditor = 审计员
role-administrator = 管理员

## Chains of the county's own list

chain-new-materials = 新材料
chain-electronics = 电子信息
chain-logistics = 港航物流
chain-port-logistics = 港航物流
chain-energy-storage = 新型储能
chain-storage = 新型储能
chain-equipment = 高端装备
chain-advanced-equipment = 高端装备
chain-biopharma = 生物医药
chain-biomedicine = 生物医药
chain-textiles = 高端纺织
chain-food = 绿色食品
chain-park-services = 园区配套
chain-park-utilities = 园区配套
chain-tourism = 文旅文创
chain-big-data = 大数据
chain-automotive = 汽车

## Measures

measure-total-investment = 总投资
measure-invest-month = 当月完成投资
measure-invest-ytd = 累计完成投资
measure-invest-since-start = 开工以来累计完成投资
measure-progress-percent = 形象进度
measure-progress-text = 形象进度说明
measure-issue-text = 存在的问题
measure-workers = 在场用工
measure-confidence-text = 交付把握评定
measure-phase-text = 所处阶段
measure-year-budget = 年度预算
measure-year-forecast = 年度预计
measure-completion-forecast = 预计完成日期
measure-note-text = 备注
measure-reason-text = 说明
measure-invoiced-sales-ytd = 开票销售累计

## Units and days

unit-yi = 亿元
unit-wan = 万元
unit-yuan = 元
unit-million = 百万 { $currency }
unit-million-phrase = 百万 { $currency }
unit-main = { $currency }
days-on-time = 按期
days-early = 早 { $n } 天
days-late = 晚 { $n } 天
days-over = 超期 { $n } 天
days-left = 剩 { $n } 天

## What stops a page

error-not-found = 没有这一页
error-not-found-fix = 地址可能写错，或者记录不在你的范围内。回项目台账找。
error-method = 这个地址不能直接打开
error-method-fix = 这是提交表单用的地址。回项目台账，从页面上的按钮进去。
error-forbidden = 这个账号不能做这件事
error-forbidden-fix = 换一个有权限的账号登录，或者请管理员调整。
error-form-stale = 没有保存：表单放得太久，或者来自别处
error-form-stale-fix = 退回上一页，刷新后再提交一次。
error-bad-request = 地址或表单里有一项读不懂
error-bad-request-fix = 退回上一页重新选择。读不懂的是：{ $what }
error-too-large = 没有保存：文件太大
error-too-large-fix = 一次最多 { $max } MB。把工作簿拆开再传。
error-internal = 没有完成：服务端出了问题
error-internal-fix = 已写入的内容都在。请再试一次；仍不行，把编号 { $id } 交给管理员。
error-back-ledger = 回项目台账
error-back-cockpit = 回驾驶舱
error-sign-in = 换账号登录
error-problems = 没有保存：下面几项要先改

## Shared marks

stage-none = 在谈
bullet-label = 完成占年度计划 { $done }，应完成 { $due }

## More that stops a page

error-sign-in-needed = 要先登录
error-sign-in-needed-fix = 登录后回到这一页。
error-conflict = 没有保存：别人刚改过同一处
error-conflict-fix = 刷新后看新内容，再改一次。
error-problems-fix = 改好后重新提交，其余内容都在。
text-has-nul = 没有保存：文字里有存不下的字符（U+0000）
text-has-nul-fix = 请重新输入这段文字；从别处粘贴来的文字可能带有这种字符
