import type { History } from './history.ts'
import type { ServerProcess } from './server-process.ts'

/** The one all tickets are about. */
export async function newCustomer({ url, key }: ServerProcess): Promise<string> {
  const response = await fetch(`${url}/api/apps/after_sales/forms/customer/records`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ values: { name: '上海仁和医疗' } }),
  })
  const { id } = (await response.json()) as { id: string }
  return id
}

/** The first answers of a new process take longest: the pause begins with them. */
export async function begunWork(history: History, clients: number): Promise<void> {
  const before = history.acknowledged
  for (let waited = 0; history.acknowledged < before + clients && waited < 5000; waited += 20)
    await new Promise((resolve) => setTimeout(resolve, 20))
}
