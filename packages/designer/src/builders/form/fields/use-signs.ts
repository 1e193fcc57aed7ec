import type { DesignProblem } from '@tenon/runtime/contract'
import { useMemo } from 'react'
import { elementAt } from '../../../shell/go-to.ts'
import type { FieldSign } from './CanvasField.tsx'

/** Problems of a form by the element they are about, `fields/priority` or `layout/basics`; the worst gives the severity. */
export function useSigns(form: unknown, problems: readonly DesignProblem[]): ReadonlyMap<string, FieldSign> {
  return useMemo(() => signsOf(form, problems), [form, problems])
}

function signsOf(form: unknown, problems: readonly DesignProblem[]): ReadonlyMap<string, FieldSign> {
  const signs = new Map<string, FieldSign>()
  for (const { path, message, severity } of problems) {
    const at = elementAt(form, path)?.split('/').slice(0, 2).join('/')
    if (at === undefined) continue
    const before = signs.get(at)
    const isError = severity === 'error' || before?.severity === 'error'
    signs.set(at, { text: before ? `${before.text} ${message}` : message, severity: isError ? 'error' : 'warning' })
  }
  return signs
}
