import { expect, test } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

test('an empty environment gives the documented defaults', () => {
  const config = readConfig({})
  expect(config).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    databaseUrl: 'sqlite:data/tenon.db',
    role: 'all',
    demo: false,
    testClock: false,
  })
})

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['DATABASE_URL', 'mysql://x'],
  ['TENON_ROLE', 'boss'],
  ['TENON_DEMO', 'yes'],
  ['TENON_MAP_TILES', 'tiles.example/{z}/{x}/{y}.png'],
  ['TENON_MAP_TILES', 'https://tiles.example/{z}/{x}.png'],
  ['TENON_MAP_TILES', 'https://tiles.example;script-src/{z}/{x}/{y}.png'],
])('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(ConfigError)
  expect(() => readConfig({ [name]: value })).toThrow(name)
})

test('a production system has no test clock', () => {
  expect(() => readConfig({ TENON_TEST_CLOCK: '1', NODE_ENV: 'production' })).toThrow('TENON_TEST_CLOCK')
  expect(readConfig({ TENON_TEST_CLOCK: '1' }).testClock).toBe(true)
})

test('an empty variable is an absent one', () => {
  expect(readConfig({ PORT: '', TENON_SMTP_URL: '' }).port).toBe(8080)
})
