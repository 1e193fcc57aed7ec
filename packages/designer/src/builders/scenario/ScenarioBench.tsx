import { CheckCircleFilled, CloseCircleFilled, PlayCircleOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import {
  parseInstant,
  recordForm,
  type ScenarioDefinition,
  type SchemaNode,
  ScenarioDefinition as scenarioSchema,
  schemaBranches,
  schemaProperties,
} from '@tenon/engine'
import { client, Failed } from '@tenon/runtime/page'
import { DropMenu, formatMomentFull, TonePill, useUi } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument, useDraftSession } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { MomentControl, SchemaPanel, useTelling } from '../../panels/index.ts'
import { choicesIn } from '../../panels/schema-words.ts'
import type { BenchProps } from '../contract.ts'
import { CardList } from '../frame/CardList.tsx'
import { ProblemList, useProblemsAt } from '../frame/ProblemList.tsx'
import { BenchBlock, BenchMore, SplitBench } from '../frame/SplitBench.tsx'
import frame from '../frame/split-bench.module.css'
import { usePlace } from '../use-place.ts'
import styles from './scenario.module.css'
import { formOfDeed, type Step, type StepTelling, stepTitle, tellStep } from './scenario-words.ts'

const stepSchema = (schemaProperties(scenarioSchema as unknown as SchemaNode).steps as { readonly items: SchemaNode })
  .items
const branchOf = (key: 'advance' | 'expect' | 'do'): SchemaNode =>
  (schemaBranches(stepSchema) ?? []).find((one) => Object.hasOwn(schemaProperties(one), key)) ?? stepSchema
const shownNames = 6
const givenSchema = schemaProperties(scenarioSchema as unknown as SchemaNode).given ?? {}
const deedSchema = schemaProperties(branchOf('do')).do ?? {}

const kindOf = (step: Step) => ('advance' in step ? 'advance' : 'expect' in step ? 'expect' : 'do')

