import { createHash, type Hash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ImportInspection, JobView } from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import { newSecret } from '../../../auth/secrets.ts'
import type { Config } from '../../../config.ts'
import type { Doors, ImportOptions } from '../../../doors.ts'
import { TenonError } from '../../../tenon-error.ts'
import { reservedId } from '../../commands.ts'
import { callerOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { safeName } from '../files/files.ts'
import { FormParams, NoQuery, parseJson } from '../parameters.ts'

const importing = { resource: 'record', action: 'import', audience: 'people', upload: true } as const

const parts = {
  mapping: 'JSON: what the columns mean. Absent: columns named like a field are taken.',
  mode: 'all (one wrong row refuses the file) or partial (the right rows are written). Absent: all.',
  dryRun: 'true: says what would happen and writes nothing. Absent: false.',
  history: 'true: the rows are declared history. Absent: as the mapping says.',
  entries: 'A second file: the history entries of the records. Absent: none.',
}

/** CSV and XLSX in: look into a file, or import it as a job that can be left and come back to. */
export function importRoutes(http: Http, doors: Doors, config: Config): void {
  const folder = join(config.dataFolder, 'uploads')

  http.post(
    '/api/apps/:app/forms/:form/import/inspect',
    {
      config: importing,
      schema: { params: FormParams, querystring: NoQuery, response: { 200: ImportInspection } },
    },
    async (request) => {
      const { path, name, entries } = await receive(request, folder)
      try {
        return await doors.imports.inspect(callerOf(request), request.params.app, request.params.form, path, name)
      } finally {
        await rm(path, { force: true })
        if (entries) await rm(entries.path, { force: true })
      }
    },
  )

  http.post(
    '/api/apps/:app/forms/:form/import',
    {
      config: { ...importing, parts },
      schema: { params: FormParams, querystring: NoQuery, response: { 202: JobView } },
    },
    async (request, reply) => {
      const { path, name, entries, fields, fingerprint } = await receive(request, folder)
      try {
        const { app, form } = request.params
        const batch = await reservedId(doors, request, fingerprint)
        const job = await doors.imports.start(callerOf(request), app, form, path, name, {
          ...optionsOf(fields),
          ...(entries && { entries }),
          ...(batch !== undefined && { batch }),
        })
        // Of a repeated request nobody takes them.
        await rm(path, { force: true })
        if (entries) await rm(entries.path, { force: true })
        return reply.code(202).send(job)
      } catch (error) {
        await rm(path, { force: true })
        if (entries) await rm(entries.path, { force: true })
        throw error
      }
    },
  )
}

type Upload = { readonly path: string; readonly name: string }
type Received = Upload & {
  readonly entries: Upload | undefined
  readonly fields: ReadonlyMap<string, string>
  /** Equal for equal files and fields. */
  readonly fingerprint: string
}

/** The files of the request, on disk under names of ours, and its fields. Never a path of the client's. */
async function receive(request: FastifyRequest, folder: string): Promise<Received> {
  await mkdir(folder, { recursive: true })
  const fields = new Map<string, string>()
  const files = new Map<string, Upload>()
  const hash = createHash('sha256')
  try {
    for await (const part of request.parts({ limits: { files: 2 } })) {
      if (part.type === 'field') fields.set(part.fieldname, String(part.value))
      else {
        const upload = { path: join(folder, newSecret()), name: safeName(part.filename) }
        files.set(part.fieldname, upload)
        hash.update(`\u0000${part.fieldname}\u0000${part.filename}\u0000`)
        await pipeline(part.file, hashing(hash), createWriteStream(upload.path, { mode: 0o600 }))
        if (part.file.truncated)
          throw new TenonError('file.tooLarge', { max: `${request.server.uploadMaxBytes / 2 ** 20} MiB` })
      }
    }
    const file = files.get('file')
    if (!file || [...files.keys()].some((name) => name !== 'file' && name !== 'entries'))
      throw new TenonError('request.malformed', { reason: 'file' })
    hash.update(JSON.stringify([...fields]))
    return { ...file, entries: files.get('entries'), fields, fingerprint: hash.digest('hex') }
  } catch (error) {
    for (const { path } of files.values()) await rm(path, { force: true })
    throw error
  }
}

const hashing = (hash: Hash) =>
  async function* (source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      hash.update(chunk)
      yield chunk
    }
  }

const known = new Set(['mapping', 'mode', 'dryRun', 'history'])

function optionsOf(fields: ReadonlyMap<string, string>): ImportOptions {
  for (const name of fields.keys()) if (!known.has(name)) throw new TenonError('request.malformed', { reason: name })
  const mode = fields.get('mode') ?? 'all'
  if (mode !== 'all' && mode !== 'partial') throw new TenonError('request.malformed', { reason: 'mode' })
  const mapping = fields.get('mapping')
  return {
    mapping: mapping === undefined ? undefined : parseJson(mapping, 'mapping'),
    mode,
    dryRun: isTrue(fields, 'dryRun'),
    history: isTrue(fields, 'history'),
  }
}

function isTrue(fields: ReadonlyMap<string, string>, name: string): boolean {
  const given = fields.get(name) ?? 'false'
  if (given !== 'true' && given !== 'false') throw new TenonError('request.malformed', { reason: name })
  return given === 'true'
}
