import {
  conditionDefs,
  type RuleDefinition,
  RuleDefinition as ruleSchema,
  type SchemaNode,
  schemaProperties,
  type TextValue,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Switch, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { ConditionControl, SchemaPanel, tellCondition, useTelling } from '../../panels/index.ts'
import type { BenchProps } from '../contract.ts'
import { BenchMore, SplitBench } from '../frame/SplitBench.tsx'
import { usePlace } from '../use-place.ts'
import { Actions } from './Actions.tsx'
import { Backtest } from './Backtest.tsx'
import { Order } from './Order.tsx'
import { Runs } from './Runs.tsx'
import styles from './rule.module.css'
import { actionTitle, tellTrigger } from './rule-words.ts'
import { TryIt } from './TryIt.tsx'
import { useRuleTelling } from './use-rule-telling.ts'

const onSchema = {
  ...schemaProperties(ruleSchema as unknown as SchemaNode).on,
  $defs: conditionDefs,
}
const tabs = ['try', 'backtest', 'runs', 'order'] as const

const without = (document: Definition, name: string): Definition => {
  const { [name]: _gone, ...rest } = document
  return rest
}

/** A rule as a sentence: when … if … then …, with what tries it beside it. */
export default function RuleBench({ path }: BenchProps) {
  const { t } = useTranslation('rule')
  const { locale } = useUi()
  const { document, edit } = useDocument(path)
  const { tab, go } = usePlace()
  const form = typeof document?.form === 'string' ? document.form : undefined
  const scope = { path, form }
  const telling = useTelling(scope)
  const triggerTelling = useRuleTelling(scope)
  if (!document) return null
  const rule = document as unknown as RuleDefinition
  const put = (name: string, value: unknown, key?: string) =>
    edit(
      t(`edits.${name}`),
      (before) => (value === undefined ? without(before, name) : { ...before, [name]: value }),
      key,
    )
  const shown = tabs.find((one) => one === tab) ?? 'try'
  const faces = {
    try: <TryIt path={path} rule={rule} />,
    backtest: <Backtest path={path} rule={rule} />,
    runs: <Runs rule={rule} />,
    order: <Order path={path} form={document.form} />,
  }
  const then = Array.isArray(rule.then) ? rule.then : []
  return (
    <SplitBench
      title={labelOf(document, locale, t('untitled'))}
      tools={
        <span className={styles.switch}>
          <Switch
            size="small"
            aria-label={t('enabled')}
            checked={rule.enabled !== false}
            onChange={(on) => put('enabled', on ? undefined : false)}
          />
          {t(rule.enabled === false ? 'off' : 'on')}
        </span>
      }
      sentence={t('sentence', {
        form: labelOf(telling.form?.definition, locale, form ?? ''),
        when: tellTrigger(rule.on, triggerTelling),
        condition: rule.if ? t('ifWords', { condition: tellCondition(rule.if, telling) }) : '',
        actions: then.length === 0 ? t('nothing') : then.map((one) => actionTitle(one.type, locale)).join(t('comma')),
      })}
      sideLabel={t('side')}
      side={
        <Tabs
          size="small"
          activeKey={shown}
          onChange={(next) => go({ tab: next })}
          destroyOnHidden
          items={tabs.map((key) => ({ key, label: t(`tabs.${key}`), children: faces[key] }))}
        />
      }
    >
      <section className={styles.block} aria-labelledby="rule-when">
        <h2 id="rule-when" className={styles.word}>
          {t('when')}
        </h2>
        <div className={styles.body}>
          <SchemaPanel
            schema={onSchema}
            value={rule.on ?? {}}
            onChange={(next) => put('on', next, 'on')}
            scope={{ ...scope, facts: ['record', 'user', 'now'] }}
          />
        </div>
      </section>
      <section className={styles.block} aria-labelledby="rule-if">
        <h2 id="rule-if" className={styles.word}>
          {t('if')}
        </h2>
        <div className={styles.body}>
          {rule.if === undefined && <p className={styles.hint}>{t('always')}</p>}
          <ConditionControl
            value={rule.if}
            onChange={(next) => put('if', next, 'if')}
            scope={scope}
            label={t('if')}
            open
          />
        </div>
      </section>
      <section className={styles.block} aria-labelledby="rule-then">
        <h2 id="rule-then" className={styles.word}>
          {t('then')}
        </h2>
        <div className={styles.body}>
          <Actions actions={then} onChange={(next) => put('then', next, 'then')} scope={scope} />
        </div>
      </section>
      <BenchMore title={t('more')}>
        <SchemaPanel
          schema={ruleSchema}
          only={['label', 'description', 'form', 'stop']}
          value={document as { readonly label?: TextValue }}
          onChange={(next) => edit(t('edits.more'), () => next as Definition, 'more')}
          scope={scope}
        />
      </BenchMore>
    </SplitBench>
  )
}
