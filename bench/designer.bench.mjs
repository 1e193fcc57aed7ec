/**
 * The designer with a form of 300 fields and a flow of 300 nodes, driven in headless Chromium as a person does; how long
 * one thing done takes until it is seen, by Chromium's own trace (EventTiming: from the event to the next frame).
 */
import { row } from './support/measure.mjs'
import { appHead, clicked, inSight, keyed, traced, typing, withPage } from './support/page.mjs'

const many = Number(process.env.BENCH_ELEMENTS ?? 300)

const types = ['text', 'number', 'money', 'date', 'boolean', 'longText']
const fields = Array.from({ length: many }, (_, at) => ({
  id: `f${at}`,
  type: types[at % types.length],
  label: { 'zh-CN': `字段 ${at}`, en: `Field ${at}` },
}))

const perRow = 20
const steps = Array.from({ length: many - 2 }, (_, at) => ({
  id: `n${at}`,
  type: 'userTask',
  label: `步骤 ${at}`,
  assign: [{ role: 'clerk' }],
}))
const nodes = [
  { id: 'start', type: 'startEvent', label: '开始' },
  ...steps,
  { id: 'end', type: 'endEvent', label: '结束' },
]
const positions = nodes.map((node, at) => ({
  ...node,
  at: [(at % perRow) * 220, Math.floor(at / perRow) * 140],
}))
const edges = nodes.slice(1).map((node, at) => ({ id: `e${at}`, from: nodes[at].id, to: node.id }))

const files = {
  'app.json': appHead(),
  'forms/large.json': {
    id: 'large',
    kind: 'form',
    schemaVersion: 1,
    label: '大表单',
    title: { formula: 'f0' },
    fields,
    access: [{ id: 'all', role: '*', can: ['read', 'create', 'update'] }],
  },
  'flows/large.json': {
    kind: 'flow',
    schemaVersion: 1,
    id: 'large',
    label: '大流程',
    form: 'large',
    start: [{ on: 'created' }],
    nodes: positions,
    edges,
  },
}

async function open(page, url, first) {
  const begun = performance.now()
  await page.goto(url)
  await first.waitFor()
  return performance.now() - begun
}

/** What an admin of the template opens: for the first time since signing in, so with all the code that it takes. */
async function templateRows({ page, origin }) {
  const at = `${origin}/design/after_sales`
  const form = await open(page, `${at}/form/ticket`, page.locator('[data-field]').first())
  const flow = await open(page, `${at}/flow/ticket_sop`, page.locator('.react-flow__node').first())
  const goals = { lowerIsBetter: true, target: 2000 }
  return [
    row('after-sales: the form of the tickets opened until its first field is seen', form, 'ms', goals),
    row('after-sales: the flow of the tickets opened until its first node is seen', flow, 'ms', goals),
  ]
}

async function formRows({ browser, page, origin }) {
  const at = (n) => page.locator('[data-field]').nth(n)
  const begun = performance.now()
  const opened = await open(page, `${origin}/design/large/form/large`, at(0))
  await at(many - 1).waitFor()
  const whole = performance.now() - begun
  await at(3).click()
  const panel = page.getByRole('complementary', { name: '属性' })
  const label = panel.getByLabel('名称', { exact: true })
  await label.waitFor()
  const chosen = await traced({ browser, page }, async () => {
    for (let n = 4; n < 16; n += 1) {
      await at(n).click()
      await page.waitForTimeout(150)
    }
  })
  const typed = await traced({ browser, page }, () => typing(page, label))
  return [
    row(`form of ${many} fields: opened until its first field is seen`, opened, 'ms', {
      lowerIsBetter: true,
      target: 2000,
    }),
    row(`form of ${many} fields: opened until its last field is drawn`, whole, 'ms', { lowerIsBetter: true }),
    inSight(`form of ${many} fields: a field is chosen`, chosen, clicked),
    inSight(`form of ${many} fields: a key in its name`, typed, keyed),
  ]
}

async function flowRows({ browser, page, origin }) {
  const node = (n) => page.locator('.react-flow__node').nth(n)
  const opened = await open(page, `${origin}/design/large/flow/large`, node(0))
  await page.waitForTimeout(1000)
  const seen = await page.locator('.react-flow__node').evaluateAll((all) =>
    all
      .map((one) => one.getBoundingClientRect())
      .filter(({ left, top, right, bottom }) => left > 300 && top > 150 && right < 1000 && bottom < 800)
      .map(({ left, top, width, height }) => ({ x: left + width / 2, y: top + height / 2 })),
  )
  const some = seen.slice(0, 12)
  if (some.length < 4) throw new Error('too few nodes are in sight')
  const panel = page.getByRole('complementary', { name: '设置' })
  const choose = ({ x, y }) => page.mouse.click(x, y)
  const [one, ...others] = some
  const firstChosen = await traced({ browser, page }, async () => {
    await choose(one)
    await panel.getByLabel('名称', { exact: true }).waitFor()
  })
  const chosen = await traced({ browser, page }, async () => {
    for (const other of [...others, ...some, ...some]) {
      await choose(other)
      await page.waitForTimeout(300)
    }
  })
  const typed = await traced({ browser, page }, () => typing(page, panel.getByLabel('名称', { exact: true })))
  const dragged = await traced({ browser, page }, async () => {
    const { x, y } = some[1]
    await page.mouse.move(x, y)
    await page.mouse.down()
    for (let step = 1; step <= 40; step += 1) await page.mouse.move(x + step * 3, y + step * 2)
    await page.mouse.up()
  })
  return [
    row(`flow of ${many} nodes: opened until its first node is seen`, opened, 'ms', {
      lowerIsBetter: true,
      target: 2000,
    }),
    inSight(`flow of ${many} nodes: the first node is chosen, its panel comes`, firstChosen, clicked),
    inSight(`flow of ${many} nodes: a node is chosen`, chosen, clicked),
    inSight(`flow of ${many} nodes: a key in its name`, typed, keyed),
    row(`flow of ${many} nodes: a node is dragged, longest the page is busy`, dragged.longest, 'ms', {
      lowerIsBetter: true,
      target: 50,
    }),
  ]
}

export default () =>
  withPage('large', files, [], async (open) => [
    ...(await templateRows(open)),
    ...(await formRows(open)),
    ...(await flowRows(open)),
  ])
