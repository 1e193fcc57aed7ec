// Writes templates/after-sales/sample/*.csv: a believable, invented organisation and four months of its tickets.
// Deterministic: the same text every time. Names are invented; phone numbers come from ranges that are never assigned
// (mobile 154…, landline numbers that begin with 0). Days end on a Saturday; the installer shifts them by whole weeks.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = join(fileURLToPath(new URL('..', import.meta.url)), 'templates/after-sales/sample')
const lastDay = Date.UTC(2026, 10, 21)
const dayMs = 86_400_000
const ticketCount = 1500
const days = 120

let seed = 20261121
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 4294967296
}
const pick = (list) => list[Math.floor(random() * list.length)]
const chance = (share) => random() < share
const between = (low, high) => low + random() * (high - low)
const whole = (low, high) => Math.floor(between(low, high + 1))
function weighted(pairs) {
  let rest = random() * pairs.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of pairs) {
    rest -= weight
    if (rest < 0) return value
  }
  return pairs[0][0]
}

const cell = (value) => {
  const text = value === null || value === undefined ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
function save(name, columns, rows) {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))].map((line) =>
    line.map(cell).join(','),
  )
  writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`)
}
const shanghai = 8 * 3_600_000
/** Local wall time of Asia/Shanghai, `YYYY-MM-DD HH:mm`. */
const wall = (ms) => (ms === null ? '' : new Date(ms + shanghai).toISOString().slice(0, 16).replace('T', ' '))
const dayText = (ms) => new Date(ms).toISOString().slice(0, 10)

const departments = [
  ['hq', '服务中心', '', 'manager'],
  ['desk_east', '客服一组（华东）', 'hq', 'supervisor'],
  ['desk_south', '客服二组（华南）', 'hq', 'supervisor'],
  ['field', '现场服务部', 'hq', 'supervisor'],
  ['store', '备件仓库', 'hq', 'warehouse'],
  ['finance', '财务部', 'hq', 'finance'],
].map(([code, name, parent, manager]) => ({ code, name, parent, manager }))

const people = [
  ['admin', '陈立新', 'hq', 'manager', 'builder', '', ''],
  ['manager', '周启明', 'hq', '', 'manager', '', ''],
  ['supervisor', '林晓岚', 'hq', 'manager', 'supervisor', '', ''],
  ['agent1', '王敏', 'desk_east', 'supervisor', 'agent', 'print order', 'east central'],
  ['agent2', '赵可欣', 'desk_east', 'supervisor', 'agent', 'print finance', 'east north'],
  ['agent3', '黄志远', 'desk_south', 'supervisor', 'agent', 'test order', 'south west'],
  ['agent4', '何雨桐', 'desk_south', 'supervisor', 'agent expert', 'test purify finance', 'south central'],
  ['engineer1', '李建国', 'field', 'supervisor', 'engineer', 'print test', 'east'],
  ['engineer2', '吴海涛', 'field', 'supervisor', 'engineer', 'print purify', 'south central'],
  ['engineer3', '郑文斌', 'field', 'supervisor', 'engineer', 'test purify', 'north'],
  ['engineer4', '孙浩然', 'field', 'supervisor', 'engineer expert', 'print test purify', 'west'],
  ['warehouse', '马国强', 'store', 'manager', 'warehouse', '', ''],
  ['finance', '钱雅静', 'finance', 'manager', 'finance', '', ''],
  ['viewer', '访客账号', 'hq', 'manager', 'viewer', '', ''],
].map(([username, name, department, superior, roles, skills, regions], i) => ({
  username,
  name,
  department,
  superior,
  roles,
  skills,
  regions,
  capacity: username.startsWith('agent') ? 12 : username.startsWith('engineer') ? 6 : 10,
  email: `${username}@tenon.invalid`,
  phone: `154${String(10000000 + i * 7919).slice(0, 8)}`,
  is_admin: username === 'admin' ? 'true' : 'false',
}))

const products = [
  ['A-100', '激光打印机', 'a_series', 12, 3680],
  ['A-200', '高速激光打印机', 'a_series', 12, 8900],
  ['A-300', '彩色数码复合机', 'a_series', 24, 26800],
  ['A-350', '标签打印机', 'a_series', 12, 2480],
  ['B-10', '便携检测仪', 'b_series', 12, 15600],
  ['B-20', '台式光谱检测仪', 'b_series', 24, 68000],
  ['B-30', '在线检测站', 'b_series', 24, 128000],
  ['B-45', '水质分析仪', 'b_series', 18, 39800],
  ['C-1', '医用空气净化机', 'c_series', 12, 9800],
  ['C-2', '中央净化主机', 'c_series', 24, 45800],
  ['C-3', '净化工作台', 'c_series', 12, 12600],
  ['C-5', '负压隔离净化器', 'c_series', 24, 58000],
].map(([model, name, line, warranty_months, list_price]) => ({
  model,
  name,
  line,
  warranty_months,
  list_price: list_price.toFixed(2),
}))

const cities = {
  east: ['上海', '杭州', '苏州', '宁波'],
  south: ['深圳', '广州', '佛山'],
  north: ['北京', '天津', '石家庄'],
  west: ['成都', '重庆'],
  central: ['武汉', '长沙'],
}
/** Latitude and longitude of each city. */
const centres = {
  上海: [31.2304, 121.4737],
  杭州: [30.2741, 120.1551],
  苏州: [31.299, 120.5853],
  宁波: [29.8683, 121.544],
  深圳: [22.6, 114.02],
  广州: [23.1491, 113.2644],
  佛山: [23.0215, 113.1214],
  北京: [39.9042, 116.4074],
  天津: [39.0842, 117.2009],
  石家庄: [38.0428, 114.5149],
  成都: [30.5728, 104.0668],
  重庆: [29.563, 106.5516],
  武汉: [30.5928, 114.3055],
  长沙: [28.2282, 112.9388],
}
/** An address in a city with its coordinates; every twentieth customer has not been found on a map yet. */
function placeOf(city, address, index) {
  if (index % 20 === 19) return address
  const [latitude, longitude] = centres[city]
  const [north, east] = [(((index * 37) % 25) - 12) / 300, (((index * 61) % 29) - 14) / 200]
  return `${(latitude + north).toFixed(4)}, ${(longitude + east).toFixed(4)} ${address}`
}
const industries = {
  medical: ['康宁医院', '仁和医疗', '瑞安体检中心'],
  manufacturing: ['精工机械', '恒达电子', '宏远制造', '启航汽配'],
  education: ['实验中学', '职业学院', '培文教育'],
  logistics: ['捷运物流', '通达仓储', '安顺供应链'],
  retail: ['万家超市', '优选百货', '悦购商贸'],
}
const families = [...'张刘杨徐朱胡郭梁宋唐许邓冯韩曹曾彭萧蔡潘']
const given = [
  '子涵',
  '雨轩',
  '建华',
  '丽娜',
  '志强',
  '秀英',
  '俊杰',
  '梦琪',
  '海燕',
  '国栋',
  '思远',
  '晓东',
  '佳怡',
  '明轩',
  '玉兰',
  '晨曦',
]
const customers = []
const contacts = []
const assets = []
for (let i = 0; customers.length < 60; i += 1) {
  const region = weighted([
    ['east', 5],
    ['south', 4],
    ['north', 2],
    ['west', 2],
    ['central', 2],
  ])
  const industry = pick(Object.keys(industries))
  const city = pick(cities[region])
  const name = `${city}${pick(industries[industry])}`
  if (customers.some((customer) => customer.name === name)) continue
  const level = weighted([
    ['vip', 1],
    ['key', 3],
    ['standard', 8],
  ])
  const customer = {
    name,
    level,
    region,
    industry,
    phone: `010-0${String(1000000 + i * 3571).slice(0, 7)}`,
    address: placeOf(city, `${city}市示例路 ${whole(1, 300)} 号`, customers.length),
    account_manager: pick(['supervisor', 'manager']),
    service_manager: level === 'vip' ? pick(['agent1', 'agent3']) : '',
    credit_grade: weighted([
      ['a', 4],
      ['b', 4],
      ['c', 2],
      ['d', 0.4],
    ]),
    key_decision_maker: `${pick(families)}${pick(given)}`,
    cooperation_since: dayText(lastDay - whole(200, 3600) * dayMs),
    accumulated_turnover: (whole(2, 900) * 10000 * (level === 'vip' ? 4 : 1)).toFixed(2),
  }
  customers.push(customer)
  for (let n = 0; n < (level === 'standard' ? 2 : 3); n += 1) {
    contacts.push({
      name: `${pick(families)}${pick(given)}`,
      customer: name,
      job: pick(['设备科长', '行政主管', '采购经理', '信息主管', '车间主任', '前台']),
      phone: `154${String(20000000 + contacts.length * 10007).slice(0, 8)}`,
      email: `contact${contacts.length + 1}@customer.invalid`,
      is_decision_maker: n === 0 ? 'true' : 'false',
    })
  }
  for (let n = 0; n < whole(2, 5); n += 1) {
    const product = pick(products)
    const purchase = lastDay - whole(60, 1500) * dayMs
    const install = purchase + whole(3, 20) * dayMs
    const warranty = install + product.warranty_months * 30.4 * dayMs
    assets.push({
      serial_number: `${product.model.replace('-', '')}${String(240001 + assets.length * 37)}`,
      product: product.model,
      customer: name,
      site: `${pick(['一', '二', '三', '四'])}楼${pick(['机房', '化验室', '办公区', '车间', '护士站'])}`,
      purchase_date: dayText(purchase),
      install_date: dayText(install),
      warranty_until: dayText(warranty),
      contract_status:
        warranty > lastDay
          ? 'active'
          : weighted([
              ['none', 3],
              ['active', 2],
              ['expired', 3],
            ]),
    })
  }
}
// A name that two contacts share could not be told apart on import.
contacts.forEach((contact, i) => {
  if (contacts.findIndex((other) => other.name === contact.name) !== i)
    contact.name += pick(['（行政）', '（设备）', '（采购）']) + (i + 1)
})

const subjects = {
  technical: [
    ['{m} 卡纸，无法自检', 'hardware', 'jam'],
    ['{m} 开机无反应', 'hardware', 'no_power'],
    ['{m} 报错代码 E-{n}', 'software', 'error_code'],
    ['{m} 运行时有异响', 'hardware', 'noise'],
    ['{m} 打印速度变慢', 'software', 'slow'],
    ['{m} 底部渗液', 'hardware', 'leak'],
    ['{m} 需要安装调试', 'installation', ''],
  ],
  quality: [
    ['{m} 使用一周即损坏', 'hardware', 'no_power'],
    ['{m} 数据偏差超标', 'hardware', 'error_code'],
    ['{m} 外壳开裂', 'hardware', ''],
  ],
  consultation: [
    ['{m} 如何更换耗材', 'consumable', ''],
    ['{m} 能否联网打印', 'usage', ''],
    ['{m} 校准周期咨询', 'usage', ''],
  ],
  order_query: [
    ['订单 {n} 何时发货', 'delivery', ''],
    ['订单 {n} 型号核对', 'delivery', ''],
  ],
  logistics: [
    ['{m} 物流三天未更新', 'delivery', ''],
    ['到货少一箱耗材', 'delivery', ''],
  ],
  return_exchange: [
    ['{m} 型号不符申请换货', 'delivery', ''],
    ['{m} 质量问题申请退货', 'hardware', ''],
  ],
  account: [
    ['{n} 月对账金额不一致', 'billing', ''],
    ['发票抬头需重开', 'billing', ''],
  ],
}
const solutions = [
  '清理进纸通道并更换搓纸轮，测试正常。',
  '升级固件至最新版本，复测通过。',
  '更换电源模块，观察两小时无异常。',
  '远程指导重新校准，客户确认。',
  '更换密封件并清洁，现场验收。',
  '已与物流核实，补发并通知客户。',
  '重新开具发票并邮寄。',
  '更换整机，旧件返厂检测。',
]
const skillOf = { a_series: 'print', b_series: 'test', c_series: 'purify' }
const handlers = {
  print: ['agent1', 'agent2', 'engineer1', 'engineer2'],
  test: ['agent3', 'agent4', 'engineer1', 'engineer3'],
  purify: ['agent4', 'engineer2', 'engineer3'],
  order: ['agent1', 'agent3'],
  finance: ['agent2', 'agent4'],
}
const departmentOf = Object.fromEntries(people.map((person) => [person.username, person.department]))

const tickets = []
const entries = []
/** Office moment on a day: mornings are busier; few on weekends. */
function openedOn(day) {
  const hour = weighted([
    [8, 2],
    [9, 9],
    [10, 10],
    [11, 7],
    [13, 5],
    [14, 8],
    [15, 8],
    [16, 6],
    [17, 4],
    [19, 1],
    [21, 0.6],
  ])
  return day + hour * 3_600_000 - shanghai + whole(0, 59) * 60_000
}
function addTicket(index) {
  const back = Math.floor(
    days * (1 - Math.sqrt((index + random()) / ticketCount)) * 0.6 + days * (1 - index / ticketCount) * 0.4,
  )
  let day = lastDay - Math.min(days - 1, back) * dayMs
  const weekday = new Date(day).getUTCDay()
  if ((weekday === 0 || weekday === 6) && chance(0.75)) day -= (weekday === 0 ? 2 : 1) * dayMs
  const opened = openedOn(day)
  const customer = pick(customers)
  const own = assets.filter((asset) => asset.customer === customer.name)
  const asset = own.length > 0 && chance(0.85) ? pick(own) : null
  const product = asset ? products.find((one) => one.model === asset.product) : pick(products)
  const type = weighted([
    ['technical', 42],
    ['consultation', 15],
    ['quality', 11],
    ['order_query', 9],
    ['logistics', 8],
    ['return_exchange', 9],
    ['account', 6],
  ])
  const [pattern, category, symptom] = pick(subjects[type])
  const impact = weighted([
    ['high', 1.4],
    ['medium', 4],
    ['low', 5],
  ])
  const priority =
    impact === 'high' && (customer.level === 'vip' || chance(0.35))
      ? 'urgent'
      : impact === 'high' || (customer.level !== 'standard' && chance(0.4))
        ? 'high'
        : weighted([
            ['normal', 6],
            ['low', 2],
          ])
  const severe = type === 'quality' && chance(0.22)
  const skill =
    type === 'account'
      ? 'finance'
      : type === 'order_query' || type === 'logistics' || type === 'return_exchange'
        ? 'order'
        : skillOf[product.line]
  const handler = pick(handlers[skill])
  const slow = handler === 'agent3' ? 1.6 : handler === 'engineer1' ? 0.75 : 1
  const responseMinutes = Math.round(priority === 'urgent' ? between(2, 17) : between(5, 132) * slow)
  const solveHours =
    (priority === 'urgent' ? between(0.6, 5) : priority === 'high' ? between(1, 22) : between(2, 58)) *
    slow *
    (type === 'return_exchange' ? 1.8 : 1)
  const responded = opened + responseMinutes * 60_000
  const resolved = Math.max(responded + 10 * 60_000, opened + solveHours * 3_600_000)
  const closed = resolved + between(0.5, 40) * 3_600_000
  const horizon = lastDay + 18 * 3_600_000 - shanghai
  const isClosed = closed < horizon
  const isResolved = resolved < horizon
  const responseMet = responseMinutes <= (priority === 'urgent' ? 15 : 120)
  const resolutionMet = solveHours <= (priority === 'urgent' ? 4 : priority === 'high' ? 20 : 60)
  const reopen = isClosed && chance(0.05) ? 1 : 0
  // What would still be open is played live at install, so that tasks and clocks are real.
  if (!isClosed) return
  const number = `D${String(index + 1).padStart(5, '0')}`
  tickets.push({
    external_number: number,
    subject: pattern.replace('{m}', product.model).replace('{n}', String(whole(1, 12) * 100 + whole(1, 99))),
    request_type: type,
    priority,
    channel: weighted([
      ['phone', 50],
      ['wechat', 20],
      ['email', 12],
      ['online_form', 12],
      ['self_service', 6],
    ]),
    stage: isClosed ? 'closed' : isResolved ? 'resolved' : 'handling',
    customer: customer.name,
    contact: pick(contacts.filter((contact) => contact.customer === customer.name)).name,
    product: product.model,
    asset: asset?.serial_number ?? '',
    region: customer.region,
    description: `${customer.name}反映：${pattern.replace('{m}', product.model).replace('{n}', '')}，请尽快处理。`,
    category,
    symptom,
    impact,
    urgency: impact,
    severe,
    required_skill: skill,
    assignment_group: departmentOf[handler],
    handler,
    solution: isResolved ? pick(solutions) : '',
    solution_confirmed: isClosed,
    cost: isClosed ? (whole(0, 60) * 10).toFixed(2) : '',
    opened_at: wall(opened),
    first_responded_at: responded < horizon ? wall(responded) : '',
    resolved_at: isResolved ? wall(resolved) : '',
    closed_at: isClosed ? wall(closed) : '',
    response_met: responded < horizon ? responseMet : '',
    resolution_met: isResolved ? resolutionMet : '',
    made_sla: isClosed ? responseMet && resolutionMet : '',
    reopen_count: reopen,
    reassignment_count: weighted([
      [0, 8],
      [1, 2],
      [2, 0.6],
    ]),
    satisfaction:
      isClosed && chance(0.62)
        ? weighted([
            [5, resolutionMet ? 6 : 2],
            [4, 4],
            [3, 1.4],
            [2, resolutionMet ? 0.3 : 1],
            [1, resolutionMet ? 0.1 : 0.6],
          ])
        : '',
    close_code: isClosed ? 'solved' : '',
    updated_at: wall(Math.min(horizon, isClosed ? closed : isResolved ? resolved : responded)),
  })
  addEntries(number, { opened, responded, resolved, closed, horizon, handler })
}
function addEntries(number, { opened, responded, resolved, closed, horizon, handler }) {
  const nameOf = (username) => people.find((person) => person.username === username).name
  const steps = [
    [opened, '王敏', '受理工单'],
    [responded, nameOf(handler), '首次回复客户'],
    [resolved, nameOf(handler), '提交解决方案'],
    [closed, '客户', '确认并关闭'],
  ]
  for (const [at, by, text] of steps)
    if (at < horizon) entries.push({ external_number: number, at: wall(at), by, text })
}
for (let index = 0; index < ticketCount; index += 1) addTicket(index)

/** Tickets played through commands at install: who reports what, how long ago, and how far it has come. */
const live = []
function addLive(index) {
  const customer = pick(customers)
  const asset = pick(assets.filter((one) => one.customer === customer.name))
  const contact = pick(contacts.filter((one) => one.customer === customer.name))
  const product = products.find((one) => one.model === asset.product)
  const type = weighted([
    ['technical', 6],
    ['quality', 2],
    ['consultation', 2],
    ['return_exchange', 2],
    ['order_query', 1],
  ])
  const [pattern, category, symptom] = pick(subjects[type])
  const urgent = index % 9 === 4
  // The last few were accepted days ago and left lying: their limit is over and they have gone to the superior.
  const isStale = index >= 39
  const depth = isStale ? 1 : index % 6
  const skill = type === 'return_exchange' || type === 'order_query' ? 'order' : skillOf[product.line]
  const by = `agent${1 + (Math.floor(index / 6) % 4)}`
  const subject = pattern.replace('{m}', product.model).replace('{n}', String(whole(101, 999)))
  const steps = []
  const step = (after, who, action, more) => steps.push({ after, by: who, do: action, ...more })
  if (depth >= 1) step('PT3M', by, 'task.claim', { node: 'intake' })
  if (depth >= 2) {
    step('PT4M', by, 'task.complete', { node: 'intake', outcome: 'accept', values: {} })
    if (chance(0.7))
      step('PT2M', by, 'record.comment', {
        visibility: 'public',
        comment: '您好，您的问题已受理，工程师会尽快与您联系。',
      })
    step('PT5M', by, 'task.complete', {
      node: 'grade',
      outcome: 'graded',
      values: {
        priority: urgent ? 'urgent' : pick(['high', 'normal', 'normal']),
        impact: urgent ? 'high' : pick(['medium', 'low']),
        category,
        required_skill: skill,
        ...(symptom ? { symptom } : {}),
      },
    })
  }
  if (depth >= 4 && type !== 'return_exchange')
    step('PT20M', 'assignee', 'task.complete', {
      node: 'handle',
      outcome: 'solved',
      values: { solution: pick(solutions) },
    })
  if (depth === 3 && type !== 'return_exchange' && chance(0.5))
    step('PT15M', 'assignee', 'task.complete', {
      node: 'handle',
      outcome: 'ask_customer',
      values: {},
      comment: '请客户提供故障照片。',
    })
  const hoursAgo = isStale
    ? between(98, 110)
    : depth === 0
      ? between(0.05, 0.6)
      : depth === 1
        ? between(0.2, 1.2)
        : between(1, 26)
  live.push({
    ago: `PT${Math.round(hoursAgo * 60)}M`,
    by,
    form: 'ticket',
    values: {
      subject,
      request_type: type,
      channel: pick(['phone', 'wechat', 'email']),
      description: `${contact.name}来电：${subject}。`,
      ...(urgent && depth < 2 ? { priority: 'urgent' } : {}),
    },
    links: {
      customer: ['customer', 'name', customer.name],
      contact: ['contact', 'name', contact.name],
      product: ['product', 'model', product.model],
      asset: ['asset', 'serial_number', asset.serial_number],
    },
    steps,
  })
}
for (let index = 0; index < 42; index += 1) addLive(index)

mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'sample.json'), `${JSON.stringify({ lastDay: dayText(lastDay) }, null, 2)}\n`)
writeFileSync(join(folder, 'live.json'), `${JSON.stringify(live, null, 1)}\n`)
for (const [name, rows] of Object.entries({
  departments,
  people,
  products,
  customers,
  contacts,
  assets,
  tickets,
  ticket_entries: entries,
}))
  save(name, Object.keys(rows[0]), rows)
