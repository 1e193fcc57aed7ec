import { type Id, type Locale, ok, type Principal } from '@tenon/engine'
import type { SampleView } from '@tenon/runtime/contract'
import type { Caller } from '../auth/identity.ts'
import type { SampleDoors } from '../doors.ts'
import { type ImportPorts, type ImportQueue, viewOf } from '../import/index.ts'
import { installPeople, namedIn, type Players } from '../sample/install-people.ts'
import { playLive } from '../sample/play-live.ts'
import { promisedBy } from '../sample/promised.ts'
import { type Cast, readCast } from '../sample/read-cast.ts'
import { readSample, type Sample, type Sheet, shiftOf } from '../sample/read-sample.ts'
import { readFiles } from '../store/apps.ts'
import { newId } from '../store/new-id.ts'
import type { Tables } from '../store/tables.ts'
import { TenonError } from '../tenon-error.ts'
import type { Performing } from './performing.ts'

type Ports = ImportPorts & { readonly queue: ImportQueue; readonly perform: Performing }
type Job = Tables['import_batches']
type Demo = Sample & { readonly cast: Cast | undefined }

/** The one who writes demo data: whoever designs an app brings it, whatever role in it he has. */
const system = { kind: 'system', reason: 'sample' } as const
const liveFile = 'sample/live.json'

