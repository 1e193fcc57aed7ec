import { expect, test } from 'vitest'
import en from '../../shell/locales/en/staff.json' with { type: 'json' }
import zh from '../../shell/locales/zh-CN/staff.json' with { type: 'json' }

test.each([en, zh])('no two tabs of the workbench have one name', ({ work }) => {
  const names = [work.mine, work.pool, work.alerts, work.notices]
  expect(new Set(names).size).toBe(names.length)
})
