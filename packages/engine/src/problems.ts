export type ProblemText = {
  readonly 'zh-CN': string
  readonly en: string
  /** What it is about, without details; absent: the text without its placeholders. */
  readonly title?: { readonly 'zh-CN': string; readonly en: string }
}

/**
 * THE table of problem and rejection codes. Codes are stable for ever; texts may change. `{name}` in a text is filled
 * from the problem's details. HTTP status lives in the server's one map; the words for people in docs/errors.md.
 */
export const problemTexts = {
  'document.json': {
    'zh-CN': '第 {line} 行第 {column} 列不是有效的 JSON：{reason}',
    en: 'Not valid JSON at line {line}, column {column}: {reason}',
    title: { 'zh-CN': '不是有效的 JSON', en: 'Not valid JSON' },
  },
  'document.duplicateKey': {
    'zh-CN': '第 {line} 行的属性“{key}”写了两次',
    en: 'Property "{key}" is written twice (line {line})',
    title: { 'zh-CN': '属性重复', en: 'A property is written twice' },
  },
  'document.forbiddenKey': {
    'zh-CN': '不允许使用属性名“{key}”',
    en: 'The property name "{key}" is not allowed',
    title: { 'zh-CN': '不允许的属性名', en: 'Property name not allowed' },
  },
  'document.tooLarge': {
    'zh-CN': '文件过大，上限为 {max} 个字符',
    en: 'The document is too large; the limit is {max} characters',
    title: { 'zh-CN': '文件过大', en: 'The document is too large' },
  },
  'document.tooDeep': {
    'zh-CN': '嵌套过深，上限为 {max} 层',
    en: 'Nested too deeply; the limit is {max} levels',
    title: { 'zh-CN': '嵌套过深', en: 'Nested too deeply' },
  },
  'document.missingFile': {
    'zh-CN': '缺少文件“{file}”',
    en: 'The file "{file}" is missing',
    title: { 'zh-CN': '缺少文件', en: 'A file is missing' },
  },
  'document.wrongType': {
    'zh-CN': '应为{expected}，而不是{actual}',
    en: 'Must be {expected}, not {actual}',
    title: { 'zh-CN': '类型不正确', en: 'Wrong type of value' },
  },
  'document.notAllowed': {
    'zh-CN': '不能写“{value}”，可选：{allowed}{suggestion}',
    en: '"{value}" is not one of: {allowed}{suggestion}',
    title: { 'zh-CN': '不是可选的值', en: 'Not one of the allowed values' },
  },
  'document.noBranch': {
    'zh-CN': '应写且只写其中一个属性：{allowed}',
    en: 'Exactly one of these properties must be given: {allowed}',
    title: { 'zh-CN': '应写其中一个属性', en: 'Exactly one property must be given' },
  },
  'document.badId': {
    'zh-CN': '标识“{value}”不正确：以小写字母开头，只含小写字母、数字和下划线，最多 40 个字符',
    en: 'The id "{value}" is not right: start with a small letter, use only small letters, digits and _, at most 40 characters',
    title: { 'zh-CN': '标识不正确', en: 'The id is not right' },
  },
  'document.badPattern': {
    'zh-CN': '“{value}”的写法不正确{example}',
    en: '"{value}" is not written as it must be{example}',
    title: { 'zh-CN': '写法不正确', en: 'Not written as it must be' },
  },
  'document.badLanguage': {
    'zh-CN': '“{value}”不是语言代码，例如 zh-CN、en',
    en: '"{value}" is no language code such as zh-CN or en',
    title: { 'zh-CN': '语言代码不正确', en: 'Not a language code' },
  },
  'document.tooLong': {
    'zh-CN': '最多 {max} 个字符',
    en: 'At most {max} characters',
    title: { 'zh-CN': '文本过长', en: 'Too many characters' },
  },
  'document.tooShort': {
    'zh-CN': '至少 {min} 个字符',
    en: 'At least {min} characters',
    title: { 'zh-CN': '文本过短', en: 'Too few characters' },
  },
  'document.tooMany': {
    'zh-CN': '最多 {max} 项，现有 {count} 项',
    en: 'At most {max} entries; there are {count}',
    title: { 'zh-CN': '项数过多', en: 'Too many entries' },
  },
  'document.tooFew': {
    'zh-CN': '至少 {min} 项',
    en: 'At least {min} entries',
    title: { 'zh-CN': '项数不足', en: 'Too few entries' },
  },
  'document.tooSmall': {
    'zh-CN': '不能小于 {min}',
    en: 'Must not be less than {min}',
    title: { 'zh-CN': '数字过小', en: 'The number is too small' },
  },
  'document.tooBig': {
    'zh-CN': '不能大于 {max}',
    en: 'Must not be greater than {max}',
    title: { 'zh-CN': '数字过大', en: 'The number is too large' },
  },
  'document.unknownProperty': {
    'zh-CN': '这里不能有“{property}”{suggestion}',
    en: '"{property}" has no place here{suggestion}',
  },
  'document.missingProperty': { 'zh-CN': '缺少属性“{property}”', en: 'Property "{property}" is missing' },
  'document.invalid': { 'zh-CN': '不符合格式：{reason}', en: 'Does not fit the format: {reason}' },
  'document.unknownKind': { 'zh-CN': '不认识的文件“{file}”', en: 'Unknown file "{file}"' },
  'document.duplicateItem': { 'zh-CN': '“{value}”写了两次', en: '"{value}" stands there twice' },
  'document.duplicateId': { 'zh-CN': '标识“{id}”重复', en: 'The id "{id}" is used twice' },
  'document.retiredId': {
    'zh-CN': '标识“{id}”已停用，不能再次使用',
    en: 'The id "{id}" was retired and may not be used again',
  },
  'document.idMismatch': {
    'zh-CN': '标识“{id}”与文件名“{file}”不一致',
    en: 'The id "{id}" differs from the file name "{file}"',
  },
  'document.danglingReference': {
    'zh-CN': '引用的{what}“{id}”不存在{suggestion}',
    en: 'The {what} "{id}" does not exist{suggestion}',
  },
  'condition.unknownFact': { 'zh-CN': '这里不能使用“{fact}”', en: '"{fact}" cannot be used here' },
  'condition.unknownField': { 'zh-CN': '没有字段“{field}”{suggestion}', en: 'There is no field "{field}"{suggestion}' },
  'condition.operatorNotForField': {
    'zh-CN': '字段“{field}”不能使用“{operator}”',
    en: '"{operator}" does not apply to the field "{field}"',
  },
  'condition.metricMissing': { 'zh-CN': '请选择指标', en: 'Say which metric is meant' },
  'condition.windowMissing': {
    'zh-CN': '与上一时间窗比较时，请填写时间窗',
    en: 'A comparison with the window before needs a window',
  },
  'condition.valueMissing': { 'zh-CN': '请填写要比较的值', en: 'The value to compare with is missing' },
  'condition.valueInvalid': { 'zh-CN': '“{value}”不是有效的{expected}', en: '"{value}" is not a valid {expected}' },
  'condition.unknownOption': {
    'zh-CN': '“{value}”不是字段“{field}”的选项{suggestion}',
    en: '"{value}" is no option of the field "{field}"{suggestion}',
  },
  'message.textMissing': {
    'zh-CN': '消息“{message}”没有{channel}的内容，不会发出',
    en: 'The message "{message}" has no text for {channel}, so nothing is sent there',
    title: { 'zh-CN': '消息缺少渠道内容', en: 'A message has no text for a channel' },
  },
  'message.unknownPath': {
    'zh-CN': '没有“{name}”这个占位内容{suggestion}',
    en: 'There is no placeholder "{name}"{suggestion}',
  },
  'message.unknownFormatter': {
    'zh-CN': '没有“{name}”这种显示格式{suggestion}',
    en: 'There is no format "{name}"{suggestion}',
  },
  'decision.unknownColumn': {
    'zh-CN': '决策表没有“{id}”这一列{suggestion}',
    en: 'The decision table has no column "{id}"{suggestion}',
    title: { 'zh-CN': '决策表没有这一列', en: 'No such column of the decision table' },
  },
  'decision.wrongAggregation': {
    'zh-CN': '汇总只用于“收集”策略，且只能有一个输出列',
    en: 'Aggregation is for the policy collect with one output only',
  },
  'decision.noOrder': {
    'zh-CN': '按优先级命中时，输出列要按重要程度列出可取值',
    en: 'A policy of priority needs the values of an output listed by importance',
  },
  'decision.gap': {
    'zh-CN': '没有一行覆盖：{combination}',
    en: 'No row covers: {combination}',
    title: { 'zh-CN': '决策表有未覆盖的组合', en: 'The decision table leaves combinations out' },
  },
  'decision.overlap': {
    'zh-CN': '“{row}”与“{other}”会同时命中：{combination}',
    en: '"{row}" and "{other}" hit together: {combination}',
    title: { 'zh-CN': '决策表的行互相重叠', en: 'Rows of the decision table overlap' },
  },
  'decision.unreachable': {
    'zh-CN': '“{row}”永远不会命中：“{other}”已全部包含',
    en: '"{row}" never hits: "{other}" takes everything before it',
    title: { 'zh-CN': '决策表有永远不会命中的行', en: 'A row of the decision table is never reached' },
  },
  'decision.unchecked': {
    'zh-CN': '此单元格要看具体记录，无法检查决策表是否完整',
    en: 'This cell depends on the record, so the table cannot be checked for completeness',
  },
  'decision.severalRows': {
    'zh-CN': '多行同时命中，而决策表只允许一行命中',
    en: 'Several rows hit although the table allows only one',
  },
  'decision.contradiction': {
    'zh-CN': '命中的行结果不一致',
    en: 'The rows that hit do not agree',
  },
  'decision.noAggregate': {
    'zh-CN': '命中行的值无法汇总',
    en: 'The values of the rows that hit cannot be aggregated',
  },
  'formula.syntax': { 'zh-CN': '公式在“{near}”处无法理解', en: 'The formula cannot be understood at "{near}"' },
  'formula.tooLong': { 'zh-CN': '公式太长', en: 'The formula is too long' },
  'formula.tooDeep': { 'zh-CN': '公式嵌套太深', en: 'The formula is nested too deeply' },
  'formula.notInProfile': { 'zh-CN': '公式不支持“{near}”这种写法', en: 'Formulas do not support "{near}"' },
  'formula.unknownName': { 'zh-CN': '没有“{name}”这个名称{suggestion}', en: 'There is no "{name}"{suggestion}' },
  'formula.unknownFunction': {
    'zh-CN': '没有“{name}”这个函数{suggestion}',
    en: 'There is no function "{name}"{suggestion}',
  },
  'formula.wrongArguments': {
    'zh-CN': '函数“{function}”的参数不正确',
    en: 'The arguments of the function "{function}" do not fit',
  },
  'formula.wrongType': {
    'zh-CN': '“{near}”的类型不合适：需要{expected}，实际是{got}',
    en: '"{near}" has the wrong type: expected {expected}, got {got}',
  },
  'formula.outOfRange': { 'zh-CN': '计算结果超出范围或无意义', en: 'The result is out of range or does not exist' },
  'formula.budget': { 'zh-CN': '公式计算量过大，已停止', en: 'The formula needs too many steps and was stopped' },
  'field.reservedId': {
    'zh-CN': '“{id}”是每条记录自带的字段，请换一个标识',
    en: '"{id}" is a field every record has already; choose another id',
    title: { 'zh-CN': '与系统字段同名', en: 'Id of a system field' },
  },
  'form.stagesMissing': { 'zh-CN': '有阶段字段但没有定义阶段', en: 'There is a stage field but no stages' },
  'form.stageFieldMissing': { 'zh-CN': '定义了阶段但没有阶段字段', en: 'There are stages but no stage field' },
  'form.stageFieldTwice': { 'zh-CN': '只能有一个阶段字段', en: 'There may be only one stage field' },
  'reference.wrongKind': {
    'zh-CN': '字段“{id}”的类型不适用于此处，应为：{kinds}',
    en: 'The field "{id}" is of the wrong kind here; it must be: {kinds}',
    title: { 'zh-CN': '字段类型不适用', en: 'Field of the wrong kind' },
  },
  'reference.notChoice': {
    'zh-CN': '“{id}”没有选项，不能决定颜色：请选择单选或阶段字段',
    en: '"{id}" has no options to take a colour from; choose a choice or the stage',
    title: { 'zh-CN': '需要单选或阶段字段', en: 'A choice or the stage is needed' },
  },
  'reference.notLanes': {
    'zh-CN': '不能按“{id}”分列：请选择单选、阶段或人员字段',
    en: 'There can be no lanes by "{id}"; choose a choice, the stage, or a person',
    title: { 'zh-CN': '需要单选、阶段或人员字段', en: 'A choice, the stage or a person is needed' },
  },
  'reference.notMoment': {
    'zh-CN': '“{id}”不是日期：请选择日期或日期时间字段',
    en: '"{id}" is no date; choose a date or a date with time',
    title: { 'zh-CN': '需要日期字段', en: 'A date is needed' },
  },
  'reference.notFiles': {
    'zh-CN': '“{id}”不是附件：请选择附件字段',
    en: '"{id}" holds no files; choose a field of files',
    title: { 'zh-CN': '需要附件字段', en: 'A field of files is needed' },
  },
  'reference.notPlace': {
    'zh-CN': '“{id}”不是位置：请选择位置字段',
    en: '"{id}" holds no location; choose a field of locations',
    title: { 'zh-CN': '需要位置字段', en: 'A field of locations is needed' },
  },
  'reference.notLink': {
    'zh-CN': '“{id}”不是关联本应用表单的字段：请选择关联记录字段',
    en: '"{id}" does not link to a form of this app; choose a link that does',
    title: { 'zh-CN': '需要关联本应用表单的字段', en: 'A link to a form of this app is needed' },
  },
  'reference.notShown': {
    'zh-CN': '不能引用“{id}”：引用字段、明细表和随时间变化的公式没有保存的值，请直接引用数据来源的字段',
    en: '"{id}" cannot be shown: lookups, tables and formulas of the moment have no stored value; choose the field the value comes from',
    title: { 'zh-CN': '不能引用的字段', en: 'A field that cannot be shown' },
  },
  'reference.computed': {
    'zh-CN': '字段“{id}”由系统计算，不能填写',
    en: 'The field "{id}" is computed and cannot be set',
    title: { 'zh-CN': '计算字段不能填写', en: 'A computed field cannot be set' },
  },
  'flow.startMissing': { 'zh-CN': '流程没有开始节点', en: 'The flow has no start event' },
  'flow.startTwice': { 'zh-CN': '流程只能有一个开始节点', en: 'The flow may have only one start event' },
  'flow.endMissing': { 'zh-CN': '流程没有结束节点', en: 'The flow has no end event' },
  'flow.unreachable': {
    'zh-CN': '从开始节点走不到节点“{node}”',
    en: 'The node "{node}" cannot be reached from the start',
    title: { 'zh-CN': '节点不可到达', en: 'A node cannot be reached' },
  },
  'flow.deadEnd': {
    'zh-CN': '从节点“{node}”走不到任何结束节点',
    en: 'No end event can be reached from the node "{node}"',
    title: { 'zh-CN': '流程无法结束', en: 'The flow cannot end' },
  },
  'flow.edgeNotAllowed': {
    'zh-CN': '节点“{node}”不能有这样的连线',
    en: 'The node "{node}" cannot have such an edge',
    title: { 'zh-CN': '连线不允许', en: 'Edge not allowed' },
  },
  'flow.defaultMissing': {
    'zh-CN': '节点“{node}”的出口都带条件，请指定默认出口，以免流程停住',
    en: 'Every way out of the node "{node}" has a condition; mark a default one, or the flow may get stuck',
    title: { 'zh-CN': '缺少默认出口', en: 'No default way out' },
  },
  'flow.defaultTwice': {
    'zh-CN': '节点“{node}”有多个默认出口',
    en: 'The node "{node}" has more than one default way out',
    title: { 'zh-CN': '默认出口重复', en: 'More than one default way out' },
  },
  'flow.conditionMissing': {
    'zh-CN': '网关“{node}”的出口既没有条件，也不是默认出口',
    en: 'A way out of the gateway "{node}" has no condition and is not the default',
    title: { 'zh-CN': '网关出口缺少条件', en: 'A way out has no condition' },
  },
  'flow.outcomeWithoutEdge': {
    'zh-CN': '任务“{node}”的结果“{outcome}”没有对应的连线',
    en: 'The outcome "{outcome}" of the task "{node}" leads nowhere',
    title: { 'zh-CN': '办理结果没有去向', en: 'An outcome leads nowhere' },
  },
  'flow.conditionIgnored': {
    'zh-CN': '并行网关“{node}”会走所有出口，出口上的条件不起作用',
    en: 'The gateway "{node}" takes every way out; conditions on them do nothing',
    title: { 'zh-CN': '条件不起作用', en: 'A condition that does nothing' },
  },
  'flow.loopWithoutWait': {
    'zh-CN': '这些节点循环执行而中间没有等待：{nodes}',
    en: 'These nodes go round in a circle without ever waiting: {nodes}',
    title: { 'zh-CN': '循环中没有等待', en: 'A loop without a wait' },
  },
  'flow.edgeCrosses': {
    'zh-CN': '连线不能进出子流程，它连到了“{node}”',
    en: 'An edge may not cross the border of a sub-process; it leads to "{node}"',
    title: { 'zh-CN': '连线跨越子流程', en: 'Edge crosses a sub-process' },
  },
  'flow.parentWrong': {
    'zh-CN': '“{node}”不是子流程，里面不能放节点',
    en: '"{node}" is no sub-process, nothing can be inside it',
    title: { 'zh-CN': '所在节点不是子流程', en: 'Parent is no sub-process' },
  },
  'flow.handlerWrong': {
    'zh-CN': '“{node}”不能用来补偿：须是同一层的另一个活动',
    en: '"{node}" cannot undo this: it must be another activity of the same level',
    title: { 'zh-CN': '补偿活动不正确', en: 'Wrong compensation handler' },
  },
  'flow.triggerMissing': {
    'zh-CN': '事件子流程的开始节点要写明由什么触发',
    en: 'The start of an event sub-process must say what triggers it',
  },
  'flow.triggerNotAllowed': {
    'zh-CN': '只有事件子流程的开始节点可以由事件触发',
    en: 'Only the start of an event sub-process may be triggered by an event',
  },
  'flow.eventTargetWrong': {
    'zh-CN': '事件网关之后只能是等待事件，且不能有别的连线进入“{node}”',
    en: 'Behind an event gateway only catching events may stand, and nothing else may lead to "{node}"',
    title: { 'zh-CN': '事件网关的出口不正确', en: 'Wrong target of an event gateway' },
  },
  'flow.calledFormWrong': {
    'zh-CN': '节点“{node}”调用的流程属于另一张表单，请写明是哪条记录',
    en: 'The flow that "{node}" calls is about another form; say which record',
    title: { 'zh-CN': '缺少被调用流程的记录', en: 'Record of the called flow missing' },
  },
  'flow.nameNotThrown': {
    'zh-CN': '没有任何地方发出“{name}”（{what}），除非由外部系统发送',
    en: 'Nothing in the app throws "{name}" ({what}), unless another system sends it',
    title: { 'zh-CN': '没有发送方', en: 'Nobody throws it' },
  },
  'flow.nameNotCaught': {
    'zh-CN': '没有任何地方等待“{name}”（{what}）',
    en: 'Nothing in the app catches "{name}" ({what})',
    title: { 'zh-CN': '没有接收方', en: 'Nobody catches it' },
  },
  'flow.joinNeverOpens': {
    'zh-CN': '并行网关“{node}”永远等不齐：它的入口来自同一个选择',
    en: 'The parallel gateway "{node}" never opens: its ways in come from one choice',
    title: { 'zh-CN': '汇聚网关永远不会打开', en: 'A join that never opens' },
  },
  'flow.boundaryNotActivity': {
    'zh-CN': '边界事件只能依附于任务，“{node}”不是任务',
    en: 'A boundary event can only watch an activity, and "{node}" is none',
    title: { 'zh-CN': '边界事件依附错误', en: 'A boundary event on the wrong node' },
  },
  'flow.ownerMissing': {
    'zh-CN': '任务“{node}”没有指定办理人',
    en: 'The task "{node}" has nobody to do it',
    title: { 'zh-CN': '缺少办理人', en: 'Nobody to do a task' },
  },
  'flow.ownerCannotRead': {
    'zh-CN': '“{node}”由“{role}”办理，但该角色不能查看“{form}”，看不到任务；请在应用设置的权限里给它查看权限',
    en: '"{node}" is done by "{role}", a role that may not view "{form}" and so never sees the task; give it the right to view under App settings, Access',
    title: { 'zh-CN': '办理人看不到任务', en: 'Those who do the task cannot see it' },
  },
  'flow.instructionMissing': {
    'zh-CN': '任务“{node}”没有办理说明',
    en: 'The task "{node}" has no instruction',
    title: { 'zh-CN': '缺少办理说明', en: 'No instruction' },
  },
  'flow.limitMissing': {
    'zh-CN': '任务“{node}”没有时限',
    en: 'The task "{node}" has no time limit',
    title: { 'zh-CN': '缺少时限', en: 'No time limit' },
  },
  'flow.modeNeedsPeople': {
    'zh-CN': '任务“{node}”由多人办理，请直接指定人员或角色；派单策略只会选出一人',
    en: 'The task "{node}" is for several people; name people or roles, a strategy chooses only one',
    title: { 'zh-CN': '多人办理缺少人员', en: 'A task for several people names none' },
  },
  'flow.votesNotCounted': {
    'zh-CN': '任务“{node}”由第一个答复决定，通过人数、等待全部和一票否决不起作用；请改用会签或依次',
    en: 'In the task "{node}" the first answer decides, so quorum, wait for all and veto mean nothing; use the mode all or sequential',
    title: { 'zh-CN': '不计票的任务设了计票规则', en: 'Votes are not counted here' },
  },
  'flow.ownerNobody': {
    'zh-CN': '任务“{node}”目前没有人能办理：所选的人员、角色或部门中没有在用账号',
    en: 'Nobody can do the task "{node}" at present: no active person is meant by what it names',
    title: { 'zh-CN': '办理人不存在', en: 'The owner is nobody' },
  },
  'flow.ownerNobodyTried': {
    'zh-CN': '任务“{node}”的办理人由记录决定，但在最近的 {count} 条记录上都找不到在用的人',
    en: 'The record decides who does the task "{node}", and on the newest {count} records tried that is nobody',
    title: { 'zh-CN': '办理人在现有记录上找不到', en: 'The owner is nobody on the records there are' },
  },
  'assignment.fallbackNobody': {
    'zh-CN': '派单策略“{assignment}”的兜底目前没有人：没人符合条件时任务会落到应用管理员',
    en: 'The fallback of "{assignment}" is nobody at present: where nobody fits, the managers of the app get the task',
    title: { 'zh-CN': '兜底没有人', en: 'The fallback is nobody' },
  },
  'flow.quorumTooLarge': {
    'zh-CN': '任务“{node}”的通过人数超过了办理人数（{count} 人），等同于全部同意',
    en: 'The quorum of the task "{node}" is larger than the {count} people asked; it means all of them',
    title: { 'zh-CN': '通过人数过大', en: 'The quorum is larger than the people asked' },
  },
  'ladder.outcomeUnknown': {
    'zh-CN': '没有“{outcome}”这个办理结果，不能自动办理',
    en: 'There is no outcome "{outcome}" here, so the task cannot be answered with it',
    title: { 'zh-CN': '自动办理结果不存在', en: 'The automatic answer does not exist' },
  },
  'calendar.expired': {
    'zh-CN': '日历“{calendar}”的节假日只维护到 {day}，请补充',
    en: 'The holidays of the calendar "{calendar}" are known only until {day}; add the next ones',
    title: { 'zh-CN': '日历已过期', en: 'A calendar has run out' },
  },
  'variable.unset': {
    'zh-CN': '环境变量“{variable}”还没有设置，请管理员在“环境”页填写',
    en: 'The variable "{variable}" is not set here: an administrator sets it on the page "Environment"',
    title: { 'zh-CN': '环境变量未设置', en: 'A variable is not set' },
  },
  'calendar.expiring': {
    'zh-CN': '日历“{calendar}”的节假日只维护到 {day}，即将到期',
    en: 'The holidays of the calendar "{calendar}" are known only until {day}, which is soon',
    title: { 'zh-CN': '日历即将到期', en: 'A calendar runs out soon' },
  },
  'access.hiddenButShown': {
    'zh-CN': '字段“{field}”对角色隐藏，却能从“{by}”中看出；请一并隐藏“{by}”，或明确允许查看',
    en: 'The field "{field}" is hidden from the role but "{by}" gives it away; hide that too, or allow it by name',
    title: { 'zh-CN': '隐藏字段会泄露', en: 'A hidden field is given away' },
  },
  'access.readMissing': {
    'zh-CN': '角色“{role}”有“{right}”权限，但没有任何条目允许其查看',
    en: 'The role "{role}" may "{right}" but nothing lets it read',
    title: { 'zh-CN': '缺少查看权限', en: 'A right without reading' },
  },
  'sample.notFound': { 'zh-CN': '这个应用没有演示数据', en: 'This app brings no demo data' },
  'sample.wrong': {
    'zh-CN': '演示数据的文件有误，未导入',
    en: 'The files of the demo data are wrong; nothing was imported',
  },
  'sample.running': { 'zh-CN': '演示数据正在导入', en: 'The demo data is being imported' },
  'sample.loaded': { 'zh-CN': '演示数据已经导入', en: 'The demo data is in already' },
  'sample.cellWrong': {
    'zh-CN': '演示数据的文件“{file}”第 {row} 行的“{column}”不正确：{value}',
    en: 'In the file "{file}" of the demo data "{column}" is wrong in line {row}: {value}',
    title: { 'zh-CN': '演示人员不正确', en: 'Demo people are wrong' },
  },
  'sample.nobody': {
    'zh-CN': '演示数据的文件“{file}”第 {ticket} 张单据由“{name}”办理，但演示人员中没有这个人',
    en: 'Record {ticket} in the file "{file}" of the demo data is worked on by "{name}", who is none of its people',
    title: { 'zh-CN': '演示人员中没有这个人', en: 'Nobody of the demo people' },
  },
  'sample.nobodyThere': { 'zh-CN': '这个应用的演示数据不带人员', en: 'The demo data of this app brings no people' },
  'sample.peopleNotYours': {
    'zh-CN': '只有管理员可以创建演示人员',
    en: 'Only administrators may make the demo people',
  },
  'sample.sheetsMissing': {
    'zh-CN': '演示数据没有全部导入，所以没有生成在办单据',
    en: 'Not all of the demo data was imported, so the running work was not made',
  },
  'sample.notPlayed': {
    'zh-CN': '第 {ticket} 张在办单据没有办成',
    en: 'Record {ticket} of the running work failed',
    title: { 'zh-CN': '在办单据没有办成', en: 'The running work failed' },
  },
  'sample.unreadable': {
    'zh-CN': '演示数据的文件“{file}”格式不正确',
    en: 'The file "{file}" of the demo data is not in the right form',
    title: { 'zh-CN': '演示数据文件格式不正确', en: 'A file of the demo data is wrong' },
  },
  'publicForm.picker': {
    'zh-CN':
      '“{label}”要从系统里的记录、人员或部门中选择，不能放到公开表单上：外部人员会因此看到它们。请改用文本或选项字段',
    en: '"{label}" is chosen from records, people or departments and cannot stand on a public form: strangers would see them. Use a text or a choice instead',
    title: { 'zh-CN': '外部人员不能选择内部数据', en: 'Strangers may not choose from internal data' },
  },
  'publicForm.unique': {
    'zh-CN': '“{label}”不允许重复，不能放到公开表单上：外部人员可以借此试出已有的值',
    en: '"{label}" must be unique and cannot stand on a public form: strangers could find out which values exist',
    title: { 'zh-CN': '不允许重复的字段不能对外', en: 'Unique fields may not be public' },
  },
  'publicForm.notEntered': {
    'zh-CN': '“{label}”由系统给出，不能在公开表单上填写或预设',
    en: '"{label}" is given by the system; a public form can neither ask for it nor set it',
    title: { 'zh-CN': '由系统给出的字段不能填写', en: 'Given by the system' },
  },
  'publicForm.requiredMissing': {
    'zh-CN': '必填的“{label}”不在公开表单上，也没有默认值：外部提交的记录里它会是空的',
    en: '"{label}" is required but neither on the public form nor given a default: records from outside will come without it',
    title: { 'zh-CN': '公开表单缺少必填字段', en: 'A required field is not on the public form' },
  },
  'publicForm.checkBeyond': {
    'zh-CN': '校验“{message}”要看“{label}”，而它不在公开表单上：外部人员可能因此无法提交',
    en: 'The check "{message}" looks at "{label}", which is not on the public form: strangers may be unable to send it in',
    title: { 'zh-CN': '校验要看公开表单以外的字段', en: 'A check looks beyond the public form' },
  },
  'publicForm.notYours': {
    'zh-CN': '您自己不能填写“{label}”，因此不能让外部人员填写',
    en: 'You may not fill in "{label}" yourself, so you cannot open it to strangers',
    title: { 'zh-CN': '不能对外开放自己无权填写的字段', en: 'Not yours to open' },
  },
  'publicForm.notFound': {
    'zh-CN': '这个表单不存在，或者已经停止接收。请向给您链接的单位询问',
    en: 'This form does not exist, or is no longer open. Please ask whoever gave you the link',
    title: { 'zh-CN': '表单不存在或已停止接收', en: 'No such form, or no longer open' },
  },
  'publicForm.refused': {
    'zh-CN': '没有提交成功：请刷新页面后重新填写',
    en: 'This was not sent: please reload the page and fill it in again',
    title: { 'zh-CN': '没有提交成功', en: 'Not sent' },
  },
  'publicForm.full': {
    'zh-CN': '现在不能再上传文件，请稍后再试，或不带附件提交',
    en: 'No more files can be taken just now; try again later, or send it without',
    title: { 'zh-CN': '暂时不能上传文件', en: 'No more files just now' },
  },
  'portal.formClosed': {
    'zh-CN': '“{label}”没有打开公开表单，门户上不会出现它',
    en: 'The public form of "{label}" is not open, so the portal will not show it',
    title: { 'zh-CN': '门户上的表单没有对外开放', en: 'A form of the portal is not public' },
  },
  'portal.empty': {
    'zh-CN': '门户没有提供任何对外开放的表单，客户打开后什么也做不了',
    en: 'The portal offers no form that is open: customers can do nothing there',
    title: { 'zh-CN': '门户上没有可用的表单', en: 'Nothing on the portal' },
  },
  'portal.contactsElsewhere': {
    'zh-CN': '进度查询只能用本应用的表单',
    en: 'Tracking uses forms of this app only',
    title: { 'zh-CN': '进度查询要用本应用的表单', en: 'A form of another app' },
  },
  'portal.noContact': {
    'zh-CN': '“{label}”的联系人字段要是指向联系人表单的单选关联',
    en: 'The contact of "{label}" must be a link to one record of the form of contacts',
    title: { 'zh-CN': '没有指向联系人的字段', en: 'No link to the contact' },
  },
  'portal.fieldNotShown': {
    'zh-CN': '“{label}”不能给客户看：它会带出其他记录、人员或文件，或者不保存在记录里',
    en: '"{label}" cannot be shown to customers: it brings in other records, people or files, or is not kept with the record',
    title: { 'zh-CN': '这个字段不能给客户看', en: 'Not for customers' },
  },
  'portal.roleReadsNothing': {
    'zh-CN': '门户的角色没有“{label}”的查看权限，客户登录后什么也看不到',
    en: 'The role of the portal may not read "{label}": customers who sign in will see none of it',
    title: { 'zh-CN': '门户的角色没有查看权限', en: 'The portal role may not read it' },
  },
  'portal.signIn': {
    'zh-CN': '请先登录',
    en: 'Please sign in first',
    title: { 'zh-CN': '需要登录', en: 'Sign in' },
  },
  'portal.wrongMail': {
    'zh-CN': '请填写一个正确的邮箱地址',
    en: 'Please enter one mail address',
    title: { 'zh-CN': '邮箱地址不正确', en: 'Not a mail address' },
  },
  'portal.wrongCode': {
    'zh-CN': '验证码不正确或已失效，请检查后重试，或重新获取',
    en: 'This code is wrong or no longer valid: check it, or ask for a new one',
    title: { 'zh-CN': '验证码不正确或已失效', en: 'Wrong or expired code' },
  },
  'portal.notFound': {
    'zh-CN': '这个页面不存在，或者已经关闭。请向给您地址的单位询问',
    en: 'This page does not exist, or is closed. Please ask whoever gave you the address',
    title: { 'zh-CN': '页面不存在或已关闭', en: 'No such page, or closed' },
  },
  'field.required': { 'zh-CN': '请填写{label}', en: '{label} is required' },
  'field.unknown': { 'zh-CN': '没有字段“{field}”{suggestion}', en: 'There is no field "{field}"{suggestion}' },
  'field.readOnly': { 'zh-CN': '{label}不能修改', en: '{label} may not be changed' },
  'field.notText': { 'zh-CN': '{label}应为文字', en: '{label} must be text' },
  'field.controlCharacter': {
    'zh-CN': '{label}含有不可见的控制字符',
    en: '{label} contains invisible control characters',
  },
  'field.tooLong': { 'zh-CN': '{label}不能超过 {max} 个字符', en: '{label} may have at most {max} characters' },
  'field.pattern.postcode': { 'zh-CN': '{label}应为六位邮政编码', en: '{label} must be a postcode of six digits' },
  'field.pattern.digits': { 'zh-CN': '{label}只能填写数字', en: '{label} may contain digits only' },
  'field.pattern.letters_digits': {
    'zh-CN': '{label}只能填写字母和数字',
    en: '{label} may contain letters and digits only',
  },
  'field.notNumber': { 'zh-CN': '{label}应为数字', en: '{label} must be a number' },
  'field.notWhole': { 'zh-CN': '{label}应为整数', en: '{label} must be a whole number' },
  'field.tooManyDecimals': { 'zh-CN': '{label}最多 {scale} 位小数', en: '{label} may have at most {scale} decimals' },
  'field.tooManyDigits': { 'zh-CN': '{label}的数值过大', en: '{label} has too many digits' },
  'field.tooSmall': { 'zh-CN': '{label}不能小于 {min}', en: '{label} may not be less than {min}' },
  'field.tooLarge': { 'zh-CN': '{label}不能大于 {max}', en: '{label} may not be more than {max}' },
  'field.bounds': {
    'zh-CN': '最小值 {min} 大于最大值 {max}',
    en: 'The smallest value {min} is more than the largest {max}',
  },
  'field.notBoolean': { 'zh-CN': '{label}应为“是”或“否”', en: '{label} must be yes or no' },
  'field.notDate': {
    'zh-CN': '{label}不是有效日期，请写成 2026-03-02',
    en: '{label} is no date; write it like 2026-03-02',
  },
  'field.notDateTime': {
    'zh-CN': '{label}不是有效时间，请写成 2026-03-02 08:30',
    en: '{label} is no date and time; write it like 2026-03-02 08:30',
  },
  'field.notTime': {
    'zh-CN': '{label}不是有效时刻，请写成 15:20',
    en: '{label} is no time of day; write it like 15:20',
  },
  'field.zoneMissing': { 'zh-CN': '{label}缺少时区', en: '{label} names no time zone' },
  'field.notDuration': {
    'zh-CN': '{label}不是有效时长，请写成“1 天 3 小时”',
    en: '{label} is no duration; write it like 1 d 3 h',
  },
  'field.notChoice': { 'zh-CN': '{label}没有“{value}”这个选项', en: '{label} has no option "{value}"' },
  'field.ambiguousChoice': {
    'zh-CN': '{label}有多个名为“{value}”的选项',
    en: '{label} has several options called "{value}"',
  },
  'field.retiredChoice': {
    'zh-CN': '{label}的选项“{value}”已停用',
    en: 'Option "{value}" of {label} is no longer offered',
  },
  'field.tooMany': { 'zh-CN': '{label}最多选择 {max} 项', en: '{label} may have at most {max} entries' },
  'table.notRows': { 'zh-CN': '{label}应为由多行组成的列表', en: '{label} must be a list of rows' },
  'table.unknownColumn': {
    'zh-CN': '{label}没有“{column}”这一列{suggestion}',
    en: '{label} has no column "{column}"{suggestion}',
  },
  'table.rowId': {
    'zh-CN': '{label}的行标识不正确或重复',
    en: 'A row of {label} has an id that is not right or is used twice',
  },
  'table.tooFewRows': { 'zh-CN': '{label}至少需要 {min} 行', en: '{label} needs at least {min} rows' },
  'table.tooManyRows': { 'zh-CN': '{label}最多 {max} 行', en: '{label} may have at most {max} rows' },
  'table.formula': {
    'zh-CN': '明细表“{label}”的列公式只能使用同一行的列，不能使用“{name}”',
    en: 'A formula in the table "{label}" may use columns of its own row only, not "{name}"',
  },
  'table.condition': {
    'zh-CN': '明细表“{label}”的列显示条件只能使用同一行的列，不能使用“{name}”',
    en: 'A column of the table "{label}" is shown by the columns of its own row only, not by "{name}"',
  },
  'table.total': {
    'zh-CN': '“{label}”不是数字或金额，不能合计',
    en: '"{label}" is no number or amount and has no total',
  },
  'field.notReference': { 'zh-CN': '{label}的引用无效', en: '{label} is no valid reference' },
  'field.notPhone': {
    'zh-CN': '{label}不是有效的电话号码（固定电话请加区号）',
    en: '{label} is no valid phone number (with area or country code)',
  },
  'field.notEmail': { 'zh-CN': '{label}不是有效的邮箱地址', en: '{label} is no valid e-mail address' },
  'field.notUrl': {
    'zh-CN': '{label}不是有效的网址，请写成 https://www.example.com',
    en: '{label} is no web address; write it like https://www.example.com',
  },
  'field.notPlace': {
    'zh-CN': '{label}的坐标无效：请先写纬度（-90 到 90）、再写经度（-180 到 180），例如 31.23, 121.47',
    en: '{label}: these coordinates are none; latitude (-90 to 90) comes first, then longitude (-180 to 180): 31.23, 121.47',
    title: { 'zh-CN': '坐标无效', en: 'Coordinates that are none' },
  },
  'check.failed': {
    'zh-CN': '{message}',
    en: '{message}',
    title: { 'zh-CN': '不符合表单的要求', en: 'A check of the form failed' },
  },
  'formula.resultType': {
    'zh-CN': '公式结果不是所选类型“{result}”',
    en: 'The formula does not give the chosen type "{result}"',
  },
  'formula.cycle': {
    'zh-CN': '公式相互引用形成循环：{cycle}',
    en: 'Formulas refer to each other in a circle: {cycle}',
  },
  'serial.unknownPart': {
    'zh-CN': '流水号格式中的“{part}”无法识别',
    en: 'The serial pattern contains the unknown part "{part}"',
  },
  'serial.counter': {
    'zh-CN': '流水号格式必须且只能有一个计数部分{example}',
    en: 'The serial pattern needs exactly one counter{example}',
  },
  'serial.brace': {
    'zh-CN': '流水号格式的大括号不成对或含有控制字符',
    en: 'The serial pattern has an unpaired brace or a control character',
  },
  'field.invalid': { 'zh-CN': '{label}的内容不正确', en: '{label} is not valid' },
  'access.denied': { 'zh-CN': '您没有权限进行此操作', en: 'You are not allowed to do this' },
  'record.notFound': { 'zh-CN': '不存在，或您无权查看', en: 'Not found, or not visible to you' },
  'version.conflict': {
    'zh-CN': '数据已被他人修改，请核对后再保存',
    en: 'Somebody else has changed this record; check and save again',
  },
  'task.notFound': { 'zh-CN': '任务不存在，或您无权查看', en: 'The task does not exist or is not visible to you' },
  'task.done': { 'zh-CN': '该任务已由{by}办理', en: 'This task was already done by {by}' },
  'ladder.reservedId': {
    'zh-CN': '“{id}”是系统保留的标识，请换一个',
    en: 'The id "{id}" is reserved; choose another one',
  },
  'calendar.unknownZone': {
    'zh-CN': '时区“{zone}”不存在，例如应写成 Asia/Shanghai',
    en: 'There is no time zone "{zone}"; write it like Asia/Shanghai',
  },
  'calendar.neverWorks': { 'zh-CN': '每周至少要有一个工作时段', en: 'The week needs at least one working period' },
  'calendar.periodStart': {
    'zh-CN': '时段不能从 {from} 开始，请写成次日的 00:00',
    en: 'A period cannot begin at {from}; begin the next day at 00:00',
  },
  'calendar.periodsOverlap': {
    'zh-CN': '时段 {from}–{to} 与其他时段重叠',
    en: 'The period {from}–{to} overlaps another one',
  },
  'calendar.noSuchDay': { 'zh-CN': '日期 {day} 不存在', en: 'There is no day {day}' },
  'calendar.rangeBackwards': {
    'zh-CN': '结束日期 {to} 早于开始日期 {from}',
    en: 'The range ends on {to}, before it begins on {from}',
  },
  'calendar.rangeTooLong': {
    'zh-CN': '一段特殊日期最多 {max} 天',
    en: 'A range of special days has at most {max} days',
  },
  'request.malformed': { 'zh-CN': '请求格式不正确：{reason}', en: 'The request is malformed: {reason}' },
  'request.notFound': { 'zh-CN': '没有这个地址', en: 'There is no such address' },
  'request.tooLarge': {
    'zh-CN': '内容过大，上限为 {max}',
    en: 'Too large; the limit is {max}',
    title: { 'zh-CN': '内容过大', en: 'Too large' },
  },
  'request.contentType': {
    'zh-CN': '不支持的内容类型“{given}”，应为 {expected}',
    en: 'The content type "{given}" is not supported here; send {expected}',
    title: { 'zh-CN': '不支持的内容类型', en: 'Content type not supported' },
  },
  'request.tooMany': {
    'zh-CN': '操作过于频繁，请在 {seconds} 秒后再试',
    en: 'Too many requests; try again in {seconds} seconds',
    title: { 'zh-CN': '操作过于频繁', en: 'Too many requests' },
  },
  'request.csrf': { 'zh-CN': '页面已失效，请刷新后重试', en: 'The page is out of date; reload it and try again' },
  'session.required': { 'zh-CN': '请先登录', en: 'Please sign in' },
  'session.wrongPassword': { 'zh-CN': '用户名或密码不正确', en: 'The user name or password is wrong' },
  'session.weakPassword': { 'zh-CN': '密码过于简单，请换一个', en: 'This password is too easy to guess' },
  'user.notFound': { 'zh-CN': '没有这位人员', en: 'There is no such person' },
  'user.invalid': { 'zh-CN': '人员信息有误', en: 'Something about the person is not right' },
  'user.noDeputy': { 'zh-CN': '代理人须是另一位在职人员', en: 'The deputy must be another active person' },
  'user.lastAdmin': {
    'zh-CN': '系统至少要有一名可登录的管理员',
    en: 'There must be at least one administrator who can sign in',
  },
  'department.notFound': { 'zh-CN': '没有这个部门', en: 'There is no such department' },
  'department.invalid': { 'zh-CN': '部门信息有误', en: 'Something about the department is not right' },
  'department.circle': { 'zh-CN': '上级部门不能是自己或自己的下级', en: 'A department cannot be below itself' },
  'organisation.codeTaken': {
    'zh-CN': '“{value}”已被使用',
    en: '"{value}" is in use already',
    title: { 'zh-CN': '名称已被使用', en: 'The name is in use' },
  },
  'setup.done': { 'zh-CN': '系统已完成初始化', en: 'The installation has been set up already' },
  'idempotency.reused': {
    'zh-CN': '同一个幂等键用于了不同的内容',
    en: 'The idempotency key was used before with another body',
  },
  'idempotency.inFlight': {
    'zh-CN': '相同的请求正在处理中，请稍候',
    en: 'The same request is still being carried out',
  },
  'idempotency.malformed': {
    'zh-CN': '幂等键应为 1 到 200 个可见字符',
    en: 'An idempotency key has 1 to 200 visible characters',
  },
  'file.notFound': { 'zh-CN': '文件不存在，或您无权查看', en: 'The file does not exist or is not visible to you' },
  'file.wrongType': {
    'zh-CN': '“{name}”的类型不允许，可选：{allowed}',
    en: '"{name}" is of a kind that is not allowed here; allowed: {allowed}',
    title: { 'zh-CN': '文件类型不允许', en: 'File type not allowed' },
  },
  'file.tooLarge': {
    'zh-CN': '文件过大，上限为 {max}',
    en: 'The file is too large; the limit is {max}',
    title: { 'zh-CN': '文件过大', en: 'The file is too large' },
  },
  'query.fieldNotStored': {
    'zh-CN': '“{field}”在查看时才计算，不能用于筛选、排序或统计',
    en: '"{field}" is calculated when it is shown and cannot be filtered, sorted or counted by',
  },
  'query.notMeasurable': { 'zh-CN': '不能对“{field}”计算“{agg}”', en: '"{agg}" cannot be calculated for "{field}"' },
  'query.bucketUnfit': {
    'zh-CN': '“{field}”不能按“{bucket}”分段',
    en: '"{field}" cannot be cut into stretches of "{bucket}"',
  },
  'query.sortUnknown': { 'zh-CN': '不能按“{sort}”排序', en: 'There is nothing called "{sort}" to sort by' },
  'query.duplicateMeasure': { 'zh-CN': '统计项“{id}”重复', en: 'The measure "{id}" is there twice' },
  'query.backlogBucket': {
    'zh-CN': '积压量需要且只能有一个时间分组',
    en: 'A backlog needs exactly one time dimension',
  },
  'query.zoneUnknown': { 'zh-CN': '没有时区“{zone}”', en: 'There is no time zone "{zone}"' },
  'query.cursorInvalid': {
    'zh-CN': '翻页位置已失效，请从第一页重新开始',
    en: 'This position in the list is no longer valid; start again from the first page',
  },
  'query.tooLarge': { 'zh-CN': '查询过大：{what}最多 {max}', en: 'The query is too large: at most {max} {what}' },
  'rule.needsRecord': {
    'zh-CN': '动作“{action}”需要一条记录，而该规则可能在没有记录时运行',
    en: 'The action "{action}" needs a record, but the rule may run without one',
    title: { 'zh-CN': '动作需要记录', en: 'The action needs a record' },
  },
  'rule.cycle': {
    'zh-CN': '规则会互相触发：{rules}',
    en: 'Rules set each other off: {rules}',
    title: { 'zh-CN': '规则互相触发', en: 'Rules set each other off' },
  },
  'alert.notFound': {
    'zh-CN': '没有这条预警，或您无权查看',
    en: 'There is no such alert, or it is not visible to you',
  },
  'alert.over': { 'zh-CN': '该预警已经结束', en: 'The alert is over already' },
  'metric.unknown': { 'zh-CN': '没有指标“{metric}”', en: 'There is no metric "{metric}"' },
  'form.unknown': { 'zh-CN': '没有表单“{form}”', en: 'There is no form "{form}"' },
  'condition.notInDatabase': {
    'zh-CN': '该公式不能用于筛选列表或限定权限',
    en: 'This formula cannot filter a list or limit access',
  },
  'app.invalid': { 'zh-CN': '应用定义有误，未发布', en: 'The definitions are not right; nothing was published' },
  'app.versionConflict': {
    'zh-CN': '已有更新的版本 {version}，请先拉取',
    en: 'Version {version} is live already; pull it first',
    title: { 'zh-CN': '已有更新的版本', en: 'A newer version is live' },
  },
  'app.unconfirmed': {
    'zh-CN': '以下步骤需要确认：{steps}',
    en: 'These steps need a confirmation: {steps}',
    title: { 'zh-CN': '有步骤需要确认', en: 'Some steps need a confirmation' },
  },
  'migration.nodeGone': {
    'zh-CN': '新版本中没有节点“{node}”',
    en: 'The new version has no node "{node}"',
    title: { 'zh-CN': '新版本中没有这个节点', en: 'The node is not in the new version' },
  },
  'migration.typeChanged': {
    'zh-CN': '节点“{node}”在新版本中是另一种类型',
    en: '"{node}" is of another type in the new version',
    title: { 'zh-CN': '节点类型变了', en: 'The node has another type' },
  },
  'migration.levelChanged': {
    'zh-CN': '节点“{node}”在新版本中位于另一个子流程',
    en: '"{node}" is in another sub-process in the new version',
    title: { 'zh-CN': '节点所在的子流程变了', en: 'The node is in another sub-process' },
  },
  'migration.edgeGone': {
    'zh-CN': '“{node}”已等到的连线“{edge}”在新版本中不存在',
    en: 'The edge "{edge}" that reached "{node}" is not in the new version',
    title: { 'zh-CN': '汇合处的连线已不存在', en: 'An edge of a join is gone' },
  },
  'migration.mutexHeld': {
    'zh-CN': '“{node}”占用或等待临界区，不能由另一个节点接替',
    en: '"{node}" is in, or waits for, a critical section: no other node can take over',
    title: { 'zh-CN': '节点占用临界区', en: 'The node holds a critical section' },
  },
  'migration.flowGone': {
    'zh-CN': '新版本中没有这个流程',
    en: 'The new version does not have this flow',
  },
  'migration.ended': { 'zh-CN': '实例已结束', en: 'The instance has ended' },
  'migration.blocked': {
    'zh-CN': '实例无法转到新版本，未做任何更改',
    en: 'The instance cannot go over to the new version; nothing was changed',
  },
  'app.exists': {
    'zh-CN': '已有标识为“{app}”的应用或草稿',
    en: 'There is an app or a draft with the id "{app}" already',
    title: { 'zh-CN': '已有这个应用', en: 'The app exists already' },
  },
  'app.rightNotYours': {
    'zh-CN': '角色“{role}”的应用权限“{right}”您自己没有，不能授予',
    en: 'You cannot give the app right "{right}" to the role "{role}": you do not have it yourself',
    title: { 'zh-CN': '不能授予自己没有的权限', en: 'A right you do not have' },
  },
  'app.formNotYours': {
    'zh-CN': '应用“{app}”的表单“{form}”不属于您设计的应用，请由其设计者或管理员发布',
    en: 'The form "{form}" belongs to the app "{app}", which you do not design; its builders or an administrator can publish this',
    title: { 'zh-CN': '用到了他人应用的表单', en: 'A form of an app that is not yours' },
  },
  'archive.refused': {
    'zh-CN': '应用包有误，未导入任何内容',
    en: 'The archive is not right; nothing was imported',
  },
  'archive.unreadable': {
    'zh-CN': '不是可读取的 ZIP 文件（或文件不完整、分卷、ZIP64）',
    en: 'This is no ZIP file that can be read (or it is cut off, split, or ZIP64)',
    title: { 'zh-CN': '无法读取的 ZIP 文件', en: 'No readable ZIP file' },
  },
  'archive.damaged': {
    'zh-CN': '此文件已损坏：内容与校验值或目录不符',
    en: 'This file is damaged: its content does not match its checksum or the directory',
    title: { 'zh-CN': '文件已损坏', en: 'A damaged file' },
  },
  'archive.tooMany': {
    'zh-CN': '文件超过 {max} 个',
    en: 'There are more than {max} files',
    title: { 'zh-CN': '文件过多', en: 'Too many files' },
  },
  'archive.tooLarge': {
    'zh-CN': '解压后过大（此处最多 {max}）',
    en: 'It is too large when unpacked (at most {max} here)',
    title: { 'zh-CN': '解压后过大', en: 'Too large when unpacked' },
  },
  'archive.path': {
    'zh-CN': '文件名不允许：路径必须在应用文件夹内，不能是绝对路径、“..”、反斜杠或控制字符',
    en: 'The name is not allowed: a path stays inside the folder, without "..", drives, backslashes or control characters',
    title: { 'zh-CN': '文件名不允许', en: 'A name that is not allowed' },
  },
  'archive.nameEncoding': {
    'zh-CN': '第 {position} 个文件的名称不是 UTF-8',
    en: 'The name of file {position} is not UTF-8',
    title: { 'zh-CN': '文件名不是 UTF-8', en: 'A name that is not UTF-8' },
  },
  'archive.link': {
    'zh-CN': '不允许链接或设备文件',
    en: 'Links and devices are not allowed',
    title: { 'zh-CN': '不允许的文件类型', en: 'A kind of file that is not allowed' },
  },
  'archive.duplicate': {
    'zh-CN': '同名文件出现两次（大小写或字符形式不同也算）',
    en: 'The same name comes twice (another case or Unicode form counts too)',
    title: { 'zh-CN': '文件名重复', en: 'A name given twice' },
  },
  'archive.encrypted': {
    'zh-CN': '文件已加密',
    en: 'The file is encrypted',
    title: { 'zh-CN': '加密的文件', en: 'An encrypted file' },
  },
  'archive.method': {
    'zh-CN': '不支持的压缩方式',
    en: 'It is compressed by a method that is not supported',
    title: { 'zh-CN': '不支持的压缩方式', en: 'An unknown compression' },
  },
  'archive.encoding': {
    'zh-CN': '定义文件不是 UTF-8',
    en: 'A definition is not UTF-8',
    title: { 'zh-CN': '不是 UTF-8', en: 'Not UTF-8' },
  },
  'archive.foreignFile': {
    'zh-CN': '不属于应用的文件',
    en: 'This file is none of an app',
    title: { 'zh-CN': '不属于应用的文件', en: 'Not a file of an app' },
  },
  'archive.noApp': {
    'zh-CN': '缺少 app.json（应在最上层，或在唯一的文件夹内）',
    en: 'There is no app.json (at the top, or in the one folder that holds everything)',
    title: { 'zh-CN': '缺少 app.json', en: 'No app.json' },
  },
  'draft.conflict': {
    'zh-CN': '草稿刚刚被他人（或在另一个窗口）修改，请看过最新内容后再试',
    en: 'The draft has just been changed by somebody else, or in another window: look at it as it is now and try again',
    title: { 'zh-CN': '草稿已被他人修改', en: 'The draft has been changed meanwhile' },
  },
  'draft.missing': { 'zh-CN': '没有这个草稿', en: 'There is no such draft' },
  'draft.nothingToUndo': { 'zh-CN': '没有可撤销或重做的修改', en: 'There is nothing to undo or redo' },
  'draft.othersEdit': {
    'zh-CN': '“{label}”这一步是{name}改的，请确认是否要撤销或重做',
    en: 'The step "{label}" was made by {name}: confirm that you mean to undo or redo it',
    title: { 'zh-CN': '这一步是他人改的', en: 'Somebody else made this step' },
  },
  'draft.path': {
    'zh-CN': '文件路径不正确或重复',
    en: 'A file path is not right, or given twice',
  },
  'draft.tooLarge': { 'zh-CN': '草稿过大', en: 'The draft is too large' },
  'draft.notRestorable': {
    'zh-CN': '无法恢复“{address}”：该版本中没有它，或它所在的元素已删除',
    en: '"{address}" cannot be restored: that version does not have it, or what it stood in is gone',
    title: { 'zh-CN': '无法恢复', en: 'It cannot be restored' },
  },
  'draft.patch': { 'zh-CN': '修改无法应用于草稿', en: 'The patch does not fit the draft' },
  'patch.targetMissing': {
    'zh-CN': '草稿中没有“{path}”',
    en: 'There is no "{path}" in the draft',
    title: { 'zh-CN': '修改的位置不存在', en: 'The place to change is not there' },
  },
  'patch.testFailed': {
    'zh-CN': '“{path}”与预期不同',
    en: '"{path}" is not what was expected',
    title: { 'zh-CN': '与预期不同', en: 'Not what was expected' },
  },
  'publish.promiseBroken': {
    'zh-CN': '场景“{scenario}”不再成立：{failure}',
    en: 'The scenario "{scenario}" no longer holds: {failure}',
    title: { 'zh-CN': '一个场景不再成立', en: 'A scenario no longer holds' },
  },
  'publish.formAdded': { 'zh-CN': '新增表单“{form}”', en: 'New form "{form}"' },
  'publish.formRemoved': {
    'zh-CN': '移除表单“{form}”（数据保留，直到清除）',
    en: 'Form "{form}" is taken away (its data stays until it is purged)',
  },
  'publish.fieldAdded': { 'zh-CN': '{form}：新增字段“{field}”', en: '{form}: new field "{field}"' },
  'publish.fieldRemoved': {
    'zh-CN': '{form}：移除字段“{field}”（数据保留，直到清除）',
    en: '{form}: field "{field}" is taken away (its data stays until it is purged)',
  },
  'publish.fieldRestored': {
    'zh-CN': '{form}：恢复字段“{field}”及其原有数据',
    en: '{form}: field "{field}" comes back with its old data',
  },
  'publish.fieldConverted': {
    'zh-CN': '{form}：字段“{field}”由“{from}”改为“{to}”，{failing} 个值无法转换',
    en: '{form}: field "{field}" changes from {from} to {to}; {failing} values cannot be converted',
  },
  'publish.uniqueAdded': {
    'zh-CN': '{form}：字段“{field}”此后不可重复',
    en: '{form}: values of "{field}" must be unique from now on',
  },
  'publish.optionRemoved': {
    'zh-CN': '{form}：字段“{field}”移除仍在使用的选项 {options}',
    en: '{form}: options of "{field}" that are in use are taken away: {options}',
  },
  'publish.columnAdded': {
    'zh-CN': '{form}：明细表“{field}”新增列“{column}”',
    en: '{form}: new column "{column}" in "{field}"',
  },
  'publish.columnRemoved': {
    'zh-CN': '{form}：明细表“{field}”移除列“{column}”（数据保留，直到清除）',
    en: '{form}: column "{column}" of "{field}" is taken away (its data stays until it is purged)',
  },
  'publish.columnConverted': {
    'zh-CN': '{form}：明细表“{field}”的列“{column}”由“{from}”改为“{to}”，{failing} 条记录有值无法转换',
    en: '{form}: column "{column}" of "{field}" changes from {from} to {to}; {failing} records have values that cannot be converted',
  },
  'publish.recomputed': { 'zh-CN': '{form}：重新计算“{field}”', en: '{form}: "{field}" is computed anew' },
  'query.fieldNotGrouped': {
    'zh-CN': '“{field}”是明细表，不能用于分组或排序',
    en: '"{field}" is a table: there is no grouping or sorting by it',
  },
  'query.invalid': { 'zh-CN': '查询有误', en: 'The query is not right' },
  'server.unreachable': { 'zh-CN': '无法连接服务器', en: 'The server cannot be reached' },
  'server.fault': {
    'zh-CN': '系统出现错误，请稍后再试；编号 {request}',
    en: 'Something went wrong on our side; reference {request}',
    title: { 'zh-CN': '系统出现错误', en: 'Something went wrong on our side' },
  },
  'server.unavailable': { 'zh-CN': '系统暂时不可用，请稍后再试', en: 'Temporarily unavailable; try again shortly' },
  'import.columnTwice': { 'zh-CN': '列“{column}”出现了两次', en: 'The column "{column}" appears twice' },
  'import.empty': { 'zh-CN': '文件里没有数据行', en: 'The file has no rows of data' },
  'import.encodingUnclear': {
    'zh-CN': '无法判断文件的编码，请另存为 UTF-8',
    en: 'The encoding of the file cannot be told; save it as UTF-8',
  },
  'import.encodingUnknown': { 'zh-CN': '不认识编码“{encoding}”', en: 'There is no encoding "{encoding}"' },
  'import.encodingWrong': {
    'zh-CN': '文件的编码不是“{encoding}”',
    en: 'The file is not in the encoding "{encoding}"',
  },
  'import.exists': { 'zh-CN': '“{value}”已存在', en: '"{value}" exists already' },
  'import.keyBlank': { 'zh-CN': '缺少用于识别记录的值', en: 'The value that tells the record is missing' },
  'import.keyNotMapped': { 'zh-CN': '识别字段“{field}”没有对应的列', en: 'The key field "{field}" is not mapped' },
  'import.keyTwice': { 'zh-CN': '“{value}”在文件中出现了多次', en: '"{value}" appears more than once in the file' },
  'import.mapping': { 'zh-CN': '列对应关系与文件或表单不符', en: 'The mapping does not fit the file or the form' },
  'import.noColumn': { 'zh-CN': '文件中没有列“{column}”', en: 'The file has no column "{column}"' },
  'import.noSource': {
    'zh-CN': '字段“{field}”没有指定列或固定值',
    en: 'The field "{field}" has neither a column nor a value',
  },
  'import.table': {
    'zh-CN': '明细表“{field}”不能从文件导入',
    en: 'The table "{field}" cannot be imported from a file',
  },
  'import.noColumnFits': {
    'zh-CN': '没有一列与表单的字段同名，请说明各列对应哪个字段。文件中的列：{columns}',
    en: 'No column is named like a field of the form; say which column is which. The file has: {columns}',
    title: { 'zh-CN': '没有一列与表单的字段同名', en: 'No column is named like a field of the form' },
  },
  'import.noCreation': { 'zh-CN': '缺少创建时间', en: 'It is not said when it was created' },
  'import.noMoment': { 'zh-CN': '“{value}”不是有效的时间', en: '"{value}" is no valid time' },
  'import.notFound': { 'zh-CN': '找不到“{value}”', en: '"{value}" was not found' },
  'import.notText': { 'zh-CN': '这不是文本表格文件', en: 'This is not a text table' },
  'import.oldExcel': {
    'zh-CN': '不支持旧版 Excel（.xls），请另存为 .xlsx 或 CSV',
    en: 'Old Excel files (.xls) are not supported; save it as .xlsx or CSV',
  },
  'import.otherForm': { 'zh-CN': '该对应关系属于表单“{form}”', en: 'The mapping is made for the form "{form}"' },
  'import.quoteOpen': {
    'zh-CN': '第 {line} 行起有引号没有成对',
    en: 'A quote opened in line {line} or below is never closed',
    title: { 'zh-CN': '有引号没有成对', en: 'A quote is never closed' },
  },
  'import.rowsWrong': {
    'zh-CN': '有 {failed} 行不正确，未导入任何数据',
    en: '{failed} rows are wrong; nothing was imported',
  },
  'import.tooManyCells': {
    'zh-CN': '这一行有 {cells} 格，表头只有 {columns} 列；含分隔符的内容要加引号',
    en: 'The row has {cells} cells, the header {columns} columns; a text with the delimiter in it needs quotes',
    title: { 'zh-CN': '这一行的格数多于表头', en: 'The row has more cells than the header' },
  },
  'import.tooManyColumns': {
    'zh-CN': '列数 {columns} 超过上限 {max}',
    en: '{columns} columns are more than the {max} allowed',
    title: { 'zh-CN': '列数超过上限', en: 'Too many columns' },
  },
  'import.tooManyRows': { 'zh-CN': '行数 {rows} 超过上限 {max}', en: '{rows} rows are more than the {max} allowed' },
  'import.unreadable': {
    'zh-CN': '文件已损坏或不完整，无法读取',
    en: 'The file is damaged or incomplete and cannot be read',
  },
  'import.zoneUnknown': { 'zh-CN': '不认识时区“{zone}”', en: 'There is no time zone "{zone}"' },
  'import.writeFailed': {
    'zh-CN': '第 {line} 行写入失败，已全部撤销',
    en: 'Row {line} could not be written; everything was taken back',
  },
  'action.notAvailable': { 'zh-CN': '此操作目前不可用', en: 'This action is not available now' },
  'comment.empty': { 'zh-CN': '请填写内容', en: 'Please write something' },
  'flow.gone': { 'zh-CN': '流程已不存在', en: 'The flow is no longer there' },
  'flow.noWayOut': {
    'zh-CN': '没有可走的连线：条件都不满足，也没有默认连线',
    en: 'There is no way on: no condition holds and there is no default edge',
  },
  'flow.targetMissing': { 'zh-CN': '连线指向的节点已不存在', en: 'The node an edge leads to is not there' },
  'flow.budget': {
    'zh-CN': '流程一直在循环，没有停下来等待',
    en: 'The flow goes round without ever waiting',
  },
  'flow.joinStuck': {
    'zh-CN': '汇聚网关等待的分支不会再到来',
    en: 'A gateway waits for a branch that can no longer come',
  },
  'flow.errorUncaught': { 'zh-CN': '抛出的错误没有被捕获', en: 'An error was thrown that nobody catches' },
  'flow.tooManyItems': { 'zh-CN': '多实例超过 1000 个', en: 'More than 1,000 instances of one activity' },
  'flow.tooDeep': { 'zh-CN': '流程互相调用超过 16 层', en: 'Flows call each other more than 16 levels deep' },
  'flow.childCancelled': { 'zh-CN': '被调用的流程没有正常结束', en: 'The called flow did not end well' },
  'flow.noRecord': { 'zh-CN': '没有可用的记录来调用流程', en: 'There is no record to call the flow on' },
  'flow.notDead': { 'zh-CN': '流程没有卡住，无需重试', en: 'Nothing is stuck, so there is nothing to retry' },
  'flow.noStart': { 'zh-CN': '流程没有开始节点', en: 'The flow has no start' },
  'flow.notRunning': { 'zh-CN': '流程已结束', en: 'The flow has ended' },
  'flow.tokenGone': { 'zh-CN': '流程已不在该节点', en: 'The flow no longer stands there' },
  'record.invalid': {
    'zh-CN': '内容有误，请检查标出的字段',
    en: 'Some values are not right; check the fields that are marked',
  },
  'record.referenced': {
    'zh-CN': '仍有其他记录关联着它，不能删除',
    en: 'Other records still refer to it, so it cannot be deleted',
  },
  'record.duplicate': { 'zh-CN': '已有相同的记录', en: 'There is such a record already' },
  'field.duplicate': { 'zh-CN': '{label}已被其他记录使用', en: '{label} is already used by another record' },
  'reference.notFound': {
    'zh-CN': '{label}不存在，或您无权查看',
    en: '{label} does not exist or is not visible to you',
  },
  'task.cancelled': { 'zh-CN': '该任务已取消', en: 'This task was cancelled' },
  'task.commentRequired': { 'zh-CN': '请填写意见', en: 'A comment is required' },
  'task.noSuchPerson': { 'zh-CN': '没有这个人，或已停用', en: 'There is no such person, or they are no longer active' },
  'task.notOpen': { 'zh-CN': '该任务已办理', en: 'This task is no longer open' },
  'task.notYours': { 'zh-CN': '该任务不在您名下', en: 'This task is not yours' },
  'task.notRefusable': {
    'zh-CN': '该任务不是自动派单的，不能拒单；可以转交',
    en: 'Nobody chose you for this task, so there is no next in line; hand it over instead',
    title: { 'zh-CN': '不能拒单', en: 'The task cannot be refused' },
  },
  'task.reasonRequired': { 'zh-CN': '请填写拒单原因', en: 'Say why you refuse the task' },
  'clock.notFound': {
    'zh-CN': '没有这个时钟，或您无权查看',
    en: 'There is no such clock, or it is not visible to you',
  },
  'clock.over': { 'zh-CN': '该时钟已结束', en: 'This clock is over' },
  'clock.notWarned': {
    'zh-CN': '尚未发出提醒，无需确认',
    en: 'Nobody has been reminded yet, so there is nothing to acknowledge',
  },
  'task.outcomeRequired': { 'zh-CN': '请选择办理结果', en: 'Choose an outcome' },
  'task.outcomeUnknown': { 'zh-CN': '没有“{outcome}”这个结果', en: 'There is no outcome "{outcome}"' },
  'task.recipientBlind': {
    'zh-CN': '{name}无权查看这条记录，不能转交给此人',
    en: '{name} may not see this record, so the task cannot be handed to them',
  },
  'task.lapsed': {
    'zh-CN': '该任务已超时，系统已自动办理',
    en: 'The time for this task was up; it was answered automatically',
  },
  'task.notAllowed': { 'zh-CN': '该步骤不允许此操作', en: 'This step does not allow that' },
  'task.delegated': {
    'zh-CN': '您是受托办理，办完后交回委托人；此操作由委托人决定',
    en: 'The task was delegated to you and goes back to its owner; that is for the owner to decide',
  },
  'task.alreadyAsked': { 'zh-CN': '{name}已在办理人中', en: '{name} is already asked' },
  'task.notAsked': { 'zh-CN': '此人不在待办理的人中', en: 'This person is not among those still to answer' },
  'task.lastAssignee': { 'zh-CN': '至少要留一位办理人', en: 'At least one person must stay' },
  'task.tooManyPeople': { 'zh-CN': '办理人过多', en: 'Too many people at one task' },
  'task.returnTarget': {
    'zh-CN': '不能退回到这一步：它没有办理过，或在另一个并行分支里',
    en: 'The task cannot go back to that step: it was not done before, or is inside another parallel branch',
  },
  'task.tooLate': {
    'zh-CN': '后面的步骤已经有人办理，不能再撤回',
    en: 'Somebody has answered what came after it; it can no longer be taken back',
  },
  'task.taken': { 'zh-CN': '该任务已由{by}领取', en: 'This task was taken by {by}' },
  'timer.notArmed': { 'zh-CN': '该定时已失效', en: 'This timer is no longer armed' },
  'import.nothingToUndo': {
    'zh-CN': '这次导入没有可以撤销的新建记录',
    en: 'This import has created nothing that could be taken back',
  },
  'import.interrupted': {
    'zh-CN': '导入被中断，已全部撤销，请重新导入',
    en: 'The import was interrupted and taken back; start it again',
  },
  'bpmn.invalid': {
    'zh-CN': '不是可读取的 BPMN 文件：{reason}',
    en: 'Not a BPMN document that can be read: {reason}',
    title: { 'zh-CN': '不是可读取的 BPMN 文件', en: 'Not a BPMN document that can be read' },
  },
  'bpmn.noProcess': {
    'zh-CN': 'BPMN 文件中没有可成为流程的过程',
    en: 'The BPMN document has no process that could become a flow',
  },
  'bpmn.unread': {
    'zh-CN': '文件中有无法读取的内容：{text}',
    en: 'Something in the document could not be read: {text}',
    title: { 'zh-CN': '有无法读取的内容', en: 'Something could not be read' },
  },
  'bpmn.kept': { 'zh-CN': '不会运行，原样保留，导出时写回', en: 'Is not run; kept as it is and exported again' },
  'bpmn.adapted': {
    'zh-CN': '作为{as}运行，导出时仍是原来的元素',
    en: 'Runs as {as}; exported as the element it was',
    title: { 'zh-CN': '作为相近的节点运行', en: 'Runs as a node that is near to it' },
  },
  'bpmn.expression': {
    'zh-CN': '看不懂表达式“{text}”，请用公式重写；在此之前视为不成立',
    en: 'The expression "{text}" is not understood: write it as a formula; until then it counts as not true',
    title: { 'zh-CN': '看不懂的表达式', en: 'An expression is not understood' },
  },
  'bpmn.timer': {
    'zh-CN': '流程没有“{text}”这样的定时，不会运行',
    en: 'Flows have no timer like "{text}"; it is not run',
    title: { 'zh-CN': '没有这样的定时', en: 'No such timer' },
  },
  'bpmn.loop': {
    'zh-CN': '没有写明重复多少次，只做一次',
    en: 'Does not say how often it is repeated: it is done once',
  },
  'bpmn.completion': {
    'zh-CN': '完成条件“{text}”不会运行，要等全部办完',
    en: 'The completion condition "{text}" is not run: all of them are waited for',
    title: { 'zh-CN': '完成条件不会运行', en: 'A completion condition is not run' },
  },
  'bpmn.ignored': {
    'zh-CN': '“{text}”在这里不起作用，原样保留，导出时写回',
    en: '"{text}" has no effect here; it is kept and exported again',
    title: { 'zh-CN': '有内容不起作用', en: 'Something has no effect' },
  },
  'bpmn.event': { 'zh-CN': '流程没有这样的事件，不会触发', en: 'Flows have no such event; it never happens' },
  'bpmn.start': {
    'zh-CN': '启动流程的事件不会运行，请在“启动”中设置',
    en: 'The event that starts the process is not run: say under "start" what starts the flow',
  },
  'bpmn.script': { 'zh-CN': '脚本不会运行，请设置动作', en: 'The script is not run: give the step actions' },
} as const satisfies Record<string, ProblemText>

export type ProblemCode = keyof typeof problemTexts
