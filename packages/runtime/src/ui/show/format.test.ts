import { describe, expect, it } from 'vitest'
import { clockTone } from './Countdown.tsx'
import {
  formatBytes,
  formatClock,
  formatDayText,
  formatDecimal,
  formatDuration,
  formatLate,
  formatMoment,
  formatMoney,
  formatPhone,
  formatWorkingTime,
} from './format.ts'
import { initialOf } from './Person.tsx'

const zh = { locale: 'zh-CN', zone: 'Asia/Shanghai' } as const
const en = { locale: 'en', zone: 'Asia/Shanghai' } as const
const now = Date.parse('2026-03-02T06:00:00Z')

describe('moments as people say them', () => {
  it.each([
    ['2026-03-02T06:20:00Z', '今天 14:20', 'Today 14:20'],
    ['2026-03-01T16:05:00Z', '今天 00:05', 'Today 00:05'],
    ['2026-03-01T15:55:00Z', '昨天 23:55', 'Yesterday 23:55'],
    ['2026-03-03T01:00:00Z', '明天 09:00', 'Tomorrow 09:00'],
    ['2026-01-15T01:00:00Z', '1月15日 09:00', '15 Jan 09:00'],
    ['2025-12-31T17:00:00Z', '1月1日 01:00', '1 Jan 01:00'],
    ['2025-12-31T15:00:00Z', '2025年12月31日', '31 Dec 2025'],
  ])('%s', (text, chinese, english) => {
    expect(formatMoment(Date.parse(text), now, zh)).toBe(chinese)
    expect(formatMoment(Date.parse(text), now, en)).toBe(english)
  })
})

describe('durations and clocks', () => {
  it.each([
    [27 * 3_600_000, '1 天 3 小时', '1 d 3 h'],
    [12 * 60_000, '12 分钟', '12 min'],
    [45_000, '45 秒', '45 s'],
    [24 * 3_600_000, '1 天', '1 d'],
    [86_400_000 + 60_000, '1 天', '1 d'],
  ])('%d ms', (ms, chinese, english) => {
    expect(formatDuration(ms, 'zh-CN')).toBe(chinese)
    expect(formatDuration(ms, 'en')).toBe(english)
  })

  it('counts down in minutes and seconds, then hours, then days', () => {
    expect([9 * 60_000 + 41_000, 3 * 3_600_000 + 60_000, 50 * 3_600_000].map((ms) => formatClock(ms, 'en'))).toEqual([
      '09:41',
      '3:01:00',
      '2d 2h',
    ])
  })

  it('says how late', () => {
    expect([20_000, 12 * 60_000, 185 * 60_000, 49 * 3_600_000].map((ms) => formatLate(ms, 'en'))).toEqual([
      '+1m',
      '+12m',
      '+3h5m',
      '+2d1h',
    ])
  })

  it.each([
    [51, 'neutral'],
    [50, 'info'],
    [21, 'info'],
    [20, 'warning'],
    [0, 'warning'],
    [-1, 'danger'],
  ] as const)('%d %% left is %s', (left, tone) => {
    expect(clockTone(left, 100)).toBe(tone)
  })
})

describe('numbers', () => {
  it('keeps every digit of decimal text', () => {
    expect(formatDecimal('9007199254740993.10', 'en')).toBe('9,007,199,254,740,993.10')
  })
  it('writes money with its sign', () => {
    expect(formatMoney('1234.50', 'CNY', 'zh-CN')).toBe('¥1,234.50')
  })
  it('groups mainland mobiles and leaves others alone', () => {
    expect([formatPhone('+8613800138000'), formatPhone('+492211234')]).toEqual(['138 0013 8000', '+492211234'])
  })
  it('names sizes', () => {
    expect([formatBytes(0, 'en'), formatBytes(2048, 'en'), formatBytes(5_400_000, 'en')]).toEqual([
      '0 B',
      '2 KB',
      '5.1 MB',
    ])
  })
  it('leaves a day that is none as it is', () => {
    expect([formatDayText('2026-03-02', 'zh-CN'), formatDayText('soon', 'en')]).toEqual(['2026年3月2日', 'soon'])
  })
})

it('knows people by the last letter of a Chinese name and the first of others', () => {
  expect([initialOf('王敏'), initialOf('anna')]).toEqual(['敏', 'A'])
})

it('tells working time in hours: a working day has no fixed length', () => {
  expect(formatWorkingTime(24 * 3_600_000, 'zh-CN')).toBe('24 小时')
  expect(formatWorkingTime(50.5 * 3_600_000, 'en')).toBe('50 h 30 min')
  expect(formatWorkingTime(90_000, 'zh-CN')).toBe('1 分钟')
})
