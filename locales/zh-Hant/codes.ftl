# 企業、項目、行業的代碼：哪裏不對，怎樣改。

uscc-length = 「{ $code }」共 { $length } 個字元，統一社會信用代碼應為 18 個
uscc-length-fix = 請從營業執照上完整抄錄代碼
uscc-character = 「{ $code }」第 { $position } 位是「{ $found }」，代碼的這一位不會是它
uscc-character-fix = 請與營業執照核對。代碼不使用字母 I、O、S、V、Z，可能應為 1、0、5、U 或 2
uscc-check = 「{ $code }」校驗不通過：按前 17 位計算，末位應為「{ $expected }」
uscc-check-fix = 有一位不對，或有兩位顛倒。請與營業執照核對，不要只改末位
uscc-organisation = 「{ $code }」有效，但其中的組織機構代碼 { $part } 自身校驗不通過
uscc-organisation-fix = 請與營業執照核對；如與執照一致，無須處理
project-code-shape = 「{ $code }」不是國家項目代碼，應為 4、6、2、2、6 位數字五組
project-code-shape-fix = 請從批覆或備案通知上抄錄，如 2305-321081-04-01-123456；尚未賦碼的，請留空
project-code-month = 「{ $code }」的開頭既不是年月，也不是年份
project-code-month-fix = 新代碼以兩位年、兩位月開頭，如 2305；2020 年 11 月以前的代碼以年份開頭，如 2017
industry-shape = 「{ $code }」不是 { $edition } 的行業代碼
industry-shape-fix = 請填寫一個字母加二至四位數字，如 C2651；字母可以省略
industry-letter = 「{ $code }」的字母不對，{ $edition } 中為 { $meant }
industry-letter-fix = 數字無誤的，請改為 { $meant }；否則請改正數字
industry-unknown = { $edition } 中沒有「{ $code }」
industry-unknown-fix = 請按行業名稱查找；舊版代碼需要轉換
