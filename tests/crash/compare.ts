import type { History, Ticket } from './history.ts'
import type { ServerProcess } from './server-process.ts'

const records = '/api/apps/after_sales/forms/ticket/records'
type Found = { readonly id: string; readonly values: { readonly subject: string; readonly description: string } }

/** Holds what is stored against what the clients were told; gives what does not agree. */
export async function disagreements(history: History, server: ServerProcess): Promise<readonly string[]> {
  const bySubject = bySubjectOf(await everyTicket(server))
  const known = new Set(history.tickets.map(({ subject }) => subject))
  const wrong = [
    ...history.protests,
    ...history.refused.filter((mark) => bySubject.has(mark)).map((mark) => `${mark} was refused and is there`),
    ...[...bySubject.keys()].filter((subject) => !known.has(subject)).map((subject) => `nobody was told of ${subject}`),
  ]
  for (const ticket of history.tickets) {
    const { subject, id, description } = ticket
    const [one, ...more] = bySubject.get(subject) ?? []
    if (one === undefined || more.length > 0) wrong.push(`${subject} is there ${more.length + (one ? 1 : 0)} times`)
    else if (one.id !== id || one.values.description !== description) wrong.push(`${subject} is not as acknowledged`)
    wrong.push(...(await timelineDisagreements(ticket, server)))
  }
  return wrong
}

function bySubjectOf(found: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
  const bySubject = new Map<string, Found[]>()
  for (const one of found) bySubject.set(one.values.subject, [...(bySubject.get(one.values.subject) ?? []), one])
  return bySubject
}

/** Comments and completed tasks stand in the trail exactly as often as they were acknowledged. */
async function timelineDisagreements(
  { id, subject, comments, task }: Ticket,
  server: ServerProcess,
): Promise<string[]> {
  const { items } = await read<{ items: { type: string; data: { body?: unknown } }[] }>(
    server,
    `${records}/${id}/timeline`,
  )
  const expected: [what: string, times: number, holds: (entry: (typeof items)[number]) => boolean][] = [
    ...comments.map((body): (typeof expected)[number] => [`comment ${body}`, 1, (entry) => entry.data.body === body]),
    ['creation', 1, (entry) => entry.type === 'record.created'],
    ['completion', task === 'completed' ? 1 : 0, (entry) => entry.type === 'task.completed'],
  ]
  return expected.flatMap(([what, times, holds]) => {
    const found = items.filter(holds).length
    return found === times ? [] : [`${what} of ${subject} stands ${found} times, not ${times}`]
  })
}

async function everyTicket(server: ServerProcess): Promise<readonly Found[]> {
  const found: Found[] = []
  for (let cursor = ''; ; ) {
    const page = await read<{ items: Found[]; nextCursor?: string }>(
      server,
      `${records}?size=500&count=false&fields=subject,description&sort=created_at${cursor}`,
    )
    found.push(...page.items)
    if (page.nextCursor === undefined) return found
    cursor = `&cursor=${encodeURIComponent(page.nextCursor)}`
  }
}

async function read<T>(server: ServerProcess, path: string): Promise<T> {
  const response = await fetch(server.url + path, { headers: { authorization: `Bearer ${server.key}` } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}
