import { readFileSync } from 'node:fs'
import { type CalendarDefinition, chineseHolidays } from '@tenon/engine'
import { expect, test } from 'vitest'
import { arrangementOf, knownYears } from './arrangements.ts'

test('the known years are those of the after-sales template, day by day', () => {
  const file = new URL('../../../../../templates/after-sales/calendars/service_hours.json', import.meta.url)
  const { days } = JSON.parse(readFileSync(file, 'utf8')) as CalendarDefinition
  expect(chineseHolidays(...knownYears.map(arrangementOf))).toEqual(days)
})
