## 台账存取：哪里不对，怎样办

store-conflict = 没有保存：别人先改了同一条（{ $detail }）
store-conflict-fix = 请刷新后看新内容，再改一次
store-busy = 没有保存：另一个程序正在写台账
store-busy-fix = 请等它写完，再试一次
store-newer-schema = 台账是第 { $found } 版，本程序只认到第 { $known } 版
store-newer-schema-fix = 请换用较新的程序；旧程序不会去写新台账
store-damaged = 台账前后不一致{ $seq ->
    [none] {""}
   *[other] ，在第 { $seq } 条
}：{ $detail }
store-damaged-fix = 请运行 tici verify 看是哪一条；必要时从备份恢复
store-io = { $path } 读写不了：{ $detail }
store-io-fix = 请查看文件夹权限和磁盘余量
store-exists = { $path } 已经有了
store-exists-fix = 请换一个文件名；备份从不覆盖已有文件
store-key = 签名或密钥读不出：{ $detail }
store-key-fix = 请用本台账的密钥和它签出的检查点
store-database = 数据库没有应答：{ $detail }
store-database-fix = 请查看地址、账号和数据库是否在运行
store-no-tls = 数据库地址要求 sslmode={ $mode }；本程序自己不加密这段连接
store-no-tls-fix = 请在本机运行 stunnel、PgBouncer 或 SSH 隧道，改用它的本机地址和 sslmode=disable（做法见 docs/operate.md）
store-bad-copy = 备份文件 { $path } 损坏或不完整（{ $detail }）
store-bad-copy-fix = 现有台账没有动。请从存放处重新拷一份并核对大小，或用更早的备份恢复

## 校验发现

verify-entry-missing = 缺一条记录
verify-entry-missing-fix = 从这一条起不能信；请从备份恢复
verify-payload = 记录内容被改过
verify-payload-fix = 请与备份中的同一条对照
verify-leaf = 记录头（时间、岗位、来源）被改过
verify-leaf-fix = 请与备份中的同一条对照
verify-unsigned = 这条记录没有签名检查点
verify-unsigned-fix = 它不是本程序写入的；请查是谁加的
verify-root = 到这一条为止的日志，与当时签下的不同
verify-root-fix = 日志被整条改写过；请从备份恢复
verify-signature = 检查点不是本台账的密钥所签
verify-signature-fix = 如曾换过密钥，请把旧公钥列为可信
verify-replay = 这条记录无法重放
verify-replay-fix = 请与备份中的同一条对照
verify-row-changed = 表里这一行与日志写的不同
verify-row-changed-fix = 日志完好时，可由日志重建各表
verify-row-missing = 表里少了这一行
verify-row-missing-fix = 日志完好时，可由日志重建各表
verify-row-extra = 表里多了一行，日志里没有
verify-row-extra-fix = 日志完好时，可由日志重建各表
verify-blob = 附件内容与当时的指纹不同
verify-blob-fix = 请从备份取回这个附件
verify-not-continued = 日志接不上先前签出的检查点
verify-not-continued-fix = 日志被截短或另写过；请从备份恢复
