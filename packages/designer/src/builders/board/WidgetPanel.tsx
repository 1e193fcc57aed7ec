import { DeleteOutlined } from '@ant-design/icons'
import { fieldLabel, resolvePath, resolveText } from '@tenon/engine'
import {
  type Bucket,
  buckets,
  type Dimension,
  type MetricDefinition,
  type QueryWidget,
  type Widget,
  widgetSchemas,
} from '@tenon/reports'
import { useUi } from '@tenon/runtime/ui'
import { Button, InputNumber, Select, Switch } from 'antd'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { asks, measureKey, withDimension, withForm, withMeasures, withTop, withType } from '../../edits/widgets.ts'
import { ConditionControl, ReferenceControl, SchemaPanel, TextControl, useDraftApp } from '../../panels/index.ts'
import styles from './board.module.css'
import { type EditBoard, typeName, widgetTypes } from './widget-types.ts'

type Props = {
  readonly path: string
  readonly widget: Widget
  readonly metrics: ReadonlyMap<string, MetricDefinition>
  readonly edit: EditBoard
  readonly onRemove: () => void
}

/** What a widget shows: its name, the figures, by what they are grouped, which records, and how it is drawn. */
export function WidgetPanel({ path, widget, metrics, edit, onRemove }: Props) {
  const { t } = useTranslation('board')
  const { locale } = useUi()
  const scope = { path, form: widget.type === 'text' ? undefined : widget.query.form }
  const change = (next: (before: Widget) => Widget, key: string) =>
    edit(
      t('edits.changed', { name: resolveText(widget.label, locale) }),
      (board) => ({ ...board, widgets: board.widgets.map((one) => (one.id === widget.id ? next(one) : one)) }),
      `${widget.id} ${key}`,
    )
  return (
    <div className={styles.panel}>
      <Line label={t('label')}>
        {(id) => (
          <TextControl
            id={id}
            value={widget.label}
            scope={scope}
            onChange={(label) => change((before) => ({ ...before, label: label ?? '' }) as Widget, 'label')}
          />
        )}
      </Line>
      <Line label={t('type')}>
        {(id) => (
          <Select
            id={id}
            value={widget.type}
            options={widgetTypes
              .filter((type) => asks(type) === asks(widget.type))
              .map((type) => ({ value: type, label: typeName(type, locale) }))}
            onChange={(type) => change((before) => withType(before, type), 'type')}
          />
        )}
      </Line>
      {widget.type === 'text' ? (
        <Line label={t('text')}>
          {(id) => (
            <TextControl
              id={id}
              value={widget.text}
              scope={scope}
              onChange={(text) => change((before) => ({ ...before, text: text ?? '' }) as Widget, 'text')}
            />
          )}
        </Line>
      ) : (
        <Question path={path} widget={widget} metrics={metrics} change={change as never} />
      )}
      <Button danger icon={<DeleteOutlined />} onClick={onRemove}>
        {t('remove')}
      </Button>
    </div>
  )
}

type QuestionProps = Pick<Props, 'path' | 'metrics'> & {
  readonly widget: QueryWidget
  readonly change: (next: (before: QueryWidget) => QueryWidget, key: string) => void
}

function Question({ path, widget, metrics, change }: QuestionProps) {
  const { t } = useTranslation('board')
  const { locale } = useUi()
  const { documents } = useDraftApp()
  const { query } = widget
  const scope = { path, form: query.form, facts: ['record', 'user', 'now'] as const }
  const ask = (next: (before: QueryWidget['query']) => QueryWidget['query'], key: string) =>
    change((before) => ({ ...before, query: next(before.query) }), key)
  const forms = Object.entries(documents).flatMap(([file, json]) => {
    const id = /^forms\/(\w+)\.json$/.exec(file)?.[1]
    return id === undefined ? [] : [{ value: id, label: labelOf(json, locale, id) }]
  })
  const isTop = query.sort?.[0] === `-${query.measures[0]?.id}`
  const options = (widgetSchemas[widget.type].properties as { readonly options?: object }).options
  return (
    <>
      <Line label={t('form')}>
        {(id) => (
          <Select
            id={id}
            value={query.form}
            options={forms}
            onChange={(form) => change((before) => withForm(before, form), 'form')}
          />
        )}
      </Line>
      <Measures
        query={query}
        metrics={metrics}
        ask={ask}
        isSingle={widget.type === 'number' || widget.type === 'pie'}
      />
      {widget.type !== 'number' &&
        [0, ...(query.by?.[0] && widget.type !== 'pie' ? [1] : [])].map((at) => (
          <DimensionLines
            key={at}
            label={t(at === 0 ? 'by' : 'by2')}
            dimension={query.by?.[at]}
            scope={scope}
            onChange={(dimension) => ask((before) => withDimension(before, at, dimension), `by ${at}`)}
          />
        ))}
      {widget.type !== 'number' && (
        <>
          <Line label={t('top')}>
            {(id) => (
              <Switch
                id={id}
                checked={isTop}
                onChange={(on) => ask((before) => withTop(before, on, before.limit), 'top')}
              />
            )}
          </Line>
          <Line label={t('limit')}>
            {(id) => (
              <InputNumber
                id={id}
                min={1}
                max={1000}
                value={query.limit ?? null}
                onChange={(limit) => ask((before) => withTop(before, isTop, limit ?? undefined), 'limit')}
              />
            )}
          </Line>
        </>
      )}
      <Line label={t('where')}>
        {(id) => (
          <ConditionControl
            id={id}
            value={query.where}
            scope={scope}
            onChange={(where) =>
              ask(({ where: _before, ...rest }) => (where === undefined ? rest : { ...rest, where }), 'where')
            }
          />
        )}
      </Line>
      {options && (
        <SchemaPanel
          schema={options}
          value={(widget.options ?? {}) as object}
          scope={scope}
          onChange={(next) =>
            change(({ options: _before, ...rest }) => {
              return (Object.keys(next).length === 0 ? rest : { ...rest, options: next }) as QueryWidget
            }, 'options')
          }
        />
      )}
    </>
  )
}

