/** Chinese names of functions, resolved while parsing: the tree holds the standard's name only. */
export const chineseNames: ReadonlyMap<string, string> = new Map([
  ['求和', 'sum'], ['计数', 'count'], ['平均', 'mean'], ['平均值', 'mean'], ['最大', 'max'], ['最大值', 'max'],
  ['最小', 'min'], ['最小值', 'min'], ['中位数', 'median'], ['众数', 'mode'], ['标准差', 'stddev'], ['乘积', 'product'],
  ['今天', 'today'], ['现在', 'now'], ['日期', 'date'], ['时间', 'time'], ['日期时间', 'date and time'], ['时长', 'duration'],
  ['年月差', 'years and months duration'], ['星期几', 'day of week'], ['月份名', 'month of year'], ['年内第几天', 'day of year'],
  ['年内第几周', 'week of year'], ['文本', 'string'], ['数字', 'number'], ['文本长度', 'string length'], ['子文本', 'substring'],
  ['之前文本', 'substring before'], ['之后文本', 'substring after'], ['大写', 'upper case'], ['小写', 'lower case'],
  ['去空格', 'trim'], ['包含', 'contains'], ['开头是', 'starts with'], ['结尾是', 'ends with'], ['替换', 'replace'], ['拆分', 'split'],
  ['连接', 'string join'], ['非', 'not'], ['全部为真', 'all'], ['任一为真', 'any'], ['绝对值', 'abs'], ['取余', 'modulo'],
  ['平方根', 'sqrt'], ['四舍五入', 'round half up'], ['保留小数', 'decimal'], ['向上取整', 'ceiling'], ['向下取整', 'floor'],
  ['奇数', 'odd'], ['偶数', 'even'], ['列表包含', 'list contains'], ['去重', 'distinct values'], ['合并', 'concatenate'],
  ['追加', 'append'], ['展平', 'flatten'], ['倒序', 'reverse'], ['排序', 'sort'], ['位置', 'index of'], ['子列表', 'sublist'],
  ['取值', 'get value'],
])
