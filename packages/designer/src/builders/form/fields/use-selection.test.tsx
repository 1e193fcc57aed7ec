import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { useSelection } from './use-selection.ts'

const fields = new Set(['a', 'b', 'c'])

function begin(at: string | undefined) {
  const asked: (string | undefined)[] = []
  const follow = (next: string | undefined) => void asked.push(next)
  const { result, rerender } = renderHook(
    (place: string | undefined) => useSelection({ at: place, follow }, (id) => fields.has(id)),
    { initialProps: at },
  )
  return { asked, rerender, selection: result.current, ids: () => result.current.ids() }
}

test('what is chosen stands at once; the address follows, late or not in order, and takes nothing back', () => {
  const { asked, rerender, selection, ids } = begin('fields/a')
  expect(ids()).toEqual(['a'])
  act(() => selection.select(['b']))
  act(() => selection.select(['b', 'c']))
  expect(ids()).toEqual(['b', 'c'])
  expect(asked).toEqual(['fields/b', 'fields/c'])
  rerender('fields/a')
  rerender('fields/b')
  expect(ids()).toEqual(['b', 'c'])
  rerender('fields/c')
  expect(ids()).toEqual(['b', 'c'])
})

test('an address that changes by itself wins; what is no field chooses none', () => {
  const { rerender, selection, ids } = begin(undefined)
  expect(ids()).toEqual([])
  rerender('fields/b')
  expect(ids()).toEqual(['b'])
  rerender('fields/c/fields/amount')
  expect(ids()).toEqual(['c'])
  rerender('layout/first')
  expect(ids()).toEqual([])
  act(() => selection.select(['a', 'gone']))
  expect(ids()).toEqual(['a'])
  expect(ids()).toBe(ids())
})
