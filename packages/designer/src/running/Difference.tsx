import type { FieldValue, FormModel } from '@tenon/engine'
import type { ReplayAnswer } from '@tenon/runtime/contract'
import { FieldValueView, formatMoment, isBlank, ShownFormProvider, useUi } from '@tenon/runtime/ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ElementNames } from './element-names.ts'
import styles from './running.module.css'

type One = ReplayAnswer['differences'][number]
type Clock = One['clocks'][number]['before']
type Props = {
  readonly difference: One
  readonly form: FormModel | undefined
  readonly names: ElementNames
  readonly person: (username: string | null) => string
}
type Line = { readonly what: string; readonly before: ReactNode; readonly after: ReactNode }

/** One record's history beside what the draft would have made of it. */
export function Difference(props: Props) {
  const { difference, person } = props
  const { t } = useTranslation('designer')
  const lines = useLines(props)
  return (
    <>
      <table className={styles.difference}>
        <thead>
          <tr>
            <th />
            <th>{t('replay.before')}</th>
            <th>{t('replay.after')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ what, before, after }) => (
            <tr key={what}>
              <th scope="row">{what}</th>
              <td>{before}</td>
              <td className={styles.after}>{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {difference.refused.length > 0 && (
        <ul className={styles.refused}>
          {difference.refused.map((one) => (
            <li key={`${one.at}${one.do}${one.by}`}>
              {t('replay.refused', { name: person(one.by), reason: one.message })}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function useLines({ difference, form, names, person }: Props): readonly Line[] {
  const { t } = useTranslation('designer')
  const look = useUi()
  const now = Date.now()
  const clock = (one: Clock): string => {
    if (one === null) return t('replay.noClock')
    const due = one.dueAt === null ? '' : formatMoment(Date.parse(one.dueAt), now, look)
    const kept = one.breached || one.met === false ? t('replay.late') : one.met === true ? t('replay.kept') : ''
    return [due && t('replay.due', { when: due }), kept].filter((part) => part !== '').join(' · ') || '—'
  }
  const path = (steps: NonNullable<One['path']>['before']) =>
    steps.map(({ flow, node }) => names.node(flow, node)).join(' → ') || '—'
  return [
    ...(difference.path
      ? [{ what: t('replay.path'), before: path(difference.path.before), after: path(difference.path.after) }]
      : []),
    ...difference.owners.map(({ flow, node, before, after }) => ({
      what: t('replay.owner', { name: names.node(flow, node) }),
      before: person(before),
      after: person(after),
    })),
    ...difference.clocks.map((one) => ({
      what: names.clock(one.clock),
      before: clock(one.before),
      after: clock(one.after),
    })),
    ...difference.rules.map(({ rule, before, after }) => ({
      what: t('replay.rule', { name: names.rule(rule) }),
      before: t('replay.times', { count: before }),
      after: t('replay.times', { count: after }),
    })),
    ...difference.values.map(({ field, before, after }) => ({
      what: names.field(field),
      before: shown(form, field, before),
      after: shown(form, field, after),
    })),
  ]
}

function shown(form: FormModel | undefined, id: string, value: unknown): ReactNode {
  const field = form?.fields.get(id)
  if (!form || !field || isBlank(value as FieldValue)) return '—'
  return (
    <ShownFormProvider form={form}>
      <FieldValueView field={field} value={value as FieldValue} cell />
    </ShownFormProvider>
  )
}
