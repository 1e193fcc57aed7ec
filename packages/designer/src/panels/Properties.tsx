import { QuestionCircleOutlined } from '@ant-design/icons'
import { isObject, requiredOf, resolveSchema, type SchemaNode, schemaProperties } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, Popover, Select } from 'antd'
import { memo, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { asksSiblings } from './asks-siblings.ts'
import type { PanelScope } from './contract.ts'
import { freshValue } from './fresh-value.ts'
import { withProperty } from './minimal.ts'
import styles from './panels.module.css'
import { useProperty } from './property-context.ts'
import { controlOf, helpOf, isAskedFor, isDrawnElsewhere, titleOf } from './schema-words.ts'

type Value = { readonly [property: string]: unknown }
type Props = {
  readonly schema: SchemaNode
  readonly root: SchemaNode
  readonly value: Value
  readonly onChange: (next: Value) => void
  readonly scope: PanelScope
  readonly names?: readonly string[] | undefined
}

/** Ids and the words of the format are nobody's business; a place on a canvas is drawn there. */
const isHidden = (name: string, schema: SchemaNode) =>
  ['$schema', 'kind', 'schemaVersion', 'id'].includes(name) ||
  schema.title === 'Id' ||
  'const' in schema ||
  isDrawnElsewhere(schema)

/** Names of the properties that people may see, in the order of the schema. */
export const shownNames = (schema: SchemaNode, root: SchemaNode): readonly string[] =>
  Object.entries(schemaProperties(schema)).flatMap(([name, inner]) =>
    isHidden(name, { ...resolveSchema(inner, root), ...inner }) ? [] : [name],
  )

const oneOfThese = (schema: SchemaNode): readonly string[] =>
  Array.isArray(schema['x-exactlyOne']) ? (schema['x-exactlyOne'] as string[]) : []

/** The properties of an object below each other; those of which one must be given as a choice. */
export function Properties({ schema, root, value, onChange, scope, names = shownNames(schema, root) }: Props) {
  const inside = typeof schema['x-scope'] === 'string' ? value[schema['x-scope']] : undefined
  const place = useMemo(() => (typeof inside === 'string' ? { ...scope, form: inside } : scope), [inside, scope])
  const asked = names.filter((name) => saysSomething(schemaProperties(schema)[name] ?? nothing, name, value, place))
  const alternatives = oneOfThese(schema).filter((name) => asked.includes(name))
  const shared = { schema, root, value, onChange, scope: place }
  return (
    <div className={styles.properties}>
      {asked.map((name) => {
        if (!alternatives.includes(name)) return <Property key={name} {...shared} name={name} />
        return name === alternatives[0] ? <Alternatives key={name} {...shared} names={alternatives} /> : null
      })}
    </div>
  )
}

/** What means nothing here is not asked for; once said, it stays in sight. */
const saysSomething = (schema: SchemaNode, name: string, value: Value, scope: PanelScope): boolean =>
  value[name] !== undefined ||
  (isAskedFor(schema, value) && (controlOf(schema) !== 'ownOutcome' || scope.outcomes !== undefined))

type PropertyProps = Omit<Props, 'names'> & { readonly name: string; readonly required?: boolean }
const noSiblings: Value = {}
const nothing: SchemaNode = {}

/** A property is drawn again only when it has changed itself; where its schema asks for others, when they have. */
function Property({ schema, root, value, onChange, scope, name, required }: PropertyProps) {
  const inner = schemaProperties(schema)[name] ?? nothing
  const isNeeded = required ?? requiredOf(schema).includes(name)
  const latest = useRef({ value, onChange })
  latest.current = { value, onChange }
  const [write] = useState(() => (next: unknown, needed: boolean) => {
    const now = latest.current
    now.onChange(withProperty(now.value, name, next, needed))
  })
  return (
    <OneProperty
      schema={inner}
      root={root}
      name={name}
      value={value[name]}
      siblings={asksSiblings(inner, root) ? value : noSiblings}
      write={write}
      scope={scope}
      isNeeded={isNeeded}
    />
  )
}

type OneProps = {
  readonly schema: SchemaNode
  readonly root: SchemaNode
  readonly name: string
  readonly value: unknown
  readonly siblings: Value
  readonly write: (next: unknown, needed: boolean) => void
  readonly scope: PanelScope
  readonly isNeeded: boolean
}

const OneProperty = memo(function OneProperty(props: OneProps) {
  const { schema, root, name, value, siblings, write, scope, isNeeded } = props
  const Control = useProperty()
  const { locale } = useUi()
  const id = useId()
  const settled = { ...resolveSchema(schema, root), ...schema }
  const label = titleOf(settled, locale, name)
  return (
    <div className={styles.property} data-inline={settled.type === 'boolean'}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
          {isNeeded && (
            <span className={styles.required} aria-hidden>
              *
            </span>
          )}
        </label>
        <Help schema={settled} label={label} />
      </div>
      <Control
        id={id}
        schema={schema}
        root={root}
        siblings={siblings}
        value={value}
        onChange={(next) => write(next, isNeeded)}
        scope={scope}
        required={isNeeded}
        label={label}
      />
    </div>
  )
})

function Help({ schema, label }: { schema: SchemaNode; label: string }) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const help = helpOf(schema, locale)
  if (help === undefined) return null
  return (
    <Popover trigger="click" content={<div className={styles.help}>{help}</div>}>
      <Button
        type="text"
        size="small"
        className={styles.helpButton ?? ''}
        icon={<QuestionCircleOutlined aria-hidden />}
        aria-label={t('helpFor', { name: label })}
      />
    </Popover>
  )
}

type AlternativesProps = Omit<Props, 'names'> & { readonly names: readonly string[] }

/** Exactly one of several properties: which one, and it. */
function Alternatives({ schema, root, value, onChange, scope, names }: AlternativesProps) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const properties = schemaProperties(schema)
  const given = names.find((name) => value[name] !== undefined)
  const id = useId()
  const [wanted, setWanted] = useState<string>()
  const current = given ?? wanted
  const choose = (name: string) => {
    setWanted(name)
    const others = Object.fromEntries(Object.entries(value).filter(([key]) => !names.includes(key)))
    const fresh = freshValue(properties[name] ?? {}, root, name, () => false)
    onChange(
      fresh === undefined || (isObject(fresh) && Object.keys(fresh).length === 0)
        ? others
        : { ...others, [name]: fresh },
    )
  }
  const titles = names.map((name) =>
    titleOf({ ...resolveSchema(properties[name] ?? {}, root), ...properties[name] }, locale, name),
  )
  return (
    <div className={styles.alternatives}>
      <label htmlFor={id} className={styles.label}>
        {t('oneOf', { names: titles.join(' / ') })}
      </label>
      <Select
        id={id}
        value={current ?? null}
        options={names.map((name, at) => ({ value: name, label: titles[at] }))}
        placeholder={t('choose')}
        onChange={choose}
        style={{ width: '100%' }}
      />
      {current && (
        <Property schema={schema} root={root} value={value} onChange={onChange} scope={scope} name={current} required />
      )}
    </div>
  )
}
