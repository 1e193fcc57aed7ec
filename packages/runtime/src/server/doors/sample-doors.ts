import { type Locale, ok } from '@tenon/engine'
import type { SampleView } from '@tenon/runtime/contract'
import type { SampleDoors } from '../doors.ts'
import { type ImportPorts, type ImportQueue, viewOf } from '../import/index.ts'
import { promisedBy } from '../sample/promised.ts'
import { readSample, type Sample, type Sheet, shiftOf } from '../sample/read-sample.ts'
import { readFiles } from '../store/apps.ts'
import { newId } from '../store/new-id.ts'
import type { Tables } from '../store/tables.ts'
import { TenonError } from '../tenon-error.ts'
import type { Performing } from './performing.ts'

type Ports = ImportPorts & { readonly queue: ImportQueue; readonly perform: Performing }
type Job = Tables['import_batches']

/** The one who writes demo data: whoever designs an app brings it, whatever role in it he has. */
const system = { kind: 'system', reason: 'sample' } as const

/** The demo data of an app's live version, imported sheet by sheet through the ordinary importer. */
export function sampleDoors(ports: Ports): SampleDoors {
  const { store, memory, clock, queue, perform } = ports

  const view: SampleDoors['view'] = async (_principal, app, locale) => {
    const { sheets } = await sampleOf(app)
    return viewOfSheets(app, sheets, locale)
  }

  return {
    view,
    async load(by, app, { dryRun }, locale) {
      const sample = await sampleOf(app)
      if (sample.problems.length > 0) throw new TenonError('sample.wrong', undefined, sample.problems)
      if (sample.sheets.length === 0) throw new TenonError('sample.notFound')
      const jobs = await jobsOf(app, sample.sheets)
      if (jobs.some(({ state }) => state === 'waiting' || state === 'running')) throw new TenonError('sample.running')
      if (!dryRun && jobs.some(isIn)) throw new TenonError('sample.loaded')
      const shiftMs = shiftOf(sample, clock.now())
      for (const [at, sheet] of sample.sheets.entries()) {
        const batch = newId(clock.now())
        const job = {
          batch,
          app,
          form: sheet.form,
          name: sheet.file,
          mode: 'all' as const,
          by: by.kind === 'user' ? by.user.id : null,
        }
        const request = {
          bytes: Buffer.from(sheet.text),
          ...(sheet.entries === undefined ? {} : { entries: Buffer.from(sheet.entries) }),
          mapping: sheet.mapping,
          dryRun,
          shiftMs,
          withoutPeople: true,
          promised: await promisedBy(sample.sheets.slice(0, at)),
        }
        await queue.begin(job, request, system)
      }
      if (!dryRun)
        await perform(by, async ({ audit }) => {
          await audit({ kind: 'app', id: app }, 'sample.loaded', { sheets: sample.sheets.map(({ file }) => file) })
          return ok(undefined)
        })
      return viewOfSheets(app, sample.sheets, locale)
    },
  }

  async function sampleOf(app: string): Promise<Sample> {
    const model = memory.now.apps.app(app)?.model
    return model
      ? readSample(await readFiles(store.read, app, model.version), model)
      : { sheets: [], lastDay: undefined, problems: [] }
  }

  /** Jobs of the sheets, newest first. */
  function jobsOf(app: string, sheets: readonly Sheet[]): Promise<readonly Job[]> {
    return store.read
      .selectFrom('import_batches')
      .selectAll()
      .where('app', '=', app)
      .where('file_name', 'in', sheets.length === 0 ? [''] : sheets.map(({ file }) => file))
      .orderBy('id', 'desc')
      .limit(500)
      .execute()
  }

  async function viewOfSheets(app: string, sheets: readonly Sheet[], locale: Locale): Promise<SampleView> {
    const jobs = await jobsOf(app, sheets)
    const items = await Promise.all(
      sheets.map(async ({ file, form, text }) => {
        const job = jobs.find((one) => one.file_name === file)
        const rows = Math.max(0, text.trimEnd().split('\n').length - 1)
        // Its errors are told here; the file of them is for whoever started it.
        const told = job && { ...(await viewOf(ports, job, locale)), errorFile: null }
        return { file, form, rows, job: told ?? null }
      }),
    )
    return { loaded: jobs.some(isIn), items }
  }
}

/** Its records are there: written, and not taken back since. */
const isIn = ({ state, phase, created }: Job): boolean => state === 'done' && phase === 'done' && created > 0
