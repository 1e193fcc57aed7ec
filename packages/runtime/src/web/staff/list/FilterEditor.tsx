import {
  definitionOf,
  type FieldModel,
  type FieldValue,
  type FormModel,
  fieldLabel,
  fieldOptions,
  type LeafCondition,
  type OperatorName,
  operators,
  operatorsFor,
  resolveText,
  sourceField,
} from '@tenon/engine'
import { Button, InputNumber, Select, Space } from 'antd'
import { useId, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeopleSelect } from '../../../ui/controls/PeopleSelect.tsx'
import { PersonSelect } from '../../../ui/controls/PersonSelect.tsx'
import { TagsSelect } from '../../../ui/controls/TagsSelect.tsx'
import { useUi } from '../../../ui/environment.tsx'
import { faceOf } from '../../../ui/fields/index.ts'
import { choosablePaths, fieldAt } from './columns.ts'
import styles from './list.module.css'

type Props = {
  readonly form: FormModel
  readonly leaf?: LeafCondition
  readonly onDone: (leaf: LeafCondition) => void
  readonly onCancel: () => void
}

const hidden = new Set<OperatorName>(['changed'])
const manyReferences = new Set<OperatorName>(['in', 'notIn', 'between'])

function offered(field: FieldModel): readonly OperatorName[] {
  return operatorsFor(field.value.kind).filter(
    (name) => !hidden.has(name) && !(field.value.kind === 'reference' && manyReferences.has(name)),
  )
}

function usual(field: FieldModel, hasOptions: boolean): OperatorName {
  const names = offered(field)
  const wish: OperatorName = hasOptions
    ? field.value.kind === 'list'
      ? 'containsAny'
      : 'in'
    : (({
        text: 'contains',
        instant: 'within',
        date: 'within',
        integer: 'greaterThanInclusive',
        decimal: 'greaterThanInclusive',
        money: 'greaterThanInclusive',
        duration: 'greaterThanInclusive',
        time: 'greaterThanInclusive',
      }[field.value.kind as 'text'] as OperatorName) ?? 'equal')
  return names.includes(wish) ? wish : (names[0] ?? 'isNotEmpty')
}

