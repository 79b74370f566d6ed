## 台賬存取：哪裏不對，怎樣辦

store-conflict = 沒有保存：別人先改了同一條（{ $detail }）
store-conflict-fix = 重新整理後看新內容，再改一次
store-busy = 沒有保存：另一個程式正在寫台賬
store-busy-fix = 請等它寫完，再試一次
store-newer-schema = 台賬是第 { $found } 版，本程式只認到第 { $known } 版
store-newer-schema-fix = 請換用較新的程式；舊程式不會去寫新台賬
store-damaged = 台賬前後不一致{ $seq ->
    [none] {""}
   *[other] ，在第 { $seq } 條
}：{ $detail }
store-damaged-fix = 請執行 tici verify 看是哪一條；必要時從備份還原
store-io = { $path } 讀寫不了：{ $detail }
store-io-fix = 請查看資料夾權限和磁碟餘量
store-exists = { $path } 已經有了
store-exists-fix = 請換一個檔名；備份從不覆蓋已有檔案
store-key = 簽名或金鑰讀不出：{ $detail }
store-key-fix = 請用本台賬的金鑰和它簽出的檢查點
store-database = 資料庫沒有應答：{ $detail }
store-database-fix = 請查看位址、賬號和資料庫是否在運行
store-no-tls = 資料庫位址要求 sslmode={ $mode }；本程式自己不加密這段連線
store-no-tls-fix = 請在本機執行 stunnel、PgBouncer 或 SSH 隧道，改用它的本機位址和 sslmode=disable（做法見 docs/operate.md）
store-bad-copy = 備份檔案 { $path } 損壞或不完整（{ $detail }）
store-bad-copy-fix = 現有台賬沒有動。請從存放處重新複製一份並核對大小，或用更早的備份還原

## 校驗發現

verify-entry-missing = 缺一條記錄
verify-entry-missing-fix = 從這一條起不能信；請從備份還原
verify-payload = 記錄內容被改過
verify-payload-fix = 請與備份中的同一條對照
verify-leaf = 記錄頭（時間、崗位、來源）被改過
verify-leaf-fix = 請與備份中的同一條對照
verify-unsigned = 這條記錄沒有簽名檢查點
verify-unsigned-fix = 它不是本程式寫入的；請查是誰加的
verify-root = 到這一條為止的日誌，與當時簽下的不同
verify-root-fix = 日誌被整條改寫過；請從備份還原
verify-signature = 檢查點不是本台賬的金鑰所簽
verify-signature-fix = 如曾換過金鑰，請把舊公鑰列為可信
verify-replay = 這條記錄無法重放
verify-replay-fix = 請與備份中的同一條對照
verify-row-changed = 表裏這一列與日誌寫的不同
verify-row-changed-fix = 日誌完好時，可由日誌重建各表
verify-row-missing = 表裏少了這一列
verify-row-missing-fix = 日誌完好時，可由日誌重建各表
verify-row-extra = 表裏多了一列，日誌裏沒有
verify-row-extra-fix = 日誌完好時，可由日誌重建各表
verify-blob = 附件內容與當時的指紋不同
verify-blob-fix = 請從備份取回這個附件
verify-not-continued = 日誌接不上先前簽出的檢查點
verify-not-continued-fix = 日誌被截短或另寫過；請從備份還原
