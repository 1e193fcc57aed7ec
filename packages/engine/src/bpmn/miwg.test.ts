import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { validateFiles } from '../validate.ts'
import { exportBpmn } from './export-bpmn.ts'
import { importBpmn } from './import-bpmn.ts'
import { treeOf } from './same-tree.ts'
import { readXml } from './xml.ts'

const suites = process.env.TENON_SUITES ?? resolve(process.env.TENON_SHARED ?? '../shared', 'suites')
const archive = join(suites, 'bpmn-miwg-reference.tar.gz')
const models = existsSync(archive) ? unpacked() : []
if (models.length === 0) console.log('skipped: 21 reference models of the BPMN MIWG are not here (TENON_SUITES)')

function unpacked(): readonly { readonly name: string; readonly xml: string }[] {
  const directory = mkdtempSync(join(tmpdir(), 'tenon-miwg-'))
  try {
    execFileSync('tar', ['-xzf', archive, '-C', directory])
    const folder = join(directory, 'Reference')
    return readdirSync(folder)
      .sort()
      .map((name) => ({ name, xml: readFileSync(join(folder, name), 'utf8') }))
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

async function treeIn(xml: string): Promise<object> {
  const read = await readXml(xml)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return treeOf(read.value.definitions)
}

/** The schema lets a formal expression stand under either name. */
const nameOf = (element: string) => (element === 'formalExpression' ? 'expression' : element)

/** How often each element stands in the text, whatever its prefix: seen without our reader. */
function elementCounts(xml: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [, name = ''] of xml
    .replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '')
    .matchAll(/<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s/>]/g))
    counts.set(nameOf(name), (counts.get(nameOf(name)) ?? 0) + 1)
  return new Map([...counts].sort())
}

test.skipIf(models.length === 0)('the suite has its 21 models', () => expect(models).toHaveLength(21))

test.each(models)(
  '$name of the MIWG becomes valid flows, is reported, and comes back whole',
  async ({ xml }) => {
    const done = await importBpmn(xml, { form: 'ticket' })
    if (!done.ok) throw new Error(JSON.stringify(done.error))
    const { flows, report } = done.value
    expect(validateFiles(flows.map((flow) => ({ path: `flows/${flow.id}.json`, json: flow })))).toEqual([])

    const out = await exportBpmn(flows[0] as never, flows.slice(1))
    if (!out.ok) throw new Error(JSON.stringify(out.error))
    expect(await treeIn(out.value)).toEqual(await treeIn(xml))
    expect(elementCounts(out.value)).toEqual(elementCounts(xml))

    const reported = new Set(report.map(({ element }) => element))
    const nodes = flows.reduce((sum, flow) => sum + flow.nodes.length, 0)
    expect(report.filter(({ node }) => node !== undefined)).toHaveLength(nodes)
    for (const id of idsOf(xml, /Lane|Participant|Group|TextAnnotation|DataObject|DataStoreReference/i))
      expect(reported).toContain(id)
  },
  120_000,
)

/** Ids of elements whose name fits, as they stand in the text. */
const idsOf = (xml: string, name: RegExp): readonly string[] =>
  [...xml.matchAll(/<(?:[\w.-]+:)?([A-Za-z]+)\s[^>]*?\bid="([^"]+)"/g)].flatMap(([, element = '', id = '']) =>
    new RegExp(`^(?:${name.source})$`, name.flags).test(element) ? [id] : [],
  )
