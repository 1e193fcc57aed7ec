import {
  AppNeeds,
  DesignAppList,
  DraftName,
  DraftOrLive,
  ExportQuery,
  ImportedZip,
  type ImportZipOptions,
  importModes,
  LoadSample,
  NewApp,
  NewAppAnswer,
  SampleView,
  TemplateList,
  WireDecisions,
} from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Check } from 'typebox/value'
import type { Caller } from '../../../auth/identity.ts'
import type { Doors } from '../../../doors.ts'
import { denied, TenonError } from '../../../tenon-error.ts'
import { callerOf } from '../../plugins/identity.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { AppParams, NoQuery, parseJson } from '../parameters.ts'
import { designerOf, mayDesign } from './designer.ts'

const archive = { resource: 'definition', audience: 'people' } as const

/** New apps, templates, and whole apps as ZIP archives. */
export function archiveRoutes(http: Http, doors: Doors): void {
  const designer = designerOf(doors)

  http.get(
    '/api/design/apps',
    { config: { ...archive, action: 'list' }, schema: { querystring: NoQuery, response: { 200: DesignAppList } } },
    async (request) => {
      const principal = callerOf(request)
      return { items: mayDesign(doors, principal), unpublished: await doors.archive.unpublished(principal) }
    },
  )
  http.post(
    '/api/design/apps',
    {
      config: { ...archive, action: 'create' },
      schema: { querystring: NoQuery, body: NewApp, response: { 201: NewAppAnswer } },
    },
    async (request, reply) => reply.code(201).send(await doors.archive.create(founder(request), request.body)),
  )
  http.get(
    '/api/design/templates',
    { config: { ...archive, action: 'list' }, schema: { querystring: NoQuery, response: { 200: TemplateList } } },
    async (request) => {
      founder(request)
      return doors.archive.templates()
    },
  )
  http.get(
    '/api/design/apps/:app/export',
    {
      config: { ...archive, action: 'export' },
      schema: { params: AppParams, querystring: ExportQuery, response: { 200: Type.Unknown() } },
    },
    async (request, reply) => {
      const { name, bytes } = await doors.archive.exportZip(designer(request), request.params.app, request.query)
      return reply
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('cache-control', 'private, no-store')
        .type('application/zip')
        .send(Buffer.from(bytes))
    },
  )
  http.get(
    '/api/design/apps/:app/needs',
    {
      config: { ...archive, action: 'read' },
      schema: { params: AppParams, querystring: DraftOrLive, response: { 200: AppNeeds } },
    },
    (request) =>
      doors.archive.needs(
        designer(request),
        request.params.app,
        request.query.draft,
        localeOf(request.headers['accept-language']),
      ),
  )
  http.get(
    '/api/design/apps/:app/sample',
    {
      config: { ...archive, action: 'read' },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: SampleView } },
    },
    (request) => doors.sample.view(designer(request), request.params.app, localeOf(request.headers['accept-language'])),
  )
  http.post(
    '/api/design/apps/:app/sample',
    {
      config: { ...archive, action: 'import' },
      schema: { params: AppParams, querystring: NoQuery, body: LoadSample, response: { 202: SampleView } },
    },
    async (request, reply) => {
      const locale = localeOf(request.headers['accept-language'])
      return reply.code(202).send(await doors.sample.load(designer(request), request.params.app, request.body, locale))
    },
  )
  http.post(
    '/api/design/apps/:app/import',
    {
      config: { ...archive, action: 'import', upload: true, parts: importParts },
      schema: { params: AppParams, querystring: NoQuery, response: { 200: ImportedZip } },
    },
    async (request) => {
      const caller = designer(request)
      const { bytes, fields } = await receive(request)
      const locale = localeOf(request.headers['accept-language'])
      return doors.archive.importZip(caller, request.params.app, bytes, optionsOf(fields), locale)
    },
  )
}

/** Who may make apps: administrators of the installation. */
function founder(request: FastifyRequest): Caller {
  const principal = callerOf(request)
  if (principal.kind !== 'system' && !principal.admin) throw denied()
  return principal
}

/** The one file of the request, in memory and never larger than an upload may be, and its fields. */
async function receive(
  request: FastifyRequest,
): Promise<{ readonly bytes: Uint8Array; readonly fields: ReadonlyMap<string, string> }> {
  const fields = new Map<string, string>()
  let bytes: Uint8Array | undefined
  for await (const part of request.parts()) {
    if (part.type === 'field') fields.set(part.fieldname, String(part.value))
    else if (part.fieldname === 'file') bytes = await part.toBuffer()
    else throw new TenonError('request.malformed', { reason: part.fieldname.slice(0, 60) })
  }
  if (!bytes) throw new TenonError('request.malformed', { reason: 'file' })
  return { bytes, fields }
}

const importParts = {
  dryRun: 'true: says what would happen and writes nothing. Absent: false.',
  sample: 'true: the sample data comes in too. Absent: false.',
  mode: `${importModes.join(' or ')}. Absent: upgrade.`,
  draft: 'Draft it goes into. Absent: main.',
  decisions: 'JSON: how each conflict of the upgrade is decided. Absent: none is.',
}
const known: ReadonlySet<string> = new Set(Object.keys(importParts))

function optionsOf(fields: ReadonlyMap<string, string>): ImportZipOptions {
  const malformed = (reason: string) => new TenonError('request.malformed', { reason })
  for (const name of fields.keys()) if (!known.has(name)) throw malformed(name.slice(0, 60))
  const flag = (name: string, absent: boolean): boolean => {
    const given = fields.get(name) ?? String(absent)
    if (given !== 'true' && given !== 'false') throw malformed(name)
    return given === 'true'
  }
  const mode = importModes.find((one) => one === (fields.get('mode') ?? 'upgrade'))
  if (mode === undefined) throw malformed('mode')
  const draft = fields.get('draft') ?? 'main'
  if (!Check(DraftName, draft)) throw malformed('draft')
  const decisions = parseJson(fields.get('decisions') ?? '{}', 'decisions')
  if (!Check(WireDecisions, decisions)) throw malformed('decisions')
  return { dryRun: flag('dryRun', false), sample: flag('sample', false), mode, draft, decisions }
}
