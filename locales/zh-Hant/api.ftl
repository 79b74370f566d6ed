## 給程式的說明，以及權杖。

error-changed = 沒有寫入：讀取之後這筆記錄已經變了
error-changed-fix = 重新讀取後再決定。
error-media-type = 這裡不收這種類型的本文
error-media-type-fix = 請以「Content-Type: application/json」傳送 JSON，或按介面說明裡寫的類型。
error-too-many = 請求太多
error-too-many-fix = 請在 { $seconds } 秒後再來。

idempotency-key-reused = 這個鍵已用於另一個請求
idempotency-key-reused-fix = 每個請求用自己的鍵；只有同一請求才重送同一個鍵。
idempotency-running = 這個鍵的請求還在處理
idempotency-running-fix = 稍等，再用同一個鍵送一次。
idempotency-answer-lost = 這個鍵的請求已經辦完，但答覆遺失了
idempotency-answer-lost-fix = 它寫入了條目 { $entries }。請到日誌裡查看，不要再送。

token-name = 權杖要有名稱，最多 { $max } 個字
token-name-fix = 寫明權杖的用途，例如程式的名稱。
token-days = 權杖的有效期不能是 { $days } 天
token-days-fix = 請填 1 到 { $max } 天。
token-too-many = 有效的權杖已有 { $max } 個
token-too-many-fix = 請撤銷不再使用的權杖。
token-revoked = 已撤銷
table-api-token = 權杖
table-webhook = 推送位址
webhook-active = 啟用
webhook-inactive = 停用
op-make-token = 新增權杖
op-revoke-token = 撤銷權杖
op-put-webhook = 設定推送位址
op-stop-webhook = 停用不應答的推送位址