/** The demo data of an app's live version: sheets through the ordinary importer, its people, and the work they have. */
export function sampleDoors(ports: Ports): SampleDoors {
  const { store, memory, clock, queue, perform } = ports

  return {
    async view(by, app, locale) {
      return viewOfDemo(by, app, await demoOf(app), locale)
    },
    async load(by, app, { dryRun, people = false }, locale) {
      const demo = await demoOf(app)
      refuse(by, demo, people)
      const jobs = await jobsOf(app, demo)
      if (jobs.some(({ state }) => state === 'waiting' || state === 'running')) throw new TenonError('sample.running')
      if (!dryRun && jobs.some(isIn)) throw new TenonError('sample.loaded')
      const players = people && !dryRun ? await makePeople(by, app, demo.cast) : undefined
      const named = players && demo.cast && namedIn(demo.cast, players)
      const how = { dryRun, shiftMs: shiftOf(demo, clock.now()), players: named }
      const batches = await beginSheets(by, app, demo.sheets, how)
      if (players && demo.cast) await beginLive(by, app, demo.cast, players, batches)
      if (!dryRun)
        await perform(by, async ({ audit }) => {
          const sheets = demo.sheets.map(({ file }) => file)
          await audit({ kind: 'app', id: app }, 'sample.loaded', { sheets, people: players?.people.size ?? 0 })
          return ok(undefined)
        })
      return viewOfDemo(by, app, demo, locale)
    },
  }

  /** Everybody of the demo at once or nobody, by the one who asks: he gives no role that he may not give. */
  async function makePeople(by: Caller, app: string, cast: Cast | undefined): Promise<Players | undefined> {
    return cast && perform(by, (unit) => installPeople(unit, cast, { app }))
  }

  async function beginSheets(
    by: Caller,
    app: string,
    sheets: readonly Sheet[],
    { players, ...how }: { readonly dryRun: boolean; readonly shiftMs: number; readonly players: Players | undefined },
  ): Promise<readonly Id[]> {
    const batches: Id[] = []
    for (const [at, sheet] of sheets.entries()) {
      const batch = newId(clock.now())
      const request = {
        ...how,
        bytes: Buffer.from(sheet.text),
        ...(sheet.entries === undefined ? {} : { entries: Buffer.from(sheet.entries) }),
        mapping: sheet.mapping,
        withoutPeople: true,
        ...(players ? { players } : {}),
        promised: await promisedBy(sheets.slice(0, at)),
      }
      await queue.begin(jobOf(by, app, batch, sheet.form, sheet.file), request, system)
      batches.push(batch)
    }
    return batches
  }

  /** When its turn comes the sheets are in, or else there is nothing to work on. */
  async function beginLive(by: Caller, app: string, { live }: Cast, { people }: Players, sheets: readonly Id[]) {
    const [first] = live
    if (!first) return
    const batch = newId(clock.now())
    await queue.beginWork(jobOf(by, app, batch, first.form, liveFile), async (onProgress) => {
      if (!(await areDone(sheets))) throw new TenonError('sample.sheetsMissing')
      return playLive(ports, live, { app, people, batch, quiet: true, onProgress })
    })
  }

  async function areDone(batches: readonly Id[]): Promise<boolean> {
    const rows = await store.read.selectFrom('import_batches').select('state').where('id', 'in', batches).execute()
    return rows.every(({ state }) => state === 'done')
  }

  async function demoOf(app: string): Promise<Demo> {
    const model = memory.now.apps.app(app)?.model
    if (!model) return { sheets: [], lastDay: undefined, problems: [], cast: undefined }
    const files = await readFiles(store.read, app, model.version)
    return { ...readSample(files, model), cast: readCast(files, model) }
  }

  /** Jobs of the sheets and of the running work, newest first. */
  function jobsOf(app: string, { sheets }: Demo): Promise<readonly Job[]> {
    return store.read
      .selectFrom('import_batches')
      .selectAll()
      .where('app', '=', app)
      .where('file_name', 'in', [...sheets.map(({ file }) => file), liveFile])
      .orderBy('id', 'desc')
      .limit(500)
      .execute()
  }

  async function viewOfDemo(by: Caller, app: string, demo: Demo, locale: Locale): Promise<SampleView> {
    const jobs = await jobsOf(app, demo)
    const told = async (name: string) => {
      const job = jobs.find((one) => one.file_name === name)
      // Its errors are told here; the file of them is for whoever started it.
      return job ? { ...(await viewOf(ports, job, locale)), errorFile: null } : null
    }
    const items = await Promise.all(
      demo.sheets.map(async ({ file, form, text }) => {
        const rows = Math.max(0, text.trimEnd().split('\n').length - 1)
        return { file, form, rows, job: await told(file) }
      }),
    )
    const { cast } = demo
    const people = cast && {
      count: cast.people.length,
      tickets: cast.live.length,
      allowed: mayMakePeople(by),
      made: await madeOf(app),
      job: await told(liveFile),
    }
    return { people: people ?? null, loaded: jobs.some((job) => job.file_name !== liveFile && isIn(job)), items }
  }

  async function madeOf(app: string): Promise<NonNullable<SampleView['people']>['made']> {
    const rows = await store.read
      .selectFrom('users')
      .select(['username', 'name', 'demo_as'])
      .where('demo_of', '=', app)
      .orderBy('id')
      .execute()
    return rows.map(({ username, name, demo_as }) => ({ username, name, as: demo_as ?? username }))
  }

  function jobOf(by: Caller, app: string, batch: Id, form: string, name: string) {
    return { batch, app, form, name, mode: 'all' as const, by: by.kind === 'user' ? by.user.id : null }
  }
}

/** Who administers the people of the installation may make some; designing an app is not enough. */
const mayMakePeople = (by: Principal): boolean => by.kind === 'system' || (by.kind === 'user' && by.admin)

function refuse(by: Principal, { problems, sheets, cast }: Demo, people: boolean): void {
  if (people && !mayMakePeople(by)) throw new TenonError('sample.peopleNotYours')
  if (people && !cast) throw new TenonError('sample.nobodyThere')
  const wrong = [...problems, ...(people ? (cast?.problems ?? []) : [])]
  if (wrong.length > 0) throw new TenonError('sample.wrong', undefined, wrong)
  if (sheets.length === 0) throw new TenonError('sample.notFound')
}

/** Its records are there: written, and not taken back since. */
const isIn = ({ state, phase, created }: Job): boolean => state === 'done' && phase === 'done' && created > 0
