import type { Answer, CommandBody } from '@tenon/engine'
import {
  AcknowledgeClock,
  AddAssignee,
  ApprovalView,
  AssignmentParameters,
  AssignmentView,
  CompleteTask,
  DelegateTask,
  RecordView,
  RefuseTask,
  RemoveAssignee,
  ReturnTask,
  SaveDraft,
  TaskAnswer,
  TaskPage,
  TaskParameters,
  TaskView,
  TransferTask,
  WithdrawTask,
} from '@tenon/runtime/contract'
import type { FastifyRequest } from 'fastify'
import type { Doors } from '../../../doors.ts'
import { carryOut, viewAfter } from '../../commands.ts'
import { personOf } from '../../plugins/identity.ts'
import type { Http } from '../../server.ts'
import { IdParams, NoBody, NoQuery } from '../parameters.ts'

const people = { resource: 'task', audience: 'people' } as const

/** The worklist and what can be done with a task of it. */
export function taskRoutes(http: Http, doors: Doors): void {
  http.get(
    '/api/tasks',
    {
      config: { ...people, action: 'list' },
      schema: { querystring: TaskParameters, response: { 200: TaskPage } },
    },
    (request) => doors.tasks.list(personOf(request), request.query),
  )

  http.get(
    '/api/tasks/:id',
    {
      config: { ...people, action: 'read' },
      schema: { params: IdParams, querystring: NoQuery, response: { 200: TaskView } },
    },
    (request) => doors.tasks.get(personOf(request), request.params.id),
  )

  http.get(
    '/api/tasks/:id/assignment',
    {
      config: { ...people, action: 'read' },
      schema: { params: IdParams, querystring: AssignmentParameters, response: { 200: AssignmentView } },
    },
    (request) => doors.tasks.assignment(personOf(request), request.params.id, request.query.whyNot),
  )

  http.get(
    '/api/tasks/:id/approval',
    {
      config: { ...people, action: 'read' },
      schema: { params: IdParams, querystring: NoQuery, response: { 200: ApprovalView } },
    },
    (request) => doors.tasks.approval(personOf(request), request.params.id),
  )

  const run = async (request: FastifyRequest, command: CommandBody) =>
    answer(doors, request, await carryOut(doors, request, command))

  http.post(
    '/api/tasks/:id/claim',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: NoBody, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.claim', task: request.params.id }),
  )

  http.post(
    '/api/tasks/:id/complete',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: CompleteTask, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.complete', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/tasks/:id/transfer',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: TransferTask, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.transfer', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/tasks/:id/refuse',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: RefuseTask, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.refuse', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/clocks/:id/acknowledge',
    {
      config: { resource: 'clock', audience: 'people', action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: AcknowledgeClock, response: { 200: RecordView } },
    },
    async (request) => {
      const { record } = await carryOut(doors, request, {
        type: 'clock.acknowledge',
        clock: request.params.id,
        ...request.body,
      })
      if (!record) throw new Error('an acknowledged clock has a record')
      return viewAfter(doors, request, record)
    },
  )

  http.post(
    '/api/tasks/:id/delegate',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: DelegateTask, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.delegate', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/tasks/:id/add-assignee',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: AddAssignee, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.addAssignee', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/tasks/:id/remove-assignee',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: RemoveAssignee, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.removeAssignee', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/tasks/:id/return',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: ReturnTask, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.return', task: request.params.id, mode: 'again', ...request.body }),
  )

  http.post(
    '/api/tasks/:id/withdraw',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: WithdrawTask, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.withdraw', task: request.params.id, ...request.body }),
  )

  http.post(
    '/api/tasks/:id/draft',
    {
      config: { ...people, action: 'act' },
      schema: { params: IdParams, querystring: NoQuery, body: SaveDraft, response: { 200: TaskAnswer } },
    },
    (request) => run(request, { type: 'task.saveDraft', task: request.params.id, ...request.body }),
  )
}

async function answer(doors: Doors, request: FastifyRequest, { record, task }: Answer): Promise<TaskAnswer> {
  if (!task) throw new Error('a task command answers with its task')
  const [shown, after] = await Promise.all([
    record ? viewAfter(doors, request, record) : null,
    doors.tasks.get(personOf(request), task.task, task),
  ])
  return { record: shown, task: after }
}