/** One filter: field, operator, value. */
export function FilterEditor({ form, leaf, onDone, onCancel }: Props) {
  const { t } = useTranslation('staff')
  const { locale, lookup } = useUi()
  const id = useId()
  const [path, setPath] = useState(leaf?.path?.slice(2))
  const [operator, setOperator] = useState<OperatorName | undefined>(leaf?.operator)
  const [value, setValue] = useState<unknown>(leaf?.value ?? null)
  const found = path === undefined ? undefined : fieldAt(path, form, lookup)
  const field = found?.field
  const choices = useMemo(() => (found ? fieldOptions(found.field, found.form) : []), [found])

  const fields = useMemo(() => {
    const byGroup = new Map<string, { value: string; label: string }[]>()
    for (const one of choosablePaths(form, lookup)) {
      const at = fieldAt(one, form, lookup)
      if (!at) continue
      const group = at.link ? fieldLabel(at.link, locale) : resolveText(form.definition.label, locale)
      const list = byGroup.get(group) ?? []
      list.push({
        value: one,
        label: at.link
          ? `${fieldLabel(at.link, locale)} · ${fieldLabel(at.field, locale)}`
          : fieldLabel(at.field, locale),
      })
      byGroup.set(group, list)
    }
    return [...byGroup].map(([label, options]) => ({ label, options }))
  }, [form, lookup, locale])

  const shape = operator ? operators[operator].operand : 'none'
  const list = Array.isArray(value) ? (value as FieldValue[]) : []
  const complete =
    field !== undefined &&
    operator !== undefined &&
    (shape === 'none' ||
      (shape === 'many'
        ? list.length > 0
        : shape === 'pair'
          ? list.length === 2 && list.every((one) => one !== null && one !== undefined)
          : value !== null && value !== undefined && value !== ''))
  const finish = () => {
    if (!complete || path === undefined || operator === undefined) return
    onDone({
      fact: 'record',
      path: `$.${path}`,
      operator,
      ...(shape === 'none' ? {} : { value: value as NonNullable<LeafCondition['value']> }),
    })
  }
  return (
    <div className={styles.editor}>
      <label className={styles.editorLabel} htmlFor={`${id}f`}>
        {t('filter.field')}
      </label>
      <Select
        id={`${id}f`}
        showSearch={{ optionFilterProp: 'label' }}
        value={path ?? null}
        options={fields}
        placeholder={t('filter.chooseField')}
        autoFocus={leaf === undefined}
        onChange={(next) => {
          const at = fieldAt(next, form, lookup)
          setPath(next)
          setValue(null)
          setOperator(at ? usual(at.field, fieldOptions(at.field, at.form).length > 0) : undefined)
        }}
      />
      {field && (
        <>
          <label className={styles.editorLabel} htmlFor={`${id}o`}>
            {t('filter.operator')}
          </label>
          <Select
            id={`${id}o`}
            value={operator ?? null}
            options={offered(field).map((name) => ({ value: name, label: operators[name].title[locale] }))}
            onChange={(next) => {
              if (operator && operators[next].operand !== operators[operator].operand) setValue(null)
              setOperator(next)
            }}
          />
          {shape !== 'none' && (
            <>
              <label className={styles.editorLabel} htmlFor={`${id}v`}>
                {t('filter.value')}
              </label>
              {shape === 'many' && isPeople(field) ? (
                <PeopleSelect
                  id={`${id}v`}
                  value={list as string[]}
                  placeholder={t('filter.values')}
                  onChange={(next) => setValue([...next])}
                />
              ) : shape === 'many' && isFreeList(field, choices) ? (
                <TagsSelect
                  id={`${id}v`}
                  form={found?.form}
                  field={field.id}
                  value={list as string[]}
                  placeholder={t('filter.values')}
                  onChange={(next) => setValue([...next])}
                />
              ) : shape === 'many' ? (
                <Select
                  id={`${id}v`}
                  mode={choices.length > 0 ? 'multiple' : 'tags'}
                  showSearch={{ optionFilterProp: 'label' }}
                  value={list as string[]}
                  options={choices.map((choice) => ({ value: choice.id, label: resolveText(choice.label, locale) }))}
                  placeholder={t('filter.values')}
                  onChange={(next) => setValue(next)}
                />
              ) : shape === 'duration' ? (
                <InputNumber
                  id={`${id}v`}
                  min={1}
                  precision={0}
                  suffix={t('filter.days')}
                  style={{ width: '100%' }}
                  value={typeof value === 'string' ? Number(/^P(\d+)D$/.exec(value)?.[1] ?? Number.NaN) || null : null}
                  onChange={(days) => setValue(days === null ? null : `P${days}D`)}
                />
              ) : shape === 'pair' ? (
                <Space.Compact block>
                  <One
                    id={`${id}v`}
                    field={field}
                    value={list[0]}
                    onChange={(next) => setValue([next, list[1] ?? null])}
                  />
                  <One
                    id={`${id}w`}
                    field={field}
                    value={list[1]}
                    onChange={(next) => setValue([list[0] ?? null, next])}
                  />
                </Space.Compact>
              ) : (
                <>
                  {field.target?.kind === 'user' && (
                    <Button
                      size="small"
                      type={isMe(value) ? 'primary' : 'default'}
                      style={{ justifySelf: 'start' }}
                      onClick={() => setValue(isMe(value) ? null : me)}
                    >
                      {t('filter.me')}
                    </Button>
                  )}
                  {!isMe(value) &&
                    (choices.length > 0 ? (
                      <Select
                        id={`${id}v`}
                        showSearch={{ optionFilterProp: 'label' }}
                        value={(value as string | null) ?? null}
                        options={choices.map((choice) => ({
                          value: choice.id,
                          label: resolveText(choice.label, locale),
                        }))}
                        onChange={(next) => setValue(next)}
                      />
                    ) : (
                      <One
                        id={`${id}v`}
                        form={found?.form}
                        field={field}
                        value={value as FieldValue}
                        onChange={setValue}
                      />
                    ))}
                </>
              )}
            </>
          )}
        </>
      )}
      <div className={styles.editorActs}>
        <Button size="small" onClick={onCancel}>
          {t('record.cancel')}
        </Button>
        <Button size="small" type="primary" disabled={!complete} onClick={finish}>
          {t('filter.apply')}
        </Button>
      </div>
    </div>
  )
}

const me = { ref: '$.user.id' } as const
export const isMe = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'ref' in value && value.ref === me.ref

/** Texts that are not chosen from a list of ours. */
const isFreeList = ({ value }: FieldModel, choices: readonly unknown[]): boolean =>
  value.kind === 'list' && value.element === 'text' && choices.length === 0

const isPeople = (field: FieldModel): boolean => field.target?.kind === 'user'

/** The field's own control; what is computed is compared as text. Of several people, or texts, one is asked for. */
function One({
  id,
  form,
  field,
  value,
  onChange,
}: {
  id: string
  form?: FormModel | undefined
  field: FieldModel
  value: FieldValue | undefined
  onChange: (value: FieldValue) => void
}) {
  const { t } = useTranslation('staff')
  const definition = definitionOf(sourceField(field))
  if (isFreeList(field, []))
    return (
      <TagsSelect
        id={id}
        form={form}
        field={field.id}
        value={typeof value === 'string' ? [value] : []}
        most={1}
        placeholder={t('filter.value')}
        onChange={([text]) => onChange(text ?? null)}
      />
    )
  if (isPeople(field) && field.value.kind === 'list')
    return <PersonSelect id={id} value={typeof value === 'string' ? value : null} onChange={onChange} />
  const face = faceOf(definition.type)
  // A boolean that is not set yet must be choosable as "no" too.
  const Edit = face.Edit ?? faceOf('text').Edit
  return Edit ? <Edit field={definition} id={id} value={value ?? null} onChange={onChange} /> : null
}
