import type { RuleDefinition } from '@tenon/engine'
import { render, screen } from '@testing-library/react'
import { beforeAll, expect, test, vi } from 'vitest'
import { Stage, speak } from '../../panels/testing/Stage.tsx'
import { WouldDo } from './WouldDo.tsx'

vi.mock('@tenon/runtime/page', () => ({
  client: {},
  useSession: () => ({ user: { id: 'u1', username: 'admin', name: 'Admin', locale: 'en' } }),
}))

const rule = {
  id: 'r',
  kind: 'rule',
  schemaVersion: 1,
  label: 'R',
  form: 'customer',
  on: { events: ['created'] },
  then: [{ id: 'raise', type: 'set', values: { level: 'vip' } }],
} as unknown as RuleDefinition
const what = { 'zh-CN': '修改字段：值 {"level":"vip"}', en: 'Set fields: Values {"level":"vip"}' }

beforeAll(() => speak('en'))

test('what a rule would have done is told by the names of fields, and what it no longer does still is', () => {
  render(
    <Stage locale="en">
      <WouldDo
        path="rules/r.json"
        rule={rule}
        actions={[
          { id: 'raise', type: 'set', what },
          { id: 'gone', type: 'set', what: { 'zh-CN': '已不存在', en: 'Taken out since' } },
        ]}
      />
    </Stage>,
  )
  expect(screen.getAllByRole('listitem').map((one) => one.textContent)).toEqual([
    'Set fields · Level',
    'Taken out since',
  ])
})
