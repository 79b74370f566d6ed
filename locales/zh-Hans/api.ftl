## 给程序的说明，以及令牌。

error-changed = 没有写入：读取之后这条记录已经变了
error-changed-fix = 重新读取后再决定。
error-media-type = 这里不收这种类型的正文
error-media-type-fix = 请以“Content-Type: application/json”发送 JSON，或按接口说明里写的类型。
error-too-many = 请求太多
error-too-many-fix = 请在 { $seconds } 秒后再来。

idempotency-key-reused = 这个键已用于另一个请求
idempotency-key-reused-fix = 每个请求用自己的键；只有同一请求才重发同一个键。
idempotency-running = 这个键的请求还在处理
idempotency-running-fix = 稍等，再用同一个键发一次。
idempotency-answer-lost = 这个键的请求已经办完，但答复丢失了
idempotency-answer-lost-fix = 它写入了条目 { $entries }。请到日志里查看，不要再发。

token-name = 令牌要有名称，最多 { $max } 个字
token-name-fix = 写明令牌的用途，例如程序的名称。
token-days = 令牌的有效期不能是 { $days } 天
token-days-fix = 请填 1 到 { $max } 天。
token-too-many = 有效的令牌已有 { $max } 个
token-too-many-fix = 请吊销不再使用的令牌。
token-revoked = 已吊销
table-api-token = 令牌
table-webhook = 推送地址
webhook-active = 启用
webhook-inactive = 停用
op-make-token = 新建令牌
op-revoke-token = 吊销令牌
op-put-webhook = 设置推送地址
op-stop-webhook = 停用不应答的推送地址
