import { isObject, resolveSchema, type SchemaNode, schemaBranches } from '@tenon/engine'
import { Collapse } from 'antd'
import type { PanelScope } from './contract.ts'
import { Properties, shownNames } from './Properties.tsx'
import { PropertyControl } from './PropertyControl.tsx'
import styles from './panels.module.css'
import { PropertyContext } from './property-context.ts'

export type PanelGroup = {
  readonly title: string
  readonly names: readonly string[]
  /** Folded until somebody opens it; absent: open. */
  readonly folded?: boolean
}

type Props<T> = {
  /** Any schema of a definition or of a part of one. */
  readonly schema: object
  readonly value: T
  readonly onChange: (next: T) => void
  readonly scope: PanelScope
  /** Only these properties, in this order. */
  readonly only?: readonly string[] | undefined
  readonly omit?: readonly string[] | undefined
  /** Properties under headings; what no group names comes first. */
  readonly groups?: readonly PanelGroup[] | undefined
}

/**
 * The properties of a part of a definition in business words, drawn from its schema. What it writes is minimal: a
 * property about which nothing is said is absent, and nothing but the changed property changes.
 */
export function SchemaPanel<T>({ schema, value, onChange, scope, only, omit = [], groups = [] }: Props<T>) {
  const root = schema as SchemaNode
  const settled = resolveSchema(root, root)
  const write = onChange as (next: unknown) => void
  if (schemaBranches(settled) || !isObject(settled.properties))
    return (
      <div className={styles.panel}>
        <PropertyControl
          schema={root}
          root={root}
          siblings={{}}
          value={value}
          onChange={write}
          scope={scope}
          required
          label=""
        />
      </div>
    )
  const names = (only ?? shownNames(settled, root)).filter((name) => !omit.includes(name))
  const grouped = new Set(groups.flatMap((group) => group.names))
  const draw = (shown: readonly string[]) => (
    <Properties
      schema={settled}
      root={root}
      value={isObject(value) ? (value as { readonly [property: string]: unknown }) : {}}
      onChange={write}
      scope={scope}
      names={shown}
    />
  )
  const shownGroups = groups
    .map((group) => ({ ...group, names: group.names.filter((name) => names.includes(name)) }))
    .filter((group) => group.names.length > 0)
  return (
    <PropertyContext value={PropertyControl}>
      <div className={styles.panel}>
        {draw(names.filter((name) => !grouped.has(name)))}
        {shownGroups.length > 0 && (
          <Collapse
            ghost
            size="small"
            defaultActiveKey={shownGroups.filter((group) => !group.folded).map((group) => group.title)}
            items={shownGroups.map((group) => ({ key: group.title, label: group.title, children: draw(group.names) }))}
          />
        )}
      </div>
    </PropertyContext>
  )
}
