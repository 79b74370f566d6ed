# 工作簿附带的东西
file-macros-ignored = 工作簿带有宏，没有运行
file-macros-ignored-fix = 取的是文件里保存的值，不用处理
file-links-not-followed = 工作簿引用了另外 { $n } 个工作簿，没有去打开
file-links-not-followed-fix = 请核对文件里保存的值是不是最新的
