/**
 * THE table of problem and rejection codes. Codes are stable for ever; texts may change. `{name}` in a text is filled
 * from the problem's details. HTTP status lives in the server's one map; the words for people in docs/errors.md.
 */
export const problemTexts = {
  'document.json': { 'zh-CN': '不是有效的 JSON：{reason}', en: 'Not valid JSON: {reason}' },
  'document.unknownProperty': { 'zh-CN': '没有“{property}”这个属性{suggestion}', en: 'There is no property "{property}"{suggestion}' },
  'document.missingProperty': { 'zh-CN': '缺少属性“{property}”', en: 'Property "{property}" is missing' },
  'document.invalid': { 'zh-CN': '不符合格式：{reason}', en: 'Does not fit the format: {reason}' },
  'document.unknownKind': { 'zh-CN': '不认识的文件“{file}”', en: 'Unknown file "{file}"' },
  'document.duplicateId': { 'zh-CN': '标识“{id}”重复', en: 'The id "{id}" is used twice' },
  'document.retiredId': { 'zh-CN': '标识“{id}”已停用，不能再次使用', en: 'The id "{id}" was retired and may not be used again' },
  'document.idMismatch': { 'zh-CN': '标识“{id}”与文件名“{file}”不一致', en: 'The id "{id}" differs from the file name "{file}"' },
  'document.danglingReference': { 'zh-CN': '引用的{what}“{id}”不存在{suggestion}', en: 'The {what} "{id}" does not exist{suggestion}' },
  'field.required': { 'zh-CN': '请填写{label}', en: '{label} is required' },
  'field.unknown': { 'zh-CN': '没有字段“{field}”', en: 'There is no field "{field}"' },
  'field.readOnly': { 'zh-CN': '{label}不能修改', en: '{label} may not be changed' },
  'field.invalid': { 'zh-CN': '{label}的内容不正确', en: '{label} is not valid' },
  'access.denied': { 'zh-CN': '您没有权限进行此操作', en: 'You are not allowed to do this' },
  'record.notFound': { 'zh-CN': '不存在，或您无权查看', en: 'Not found, or not visible to you' },
  'version.conflict': { 'zh-CN': '数据已被他人修改，请核对后再保存', en: 'Somebody else has changed this record; check and save again' },
  'task.notFound': { 'zh-CN': '任务不存在，或您无权查看', en: 'The task does not exist or is not visible to you' },
  'task.done': { 'zh-CN': '该任务已由{by}于{at}办理', en: 'This task was already done by {by} at {at}' },
} as const satisfies Record<string, { readonly 'zh-CN': string; readonly en: string }>

export type ProblemCode = keyof typeof problemTexts
