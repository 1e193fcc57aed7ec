import { formatDurationMs, type ScenarioDefinition } from '@tenon/engine'
import type { Simulated } from '@tenon/runtime/contract'
import { client } from '@tenon/runtime/page'
import { useCallback, useState } from 'react'
import { useDraftSession } from '../draft/draft-context.tsx'

export type TryStep = ScenarioDefinition['steps'][number]
/** What a try begins with: a record there is, or one that was only filled in. */
type Beginning =
  | { readonly record: string; readonly title: string }
  | { readonly values: { readonly [field: string]: unknown } }

type Try = {
  readonly beginning: Beginning
  /** When the virtual clock began: the same for every step, so that nothing shifts. */
  readonly now: string
  /** What was done, each deed with the steps it takes. */
  readonly deeds: readonly (readonly TryStep[])[]
  readonly answer: Simulated
}

/**
 * A try of a flow as the draft has it, played on the engine in memory with the people there are. Every deed plays the
 * whole again from the beginning, so going back is leaving one out; nothing is stored and nothing is sent.
 */
export function useTry(form: string) {
  const session = useDraftSession()
  const [current, setCurrent] = useState<Try>()
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const [refused, setRefused] = useState('')

  const play = useCallback(
    async (beginning: Beginning, now: string, deeds: Try['deeds'], before: Try | undefined) => {
      setBusy(true)
      setError(undefined)
      setRefused('')
      try {
        await session.settled()
        const start = 'record' in beginning ? { record: beginning.record } : { values: beginning.values as never }
        const steps = deeds.flat() as never
        const answer = await client.design.simulate(session.app, { draft: session.name, form, now, steps, ...start })
        const [failure] = answer.failures
        if (failure) setRefused(inPlainWords(failure.message))
        if (!failure || !before) setCurrent(failure && !answer.record ? undefined : { beginning, now, deeds, answer })
      } catch (problem) {
        setError(problem)
      } finally {
        setBusy(false)
      }
    },
    [session, form],
  )

  return {
    current,
    busy,
    error,
    refused,
    begin: (beginning: Beginning) => play(beginning, new Date().toISOString(), [], undefined),
    /** Plays on with one more deed; one that is refused is not kept. */
    go: (...steps: TryStep[]) =>
      current ? play(current.beginning, current.now, [...current.deeds, steps], current) : Promise.resolve(),
    back: () => current && play(current.beginning, current.now, current.deeds.slice(0, -1), undefined),
    /** The same once more, over the draft as it is now. */
    again: () => current && play(current.beginning, current.now, current.deeds, undefined),
    end: () => {
      setCurrent(undefined)
      setRefused('')
      setError(undefined)
    },
  }
}
export type TryRun = ReturnType<typeof useTry>

/** A refusal without the codes and places in the definition that a log wants. */
export const inPlainWords = (message: string): string =>
  message.replaceAll(/ \[[a-zA-Z]+\.[a-zA-Z.]+\]/g, '').replaceAll(/(^|; )\/\S+ /g, '$1')

/** Moves the clock to a moment, a second past it. */
export function advanceTo(now: string, moment: string): TryStep {
  const ms = Math.max(1000, Math.ceil((Date.parse(moment) - Date.parse(now)) / 1000) * 1000)
  return { advance: formatDurationMs(ms) }
}

/** Answers a task as a person does: takes it first where nobody has it yet. */
export function answerSteps(
  task: Simulated['tasks'][number],
  by: string,
  outcome: string | undefined,
  values: { readonly [field: string]: unknown },
  comment: string,
): readonly TryStep[] {
  const about = { by, of: 'it', node: task.node }
  const given = Object.keys(values).length > 0 ? { values: { ...values } } : {}
  const complete: TryStep = {
    do: 'task.complete',
    ...about,
    ...(outcome === undefined ? {} : { outcome }),
    ...given,
    ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
  }
  return task.assignee === null ? [{ do: 'task.claim', ...about }, complete] : [complete]
}
