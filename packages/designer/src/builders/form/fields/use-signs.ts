import type { DesignProblem } from '@tenon/runtime/contract'
import { useMemo, useRef } from 'react'
import { elementFinder } from '../../../shell/go-to.ts'
import type { FieldSign } from './CanvasField.tsx'

type Signs = ReadonlyMap<string, FieldSign>

/** Problems of a form by the element they are about, `fields/priority` or `layout/basics`; the worst gives the severity. */
export function useSigns(form: unknown, problems: readonly DesignProblem[]): Signs {
  const before = useRef<Signs>(new Map())
  return useMemo(() => {
    before.current = signsOf(form, problems, before.current)
    return before.current
  }, [form, problems])
}

/** Signs that say the same as before are the very same, so that their element is not drawn again. */
function signsOf(form: unknown, problems: readonly DesignProblem[], before: Signs): Signs {
  if (problems.length === 0) return before.size === 0 ? before : new Map()
  const addressAt = elementFinder(form)
  const signs = new Map<string, FieldSign>()
  for (const { path, message, severity } of problems) {
    const at = addressAt(path)?.split('/').slice(0, 2).join('/')
    if (at === undefined) continue
    const found = signs.get(at)
    const isError = severity === 'error' || found?.severity === 'error'
    signs.set(at, { text: found ? `${found.text} ${message}` : message, severity: isError ? 'error' : 'warning' })
  }
  return new Map([...signs].map(([at, sign]) => [at, asBefore(sign, before.get(at))]))
}

const asBefore = (now: FieldSign, before: FieldSign | undefined): FieldSign =>
  before && before.text === now.text && before.severity === now.severity ? before : now
