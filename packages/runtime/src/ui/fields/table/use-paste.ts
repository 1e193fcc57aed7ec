import type { FormModel, TableRow } from '@tenon/engine'
import { useEffect, useRef, useState } from 'react'
import { useRemember, useUi } from '../../environment.tsx'
import { useFormFacts } from '../../show/FormFacts.tsx'
import { findNames, type Unfound } from './find-names.ts'
import { pasteCells, readTsv, setCell } from './row-edits.ts'

type Table = {
  readonly rows: readonly TableRow[]
  readonly form: FormModel
  readonly max: number
  readonly onChange: (rows: readonly TableRow[]) => void
}

/** Puts what a spreadsheet copied into the rows at once, and the people and records it names as soon as they are found. */
export function usePaste({ rows, form, max, onChange }: Table) {
  const ui = useUi()
  const around = useFormFacts()
  const remember = useRemember()
  const [finding, setFinding] = useState(false)
  const [unfound, setUnfound] = useState<readonly Unfound[]>([])
  const latest = useRef({ rows, onChange })
  latest.current = { rows, onChange }
  const turn = useRef(0)
  useEffect(
    () => () => {
      turn.current = -1
    },
    [],
  )

  const paste = async (text: string, from: { readonly row: number; readonly column: string }) => {
    const pasted = pasteCells(rows, form, from, readTsv(text), { around, max })
    const mine = ++turn.current
    setUnfound([])
    latest.current.rows = pasted.rows
    onChange(pasted.rows)
    if (pasted.names.length === 0) return
    setFinding(true)
    const names = await findNames(pasted.names, ui)
    // Somebody pasted again, or went away.
    if (mine !== turn.current) return
    setFinding(false)
    setUnfound(names.unfound)
    let next = latest.current.rows
    for (const { name, choice } of names.found) {
      const at = next.findIndex(({ id }) => id === name.row)
      // What was written there in the meantime stands.
      if (at < 0 || (next[at]?.[name.column.id] ?? null) !== null) continue
      remember(choice.id, choice.ref)
      next = setCell(next, at, name.column.id, choice.id)
    }
    if (next !== latest.current.rows) latest.current.onChange(next)
  }
  return { paste, finding, unfound, dismiss: () => setUnfound([]) }
}
