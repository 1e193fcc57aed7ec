import { type CommandBody, type Id, renderProblem } from '@tenon/engine'
import { Batch, BatchResult } from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import type { Doors } from '../../../doors.ts'
import { TenonError } from '../../../tenon-error.ts'
import { carryOut } from '../../commands.ts'
import { callerOf } from '../../plugins/identity.ts'
import { localeOf } from '../../problems.ts'
import type { Http } from '../../server.ts'
import { FormParams, NoQuery } from '../parameters.ts'

const mostRecords = 1000

/**
 * Bulk edit: every record is a command of its own on the one write path, so each is checked, audited and refused for
 * itself. The right `bulk` is asked of each as well.
 */
export function bulkRoutes(http: Http, doors: Doors): void {
  http.post(
    '/api/apps/:app/forms/:form/records/batch',
    {
      config: { resource: 'record', action: 'update', audience: 'people' },
      schema: { params: FormParams, querystring: NoQuery, body: Batch, response: { 200: BatchResult } },
    },
    async (request) => {
      const { app, form } = request.params
      const { ids: named, where, q, values, remove } = request.body
      if ((values === undefined) === (remove !== true))
        throw new TenonError('request.malformed', { reason: 'values | remove' })
      if ((named === undefined) === (where === undefined && q === undefined))
        throw new TenonError('request.malformed', { reason: 'ids | where' })
      const ids =
        named ??
        (await doors.records.find(
          callerOf(request),
          app,
          form,
          { ...(where && { where }), ...(q && { q }) },
          mostRecords,
        ))
      const commandFor = (id: Id): RecordCommand =>
        remove
          ? { type: 'record.delete', app, form, id }
          : { type: 'record.update', app, form, id, values: values ?? {} }
      return each(doors, request, ids, commandFor)
    },
  )
}

type RecordCommand = Extract<CommandBody, { type: 'record.update' | 'record.delete' }>

async function each(
  doors: Doors,
  request: FastifyRequest,
  ids: readonly Id[],
  commandFor: (id: Id) => RecordCommand,
): Promise<BatchResult> {
  const locale = localeOf(request.headers['accept-language'])
  const failed: BatchResult['failed'] = []
  let changed = 0
  for (const id of new Set(ids)) {
    try {
      const body = commandFor(id)
      const { can, title } = await doors.records.get(callerOf(request), body.app, body.form, id)
      if (!can.includes('bulk')) {
        failed.push({ id, title, code: 'access.denied', message: renderProblem({ code: 'access.denied' }, locale) })
        continue
      }
      await carryOut(doors, request, body, id)
      changed += 1
    } catch (error) {
      if (!(error instanceof TenonError)) throw error
      failed.push({ id, title: '', code: error.code, message: renderProblem(error, locale) })
    }
  }
  return { changed, failed }
}
