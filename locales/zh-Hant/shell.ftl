## The house

app-name = 梯次
app-tagline = 重點項目賬本
app-skip = 跳到正文
app-sample = 示例數據
app-none = —
app-all = 全部
app-close = 關閉
app-more = 更多
app-menu = 全部頁面
app-print = 列印
app-see-all = 全部
app-save = 保存
app-cancel = 取消

## The strip on top

strip-period = 期間
strip-period-show = 查看
strip-today = 今天
strip-returns = 填報
strip-missing-one = { $place }未報
strip-missing-many = { $n } 家待報
strip-deadline = 開工時限
strip-days-left = 還有 { $n } 天
strip-days-over = 已過 { $n } 天
strip-search = 搜項目、企業、鄉鎮
strip-language = 語言
strip-account = 賬號
strip-sign-in = 登入
strip-sign-out = 登出

## Navigation

nav-label = 主導航
nav-tabbar-label = 常用
nav-overview = 總覽
nav-projects = 項目
nav-enterprises = 企業
nav-delivery = 保障與協同
nav-assessment = 考核
nav-data = 數據
nav-cockpit = 駕駛艙
nav-ledger = 項目台賬
nav-league = 鄉鎮比拼
nav-import = 匯入核對
nav-journal = 賬本日誌
nav-components = 組件
nav-tab-cockpit = 總覽
nav-tab-ledger = 項目
nav-tab-import = 匯入
nav-tab-journal = 日誌
nav-foot-records = 賬本 { $n } 條記錄
nav-foot-root = 根 { $root }
nav-foot-verified = { $at } 校驗完整 ✓
nav-foot-broken = { $at } 校驗未通過

## Print

print-office = { $place }重點項目辦
print-sample = （示例）
print-as-of = 數據截至 { $at }
print-source = 來源：梯次 { $page }，賬本根 { $root }，{ $at }
print-page = 第 { $n } 頁

## Stages

stage-lead = 在談
stage-signed = 簽約
stage-landed = 落地
stage-started = 開工
stage-stat-entered = 納統
stage-in-progress = 在建
stage-completed = 竣工
stage-in-production = 投產
stage-at-capacity = 達效

## Tiers, lights, states, bases, verdicts, roles

tier-province = 省列
tier-city = 市列
tier-county = 縣列
tier-none = 未列
lamp-red = 滯後
lamp-amber = 預警
lamp-green = 正常
lamp-unreported = 未報
lamp-excused = 已准緩
state-active = 在庫
state-suspended = 暫停
state-terminated = 終止
state-withdrawn = 撤回
basis-reported = 填報數
basis-verified = 核實數
basis-statistical = 統計數
verdict-verified = 通過
verdict-rejected = 退回
verdict-reversed = 撤銷
verdict-pending = 待審
role-reader = 閱覽
role-reporter = 填報員
role-project-office = 重點辦 · 調度員
role-assessment-office = 考核辦
role-auditor = 審計員
role-administrator = 管理員

## Chains of the county's own list

chain-new-materials = 新材料
chain-electronics = 電子資訊
chain-logistics = 港航物流
chain-port-logistics = 港航物流
chain-energy-storage = 新型儲能
chain-storage = 新型儲能
chain-equipment = 高端裝備
chain-advanced-equipment = 高端裝備
chain-biopharma = 生物醫藥
chain-biomedicine = 生物醫藥
chain-textiles = 高端紡織
chain-food = 綠色食品
chain-park-services = 園區配套
chain-park-utilities = 園區配套
chain-tourism = 文旅文創
chain-big-data = 大數據
chain-automotive = 汽車

## Measures

measure-total-investment = 總投資
measure-invest-month = 當月完成投資
measure-invest-ytd = 累計完成投資
measure-invest-since-start = 開工以來累計完成投資
measure-progress-percent = 形象進度
measure-progress-text = 形象進度說明
measure-issue-text = 存在的問題
measure-workers = 在場用工
measure-confidence-text = 交付把握評定
measure-phase-text = 所處階段
measure-year-budget = 年度預算
measure-year-forecast = 年度預計
measure-completion-forecast = 預計完成日期
measure-note-text = 備註
measure-reason-text = 說明
measure-invoiced-sales-ytd = 開票銷售累計

## Units and days

unit-yi = 億元
unit-wan = 萬元
unit-yuan = 元
unit-million = 百萬 { $currency }
unit-million-phrase = 百萬 { $currency }
unit-main = { $currency }
days-on-time = 按期
days-early = 早 { $n } 天
days-late = 晚 { $n } 天
days-over = 超期 { $n } 天
days-left = 剩 { $n } 天

## What stops a page

error-not-found = 沒有這一頁
error-not-found-fix = 地址可能寫錯，或者記錄不在你的範圍內。回項目台賬找。
error-method = 這個網址不能直接開啟
error-method-fix = 這是送出表單用的網址。回項目台賬，從頁面上的按鈕進去。
error-forbidden = 這個賬號不能做這件事
error-forbidden-fix = 換一個有權限的賬號登入，或者請管理員調整。
error-form-stale = 沒有保存：表單放得太久，或者來自別處
error-form-stale-fix = 退回上一頁，重新整理後再提交一次。
error-bad-request = 地址或表單裏有一項讀不懂
error-bad-request-fix = 退回上一頁重新選擇。讀不懂的是：{ $what }
error-too-large = 沒有保存：檔案太大
error-too-large-fix = 一次最多 { $max } MB。把工作簿拆開再傳。
error-internal = 沒有完成：伺服端出了問題
error-internal-fix = 已寫入的內容都在。請再試一次；仍不行，把編號 { $id } 交給管理員。
error-back-ledger = 回項目台賬
error-back-cockpit = 回駕駛艙
error-sign-in = 換賬號登入
error-problems = 沒有保存：下面幾項要先改

## Shared marks

stage-none = 在談
bullet-label = 完成占年度計劃 { $done }，應完成 { $due }

## More that stops a page

error-sign-in-needed = 要先登入
error-sign-in-needed-fix = 登入後回到這一頁。
error-conflict = 沒有保存：別人剛改過同一處
error-conflict-fix = 重新整理後看新內容，再改一次。
error-problems-fix = 改好後重新提交，其餘內容都在。
text-has-nul = 沒有保存：文字裏有存不下的字元（U+0000）
text-has-nul-fix = 請重新輸入這段文字；從別處貼來的文字可能帶有這種字元
