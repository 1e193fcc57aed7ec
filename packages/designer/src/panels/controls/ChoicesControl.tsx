import type { ReferenceRule, SchemaNode } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Select } from 'antd'
import type { SchemaControlProps } from '../contract.ts'
import { naming } from '../naming.ts'
import { choicesIn } from '../schema-words.ts'
import { useAbsentWords } from '../use-absent-words.ts'
import { OrderedChoices } from './OrderedChoices.tsx'
import { groupedOptions, useReferenceChoices } from './ReferenceControl.tsx'

type Props = SchemaControlProps & { readonly items: SchemaNode }

/** Several of a list, in the order in which they were chosen. */
export function ChoicesControl(props: Props) {
  return Array.isArray(props.items.enum) ? <Words {...props} /> : <References {...props} />
}

function Words({ schema, items, value, onChange, id, label }: Props) {
  const placeholder = useAbsentWords(schema)
  const { locale } = useUi()
  const choices = choicesIn(items, locale)
  const order = choices.map((choice) => choice.value)
  return (
    <Select
      {...naming(id, label)}
      mode="multiple"
      value={Array.isArray(value) ? (value as string[]) : []}
      options={[...choices]}
      placeholder={placeholder}
      optionFilterProp="label"
      onChange={(next: string[]) => onChange(next.toSorted((one, other) => order.indexOf(one) - order.indexOf(other)))}
      style={{ width: '100%' }}
    />
  )
}

function References({ schema, items, value, onChange, id, label, scope, siblings }: Props) {
  const placeholder = useAbsentWords(schema)
  const rule = items['x-refers'] as ReferenceRule
  const { choices, labelOf } = useReferenceChoices(rule, scope, siblings)
  const chosen = Array.isArray(value) ? (value as readonly string[]) : []
  if (rule.kind === 'field')
    return (
      <OrderedChoices
        id={id}
        label={label}
        chosen={chosen}
        signed={rule.sign === true}
        options={groupedOptions(
          choices.filter((choice) => !chosen.some((one) => one.replace(/^-/, '') === choice.value)),
        )}
        labelOf={labelOf}
        onChange={onChange}
      />
    )
  const gone = chosen.filter((one) => !choices.some((choice) => choice.value === one))
  return (
    <Select
      {...naming(id, label)}
      mode="multiple"
      value={[...chosen]}
      options={groupedOptions([...choices, ...gone.map((one) => ({ value: one, label: labelOf(one) }))])}
      placeholder={placeholder}
      optionFilterProp="label"
      onChange={(next: string[]) => onChange(next)}
      style={{ width: '100%' }}
    />
  )
}