/** A scenario: what is there at the beginning, and step by step who does what and what must be the case; run in place. */
export default function ScenarioBench({ path }: BenchProps) {
  const { t } = useTranslation('scenario')
  const { locale, zone } = useUi()
  const session = useDraftSession()
  const { document, edit } = useDocument(path)
  const problems = useProblemsAt(path)
  const { at, go } = usePlace()
  const telling = useTelling({ path, form: undefined })
  const run = useMutation({
    mutationFn: async (of: Definition) => {
      await session.settled()
      const answer = await client.design.runScenarios(session.app, {
        draft: session.name,
        scenario: String(of.id),
      } as never)
      return { of, item: answer.items[0] }
    },
  })
  if (!document) return null
  const scenario = document as unknown as ScenarioDefinition
  const { given } = scenario
  const steps: readonly Step[] = Array.isArray(scenario.steps) ? scenario.steps : []
  const now = parseInstant(given?.now ?? '') ?? undefined
  const how = (before: readonly Step[]): StepTelling => ({
    ...telling,
    words: t,
    zone,
    deeds: new Map(choicesIn(deedSchema, locale).map(({ value, label }) => [value, label])),
    formOf: (alias) => recordForm(scenario, alias, before.length),
  })
  /** The first of many names, and how many there are. */
  const few = (names: readonly string[]) =>
    names.length === 0
      ? t('none')
      : names.length <= shownNames
        ? names.join(t('comma'))
        : t('andMore', { names: names.slice(0, shownNames).join(t('comma')), count: names.length })
  const put = (next: readonly Step[], key?: string) =>
    edit(t('edits.steps'), (before) => ({ ...before, steps: next }), key)
  const open = /^steps\/(\d+)$/.exec(at ?? '')?.[1]
  const choose = (key: string | undefined) => go({ at: key === undefined ? undefined : `steps/${key}` })
  const add = (step: Step) => {
    put([...steps, step])
    choose(String(steps.length))
  }
  const person = given?.people?.[0]?.username ?? ''
  const isFresh = run.data?.of === document
  const details = isFresh ? (run.data?.item?.details ?? []) : []
  const failed = (index: number) => details.filter((one) => one.step === index)
  return (
    <SplitBench
      title={labelOf(document, locale, t('untitled'))}
      tools={
        <Button
          type="primary"
          icon={<PlayCircleOutlined aria-hidden />}
          loading={run.isPending}
          onClick={() => run.mutate(document)}
        >
          {t('run')}
        </Button>
      }
      sentence={t('sentence', {
        moment: now === undefined ? t('noMoment') : formatMomentFull(now, { locale, zone }),
        people: given?.people?.length ?? 0,
        records: Object.keys(given?.records ?? {}).length,
        steps: steps.length,
      })}
      sideLabel={t('result')}
      side={
        <div className={frame.pane}>
          <h2 className={frame.word}>{t('result')}</h2>
          <p className={frame.hint}>{t('resultHint')}</p>
          {run.error && <Failed error={run.error} retry={() => run.mutate(document)} />}
          {run.data && !isFresh && <p className={frame.hint}>{t('changedSince')}</p>}
          {isFresh && run.data?.item && (
            <div role="status" className={frame.pane}>
              <span>
                <TonePill tone={run.data.item.result === 'passed' ? 'success' : 'danger'}>
                  {t(`outcome.${run.data.item.result}`)}
                </TonePill>
              </span>
              {details.length > 0 && (
                <ul className={frame.rows}>
                  {details.map((one) => (
                    <li key={`${one.step} ${one.message}`} className={frame.row}>
                      {one.step < 0 ? (
                        <span>{t('atStart')}</span>
                      ) : (
                        <Button type="link" size="small" onClick={() => choose(String(one.step))}>
                          {t('atStep', { number: one.step + 1 })}
                        </Button>
                      )}
                      <div>{one.message}</div>
                    </li>
                  ))}
                </ul>
              )}
            </div>
          )}
        </div>
      }
    >
      <ProblemList problems={problems.besides(steps.map((_, index) => `/steps/${index}`))} />
      <BenchBlock id="scenario-given" title={t('given')}>
        <div className={frame.field}>
          <label htmlFor="scenario-now">{t('now')}</label>
          <MomentControl
            id="scenario-now"
            value={given?.now}
            scope={{ path, form: undefined }}
            onChange={(now) =>
              edit(t('edits.given'), (before) => ({ ...before, given: { ...(before.given as object), now } }), 'now')
            }
          />
        </div>
        <details className={styles.world}>
          <summary>
            {t('world', {
              people: few((given?.people ?? []).map(({ username }) => username)),
              records: few(Object.keys(given?.records ?? {})),
            })}
          </summary>
          <SchemaPanel
            schema={givenSchema}
            omit={['now']}
            value={given}
            scope={{ path, form: undefined }}
            onChange={(next) => edit(t('edits.given'), (before) => ({ ...before, given: next }), 'given')}
          />
        </details>
      </BenchBlock>
      <BenchBlock id="scenario-steps" title={t('steps')}>
        <CardList
          items={steps}
          keyOf={(_, index) => String(index)}
          nameOf={(step, index) => t('numbered', { number: index + 1, name: stepTitle(step, how(steps)) })}
          lineOf={(step, index) => tellStep(step, how(steps.slice(0, index)))}
          onChange={(next) => put(next)}
          copyOf={(step) => ({ ...step })}
          open={open}
          onOpen={choose}
          empty={t('noSteps')}
          always={(_, index) => (
            <>
              {isFresh && run.data?.item && <Mark messages={failed(index).map(({ message }) => message)} />}
              <ProblemList problems={problems.at(`/steps/${index}`)} />
            </>
          )}
          add={
            <DropMenu
              menu={{
                items: [
                  { key: 'do', label: t('add.do'), onClick: () => add({ do: 'record.create', by: person } as Step) },
                  { key: 'advance', label: t('add.advance'), onClick: () => add({ advance: 'PT1H' }) },
                  { key: 'expect', label: t('add.expect'), onClick: () => add({ expect: {} }) },
                ],
              }}
            >
              <Button type="dashed" icon={<PlusOutlined aria-hidden />}>
                {t('addStep')}
              </Button>
            </DropMenu>
          }
        >
          {(step, index) => (
            <StepPanel
              step={step}
              path={path}
              formOf={(alias) => recordForm(scenario, alias, index)}
              onChange={(next) => put(steps.with(index, next), `step ${index}`)}
            />
          )}
        </CardList>
      </BenchBlock>
      <BenchMore title={t('more')}>
        <SchemaPanel
          schema={scenarioSchema}
          only={['label', 'covers', 'future']}
          value={document}
          onChange={(next) => edit(t('edits.more'), () => next as Definition, 'more')}
          scope={{ path, form: undefined }}
        />
      </BenchMore>
    </SplitBench>
  )
}

type StepPanelProps = {
  readonly step: Step
  readonly path: string
  readonly formOf: StepTelling['formOf']
  readonly onChange: (next: Step) => void
}

/** The properties of a step; what is done to a record or expected of it knows the fields of its form without saying it. */
function StepPanel({ step, path, formOf: formOfAlias, onChange }: StepPanelProps) {
  const kind = kindOf(step)
  const isDeed = 'do' in step
  const form = isDeed
    ? formOfDeed(step, formOfAlias)
    : 'expect' in step
      ? formOfAlias(step.expect.record?.as)
      : undefined
  const isImplied = isDeed && step.form === undefined && step.do !== 'record.create' && form !== undefined
  return (
    <SchemaPanel
      schema={branchOf(kind)}
      {...(isImplied ? { omit: ['form'] } : {})}
      value={isImplied ? { ...step, form } : step}
      scope={{ path, form }}
      onChange={(next) => {
        if (!isImplied) return onChange(next as Step)
        const { form: _implied, ...rest } = next as { readonly form?: string }
        onChange(rest as Step)
      }}
    />
  )
}

function Mark({ messages }: { messages: readonly string[] }) {
  const { t } = useTranslation('scenario')
  return messages.length === 0 ? (
    <p className={styles.mark} data-passed>
      <CheckCircleFilled aria-hidden /> {t('stepPassed')}
    </p>
  ) : (
    <div role="alert">
      <ul className={styles.failures}>
        {messages.map((message) => (
          <li key={message} className={styles.mark}>
            <CloseCircleFilled aria-hidden /> {message}
          </li>
        ))}
      </ul>
    </div>
  )
}
