import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type FormModel, fieldLabel, resolveText } from '@tenon/engine'
import { useTranslation } from 'react-i18next'
import type { AppView, RecordView } from '../../../contract/index.ts'
import { type Refs, RefsProvider, useUi } from '../../../ui/environment.tsx'
import { FieldValueView } from '../../../ui/fields/FieldValueView.tsx'
import { Moment } from '../../../ui/show/Moment.tsx'
import { ShownFormProvider } from '../../../ui/show/ShownForm.tsx'
import { client } from '../../shell/client.ts'
import { places } from '../../shell/places.ts'
import styles from './record.module.css'

type Props = { readonly view: AppView; readonly form: FormModel; readonly record: RecordView }
type Group = {
  readonly key: string
  readonly form: string
  readonly field: string
  readonly value: string
  readonly label: string
  readonly besides: boolean
}

/** Records that point here, and those that share a link with this one (the customer's other tickets). */
export function Related({ view, form, record }: Props) {
  const { t } = useTranslation('staff')
  const { locale } = useUi()
  const groups: Group[] = []
  for (const other of view.forms) {
    for (const field of other.definition.fields) {
      if (!('form' in field) || !('card' in field || field.form)) continue
      if (field.form !== form.id) continue
      groups.push({
        key: `${other.id}.${field.id}`,
        form: other.id,
        field: field.id,
        value: record.id,
        label: resolveText(other.definition.plural ?? other.definition.label, locale),
        besides: false,
      })
    }
  }
  for (const field of form.fields.values()) {
    const value = record.values[field.id]
    if (field.target?.kind !== 'record' || typeof value !== 'string') continue
    const label = t('record.sameLink', {
      link: fieldLabel(field, locale),
      what: resolveText(form.definition.plural ?? form.definition.label, locale),
    })
    groups.push({ key: `same.${field.id}`, form: form.id, field: field.id, value, label, besides: true })
  }
  if (groups.length === 0) return null
  return (
    <>
      {groups.map((group) => (
        <RelatedList key={group.key} group={group} app={record.app} self={record.id} />
      ))}
    </>
  )
}

function RelatedList({ group, app, self }: { group: Group; app: string; self: string }) {
  const { t } = useTranslation('staff')
  const { lookup } = useUi()
  const model = lookup(group.form)
  const where = { fact: 'record', path: `$.${group.field}`, operator: 'equal', value: group.value }
  const { data } = useQuery({
    queryKey: ['records', app, group.form, 'related', group.field, group.value],
    queryFn: () =>
      client.records.list(app, group.form, {
        where,
        size: group.besides ? 6 : 5,
        sort: ['-created_at'],
        ...(model?.stageField ? { fields: [model.stageField] } : {}),
      }),
  })
  const items = (data?.items ?? []).filter(({ id }) => id !== self).slice(0, 5)
  // An empty list of others says nothing; it would only push down what matters.
  if (!data || !model || items.length === 0) return null
  const total = data.total === null ? null : data.total - (group.besides ? 1 : 0)
  return (
    <RefsProvider refs={data.refs as Refs}>
      <section className={styles.card} aria-label={group.label}>
        <h2 className={styles.cardTitle}>
          {group.label} {total !== null && <span className={styles.total}>{total}</span>}
        </h2>
        <ShownFormProvider form={model}>
          <ul className={styles.related}>
            {items.map((item) => {
              const stage = model.stageField ? model.fields.get(model.stageField) : undefined
              return (
                <li key={item.id} className={styles.relatedRow}>
                  <Link to={places.record(app, group.form, item.id)} className={styles.relatedName}>
                    {item.title}
                  </Link>
                  {stage && item.values[stage.id] && (
                    <FieldValueView field={stage} value={item.values[stage.id]} cell />
                  )}
                  <span className={styles.entryTime}>
                    <Moment at={item.created_at} />
                  </span>
                </li>
              )
            })}
          </ul>
        </ShownFormProvider>
        {total !== null && total > items.length && (
          <Link to={places.list(app, group.form)} search={{ where: JSON.stringify(where) }}>
            {t('record.allRelated', { count: total })}
          </Link>
        )}
      </section>
    </RefsProvider>
  )
}
