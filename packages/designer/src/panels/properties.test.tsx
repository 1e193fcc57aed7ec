import type { SchemaNode } from '@tenon/engine'
import { fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { asksSiblings } from './asks-siblings.ts'
import type { SchemaControlProps } from './contract.ts'
import { Properties } from './Properties.tsx'
import { PropertyContext } from './property-context.ts'
import { Stage, speak } from './testing/Stage.tsx'

const schema: SchemaNode = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    form: { type: 'string' },
    field: { type: 'string', 'x-refers': { kind: 'field', of: 'form' } },
    sets: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, { 'x-of': 'form' }] } },
    by: { type: 'object', 'x-keys': { kind: 'field', of: 'form' } },
    inner: { type: 'object', properties: { field: { 'x-refers': { kind: 'field', of: 'form' } } } },
  },
}

const drawn: string[] = []
/** A control that says what it was given. */
function Control({ label, value, siblings, onChange }: SchemaControlProps) {
  drawn.push(label)
  return (
    <input
      aria-label={label}
      value={typeof value === 'string' ? value : ''}
      title={String(siblings.form)}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const scope = { path: 'forms/ticket.json', form: 'ticket' }
function Panel() {
  const [value, setValue] = useState<{ readonly [name: string]: unknown }>({ form: 'ticket' })
  return (
    <PropertyContext value={Control}>
      <Properties schema={schema} root={schema} value={value} onChange={setValue} scope={scope} />
      <output>{JSON.stringify(value)}</output>
    </PropertyContext>
  )
}
const type = (label: string, text: string) =>
  fireEvent.change(screen.getByLabelText(label), { target: { value: text } })

beforeAll(async () => {
  await speak('en')
})
beforeEach(() => {
  drawn.length = 0
})

test('a property is drawn again when it changes, or, where it asks for others, when they do; each writes on what stands there now', () => {
  render(
    <Stage locale="en">
      <Panel />
    </Stage>,
  )
  drawn.length = 0
  type('name', 'A')
  expect(drawn).toEqual(['name', 'field', 'sets', 'by'])

  drawn.length = 0
  type('form', 'customer')
  expect(drawn).toEqual(['form', 'field', 'sets', 'by'])
  expect(screen.getByLabelText('field').title).toBe('customer')

  type('field', 'level')
  type('name', 'AB')
  expect(JSON.parse(screen.getByRole('status').textContent ?? '')).toEqual({
    form: 'customer',
    name: 'AB',
    field: 'level',
  })
})

test('only what asks for another property of the same object does', () => {
  const asks = (name: string) => asksSiblings((schema.properties as Record<string, SchemaNode>)[name] ?? {}, schema)
  expect(['name', 'form', 'field', 'sets', 'by', 'inner'].filter(asks)).toEqual(['field', 'sets', 'by'])
})
