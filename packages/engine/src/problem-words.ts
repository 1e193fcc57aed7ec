type Words = { readonly [word: string]: { readonly 'zh-CN': string; readonly en: string } }

const jsonTypes: Words = {
  string: { 'zh-CN': '文本', en: 'text' },
  number: { 'zh-CN': '数字', en: 'a number' },
  integer: { 'zh-CN': '整数', en: 'a whole number' },
  boolean: { 'zh-CN': 'true 或 false', en: 'true or false' },
  array: { 'zh-CN': '列表', en: 'a list' },
  object: { 'zh-CN': '对象', en: 'an object' },
  null: { 'zh-CN': '空值', en: 'null' },
}

const things: Words = {
  action: { 'zh-CN': '按钮', en: 'button' },
  app: { 'zh-CN': '应用', en: 'app' },
  assignment: { 'zh-CN': '派单策略', en: 'assignment strategy' },
  board: { 'zh-CN': '看板', en: 'board' },
  calendar: { 'zh-CN': '日历', en: 'calendar' },
  decision: { 'zh-CN': '决策表', en: 'decision table' },
  decisionOutput: { 'zh-CN': '决策表的输出列', en: 'output column of the decision table' },
  clock: { 'zh-CN': '时钟', en: 'clock' },
  field: { 'zh-CN': '字段', en: 'field' },
  flow: { 'zh-CN': '流程', en: 'flow' },
  form: { 'zh-CN': '表单', en: 'form' },
  message: { 'zh-CN': '消息', en: 'message' },
  metric: { 'zh-CN': '指标', en: 'metric' },
  node: { 'zh-CN': '节点', en: 'node' },
  option: { 'zh-CN': '选项', en: 'option' },
  outcome: { 'zh-CN': '办理结果', en: 'outcome' },
  record: { 'zh-CN': '记录', en: 'record' },
  variable: { 'zh-CN': '环境变量', en: 'variable' },
  role: { 'zh-CN': '角色', en: 'role' },
  rule: { 'zh-CN': '规则', en: 'rule' },
  section: { 'zh-CN': '分组', en: 'section' },
  stage: { 'zh-CN': '阶段', en: 'stage' },
  tab: { 'zh-CN': '页签', en: 'tab' },
  user: { 'zh-CN': '人员', en: 'person' },
  view: { 'zh-CN': '视图', en: 'view' },
}

/** Types of values as conditions and formulas name them. */
const valueWords: Words = {
  text: { 'zh-CN': '文本', en: 'text' },
  decimal: { 'zh-CN': '数字', en: 'number' },
  money: { 'zh-CN': '金额', en: 'amount' },
  date: { 'zh-CN': '日期', en: 'date' },
  time: { 'zh-CN': '时间', en: 'time' },
  instant: { 'zh-CN': '日期时间', en: 'date and time' },
  'date and time': { 'zh-CN': '日期时间', en: 'date and time' },
  duration: { 'zh-CN': '时长', en: 'duration' },
  'days and time duration': { 'zh-CN': '时长', en: 'duration' },
  'years and months duration': { 'zh-CN': '年月时长', en: 'duration of years and months' },
  reference: { 'zh-CN': '引用', en: 'reference' },
  list: { 'zh-CN': '列表', en: 'list' },
  pair: { 'zh-CN': '起止两个值', en: 'pair of values' },
  value: { 'zh-CN': '单个值', en: 'single value' },
  range: { 'zh-CN': '范围', en: 'range' },
  context: { 'zh-CN': '对象', en: 'object' },
  function: { 'zh-CN': '函数', en: 'function' },
}

/** Details whose value is a code of ours and not a word of the author: how each is said. */
export const detailWords: { readonly [detail: string]: Words } = {
  actual: jsonTypes,
  expected: { ...jsonTypes, ...valueWords },
  got: { ...jsonTypes, ...valueWords },
  what: things,
  reason: {
    end: { 'zh-CN': '内容不完整', en: 'the text ends too early' },
    trailingComma: { 'zh-CN': '最后一项后面多了逗号', en: 'there is a comma after the last entry' },
    comma: { 'zh-CN': '两项之间缺少逗号', en: 'a comma is missing between two entries' },
    colon: { 'zh-CN': '属性名后面缺少冒号', en: 'a colon is missing after the property name' },
    key: { 'zh-CN': '属性名要用双引号括起来', en: 'a property name in double quotes is expected' },
    number: { 'zh-CN': '数字过大', en: 'the number is too large' },
    string: { 'zh-CN': '文本的引号或转义不正确', en: 'a text is not closed or has a wrong escape' },
    trailing: { 'zh-CN': '结尾有多余内容', en: 'something follows after the end' },
    value: { 'zh-CN': '此处应为一个值', en: 'a value is expected here' },
  },
}

/** Details that may be absent and bring their own words when they are there. */
export const detailPhrases: { readonly [detail: string]: { readonly 'zh-CN': string; readonly en: string } } = {
  suggestion: { 'zh-CN': '，是否想写“{}”？', en: '; did you mean "{}"?' },
  example: { 'zh-CN': '，例如 {}', en: '; for example {}' },
}
