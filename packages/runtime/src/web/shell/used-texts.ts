import { client } from './client.ts'
import { mostUsed } from './most-used.ts'

const looked = 200

/**
 * Texts that a field of texts has in the newest records I may read and in those a text finds, the most frequent first.
 * Who may not read them gets none, and no reason.
 */
export async function usedTexts(app: string, form: string, field: string, q: string): Promise<readonly string[]> {
  const ask = async (words: string | undefined) =>
    (
      await client.records.list(app, form, {
        ...(words === undefined ? {} : { q: words }),
        where: { fact: 'record', path: `$.${field}`, operator: 'isNotEmpty' },
        fields: [field],
        sort: ['-updated_at'],
        size: looked,
        count: false,
      })
    ).items
  try {
    // Words find whole records however old; what is only begun is found among the newest.
    const pages = await Promise.all([ask(undefined), ...(q === '' ? [] : [ask(q)])])
    const records = new Map(pages.flat().map(({ id, values }) => [id, values[field]]))
    return mostUsed([...records.values()], q)
  } catch {
    return []
  }
}
