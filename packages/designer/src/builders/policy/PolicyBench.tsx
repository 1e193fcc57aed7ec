import { PlusOutlined } from '@ant-design/icons'
import {
  type ClockDefinition,
  type Condition,
  ClockDefinition as clockSchema,
  conditionDefs,
  type PolicyDefinition,
  PolicyDefinition as policySchema,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button, Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { freshId } from '../../edits/fresh-id.ts'
import { ConditionControl, SchemaPanel, tellCondition, useTelling } from '../../panels/index.ts'
import type { BenchProps } from '../contract.ts'
import { CardList, copiedEntry } from '../frame/CardList.tsx'
import { ProblemList, useProblemsAt } from '../frame/ProblemList.tsx'
import { BenchBlock, BenchMore, SplitBench } from '../frame/SplitBench.tsx'
import frame from '../frame/split-bench.module.css'
import { usePlace } from '../use-place.ts'
import { Ladder } from './Ladder.tsx'
import { tellClock } from './policy-words.ts'
import { TryPolicy } from './TryPolicy.tsx'
import { WhatIfPanel } from './WhatIfPanel.tsx'

const clockPanel = { ...clockSchema, $defs: conditionDefs }
const tabs = ['try', 'whatIf'] as const

/** An SLA policy: which records, and card by card what is promised; tried on a thought-of record and on real history. */
export default function PolicyBench({ path }: BenchProps) {
  const { t } = useTranslation('policy')
  const { locale } = useUi()
  const { document, edit } = useDocument(path)
  const problems = useProblemsAt(path)
  const { tab, at, go } = usePlace()
  const form = typeof document?.form === 'string' ? document.form : undefined
  const scope = { path, form }
  const telling = useTelling(scope)
  if (!document) return null
  const policy = document as unknown as PolicyDefinition
  const clocks: readonly ClockDefinition[] = Array.isArray(policy.clocks) ? policy.clocks : []
  const put = (next: readonly ClockDefinition[], key?: string) =>
    edit(t('edits.clocks'), (before) => ({ ...before, clocks: next }), key)
  const open = /^clocks\/(\w+)/.exec(at ?? '')?.[1]
  const choose = (id: string | undefined) => go({ at: id === undefined ? undefined : `clocks/${id}` })
  const add = () => {
    const id = freshId('', 'clock', (taken) => clocks.some((one) => one.id === taken))
    put([...clocks, freshClock(id, t('newClock'))])
    choose(id)
  }
  const shown = tabs.find((one) => one === tab) ?? 'try'
  const faces = {
    try: <TryPolicy policy={policy} />,
    whatIf: <WhatIfPanel policy={policy} />,
  }
  return (
    <SplitBench
      title={labelOf(document, locale, t('untitled'))}
      sentence={t('sentence', {
        form: labelOf(telling.form?.definition, locale, form ?? ''),
        condition: policy.when ? tellCondition(policy.when as Condition, telling) : t('all'),
        clocks: clocks.map((clock) => labelOf(clock, locale)).join(t('comma')) || t('noneYet'),
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
      <ProblemList problems={problems.besides(clocks.map((_, index) => `/clocks/${index}`))} />
      <BenchBlock id="policy-when" title={t('appliesTo')}>
        {policy.when === undefined && <p className={frame.hint}>{t('always')}</p>}
        <ConditionControl
          value={policy.when as Condition | undefined}
          onChange={(next) =>
            edit(
              t('edits.when'),
              ({ when: _old, ...before }) => (next === undefined ? before : { ...before, when: next }),
              'when',
            )
          }
          scope={scope}
          label={t('appliesTo')}
          open
        />
      </BenchBlock>
      <BenchBlock id="policy-clocks" title={t('clocks')}>
        <CardList
          items={clocks}
          keyOf={({ id }) => id}
          nameOf={(clock) => labelOf(clock, locale, t('newClock'))}
          lineOf={(clock) => tellClock(clock, telling, t)}
          onChange={(next) => put(next)}
          copyOf={(clock) => copiedEntry(clock, clocks)}
          open={open}
          onOpen={choose}
          empty={t('noClocks')}
          always={(clock, index) => (
            <>
              <Ladder clock={clock} telling={telling} />
              <ProblemList problems={problems.at(`/clocks/${index}`)} />
            </>
          )}
          add={
            <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={add}>
              {t('addClock')}
            </Button>
          }
        >
          {(clock, index) => (
            <SchemaPanel
              schema={clockPanel}
              value={clock}
              scope={scope}
              groups={[
                { title: t('groups.targets'), names: ['targets', 'calendar'] },
                { title: t('groups.course'), names: ['startWhen', 'stopWhen', 'pauseWhen', 'cancelWhen'] },
                { title: t('groups.ladder'), names: ['ladder'] },
                {
                  title: t('groups.more'),
                  names: ['kind', 'type', 'pauseLimit', 'onTargetChange', 'onReopen', 'writes'],
                  folded: true,
                },
              ]}
              onChange={(next) => put(clocks.with(index, { ...next, id: clock.id }), `clock ${clock.id}`)}
            />
          )}
        </CardList>
      </BenchBlock>
      <BenchMore title={t('more')}>
        <SchemaPanel
          schema={policySchema}
          omit={['clocks', 'when']}
          value={document}
          onChange={(next) => edit(t('edits.more'), () => next as Definition, 'more')}
          scope={scope}
        />
      </BenchMore>
    </SplitBench>
  )
}

/** Due four hours after the record is made, met when somebody says when: what the problems then ask for. */
const freshClock = (id: string, label: string): ClockDefinition => ({
  id,
  label,
  stopWhen: { all: [] },
  targets: [{ id: 'all', within: 'PT4H' }],
})
