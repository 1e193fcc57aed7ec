import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))
const folders = ['runtime/src/web/shell/locales', 'runtime/src/ui/locales', 'designer/src/shell/locales']
const sources = ['runtime/src/web', 'runtime/src/ui', 'designer/src']

type Texts = { readonly [key: string]: string | Texts }
const flat = (texts: Texts, prefix = ''): [string, string][] =>
  Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flat(value, `${prefix}${key}.`),
  )

function catalogues(locale: string): Map<string, Map<string, string>> {
  const files = folders.flatMap((folder) =>
    readdirSync(join(packages, folder, locale)).map((name) => join(packages, folder, locale, name)),
  )
  const json = files.filter((file) => file.endsWith('.json'))
  return new Map(
    json.map((file) => [
      file.split('/').at(-1)?.replace('.json', '') ?? '',
      new Map(flat(JSON.parse(readFileSync(file, 'utf8')) as Texts)),
    ]),
  )
}

const zh = catalogues('zh-CN')
const en = catalogues('en')
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

// Names, formats and keys that are the same in every language.
const latinNames =
  /\b(Tenon|CSV|XLSX|Excel|UTF-8|GBK|Enter|Escape|Esc|Delete|Home|End|Shift|Ctrl|Alt|SLA|API|BPMN|C|D|V|Z|N|J|K|d\/M\/yyyy|HH|mm|name@company\.com)\b/g

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? filesBelow(join(folder, entry.name))
      : /\.tsx?$/.test(entry.name) && !entry.name.includes('.test.')
        ? [join(folder, entry.name)]
        : [],
  )
}

describe('message catalogues', () => {
  it.each([...zh.keys()])('%s has the same keys in both languages', (name) => {
    expect([...(en.get(name)?.keys() ?? [])]).toEqual([...(zh.get(name)?.keys() ?? [])])
  })

  it.each([...zh.keys()])('%s has the same placeholders in both languages', (name) => {
    for (const [key, text] of zh.get(name) ?? [])
      expect([key, placeholders(en.get(name)?.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  it('has no Chinese in English', () => {
    const found = [...en].flatMap(([name, texts]) =>
      [...texts].filter(([, text]) => /[\u4e00-\u9fff]/.test(text)).map(([key]) => `${name}:${key}`),
    )
    expect(found).toEqual([])
  })

  it('has no English in Chinese but names', () => {
    const rest = (text: string) =>
      text
        .replaceAll(/\{\{\w+\}\}/g, '')
        .replaceAll(/https?:\/\/\S+/g, '')
        .replaceAll(latinNames, '')
    const found = [...zh].flatMap(([name, texts]) =>
      [...texts].filter(([, text]) => /[a-zA-Z]{2,}/.test(rest(text))).map(([key, text]) => `${name}:${key} ${text}`),
    )
    expect(found).toEqual([])
  })

  it('has every text the pages ask for', () => {
    const missing: string[] = []
    for (const file of sources.flatMap((source) => filesBelow(join(packages, source)))) {
      const text = readFileSync(file, 'utf8')
      const own = /useTranslation\(\[?'(\w+)'/.exec(text)?.[1]
      // A file that hands its `t` on to a function is checked where it is used.
      if (!own) continue
      for (const [, key = ''] of text.matchAll(/\bt\(\s*'([\w:.]+)'/g)) {
        const [space, name] = key.includes(':') ? (key.split(':') as [string, string]) : [own, key]
        const texts = zh.get(space)
        if (!texts?.has(name) && !texts?.has(`${name}_other`)) missing.push(`${file.slice(packages.length)}: ${key}`)
      }
    }
    expect(missing).toEqual([])
  })
})
