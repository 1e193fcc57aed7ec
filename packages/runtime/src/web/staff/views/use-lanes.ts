import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Condition, definitionOf, type FormModel, fieldOptions, resolveText, type Tone } from '@tenon/engine'
import { useMemo } from 'react'
import type { Ref } from '../../../ui/environment.tsx'
import { useUi } from '../../../ui/environment.tsx'
import { stageTone } from '../../../ui/show/stage-tone.ts'
import { client } from '../../shell/client.ts'
import { useSession } from '../../shell/session.tsx'
import { both } from '../list/where.ts'
import type { FaceList } from './contract.ts'
import { isRuledOut } from './ruled-out.ts'

/** One value of a field, with the records that have it. */
export type Lane = {
  /** The value; null: the records without one. */
  readonly value: string | null
  readonly label: string
  readonly tone: Tone | undefined
  readonly where: Condition
  /** Not shown while it is empty: a value no longer offered, or none at all. */
  readonly optional: boolean
}

export const laneKey = (value: string | null): string => value ?? '(blank)'
const mostPeople = 50

/**
 * The values of a field, in their order: options and stages as they are defined; people by how many records they have,
 * those with most first. `none` is what the lane of records without a value is called.
 */
export function useLanes(
  app: string,
  form: FormModel,
  field: string,
  list: FaceList,
  none: string,
): { readonly lanes: readonly Lane[]; readonly loading: boolean } {
  const { locale } = useUi()
  const { user } = useSession()
  const model = form.fields.get(field)
  const isPerson = model?.target?.kind === 'user'
  const people = useQuery({
    queryKey: ['records', app, form.id, 'people', field, list.view?.id, list.where],
    queryFn: ({ signal }) =>
      client.apps.query(
        app,
        {
          form: form.id,
          where: both(list.view?.where, list.where) ?? { all: [] },
          by: [{ field }],
          measures: [{ id: 'n', agg: 'count' }],
          sort: ['-n'],
          limit: mostPeople,
        },
        signal,
      ),
    enabled: isPerson,
    placeholderData: keepPreviousData,
  })
  const lanes = useMemo(() => {
    if (!model) return []
    const is = (value: string | null): Condition =>
      value === null
        ? { fact: 'record', path: `$.${field}`, operator: 'isEmpty' }
        : { fact: 'record', path: `$.${field}`, operator: 'equal', value }
    const blank: Lane = { value: null, label: none, tone: undefined, where: is(null), optional: true }
    if (!isPerson) {
      const options = fieldOptions(model, form).map((option): Lane => {
        const stage = form.stages.get(option.id)
        const isStage = model.id === form.stageField && stage !== undefined
        return {
          value: option.id,
          label: resolveText(option.label, locale),
          tone: isStage ? stageTone(stage) : (option.tone as Tone | undefined),
          where: is(option.id),
          optional: option.retired === true,
        }
      })
      return [...options, blank].filter(({ value }) => !isRuledOut(value, field, [list.view?.where, list.where]))
    }
    const refs = (people.data?.refs ?? {}) as { readonly [id: string]: Ref }
    const found = (people.data?.rows ?? []).flatMap(([id]) => (typeof id === 'string' ? [id] : []))
    const nameOf = (id: string) => {
      const ref = refs[id]
      return id === user.id ? user.name : ref?.kind === 'user' ? ref.name : id
    }
    const mine = definitionOf(model) && !found.includes(user.id) ? [user.id] : []
    return [
      blank,
      ...[...found, ...mine].map(
        (id): Lane => ({ value: id, label: nameOf(id), tone: undefined, where: is(id), optional: false }),
      ),
    ]
  }, [model, form, field, isPerson, people.data, user, locale, none, list.view?.where, list.where])
  return { lanes, loading: isPerson && people.isPending }
}
