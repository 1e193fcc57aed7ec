import { CloseOutlined } from '@ant-design/icons'
import { type LeafCondition, type OperatorName, operators } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { DurationControl } from '../controls/DurationControl.tsx'
import { isRefValue, RefControl } from '../controls/RefControl.tsx'
import { groupedOptions, ReferenceControl } from '../controls/ReferenceControl.tsx'
import { useDraftApp } from '../draft-app.ts'
import { pathLabel, referenceChoices } from '../reference-choices.ts'
import styles from './condition.module.css'
import { isDuration, metricAt } from './metric-words.ts'
import type { PartProps } from './Part.tsx'

type Params = NonNullable<LeafCondition['params']>
type Props = PartProps & { readonly leaf: LeafCondition }

const comparisons: readonly OperatorName[] = [
  'greaterThan',
  'greaterThanInclusive',
  'lessThan',
  'lessThanInclusive',
  'equal',
  'notEqual',
  'isEmpty',
  'isNotEmpty',
]
const windows = ['none', 'last', 'day', 'week', 'month', 'quarter', 'year'] as const
type WindowName = (typeof windows)[number]

const without = <K extends keyof Params>(params: Params, name: K): Omit<Params, K> => {
  const { [name]: _gone, ...rest } = params
  return rest
}

/** A figure of the metric dictionary over a stretch of time, for which records, compared with a line. */
export function MetricRow({ leaf, onChange, scope }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const params: Params = leaf.params ?? { metric: '' }
  const metric = metricAt(params.metric, app)
  const put = (next: Params) => onChange({ ...leaf, params: next })
  const window: WindowName =
    params.window === undefined ? 'none' : 'last' in params.window ? 'last' : params.window.calendar
  const setWindow = (name: WindowName) =>
    put(
      name === 'none'
        ? (without(params, 'window') as Params)
        : { ...params, window: name === 'last' ? { last: 'P30D' } : { calendar: name } },
    )
  const isSpan = isDuration(metric) && params.value === undefined
  return (
    <div className={styles.metric}>
      <div className={styles.row}>
        <ReferenceControl
          rule={{ kind: 'metric' }}
          scope={scope}
          label={t('fact.metric')}
          required
          placeholder={t('chooseMetric')}
          value={params.metric}
          onChange={(next) => put({ metric: String(next ?? '') })}
        />
        <Button
          type="text"
          size="small"
          icon={<CloseOutlined aria-hidden />}
          aria-label={t('removeCondition')}
          onClick={() => onChange(undefined)}
        />
      </div>
      <div className={styles.row}>
        <Select
          size="small"
          aria-label={t('window.title')}
          value={window}
          options={windows.map((name) => ({ value: name, label: t(`window.${name}`) }))}
          onChange={setWindow}
        />
        {params.window && 'last' in params.window && (
          <DurationControl
            size="small"
            label={t('window.last')}
            scope={scope}
            value={params.window.last}
            onChange={(last) => last !== undefined && put({ ...params, window: { last } })}
          />
        )}
        <Select
          size="small"
          aria-label={t('metricValue.title')}
          value={params.value ?? 'value'}
          options={(['value', 'change', 'ratio'] as const).map((name) => ({
            value: name,
            label: t(`metricValue.${name}Word`),
          }))}
          onChange={(name: 'value' | 'change' | 'ratio') =>
            put(name === 'value' ? (without(params, 'value') as Params) : { ...params, value: name })
          }
        />
      </div>
      {metric && <Groups params={params} onChange={put} scope={scope} form={metric.form} />}
      <div className={styles.row}>
        <Select
          size="small"
          aria-label={t('row.operator')}
          value={leaf.operator}
          options={comparisons.map((name) => ({ value: name, label: operators[name].title[locale] }))}
          onChange={(operator: OperatorName) => onChange({ ...leaf, operator })}
        />
        {operators[leaf.operator].operand !== 'none' && (
          <Line
            isSpan={isSpan}
            label={t('row.value')}
            value={leaf.value}
            onChange={(value) => {
              const { value: _old, ...rest } = leaf
              onChange(value === undefined ? rest : { ...rest, value })
            }}
          />
        )}
      </div>
      <div className={styles.row}>
        <span className={styles.word}>{t('minimumSample')}</span>
        <InputNumber
          size="small"
          min={1}
          precision={0}
          aria-label={t('minimumSample')}
          value={params.minimumSample ?? null}
          placeholder="1"
          onChange={(next) =>
            put(
              typeof next === 'number'
                ? { ...params, minimumSample: next }
                : (without(params, 'minimumSample') as Params),
            )
          }
        />
        <span className={styles.word}>{t('clearLine')}</span>
        <Line
          isSpan={isSpan}
          label={t('clearLine')}
          value={params.clear}
          onChange={(clear) => put(clear === undefined ? (without(params, 'clear') as Params) : { ...params, clear })}
        />
      </div>
    </div>
  )
}

