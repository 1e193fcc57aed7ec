import type { FieldModel } from '@tenon/engine'
import type { Choice, Ref, UiEnvironment } from '../../environment.tsx'
import type { PastedName } from './row-edits.ts'

type Search = Pick<UiEnvironment, 'searchPeople' | 'searchRecords' | 'listDepartments'>
export type Found = { readonly name: PastedName; readonly choice: Choice }
/** Why a name stands for nobody: nothing is called so, or several are. */
export type Unfound = { readonly name: PastedName; readonly why: 'none' | 'several' }

const together = 6

/** What pasted names mean, each asked once: exactly one thing I may choose must be called so. */
export async function findNames(
  names: readonly PastedName[],
  search: Search,
): Promise<{ readonly found: readonly Found[]; readonly unfound: readonly Unfound[] }> {
  const asked = new Map<string, PastedName>()
  for (const name of names) asked.set(keyOf(name), name)
  const waiting = [...asked]
  const answers = new Map<string, readonly Choice[]>()
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [key, { column, text }] = next
      const choices = await choicesOf(column, text, search).catch(() => [])
      answers.set(
        key,
        choices.filter(({ ref }) => callsOf(ref).some((call) => plain(call) === plain(text))),
      )
    }
  }
  await Promise.all(Array.from({ length: together }, work))
  const found: Found[] = []
  const unfound: Unfound[] = []
  for (const name of names) {
    const [choice, ...others] = answers.get(keyOf(name)) ?? []
    if (choice && others.length === 0) found.push({ name, choice })
    else unfound.push({ name, why: choice ? 'several' : 'none' })
  }
  return { found, unfound }
}

const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
const keyOf = ({ column, text }: PastedName): string => `${column.id} ${plain(text)}`

/** What may be chosen in a column and has to do with a text. */
function choicesOf(column: FieldModel, text: string, search: Search): Promise<readonly Choice[]> {
  const { definition, target } = column
  if (target?.kind === 'user')
    return search.searchPeople(text, definition && 'roles' in definition ? definition.roles : undefined)
  if (target?.kind === 'department') return search.listDepartments()
  if (definition && 'form' in definition) return search.searchRecords(definition.form, text, definition.where)
  return Promise.resolve([])
}

/** By what people call it. */
function callsOf(ref: Ref): readonly string[] {
  if (ref.kind === 'record') return [ref.title]
  return ref.kind === 'user' ? [ref.name, ref.username] : [ref.name]
}
