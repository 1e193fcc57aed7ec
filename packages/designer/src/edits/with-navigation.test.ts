import { expect, test } from 'vitest'
import { withNavigation } from './with-navigation.ts'

const documents = { 'app.json': { id: 'demo', navigation: [{ id: 'home', page: 'workbench' }] }, 'forms/home.json': {} }

test('a form gets one entry of its own, whatever else is called like it', () => {
  const once = withNavigation(documents, { kind: 'form', id: 'home', label: '家' })
  expect(once['app.json']).toEqual({
    id: 'demo',
    navigation: [
      { id: 'home', page: 'workbench' },
      { id: 'form_home', label: '家', form: 'home' },
    ],
  })
  expect(withNavigation(once, { kind: 'form', id: 'home', label: '家' })).toBe(once)
})
