import { fieldOptions, resolveText } from '@tenon/engine'
import type { BoardDefinition, BoardFilter, FilterChoice, FilterChoices } from '@tenon/reports'
import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useCallback, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RemoteSelect } from '../../../ui/controls/RemoteSelect.tsx'
import { type Choice, type Ref, useUi } from '../../../ui/environment.tsx'
import { fieldAt } from '../list/columns.ts'
import styles from './board.module.css'

type Props = {
  readonly board: BoardDefinition
  readonly choices: FilterChoices
  readonly onChange: (choices: FilterChoices) => void
}

/** The filters the author put above the board. */
export function BoardFilters({ board, choices, onChange }: Props) {
  const filters = board.filters ?? []
  if (filters.length === 0) return null
  const set = (id: string, choice: FilterChoice | undefined) => {
    const { [id]: _, ...rest } = choices
    onChange(choice === undefined ? rest : { ...rest, [id]: choice })
  }
  return (
    <div className={styles.filters}>
      {filters.map((filter) =>
        filter.type === 'period' ? (
          <Period
            key={filter.id}
            filter={filter}
            choice={choices[filter.id]}
            onChange={(choice) => set(filter.id, choice)}
          />
        ) : (
          <Values
            key={filter.id}
            filter={filter}
            choice={choices[filter.id]}
            onChange={(choice) => set(filter.id, choice)}
          />
        ),
      )}
    </div>
  )
}

type FilterProps<T extends BoardFilter['type']> = {
  readonly filter: Extract<BoardFilter, { type: T }>
  readonly choice: FilterChoice | undefined
  readonly onChange: (choice: FilterChoice | undefined) => void
}

const spans = ['P7D', 'P30D', 'P90D', 'P6M', 'P12M']

function Period({ filter, choice, onChange }: FilterProps<'period'>) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const id = useId()
  const within = choice && 'within' in choice ? choice.within : undefined
  const days = choice && !('within' in choice) && !('values' in choice) ? choice : undefined
  const [picking, setPicking] = useState(days !== undefined)
  const offered = within && !spans.includes(within) ? [within, ...spans] : spans
  const spanText = (span: string) => t(`board.span.${span.slice(-1)}`, { count: Number(/\d+/.exec(span)?.[0] ?? 0) })
  return (
    <div className={styles.filter}>
      <label htmlFor={id} className={styles.filterLabel}>
        {resolveText(filter.label, locale)}
      </label>
      <Select
        id={id}
        style={{ minWidth: 128 }}
        value={picking ? 'days' : (within ?? 'all')}
        options={[
          { value: 'all', label: t('board.allTime') },
          ...offered.map((span) => ({ value: span, label: spanText(span) })),
          { value: 'days', label: t('board.days') },
        ]}
        onChange={(next) => {
          setPicking(next === 'days')
          if (next !== 'days') onChange(next === 'all' ? undefined : { within: next })
        }}
      />
      {picking && (
        <DatePicker.RangePicker
          aria-label={t('board.days')}
          value={days?.from && days.to ? [dayjs(days.from), dayjs(days.to)] : null}
          onChange={(range) => {
            const [from, to] = range ?? []
            if (from && to) onChange({ from: from.format('YYYY-MM-DD'), to: to.format('YYYY-MM-DD') })
          }}
        />
      )}
    </div>
  )
}

const nameOfRef = (ref: Ref) => (ref.kind === 'record' ? ref.title : ref.name)

function Values({ filter, choice, onChange }: FilterProps<'field'>) {
  const { t } = useTranslation('staff')
  const { locale, lookup, searchPeople, listDepartments, searchRecords } = useUi()
  const id = useId()
  const [name = '', path = ''] = Object.entries(filter.fields)[0] ?? []
  const form = lookup(name)
  const found = form && fieldAt(path, form, lookup)
  const values = choice && 'values' in choice ? choice.values : []
  const target = found?.field.target
  const search = useCallback(
    async (q: string): Promise<readonly Choice[]> => {
      if (target?.kind === 'record') return searchRecords(`${target.app}/${target.form}`, q)
      return target?.kind === 'department' ? listDepartments() : searchPeople(q)
    },
    [target, searchPeople, listDepartments, searchRecords],
  )
  if (!found) return null
  const options = fieldOptions(found.field, found.form).map((option) => ({
    value: option.id,
    label: resolveText(option.label, locale),
  }))
  return (
    <div className={styles.filter}>
      <label htmlFor={id} className={styles.filterLabel}>
        {resolveText(filter.label, locale)}
      </label>
      {target ? (
        <div style={{ width: 180 }}>
          <RemoteSelect
            id={id}
            value={values[0] ?? null}
            onChange={(next) => onChange(next === null ? undefined : { values: [next] })}
            search={search}
            labelOf={nameOfRef}
            placeholder={t('board.everything')}
          />
        </div>
      ) : (
        <Select
          id={id}
          mode="multiple"
          allowClear
          maxTagCount="responsive"
          showSearch={{ optionFilterProp: 'label' }}
          style={{ minWidth: 148 }}
          value={values.filter((value): value is string => value !== null)}
          options={options}
          placeholder={t('board.everything')}
          onChange={(next) => onChange(next.length === 0 ? undefined : { values: next })}
        />
      )}
    </div>
  )
}
