import { fieldTypeNames } from '@tenon/engine'
import { expect, test } from 'vitest'
import { paletteGroups } from './palette-groups.ts'

test('every type stands in one group, by what it says about itself', () => {
  const groups = paletteGroups(fieldTypeNames)
  expect(groups.flatMap(([, types]) => types).sort()).toEqual([...fieldTypeNames].sort())
  expect(Object.fromEntries(groups)).toMatchObject({
    common: expect.arrayContaining(['text', 'longText', 'phone', 'file']),
    choice: ['boolean', 'select', 'multiSelect'],
    number: ['number', 'money', 'percent', 'rating'],
    time: ['date', 'dateTime', 'time', 'duration'],
    people: ['user', 'users', 'department', 'link'],
    system: ['lookup', 'formula', 'serial', 'stage'],
  })
})
