import { isObject, resolveSchema, type SchemaNode, schemaBranches } from '@tenon/engine'
import type { CodeKind } from './code-names.ts'
import { ConditionControl } from './condition/ConditionControl.tsx'
import type { ControlProps, SchemaControlProps } from './contract.ts'
import { ChoicesControl } from './controls/ChoicesControl.tsx'
import { CodeControl } from './controls/CodeControl.tsx'
import { DepartmentControl } from './controls/DepartmentControl.tsx'
import { DurationControl } from './controls/DurationControl.tsx'
import { EnumControl } from './controls/EnumControl.tsx'
import { GroupControl } from './controls/GroupControl.tsx'
import { IconControl } from './controls/IconControl.tsx'
import { ListControl } from './controls/ListControl.tsx'
import { DayControl, MomentControl, TimeControl } from './controls/MomentControls.tsx'
import { NumberControl } from './controls/NumberControl.tsx'
import { OutcomeControl } from './controls/OutcomeControl.tsx'
import { PercentControl } from './controls/PercentControl.tsx'
import { PersonControl } from './controls/PersonControl.tsx'
import { RecordControl } from './controls/RecordControl.tsx'
import { ReferenceControl } from './controls/ReferenceControl.tsx'
import { ScalarControl } from './controls/ScalarControl.tsx'
import { SpanControl } from './controls/SpanControl.tsx'
import { StringControl } from './controls/StringControl.tsx'
import { SwitchControl } from './controls/SwitchControl.tsx'
import { TextControl } from './controls/TextControl.tsx'
import { UnionControl } from './controls/UnionControl.tsx'
import { ValueControl } from './controls/ValueControl.tsx'
import { FormulaControl } from './formula/FormulaControl.tsx'
import { PropertyContext } from './property-context.ts'
import { controlOf } from './schema-words.ts'
import { useAbsentWords } from './use-absent-words.ts'

/** The schema says of which type the value is; a control shows blank what is not. */
const as = <T,>(props: SchemaControlProps) => props as unknown as ControlProps<T>

const durationPattern = '^P(\\d+W|'
const spanPattern = '^P(\\d+[DWMY])$'
const startsLike = (schema: SchemaNode, start: string) =>
  typeof schema.pattern === 'string' && schema.pattern.startsWith(start)

/** Draws whatever a schema describes by the control made for it. */
export function PropertyControl(props: SchemaControlProps) {
  return (
    <PropertyContext value={PropertyControl}>
      <Chosen {...props} />
    </PropertyContext>
  )
}

function Chosen(given: SchemaControlProps) {
  const scope = scopeOf(given)
  const props = { ...given, scope }
  const { schema, root } = props
  if (schema.$ref === '#/$defs/Condition') return <ConditionControl {...as(props)} />
  const settled = resolveSchema(schema, root)
  const inner = { ...props, schema: settled }
  switch (controlOf(settled)) {
    case 'text':
      return <TextControl {...as(inner)} template={settled['x-template'] === true} />
    case 'formula':
      return <FormulaControl {...as(inner)} />
    case 'unaryTests':
      return <FormulaControl {...as(inner)} dialect="unaryTests" />
    case 'value':
      return <ValueControl {...as(inner)} field={ownField(inner)} />
    case 'language':
    case 'zone':
    case 'currency':
      return <CodeControl {...as(inner)} kind={controlOf(settled) as CodeKind} />
    case 'moment':
      return <MomentControl {...as(inner)} />
    case 'icon':
      return <IconControl {...inner} />
    case 'person':
      return <PersonControl {...as(inner)} />
    case 'ownOutcome':
      return <OutcomeControl {...inner} />
    case 'percent':
      return <PercentControl {...inner} />
    case 'department':
      return <DepartmentControl {...as(inner)} />
  }
  if (settled['x-refers']) return <SchemaReference {...inner} />
  if ('const' in settled) return null
  if (Array.isArray(settled.enum)) return <EnumControl {...inner} />
  if (schemaBranches(settled) || settled.if) return <UnionControl {...inner} />
  return <ByType {...inner} />
}

function SchemaReference(props: SchemaControlProps) {
  const placeholder = useAbsentWords(props.schema)
  return <ReferenceControl {...props} rule={props.schema['x-refers'] as never} placeholder={placeholder} />
}

function ByType(props: SchemaControlProps) {
  const { schema, root } = props
  switch (schema.type) {
    case 'boolean':
      return <SwitchControl {...props} />
    case 'number':
    case 'integer':
      return <NumberControl {...props} />
    case 'array': {
      const items = resolveSchema((schema.items ?? {}) as SchemaNode, root)
      return isChosen(items) ? <ChoicesControl {...props} items={items} /> : <ListControl {...props} items={items} />
    }
    case 'object':
      return isObject(schema.properties) ? <GroupControl {...props} /> : <RecordControl {...props} />
    case 'string':
      if (startsLike(schema, durationPattern)) return <DurationControl {...as(props)} />
      if (schema.pattern === spanPattern) return <SpanControl {...props} />
      if (startsLike(schema, '^\\d{4}-\\d{2}-\\d{2}$')) return <DayControl {...as(props)} />
      if (startsLike(schema, '^([01]\\d|2[0-3]):')) return <TimeControl {...as(props)} />
      return <StringControl {...props} />
    default:
      return <ScalarControl {...props} />
  }
}

/** Entries that are picked rather than written: a list of them is one field. */
const isChosen = (items: SchemaNode) => Array.isArray(items.enum) || items['x-refers'] !== undefined

/** `x-of` moves a place to the form that a sibling names; `x-facts` says which facts are there. */
function scopeOf({ schema, scope, siblings }: SchemaControlProps) {
  const name = schema['x-of']
  const form = typeof name === 'string' ? siblings[name] : undefined
  const facts = schema['x-facts'] as typeof scope.facts
  if (typeof form !== 'string' && !facts) return scope
  return { ...scope, ...(typeof form === 'string' ? { form, rows: undefined } : {}), ...(facts ? { facts } : {}) }
}

/** A default of a field is a value of that field, which is the object around it. */
function ownField({ schema, siblings }: SchemaControlProps): unknown {
  return schema['x-value'] ? siblings : undefined
}
