/**
 * A form as the staff fill it in, in headless Chromium: how long after the page is asked for a new record its last field
 * is there, and how long a key takes until it is seen.
 */
import { row } from './support/measure.mjs'
import { appHead, inSight, keyed, traced, typing, withPage } from './support/page.mjs'

const types = ['text', 'number', 'money', 'date', 'boolean', 'longText']
const field = (at) => ({ id: `f${at}`, type: types[at % types.length], label: `字段 ${at}` })
const fields = (count) => Array.from({ length: count }, (_, at) => field(at))
const form = (id, fields) => ({
  id,
  kind: 'form',
  schemaVersion: 1,
  label: id,
  title: { formula: 'f0' },
  fields,
  access: [{ id: 'all', role: '*', can: ['read', 'create', 'update'] }],
})

const files = {
  'app.json': appHead({ navigation: [{ id: 'hundred', form: 'hundred' }] }),
  'forms/hundred.json': form('hundred', fields(100)),
}

/** From the click that opens it until its last field is drawn, by the page's own clock. */
async function mounted({ page, origin }, id, opener, last) {
  const times = []
  for (let round = 0; round < 5; round += 1) {
    await page.goto(`${origin}/a/large/f/${id}`)
    const open = opener(page).first()
    await open.waitFor()
    await page.waitForTimeout(500)
    await page.evaluate(watchFor, last)
    await open.click()
    times.push(await page.evaluate(() => window.drawn))
  }
  return times.toSorted((a, b) => a - b)[2]
}

/** In the page: how long after the next click this text is drawn. */
function watchFor(text) {
  const isThere = () =>
    document.evaluate(`//*[normalize-space(text())="${text}"]`, document, null, XPathResult.BOOLEAN_TYPE).booleanValue
  window.drawn = new Promise((resolve) => {
    const begin = () => {
      const begun = performance.now()
      const look = () =>
        requestAnimationFrame(isThere() ? () => setTimeout(() => resolve(performance.now() - begun)) : look)
      look()
    }
    document.addEventListener('click', begin, { once: true, capture: true })
  })
}

async function rowsOf(open, id, opener, last, what, goals) {
  const shown = await mounted(open, id, opener, last)
  const { page } = open
  const measured = await traced(open, () => typing(page, page.getByLabel('字段 0', { exact: true })))
  return [
    row(`${what}: from the click until its last field is seen`, shown, 'ms', { lowerIsBetter: true, ...goals.mount }),
    inSight(`${what}: a key`, measured, keyed, goals.key),
  ]
}

const another = (page) =>
  page.getByRole('button', { name: '新建hundred' }).or(page.getByRole('link', { name: '新建hundred' }))

export default () =>
  withPage('large', files, ['clerk'], (open) =>
    rowsOf(open, 'hundred', another, '字段 99', 'form of 100 fields', { mount: { target: 200 }, key: { target: 16 } }),
  )