type LineProps = {
  readonly isSpan: boolean
  readonly label: string
  readonly value: unknown
  readonly onChange: (next: string | number | undefined) => void
}

/** The line a figure is held against: a number, or a length of time. */
function Line({ isSpan, label, value, onChange }: LineProps) {
  if (isSpan)
    return (
      <DurationControl
        size="small"
        label={label}
        scope={{ path: '', form: undefined }}
        value={typeof value === 'string' ? value : undefined}
        onChange={onChange}
      />
    )
  return (
    <InputNumber
      size="small"
      aria-label={label}
      value={typeof value === 'number' || typeof value === 'string' ? value : null}
      onChange={(next) => onChange(typeof next === 'number' ? next : undefined)}
    />
  )
}

type GroupsProps = {
  readonly params: Params
  readonly onChange: (next: Params) => void
  readonly scope: Props['scope']
  readonly form: string
}

/** For which records the figure is: fields of the metric's form, each held against this record. */
function Groups({ params, onChange, scope, form }: GroupsProps) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const counted = app.lookup(form)
  const own = scope.form === undefined ? undefined : app.lookup(scope.form)
  const by = params.by ?? {}
  const put = (next: NonNullable<Params['by']>) =>
    onChange(Object.keys(next).length === 0 ? (without(params, 'by') as Params) : { ...params, by: next })
  const choices = referenceChoices(
    { kind: 'field', path: true },
    { app, path: scope.path, form: counted, siblings: {}, locale },
  )
  const add = (path: string) => {
    // The same field of this record where it has one; else a person says which.
    const same = own?.id === form || own?.fields.has(path) ? `$.record.${path}` : '$.record.id'
    put({ ...by, [path]: { ref: same } })
  }
  return (
    <div className={styles.by}>
      {Object.entries(by).map(([path, value]) => {
        const name = pathLabel(path.split('.'), counted, { app, locale }) ?? path
        return (
          <div key={path} className={styles.row}>
            <span className={styles.word}>{t('sameAs', { name })}</span>
            {isRefValue(value) ? (
              <RefControl
                scope={scope}
                label={name}
                value={value}
                onChange={(next) => next && put({ ...by, [path]: next })}
              />
            ) : (
              <span className={styles.kept}>{String(value)}</span>
            )}
            <Button
              type="text"
              size="small"
              icon={<CloseOutlined aria-hidden />}
              aria-label={t('removeOne', { name })}
              onClick={() => put(Object.fromEntries(Object.entries(by).filter(([one]) => one !== path)))}
            />
          </div>
        )
      })}
      <Select
        size="small"
        aria-label={t('addSame')}
        placeholder={t('addSame')}
        value={null}
        options={groupedOptions(choices.filter(({ value }) => !Object.hasOwn(by, value)))}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        onChange={(path: string | null) => path !== null && add(path)}
      />
    </div>
  )
}
