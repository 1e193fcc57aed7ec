import { CloseOutlined } from '@ant-design/icons'
import { type FactName, type LeafCondition, operators, operatorsFor, pathParts } from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PanelScope } from '../contract.ts'
import { groupedOptions } from '../controls/ReferenceControl.tsx'
import { fieldRule, formOfScope, useDraftApp } from '../draft-app.ts'
import { candidateNames, type Subject, subjectAt } from '../field-at.ts'
import { referenceChoices } from '../reference-choices.ts'
import { variableLabels } from '../variables.ts'
import styles from './condition.module.css'
import { withOperator, withSubject, withValue } from './condition-tree.ts'
import { subjectWords, tellCondition } from './condition-words.ts'
import { OperandControl } from './OperandControl.tsx'
import type { PartProps } from './Part.tsx'
import { useTelling } from './use-telling.ts'

const userParts = ['department', 'superior', 'name', 'username', 'roles', 'departments', 'locale', 'zone'] as const
const key = (fact: FactName, path: readonly string[]) => [fact, ...path].join('.')

/** What a row can be about, in words. */
function useSubjects(scope: PanelScope, facts: readonly FactName[]) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const form = formOfScope(scope, app.lookup)
  const fields = referenceChoices(fieldRule(scope), { app, path: scope.path, form, siblings: {}, locale })
  const offer = (fact: FactName, choices: readonly { value: string; label: string; group?: string | undefined }[]) =>
    facts.includes(fact) ? choices : []
  return [
    ...offer(
      'candidate',
      candidateNames.map((name) => ({ value: `candidate.${name}`, label: t(`candidate.${name}`) })),
    ),
    ...offer(
      'record',
      fields.map(({ value, label, group }) => ({ value: `record.${value}`, label, group })),
    ),
    ...offer(
      'previous',
      fields
        .filter(({ group }) => group === undefined)
        .map(({ value, label }) => ({
          value: `previous.${value}`,
          label: t('previousValue', { name: label }),
          group: t('fact.previous'),
        })),
    ),
    ...offer('user', [
      { value: 'user', label: t('user.id'), group: t('fact.user') },
      ...userParts.map((part) => ({ value: `user.${part}`, label: t(`user.${part}`), group: t('fact.user') })),
    ]),
    ...offer(
      'env',
      [...variableLabels(app, locale)].map(([id, label]) => ({ value: `env.${id}`, label, group: t('fact.env') })),
    ),
    ...offer('now', [{ value: 'now', label: t('fact.now'), group: t('fact.more') }]),
  ]
}

type Props = PartProps & { readonly leaf: LeafCondition }

/** Field – operator – value. What no picker can say is told and kept as it is. */
export function LeafRow({ leaf, onChange, scope, facts }: Props) {
  const { t } = useTranslation('panels')
  const { locale } = useUi()
  const app = useDraftApp()
  const telling = useTelling(scope)
  const subjects = useSubjects(scope, facts)
  const path = pathParts(leaf.path)
  const isFresh = leaf.fact === 'record' && path.length === 0 && leaf.value === undefined
  const subject = isFresh ? undefined : subjectAt(leaf.fact, path, telling.form, app)
  const remove = (
    <Button
      type="text"
      size="small"
      icon={<CloseOutlined aria-hidden />}
      aria-label={t('removeCondition')}
      onClick={() => onChange(undefined)}
    />
  )
  if (!isFresh && subject === undefined)
    return (
      <div className={styles.row}>
        <span className={styles.kept}>{tellCondition(leaf, telling)}</span>
        {remove}
      </div>
    )
  const current = key(leaf.fact, path)
  const isKnown = isFresh || subjects.some(({ value }) => value === current)
  const options = isKnown
    ? subjects
    : [...subjects, { value: current, label: subjectWords(leaf, telling), group: t('fact.more') }]
  const allowed = subject ? operatorsFor(subject.value.kind) : []
  const choose = (next: string) => {
    const [fact = 'record', ...parts] = next.split('.')
    const target = subjectAt(fact as FactName, parts, telling.form, app)
    const fresh = target ? operatorsFor(target.value.kind) : []
    onChange(withSubject(leaf, fact as FactName, parts.length === 0 ? undefined : `$.${parts.join('.')}`, fresh))
  }
  return (
    <div className={styles.row}>
      <Select
        size="small"
        // Somebody has just added it, and says next what it is about.
        autoFocus={isFresh}
        aria-label={t('row.subject')}
        className={styles.subject ?? ''}
        value={isFresh ? null : current}
        options={groupedOptions(options)}
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={t('chooseField')}
        popupMatchSelectWidth={false}
        onChange={choose}
      />
      {subject && (
        <>
          <Select
            size="small"
            aria-label={t('row.operator')}
            className={styles.operator ?? ''}
            value={leaf.operator}
            options={allowed.map((name) => ({ value: name, label: operators[name].title[locale] }))}
            popupMatchSelectWidth={false}
            onChange={(next: LeafCondition['operator']) => onChange(withOperator(leaf, next))}
          />
          <OperandControl
            shape={operators[leaf.operator].operand}
            subject={subject as Subject}
            value={leaf.value}
            onChange={(next) => onChange(withValue(leaf, next))}
            scope={scope}
          />
        </>
      )}
      {remove}
    </div>
  )
}
