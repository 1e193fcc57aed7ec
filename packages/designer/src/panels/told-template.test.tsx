import { render } from '@testing-library/react'
import { beforeAll, expect, test } from 'vitest'
import { ToldTemplate } from './controls/ToldTemplate.tsx'
import { Stage, speak } from './testing/Stage.tsx'

beforeAll(() => speak('en'))

const told = (text: string) => {
  const { container } = render(
    <Stage locale="en">
      <ToldTemplate text={text} scope={{ path: 'messages/hello.json', form: 'ticket' }} />
    </Stage>,
  )
  return container.textContent
}

test('placeholders are read back by the labels people know', () => {
  expect(told('New: {{record.subject}} of {{record.customer.level}}')).toBe('Reads: New: Subject of Customer › Level')
  expect(told('{{ nothing.at_all }} {{user.name}}')).toBe('Reads: {{ nothing.at_all }} Current user’s name')
  expect(told('{{task.label}} {{event.title}}')).toBe('Reads: Task › name Event › title')
  expect(told('Nothing to fill in')).toBe('')
})
