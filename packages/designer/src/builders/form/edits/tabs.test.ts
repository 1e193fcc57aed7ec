import { expect, test } from 'vitest'
import type { Form } from './form-edit.ts'
import { addTab, changeTab, moveTab, placeSection, removeTab, tabOf } from './tabs.ts'

const form: Form = {
  id: 'ticket',
  kind: 'form',
  schemaVersion: 1,
  label: '工单',
  title: { formula: 'id' },
  fields: [],
  layout: ['a', 'b', 'c'].map((section) => ({ section, items: [] })),
}
const order = (one: Form) => one.layout?.map(({ section, tab }) => (tab ? `${section}@${tab}` : section))

test('a tab takes the section it was made for; sections move between tabs and in front of each other', () => {
  const first = addTab(form, '基本', 'a')
  const second = addTab(first.form, '处理', 'c')
  expect(order(second.form)).toEqual(['a@tab_1', 'b', 'c@tab_2'])
  const moved = placeSection(second.form, 'b', 'a', first.id)
  expect(order(moved)).toEqual(['b@tab_1', 'a@tab_1', 'c@tab_2'])
  expect(order(placeSection(moved, 'b', undefined, second.id))).toEqual(['a@tab_1', 'c@tab_2', 'b@tab_2'])
  expect(order(placeSection(moved, 'b', 'c', undefined))).toEqual(['a@tab_1', 'b', 'c@tab_2'])
  expect(tabOf(moved, 'b')).toBe('tab_1')
  expect(moveTab(second.form, first.id, 1).tabs?.map(({ id }) => id)).toEqual(['tab_2', 'tab_1'])
  expect(changeTab(second.form, first.id, { label: '新' }).tabs?.[0]).toEqual({ id: 'tab_1', label: '新' })
})

test('a tab that goes leaves its sections where they are; the last one leaves no tabs; a retired id is not given again', () => {
  const { form: tabbed, id } = addTab(form, '基本', 'a')
  expect(removeTab(tabbed, id)).toEqual(form)
  expect(addTab(form, '基本', undefined, (taken) => taken === 'tab_1').id).toBe('tab_2')
})
