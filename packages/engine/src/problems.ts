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
  'request.malformed': { 'zh-CN': '请求格式不正确：{reason}', en: 'The request is malformed: {reason}' },
  'request.notFound': { 'zh-CN': '没有这个地址', en: 'There is no such address' },
  'request.tooLarge': { 'zh-CN': '内容过大，上限为 {max}', en: 'Too large; the limit is {max}' },
  'request.contentType': { 'zh-CN': '不支持的内容类型“{given}”，应为 {expected}', en: 'The content type "{given}" is not supported here; send {expected}' },
  'request.tooMany': { 'zh-CN': '操作过于频繁，请在 {seconds} 秒后再试', en: 'Too many requests; try again in {seconds} seconds' },
  'request.csrf': { 'zh-CN': '页面已失效，请刷新后重试', en: 'The page is out of date; reload it and try again' },
  'session.required': { 'zh-CN': '请先登录', en: 'Please sign in' },
  'session.wrongPassword': { 'zh-CN': '用户名或密码不正确', en: 'The user name or password is wrong' },
  'session.weakPassword': { 'zh-CN': '密码过于简单，请换一个', en: 'This password is too easy to guess' },
  'setup.done': { 'zh-CN': '系统已完成初始化', en: 'The installation has been set up already' },
  'idempotency.reused': { 'zh-CN': '同一个幂等键用于了不同的内容', en: 'The idempotency key was used before with another body' },
  'idempotency.inFlight': { 'zh-CN': '相同的请求正在处理中，请稍候', en: 'The same request is still being carried out' },
  'idempotency.malformed': { 'zh-CN': '幂等键应为 1 到 200 个可见字符', en: 'An idempotency key has 1 to 200 visible characters' },
  'file.notFound': { 'zh-CN': '文件不存在，或您无权查看', en: 'The file does not exist or is not visible to you' },
  'file.tooLarge': { 'zh-CN': '文件过大，上限为 {max}', en: 'The file is too large; the limit is {max}' },
  'server.fault': { 'zh-CN': '系统出现错误，请稍后再试；编号 {request}', en: 'Something went wrong on our side; reference {request}' },
  'server.unavailable': { 'zh-CN': '系统暂时不可用，请稍后再试', en: 'Temporarily unavailable; try again shortly' },
} as const satisfies Record<string, { readonly 'zh-CN': string; readonly en: string }>

export type ProblemCode = keyof typeof problemTexts
