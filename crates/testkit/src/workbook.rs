//! Workbooks written down as text, and workbooks as offices of the fictional county send
//! them: titles, merged headers, groups, sums, notes, forms, lists on their side.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// Builds an XLSX from lines: `!sheet name`, `!merge A1:C1`, and rows of cells parted by `|`.
/// A cell is a number, `"12"` (a text), or words.
///
/// # Panics
///
/// When the text does not keep to that.
pub fn xlsx(text: &str) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let mut sheets: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("!sheet ") {
            Some(name) => sheets.push((name, Vec::new())),
            None if sheets.is_empty() => sheets.push(("Sheet1", vec![line])),
            None => sheets.last_mut().expect("a sheet").1.push(line),
        }
    }
    for (name, lines) in sheets {
        let sheet = workbook.add_worksheet().set_name(name).expect("a name of a sheet");
        let is_merge = |line: &&str| line.starts_with("!merge ");
        let (merges, rows): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(is_merge);
        for merge in merges {
            merge_cells(sheet, merge["!merge ".len()..].trim());
        }
        for (row, line) in rows.iter().enumerate() {
            for (column, cell) in line.split('|').enumerate() {
                write_cell(sheet, (row as u32, column as u16), cell.trim());
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook in memory")
}

fn merge_cells(sheet: &mut Worksheet, range: &str) {
    let (from, to) = range.split_once(':').expect("a range");
    let ((top, left), (bottom, right)) = (address(from), address(to));
    sheet.merge_range(top, left, bottom, right, "", &Format::new()).expect("cells of a sheet");
}

fn write_cell(sheet: &mut Worksheet, (row, column): (u32, u16), cell: &str) {
    let written = match cell.parse::<f64>() {
        _ if cell.is_empty() => return,
        Ok(number) => sheet.write_number(row, column, number),
        Err(_) => sheet.write_string(row, column, cell.trim_matches('"')),
    };
    written.expect("a cell of a sheet");
}

fn address(text: &str) -> (u32, u16) {
    let digits = text.find(|c: char| c.is_ascii_digit()).expect("a row");
    let column = text[..digits].bytes().fold(0, |sum, b| sum * 26 + u16::from(b - b'A') + 1);
    (text[digits..].parse::<u32>().expect("a row") - 1, column - 1)
}

/// A return of another office's layout: two header rows, the sum before the records, groups,
/// two columns that only a person can name, a second list and a page of notes.
pub fn progress_of(month: u8) -> Vec<u8> {
    let done = |year_to_date: i64| year_to_date * i64::from(month) / 6;
    let (first, second, third) = (done(9_600), done(4_800), done(1_200));
    let sum = first + second + third;
    xlsx(&format!(
        "!sheet 在建项目\n\
         !merge A1:I1\n!merge A2:E2\n!merge F2:I2\n\
         !merge A3:A4\n!merge B3:B4\n!merge C3:C4\n!merge D3:D4\n!merge E3:E4\n\
         !merge F3:H3\n!merge I3:I4\n\
         砚溪县2026年1—{month}月在建项目进展情况表\n\
         填报单位：砚溪县重点办|||||单位：万元\n\
         序号|项目名称|建设单位|建设地点|总投资|2026年|||形象进度\n\
         |||||年度计划投资|{month}月口径|1—{month}月口径|\n\
         |合计3项|||86000|30000|1500|{sum}|\n\
         |一、工业（2项）|||72000|26000|1300|{two}|\n\
         1|★云帆轴承智能车间|云帆轴承|经开区|48000|16000|900|{first}|主体封顶\n\
         2|青藜制药口服液线|青藜制药|经开区|24000|10000|400|{second}|设备安装\n\
         |二、交通（1项）|||14000|4000|200|{third}|\n\
         1|澄湾渡口连接线|县交投公司|澄湾镇|14000|4000|200|{third}|路基施工\n\
         注：★为新开工项目。\n\
         填表人：|甲|审核人：|乙\n\
         !sheet 储备项目\n\
         !merge A1:E1\n\
         砚溪县储备项目表\n\
         序号|项目名称|建设地点|总投资（亿元）|建设内容\n\
         1|芦汀冷链园|芦汀镇|1.2|冷库两座\n\
         2|芦汀湿地步道|芦汀镇|0.3|步道八公里\n\
         !sheet 填表说明\n\
         一、本表按月报送。\n",
        two = first + second,
    ))
}

/// A form with one record on each sheet.
pub fn cards(month: u8) -> Vec<u8> {
    let card = |sheet: &str, name: &str, firm: &str, total: &str, done: i64| {
        format!(
            "!sheet {sheet}\n!merge A1:D1\n!merge B5:D5\n\
             重大项目信息卡（2026年{month}月）\n\
             项目名称|{name}|建设单位|{firm}\n\
             建设地点|经开区|总投资（亿元）|{total}\n\
             累计完成投资（万元）|{done}|开工时间|2026年3月1日\n\
             建设内容|新建厂房及附属设施\n"
        )
    };
    let text = card("卡片一", "松风光学镜片厂", "松风光学", "3.2", 1_000 * i64::from(month))
        + &card("卡片二", "石磴茶叶精制园", "石磴茶业", "0.8", 300 * i64::from(month));
    xlsx(&text)
}

/// A record to a column, below a title and a unit.
pub fn turned() -> Vec<u8> {
    xlsx(
        "!merge A1:D1\n!merge A2:D2\n\
         重点项目情况（2026年5月）\n\
         单位：万元\n\
         项目名称|北汀水厂扩建|南麓换热站|东渡充电场\n\
         建设单位|县水务公司|县热力公司|县交投公司\n\
         建设地点|经开区|经开区|澄湾镇\n\
         总投资|30000|12000|约三千\n\
         年度计划投资|10000|6000|1500\n\
         累计完成投资|4000|2500|300\n",
    )
}
