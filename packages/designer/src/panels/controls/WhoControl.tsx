import { type SchemaNode, Who } from '@tenon/engine'
import type { ControlProps } from '../contract.ts'
import { PropertyControl } from '../PropertyControl.tsx'

const schema = { type: 'array', items: Who, minItems: 1, maxItems: 20 } as unknown as SchemaNode

/** People, by any of the ways to name them; together they are the union. */
export const WhoControl = ({ value, onChange, scope, label = '', id }: ControlProps<readonly object[]>) => (
  <PropertyControl
    id={id}
    schema={schema}
    root={schema}
    siblings={{}}
    value={value}
    onChange={onChange as (next: unknown) => void}
    scope={scope}
    required
    label={label}
  />
)
