import { operatorKey } from '../../packages/runtime/src/server/auth/operator.ts'
import { type Bench, openBench } from '../../packages/runtime/test/http/harness.ts'

type Response = Awaited<ReturnType<Bench['inject']>>

/** The after-sales app with its people, asked as any of them. */
export type Stage = Bench & {
  /** Asks as a person with exactly that person's rights; nobody named: as the operator, who may do everything. */
  ask(person: string | undefined, method: string, url: string, payload?: object): Promise<Response>
  /** Creates a record as the operator; gives its id. */
  create(form: string, values: object): Promise<string>
  userId(username: string): string
}

export const records = (form: string): string => `/api/apps/after_sales/forms/${form}/records`

export async function openStage(databaseUrl: string): Promise<Stage> {
  const bench = await openBench(databaseUrl)
  const key = operatorKey(bench.config.dataFolder)
  const ask: Stage['ask'] = (person, method, url, payload) =>
    bench.inject({
      method: method as 'GET',
      url,
      headers: { authorization: `Bearer ${key}`, ...(person !== undefined && { 'x-tenon-as': person }) },
      ...(payload !== undefined && { payload }),
    })
  return {
    ...bench,
    ask,
    async create(form, values) {
      const answer = await ask(undefined, 'POST', records(form), { values })
      if (answer.statusCode !== 201) throw new Error(`${form}: ${answer.statusCode} ${answer.body}`)
      return answer.json<{ id: string }>().id
    },
    userId(username) {
      const person = bench.app.ports.memory.now.organisation.byUsername(username)
      if (!person) throw new Error(`no user ${username}`)
      return person.id
    },
  }
}

/** An answer without what differs between any two requests. */
export const told = (answer: Response): string =>
  `${answer.statusCode} ${answer.body.replaceAll(/"asOf":"[^"]+"/g, '"asOf":""')}`
