import {
  branchMeant,
  isObject,
  requiredOf,
  resolveSchema,
  type SchemaNode,
  schemaBranches,
  schemaProperties,
  tagOf,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SchemaControlProps } from '../contract.ts'
import { freshValue } from '../fresh-value.ts'
import { naming } from '../naming.ts'
import { useProperty } from '../property-context.ts'
import { branchTitle, choicesIn, titleOf } from '../schema-words.ts'
import { useAbsentWords } from '../use-absent-words.ts'
import styles from './controls.module.css'

type Branch = { readonly key: string; readonly schema: SchemaNode; readonly label: string; readonly fixed?: unknown }

const typeWord = (schema: SchemaNode): string => (typeof schema.type === 'string' ? schema.type : 'other')

/** The ways a union can be meant: each value of a closed list is a way of its own. */
function branchesOf(
  schema: SchemaNode,
  root: SchemaNode,
  locale: 'zh-CN' | 'en',
  t: (key: string) => string,
): readonly Branch[] {
  const own =
    schemaBranches(schema) ??
    [schema.then, schema.else].flatMap((one) => (isObject(one) ? (schemaBranches(one) ?? [one]) : []))
  return own.flatMap((branch, at): readonly Branch[] => {
    const settled = resolveSchema(branch, root)
    if (Array.isArray(settled.enum))
      return choicesIn(settled, locale).map(({ value, label }) => ({
        key: `${at} ${value}`,
        schema: settled,
        label,
        fixed: value,
      }))
    const label = branchTitle(settled, locale) || t(`type.${typeWord(settled)}`)
    return [{ key: String(at), schema: settled, label, ...('const' in settled ? { fixed: settled.const } : {}) }]
  })
}

function meant(value: unknown, schema: SchemaNode, root: SchemaNode, branches: readonly Branch[]): Branch | undefined {
  const fixed = branches.find((branch) => branch.fixed !== undefined && branch.fixed === value)
  if (fixed || value === undefined) return fixed
  const place =
    isObject(schema.if) && isObject(value)
      ? requiredOf(schema.if).every((key) => Object.hasOwn(value, key))
        ? schema.then
        : schema.else
      : schema
  if (!isObject(place)) return undefined
  const found = schemaBranches(place) ? branchMeant(value, place, root) : (place as SchemaNode)
  return branches.find((branch) => branch.fixed === undefined && branch.schema === found)
}

/** A choice among ways to say something, in words, and below it what the chosen way needs. */
export function UnionControl(props: SchemaControlProps) {
  const { schema, root, value, onChange, id, label, required } = props
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const Property = useProperty()
  const placeholder = useAbsentWords(schema)
  const branches = branchesOf(schema, root, locale, t)
  // A way whose value nobody has given yet stands here until there is one.
  const [wanted, setWanted] = useState<string>()
  const current =
    meant(value, schema, root, branches) ??
    (value === undefined || value === '' ? branches.find(({ key }) => key === wanted) : undefined)
  const choose = (key: string | null) => {
    const branch = branches.find((one) => one.key === key)
    setWanted(branch?.key)
    if (!branch) onChange(undefined)
    else if (branch.fixed !== undefined) onChange(branch.fixed)
    else onChange(freshBranch(branch.schema, root, schema, value))
  }
  return (
    <div className={styles.union}>
      <Select
        {...naming(id, label)}
        value={current?.key ?? null}
        options={branches.map((branch) => ({ value: branch.key, label: branch.label }))}
        allowClear={!required}
        placeholder={placeholder}
        onChange={choose}
        style={{ width: '100%' }}
      />
      {current && current.fixed === undefined && <Inside {...props} branch={current.schema} Property={Property} />}
    </div>
  )
}

/** The chosen branch begun; what it shares by name with what stood there before is kept. */
function freshBranch(branch: SchemaNode, root: SchemaNode, schema: SchemaNode, before: unknown): unknown {
  const fresh = freshValue(branch, root, 'entry', () => false)
  if (!isObject(fresh)) return fresh
  const tag = tagOf(schema)
  const kept = isObject(before)
    ? Object.entries(before).filter(([name]) => name !== tag && Object.hasOwn(schemaProperties(branch), name))
    : []
  const [key] = tag === undefined ? requiredOf(branch) : []
  return {
    ...(key !== undefined && fresh[key] === undefined ? { [key]: '' } : {}),
    ...fresh,
    ...(tag === undefined ? {} : Object.fromEntries(kept)),
  }
}

type InsideProps = SchemaControlProps & {
  readonly branch: SchemaNode
  readonly Property: ReturnType<typeof useProperty>
}

function Inside({ branch, Property, ...props }: InsideProps) {
  const { locale } = useUi()
  const names = Object.keys(schemaProperties(branch))
  const [only = ''] = names
  const { value, onChange } = props
  // A branch of one property is that property: nobody needs its title twice.
  if (names.length === 1 && isObject(value)) {
    const inner = schemaProperties(branch)[only] ?? {}
    if ('const' in resolveSchema(inner, props.root)) return null
    return (
      <Property
        {...props}
        schema={inner}
        value={value[only]}
        siblings={value}
        required
        label={titleOf(inner, locale, props.label)}
        onChange={(next) => onChange({ [only]: next ?? '' })}
      />
    )
  }
  return <Property {...props} schema={branch} required />
}
