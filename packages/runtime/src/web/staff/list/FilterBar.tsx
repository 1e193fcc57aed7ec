import { CloseOutlined, FilterOutlined } from '@ant-design/icons'
import {
  type Condition,
  type FieldValue,
  type FormModel,
  fieldLabel,
  fieldOptions,
  formatDurationMs,
  type LeafCondition,
  operators,
  parseDurationMs,
  resolveText,
} from '@tenon/engine'
import { Button, Popover, Segmented } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefs, useRemember, useUi } from '../../../ui/environment.tsx'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { formatIsoDuration } from '../../../ui/show/format.ts'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { client } from '../../shell/client.ts'
import { fieldAt } from './columns.ts'
import { FilterEditor, isMe } from './FilterEditor.tsx'
import styles from './list.module.css'
import { readWhere, whereOf } from './where.ts'

type Props = {
  readonly form: FormModel
  readonly where: string | undefined
  readonly onChange: (where: Condition | undefined) => void
}

/** Filters as chips; each can be opened, changed and taken away. */
export function FilterBar({ form, where, onChange }: Props) {
  const { t } = useTranslation('staff')
  const [editing, setEditing] = useState<number | 'new' | null>(null)
  const filter = readWhere(where)
  useNames(form, filter.leaves)
  const change = (leaves: readonly LeafCondition[]) => onChange(whereOf({ ...filter, leaves }))
  const editor = (index: number | 'new') => (
    <FilterEditor
      form={form}
      {...(index === 'new' || !filter.leaves[index] ? {} : { leaf: filter.leaves[index] })}
      onCancel={() => setEditing(null)}
      onDone={(leaf) => {
        change(index === 'new' ? [...filter.leaves, leaf] : filter.leaves.map((one, at) => (at === index ? leaf : one)))
        setEditing(null)
      }}
    />
  )
  const pop = (index: number | 'new') => ({
    trigger: 'click' as const,
    placement: 'bottomLeft' as const,
    open: editing === index,
    destroyOnHidden: true,
    onOpenChange: (open: boolean) => setEditing(open ? index : null),
    content: () => editor(index),
  })
  return (
    <div className={styles.filters}>
      {filter.other && (
        <span className={styles.chip}>
          {t('filter.other')}
          <button
            type="button"
            className={styles.chipClose}
            aria-label={t('filter.remove', { name: t('filter.other') })}
            onClick={() => onChange(whereOf({ ...filter, other: undefined }))}
          >
            <CloseOutlined />
          </button>
        </span>
      )}
      {filter.leaves.length > 1 && (
        <Segmented
          size="small"
          value={filter.join}
          options={[
            { value: 'all', label: t('filter.all') },
            { value: 'any', label: t('filter.any') },
          ]}
          onChange={(join) => onChange(whereOf({ ...filter, join: join as 'all' | 'any' }))}
        />
      )}
      {filter.leaves.map((leaf, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two equal filters differ by their place only
        <span key={index} className={styles.chip}>
          <Popover {...pop(index)}>
            <button type="button" className={styles.chipText}>
              <LeafText leaf={leaf} form={form} />
            </button>
          </Popover>
          <button
            type="button"
            className={styles.chipClose}
            aria-label={t('filter.removeOne')}
            onClick={() => change(filter.leaves.filter((_, at) => at !== index))}
          >
            <CloseOutlined />
          </button>
        </span>
      ))}
      <Popover {...pop('new')}>
        <Button size="small" type="text" icon={<FilterOutlined />}>
          {t('filter.add')}
        </Button>
      </Popover>
      {filter.leaves.length + (filter.other ? 1 : 0) > 1 && (
        <Button size="small" type="link" onClick={() => onChange(undefined)}>
          {t('filter.clear')}
        </Button>
      )}
    </div>
  )
}

function LeafText({ leaf, form }: { leaf: LeafCondition; form: FormModel }) {
  const { t } = useTranslation('staff')
  const { locale, lookup } = useUi()
  const found = fieldAt(leaf.path?.slice(2) ?? '', form, lookup)
  if (!found) return <>{t('filter.unknown')}</>
  const { field, link } = found
  const label = link ? `${fieldLabel(link, locale)} · ${fieldLabel(field, locale)}` : fieldLabel(field, locale)
  const spec = operators[leaf.operator]
  const choices = fieldOptions(field, found.form)
  const one = (value: unknown, key: number) => {
    if (isMe(value)) return <span key={key}>{t('filter.me')}</span>
    const choice = choices.find(({ id }) => id === value)
    if (choice) return <span key={key}>{resolveText(choice.label, locale)}</span>
    if (spec.operand === 'duration')
      return <span key={key}>{formatIsoDuration(formatDurationMs(parseDurationMs(String(value)) ?? 0), locale)}</span>
    // Of a list one is asked for.
    const shown = field.value.kind === 'list' ? [value] : value
    return <FieldValueView key={key} field={field} value={shown as FieldValue} cell />
  }
  const values = leaf.value === undefined ? [] : Array.isArray(leaf.value) ? leaf.value : [leaf.value]
  return (
    <ShownFormProvider form={found.form}>
      <span className={styles.chipField}>{label}</span> {spec.title[locale]}
      {values.map((value, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: values of one fixed list
        <span key={index}>
          {index === 0 ? ' ' : spec.operand === 'pair' ? ' – ' : locale === 'zh-CN' ? '、' : ', '}
          {one(value, index)}
        </span>
      ))}
    </ShownFormProvider>
  )
}

/** Fetches the names of people and records that a filter from an address refers to. */
function useNames(form: FormModel, leaves: readonly LeafCondition[]) {
  const { lookup } = useUi()
  const refs = useRefs()
  const remember = useRemember()
  const wanted = leaves.flatMap((leaf) => {
    const field = fieldAt(leaf.path?.slice(2) ?? '', form, lookup)?.field
    const ids = [leaf.value].flat().filter((id) => typeof id === 'string')
    const target = field?.target
    return target ? ids.filter((id) => !refs[id]).map((id) => ({ target, id })) : []
  })
  const key = wanted.map(({ id }) => id).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once per set of unknown ids
  useEffect(() => {
    for (const { target, id } of wanted) {
      const found =
        target.kind === 'record'
          ? client.records
              .get(target.app, target.form, id)
              .then(({ title }) => remember(id, { kind: 'record', app: target.app, form: target.form, title }))
          : target.kind === 'user'
            ? client
                .people({ ids: id })
                .then(
                  ({ items }) =>
                    items[0] && remember(id, { kind: 'user', name: items[0].name, username: items[0].username }),
                )
            : client.departments().then(({ items }) => {
                const one = items.find((department) => department.id === id)
                if (one) remember(id, { kind: 'department', name: one.name })
              })
      // What I may not see stays without a name.
      Promise.resolve(found).catch(() => {})
    }
  }, [key])
}
