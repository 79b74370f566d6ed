# 企业、项目、行业的代码：哪里不对，怎样改。

uscc-length = 「{ $code }」共 { $length } 个字符，统一社会信用代码应为 18 个
uscc-length-fix = 请从营业执照上完整抄录代码
uscc-character = 「{ $code }」第 { $position } 位是「{ $found }」，代码的这一位不会是它
uscc-character-fix = 请与营业执照核对。代码不使用字母 I、O、S、V、Z，可能应为 1、0、5、U 或 2
uscc-check = 「{ $code }」校验不通过：按前 17 位计算，末位应为「{ $expected }」
uscc-check-fix = 有一位不对，或有两位颠倒。请与营业执照核对，不要只改末位
uscc-organisation = 「{ $code }」有效，但其中的组织机构代码 { $part } 自身校验不通过
uscc-organisation-fix = 请与营业执照核对；如与执照一致，无须处理
project-code-shape = 「{ $code }」不是国家项目代码，应为 4、6、2、2、6 位数字五组
project-code-shape-fix = 请从批复或备案通知上抄录，如 2305-321081-04-01-123456；尚未赋码的，请留空
project-code-month = 「{ $code }」的开头既不是年月，也不是年份
project-code-month-fix = 新代码以两位年、两位月开头，如 2305；2020 年 11 月以前的代码以年份开头，如 2017
industry-shape = 「{ $code }」不是 { $edition } 的行业代码
industry-shape-fix = 请填写一个字母加二至四位数字，如 C2651；字母可以省略
industry-letter = 「{ $code }」的字母不对，{ $edition } 中为 { $meant }
industry-letter-fix = 数字无误的，请改为 { $meant }；否则请改正数字
industry-unknown = { $edition } 中没有「{ $code }」
industry-unknown-fix = 请按行业名称查找；旧版代码需要转换
