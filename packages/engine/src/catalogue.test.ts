import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actionTypeNames, fieldTypeNames, fieldTypes, nodeTypeNames } from './catalogue.ts'
import { conditionDefs } from './definitions/condition.ts'
import type { FormDefinition } from './definitions/form.ts'
import type { AnyFieldBehaviour, FieldExample } from './fields/contract.ts'
import type { Field } from './fields/schemas.ts'
import { systemFieldIds } from './fields/schemas.ts'
import { systemFieldDefinitions, systemFields } from './fields/system.ts'
import { formModel } from './forms/form-model.ts'
import type { FieldValue } from './kernel/value-kind.ts'
import { viewTypeNames } from './views/schemas.ts'

const source = import.meta.dirname
const behaviours = Object.values(fieldTypes) as readonly unknown[] as readonly AnyFieldBehaviour[]
const foldersOf = (folder: string) =>
  readdirSync(join(source, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)

/** A form that holds just this field. */
const formWith = (field: Field) => {
  const definition: FormDefinition = {
    id: 'sample',
    kind: 'form',
    schemaVersion: 1,
    label: '样例',
    title: { formula: 'id' },
    fields: [field],
    stages: [
      { id: 'new', label: { 'zh-CN': '新建', en: 'New' }, category: 'new' },
      { id: 'in_progress', label: { 'zh-CN': '处理中', en: 'In progress' }, category: 'open' },
      { id: 'closed', label: { 'zh-CN': '已关闭', en: 'Closed' }, category: 'closed' },
    ],
  }
  return formModel(definition, { id: 'demo', currency: 'CNY' })
}
const zone = 'Asia/Shanghai'
const normalise = (behaviour: AnyFieldBehaviour, field: Field, raw: unknown) =>
  behaviour.normalise(raw, field, { form: formWith(field), zone })
const examples: readonly (readonly [string, AnyFieldBehaviour, FieldExample<Field>])[] = behaviours.flatMap(
  (behaviour) =>
    behaviour.examples.map(
      (example) => [`${behaviour.name}: ${JSON.stringify(example.raw)}`, behaviour, example] as const,
    ),
)
/** A field's definition schema, strict about every keyword but ours. */
function definitionSchema({ schema }: AnyFieldBehaviour) {
  const whole = { ...schema, $defs: conditionDefs }
  // A union told apart by a tag requires the tag, and only its branches define it.
  const options = { strict: true, strictRequired: false, allErrors: true, discriminator: true, allowUnionTypes: true }
  const ajv = new Ajv(options)
  for (const keyword of new Set(JSON.stringify(whole).match(/(?<=")x-\w+(?=":)/g))) ajv.addKeyword(keyword)
  return ajv.compile(whole)
}

describe('every field type', () => {
  test('is a folder of its name, and every folder is a type', () => {
    expect(foldersOf('fields').sort()).toEqual([...fieldTypeNames].sort())
    for (const [name, behaviour] of Object.entries(fieldTypes)) expect(behaviour.name).toBe(name)
  })

  test('is in the table of types that authors read, by its name and its title', () => {
    const page = readFileSync(join(source, '../../../docs/definitions.md'), 'utf8')
    const rows = page.split('\n').filter((line) => line.startsWith('| `'))
    for (const { name, title } of behaviours)
      expect(rows.filter((row) => row.includes(`\`${name}\``) && row.includes(title['zh-CN'])).length, name).toBe(1)
  })

  test('has a title of its own in both languages', () => {
    for (const locale of ['zh-CN', 'en'] as const)
      expect(new Set(behaviours.map(({ title }) => title[locale])).size).toBe(behaviours.length)
  })

  test.each(behaviours.map((behaviour) => [behaviour.name, behaviour] as const))(
    '%s: the schema compiles strictly, and each property that is named says what it means',
    (_, behaviour) => {
      const { schema } = behaviour
      expect(() => definitionSchema(behaviour)).not.toThrow()
      const nameless = Object.entries(schema.properties)
        .filter(([id]) => id !== 'type')
        .filter(([, property]) => {
          const {
            title,
            description,
            'x-ui': ui,
          } = property as { title?: string; description?: string; 'x-ui'?: { titles?: object } }
          return !title || !description || !ui?.titles
        })
      expect(nameless.map(([id]) => id)).toEqual([])
    },
  )

  test.each(examples)('%s is a valid example', (_, behaviour, { field, raw, value, text }) => {
    expect(definitionSchema(behaviour)(field)).toBe(true)
    expect(normalise(behaviour, field, raw)).toEqual({ ok: true, value })
    expect(behaviour.toText(value, field, { locale: 'en', zone, form: formWith(field) })).toBe(text)
  })

  test.each(examples)(
    '%s: the value fits its schema, a value of another type does not',
    (_, behaviour, { field, value }) => {
      const validate = new Ajv({ strict: true }).compile(behaviour.valueSchema(field, formWith(field)))
      if (value !== null) expect(validate(value)).toBe(true)
      expect(validate({})).toBe(false)
    },
  )

  test.each(examples)('%s: blank is null in every spelling', (_, behaviour, { field }) => {
    for (const blank of [undefined, null, '', ' ', '\u3000\n'])
      expect(normalise(behaviour, field, blank)).toEqual({ ok: true, value: null })
    expect(behaviour.toText(null, field, { locale: 'zh-CN', zone, form: formWith(field) })).toBe('')
  })

  test.each(examples)('%s: NUL, a lone surrogate and foreign shapes are refused', (_, behaviour, { field, value }) => {
    for (const raw of ['a\0b', '\ud800', { toString: () => '1' }, [['a']], Number.NaN])
      expect(normalise(behaviour, field, raw).ok).toBe(false)
    if (typeof value === 'string') expect(normalise(behaviour, field, `${value}\u0007x`).ok).toBe(false)
  })
})

describe('properties of every field type', () => {
  const settings = { seed: 20_260_302, numRuns: 300 }
  const characters = fc.string({ unit: 'binary', maxLength: 40 })
  const spelled = fc.oneof(
    characters,
    fc.string(),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.array(fc.string()),
    fc.stringMatching(/^-?[0-9１２３,. ]{1,12}(元|%|kg|天|h)?$/),
    fc.stringMatching(/^20\d\d[-/年][01]?\d[-/月][0-3]?\d日?( [012]?\d:[0-5]\d)?$/),
    fc.stringMatching(/^(\+86|86|0)?1[3-9]\d{9}$/),
    fc.stringMatching(/^[a-zA-Z.]{1,8}@[a-z]{1,8}\.(com|CN)$/),
    fc.constantFrom(
      '紧急',
      'urgent',
      'Urgent',
      '网络、打印机',
      '是',
      'no',
      'closed',
      '处理中',
      'P1DT2H',
      '3 天 2 小时',
    ),
  )
  const fieldsOf = (behaviour: AnyFieldBehaviour) => fc.constantFrom(...behaviour.examples.map(({ field }) => field))

  test.each(behaviours.map((behaviour) => [behaviour.name, behaviour] as const))(
    '%s: what is normalised stays as it is, and fits its schema',
    (_, behaviour) => {
      const validators = new Map(
        behaviour.examples.map(({ field }) => [
          field,
          new Ajv({ strict: true }).compile(behaviour.valueSchema(field, formWith(field))),
        ]),
      )
      let accepted = 0
      fc.assert(
        fc.property(
          fieldsOf(behaviour),
          fc.oneof(spelled, fc.constantFrom(...behaviour.examples.map(({ raw }) => raw))),
          (field, raw) => {
            const once = normalise(behaviour, field, raw)
            if (!once.ok || once.value === null) return
            accepted += 1
            expect(normalise(behaviour, field, once.value)).toEqual(once)
            expect(validators.get(field)?.(once.value)).toBe(true)
          },
        ),
        settings,
      )
      expect(accepted).toBeGreaterThan(0)
    },
  )

  // A formula's text is never read back: nobody enters it. That of rows is for reading only.
  test.each(
    behaviours
      .filter(({ traits }) => !traits.computed && !traits.holdsRows)
      .map((behaviour) => [behaviour.name, behaviour] as const),
  )('%s: what its text says is read back as the same value', (_, behaviour) => {
    fc.assert(
      fc.property(
        fieldsOf(behaviour),
        fc.oneof(spelled, fc.constantFrom(...behaviour.examples.map(({ raw }) => raw))),
        fc.constantFrom('zh-CN' as const, 'en' as const),
        (field, raw, locale) => {
          const value = normalise(behaviour, field, raw)
          if (!value.ok || value.value === null) return
          const text = behaviour.toText(value.value, field, { locale, zone, form: formWith(field) })
          expect(normalise(behaviour, field, text)).toEqual(value)
        },
      ),
      settings,
    )
  })

  test.each(behaviours.map((behaviour) => [behaviour.name, behaviour] as const))(
    '%s: its order is an order',
    (_, behaviour) => {
      const [field] = behaviour.examples.map((example) => example.field)
      if (!field) throw new Error('no example')
      const values: FieldValue[] = [
        null,
        ...behaviour.examples.flatMap(({ raw }) => {
          const value = normalise(behaviour, field, raw)
          return value.ok ? [value.value] : []
        }),
      ]
      for (const a of values) {
        expect(behaviour.compare(a, a, field)).toBe(0)
        if (a !== null) expect(behaviour.compare(null, a, field)).toBe(-1)
        for (const b of values)
          expect(Math.sign(behaviour.compare(a, b, field)) + Math.sign(behaviour.compare(b, a, field))).toBe(0)
      }
    },
  )
})

test('system fields have a model, a definition with both languages, and the listed ids', () => {
  expect(systemFields.map(({ id }) => id).sort()).toEqual([...systemFieldIds].sort())
  for (const field of systemFields) {
    const definition = systemFieldDefinitions.get(field.id)
    expect(definition?.label).toMatchObject({ 'zh-CN': expect.any(String), en: expect.any(String) })
    const behaviour = definition && (fieldTypes[definition.type] as unknown as AnyFieldBehaviour)
    expect(definition && behaviour?.valueType(definition, { currency: 'CNY' })?.kind).toBe(field.value.kind)
  }
})

test('node, action and view types are folders too', () => {
  expect(foldersOf('views').sort()).toEqual([...viewTypeNames].sort())
  expect(foldersOf('nodes').sort()).toEqual([...nodeTypeNames].sort())
  expect(foldersOf('actions').sort()).toEqual([...actionTypeNames].sort())
})

test('no name is used twice within its kind', () => {
  for (const names of [fieldTypeNames, nodeTypeNames, actionTypeNames, viewTypeNames])
    expect(new Set(names).size).toBe(names.length)
})

describe('nobody asks for a type by its name', () => {
  type Exception = { readonly file: string; readonly names: readonly string[]; readonly why: string }
  const exceptions: readonly Exception[] = [
    { file: 'engine/src/definitions/schema-walk.ts', names: ['number', 'boolean'], why: "JSON Schema's type keyword" },
    {
      file: 'engine/src/formulas/',
      names: ['number', 'boolean', 'date', 'time', 'duration', 'text'],
      why: "FEEL's own types, which share names with ours",
    },
    { file: 'runtime/src/server/http/validation.ts', names: ['number', 'boolean'], why: "JSON Schema's type keyword" },
    {
      file: 'runtime/src/web/staff/record/stage-path.ts',
      names: ['startEvent', 'endEvent'],
      why: 'a path begins and ends where BPMN says a flow does, not at whatever has no edge on one side',
    },
    {
      file: 'engine/src/flow/graph.ts',
      names: ['startEvent'],
      why: 'a level begins at its start event, whatever else has no way in',
    },
    { file: 'designer/src/panels/Propert', names: ['number', 'boolean'], why: "JSON Schema's type keyword" },
    {
      file: 'designer/src/panels/controls/LiteralControl.tsx',
      names: ['boolean', 'duration', 'text', 'longText'],
      why: 'a value beside an operator is entered on one line: yes or no, a span, a word, where a record has more room',
    },
    {
      file: 'designer/src/builders/flow/',
      names: ['startEvent', 'endEvent', 'select', 'boundaryEvent'],
      why: "BPMN's own shapes: where a flow begins and stops, what sits on a border; select is the canvas's kind of change",
    },
    {
      file: 'designer/src/edits/flow/insert.ts',
      names: ['boundaryEvent'],
      why: 'a boundary event is put on a node, all others on the ground or on a line',
    },
  ]
  const kinds = { fields: fieldTypeNames, nodes: nodeTypeNames, actions: actionTypeNames } as const
  const root = join(source, '../../..', 'packages')
  const files = readdirSync(root).flatMap((name) => sourcesIn(join(root, name, 'src')))

  function sourcesIn(folder: string): string[] {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return sourcesIn(path)
      return /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name) ? [path] : []
    })
  }

  /**
   * Names in `x.type === 'name'`, `'name' !== type` and `case 'name'` of a switch over a type. A `site` is a place in a
   * document, and its type is that of what stands there; a `widget` and a `scene` are of a chart's type.
   */
  function comparedNames(text: string): string[] {
    const compared = [
      ...text.matchAll(/(?<!\b(?:site|widget|scene)\.)\b(?:type|[a-z]\w*Type)\s*[!=]==?\s*'(\w+)'/g),
      ...text.matchAll(/'(\w+)'\s*[!=]==?\s*[\w.?]*\b(?:type|[a-z]\w*Type)\b/g),
    ]
    const switched = text
      .split(/\bswitch\s*\(/)
      .slice(1)
      .filter((body) => /^[^)]*(?<!\bscene\.)\b(?:type|[a-z]\w*Type)\)/.test(body))
    return [
      ...compared.map((match) => match[1] ?? ''),
      ...switched.flatMap((body) => [...body.matchAll(/\bcase '(\w+)'/g)].map((match) => match[1] ?? '')),
    ]
  }

  test('the guard sees comparisons', () => {
    expect(
      comparedNames("if (field.type === 'money' || 'date' !== node?.type) switch (fieldType) { case 'text': }").sort(),
    ).toEqual(['date', 'money', 'text'])
    expect(files.length).toBeGreaterThan(100)
  })

  test.each(Object.entries(kinds))('%s', (kind, names) => {
    const offences = files.flatMap((file) => {
      const path = file.slice(root.length + 1)
      const found = comparedNames(readFileSync(file, 'utf8')).filter((name) =>
        (names as readonly string[]).includes(name),
      )
      const foreign = found.filter((name) => !path.includes(`/${kind}/${name}/`))
      const allowed = exceptions
        .filter((exception) => path.startsWith(exception.file))
        .flatMap((exception) => exception.names)
      return foreign.filter((name) => !allowed.includes(name)).map((name) => `${path}: ${name}`)
    })
    expect(offences).toEqual([])
  })
})
