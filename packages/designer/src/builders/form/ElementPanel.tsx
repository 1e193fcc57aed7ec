import { conditionDefs } from '@tenon/engine'
import { useCallback, useMemo } from 'react'
import { type PanelGroup, SchemaPanel } from '../../panels/index.ts'

type Element = { readonly [property: string]: unknown }
type Props = {
  readonly path: string
  /** Form whose fields its conditions and formulas see. */
  readonly form: string
  /** Sub-table whose columns its formulas see instead. */
  readonly rows?: string
  readonly schema: object
  readonly value: Element
  /** `key` names what was changed: typing into one property is one step of undo. */
  readonly onChange: (next: Element, key: string) => void
  readonly omit?: readonly string[]
  readonly only?: readonly string[]
  readonly groups?: readonly PanelGroup[]
}

/** The properties of a part of the form, drawn from its schema. */
export function ElementPanel({ path, form, rows, schema, value, onChange, ...rest }: Props) {
  const whole = useMemo(() => ({ ...schema, $defs: conditionDefs }), [schema])
  const scope = useMemo(() => ({ path, form, rows }), [path, form, rows])
  const change = useCallback((next: Element) => onChange(next, changed(value, next)), [value, onChange])
  return <SchemaPanel<Element> {...rest} schema={whole} value={value} onChange={change} scope={scope} />
}

/** Names of the properties that differ. */
const changed = (before: Element, after: Element): string =>
  Object.keys({ ...before, ...after })
    .filter((name) => before[name] !== after[name])
    .join()