type MeasuresProps = {
  readonly query: QueryWidget['query']
  readonly metrics: ReadonlyMap<string, MetricDefinition>
  readonly ask: (next: (before: QueryWidget['query']) => QueryWidget['query'], key: string) => void
  readonly isSingle: boolean
}

function Measures({ query, metrics, ask, isSingle }: MeasuresProps) {
  const { t } = useTranslation('board')
  const { locale } = useUi()
  const own = query.measures.flatMap((measure) => {
    const key = measureKey(measure)
    return key.startsWith('own:') ? [{ value: key, label: resolveText(measure.label, locale) || t('own') }] : []
  })
  const options = [
    { value: 'count', label: t('count') },
    ...own,
    ...[...metrics.values()]
      .filter(({ form }) => form === query.form)
      .map((metric) => ({ value: `metric:${metric.id}`, label: resolveText(metric.label, locale) })),
  ]
  const keys = query.measures.map(measureKey)
  const set = (next: readonly string[]) => ask((before) => withMeasures(before, next), 'measures')
  return (
    <Line label={t('measures')}>
      {(id) =>
        isSingle ? (
          <Select id={id} value={keys[0] ?? null} options={options} onChange={(key) => key && set([key])} />
        ) : (
          <Select id={id} mode="multiple" value={keys} options={options} onChange={set} />
        )
      }
    </Line>
  )
}

type DimensionProps = {
  readonly label: string
  readonly dimension: Dimension | undefined
  readonly scope: { readonly path: string; readonly form: string }
  readonly onChange: (dimension: Dimension | undefined) => void
}

function DimensionLines({ label, dimension, scope, onChange }: DimensionProps) {
  const { t } = useTranslation('board')
  const { lookup } = useDraftApp()
  const { locale } = useUi()
  const isTime = (field: string) => {
    const found = resolvePath('record', field.split('.'), lookup(scope.form), lookup)
    return typeof found === 'object' && ['instant', 'day'].includes(found.value.kind)
  }
  const choose = (field: unknown) => {
    if (typeof field !== 'string' || field === '') return onChange(undefined)
    onChange(isTime(field) ? { field, bucket: 'month' } : { field })
  }
  return (
    <>
      <Line label={label}>
        {(id) => (
          <ReferenceControl
            id={id}
            rule={{ kind: 'field', path: true }}
            value={dimension?.field}
            scope={scope}
            onChange={choose}
          />
        )}
      </Line>
      {dimension && isTime(dimension.field) && (
        <Line label={t('bucketOf', { field: nameOf(dimension.field) })}>
          {(id) => (
            <Select<Bucket>
              id={id}
              value={dimension.bucket ?? null}
              options={buckets.map((bucket) => ({ value: bucket, label: t(`bucket.${bucket}`) }))}
              onChange={(bucket) => bucket && onChange({ ...dimension, bucket })}
            />
          )}
        </Line>
      )}
    </>
  )

  function nameOf(field: string): string {
    const found = resolvePath('record', field.split('.'), lookup(scope.form), lookup)
    return typeof found === 'object' && found.field ? fieldLabel(found.field, locale) : ''
  }
}

function Line({ label, children }: { readonly label: string; readonly children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className={styles.line}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  )
}
