import { PlusOutlined } from '@ant-design/icons'
import {
  type AssignmentDefinition,
  AssignmentDefinition as assignmentSchema,
  type Condition,
  conditionDefs,
  type SchemaNode,
  schemaProperties,
} from '@tenon/engine'
import { formatIsoDuration, useUi } from '@tenon/runtime/ui'
import { Button, Progress } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { freshId } from '../../edits/fresh-id.ts'
import { SchemaPanel, tellCondition, useDraftApp, useTelling } from '../../panels/index.ts'
import { choicesIn } from '../../panels/schema-words.ts'
import { tellWho } from '../../panels/who-words.ts'
import type { BenchProps } from '../contract.ts'
import { CardList, copiedEntry } from '../frame/CardList.tsx'
import { ProblemList, useProblemsAt } from '../frame/ProblemList.tsx'
import { BenchBlock, BenchMore, SplitBench } from '../frame/SplitBench.tsx'
import frame from '../frame/split-bench.module.css'
import { usePlace } from '../use-place.ts'
import styles from './assignment.module.css'
import { formsAssigned } from './forms-assigned.ts'
import { Simulator } from './Simulator.tsx'

type Filter = AssignmentDefinition['filter'][number]
type Score = AssignmentDefinition['score'][number]

const properties = schemaProperties(assignmentSchema as unknown as SchemaNode)
const entryOf = (list: 'filter' | 'score') => (properties[list] as { readonly items: SchemaNode }).items
const withDefs = (schema: SchemaNode) => ({ ...schema, $defs: conditionDefs })
const filterPanel = withDefs(entryOf('filter'))
const scorePanel = withDefs(entryOf('score'))
const measureSchema = schemaProperties(entryOf('score')).measure ?? {}

/** A dispatch strategy: who comes into question, what must hold, what counts; tried on a record beside it. */
export default function AssignmentBench({ path }: BenchProps) {
  const { t } = useTranslation('assignment')
  const { locale } = useUi()
  const { document, edit } = useDocument(path)
  const { documents } = useDraftApp()
  const problems = useProblemsAt(path)
  const { at, go } = usePlace()
  const [chosenForm, setForm] = useState<string>()
  const id = typeof document?.id === 'string' ? document.id : ''
  const forms = formsAssigned(documents, id)
  const form = chosenForm !== undefined && forms.includes(chosenForm) ? chosenForm : forms[0]
  const scope = { path, form, facts: ['candidate', 'record', 'now'] as const }
  const telling = useTelling(scope)
  if (!document) return null
  const strategy = document as unknown as AssignmentDefinition
  const filters: readonly Filter[] = Array.isArray(strategy.filter) ? strategy.filter : []
  const scores: readonly Score[] = Array.isArray(strategy.score) ? strategy.score : []
  const put = (list: 'filter' | 'score', next: readonly (Filter | Score)[], key?: string) =>
    edit(t(`edits.${list}`), (before) => ({ ...before, [list]: next }), key)
  const open = (list: string) => new RegExp(`^${list}/(\\w+)`).exec(at ?? '')?.[1]
  const choose = (list: string) => (entry: string | undefined) =>
    go({ at: entry === undefined ? undefined : `${list}/${entry}` })
  const whole = scores.reduce((sum, { weight = 0 }) => sum + weight, 0)
  const share = ({ weight = 0 }: Score) => (whole === 0 ? 0 : Math.round((weight / whole) * 100))
  const measured = ({ measure, value }: Score) =>
    measure !== undefined
      ? (choicesIn(measureSchema, locale).find((one) => one.value === measure)?.label ?? measure)
      : value !== undefined
        ? t('byFormula')
        : t('unmeasured')
  const addFilter = () => {
    const fresh = freshId('', 'filter', (taken) => filters.some((one) => one.id === taken))
    const must = { fact: 'candidate', path: '$.on_shift', operator: 'equal', value: true } as Condition
    put('filter', [...filters, { id: fresh, label: t('newFilter'), must }])
    choose('filter')(fresh)
  }
  const addScore = () => {
    const fresh = freshId('', 'score', (taken) => scores.some((one) => one.id === taken))
    put('score', [...scores, { id: fresh, label: t('newScore'), weight: 1, measure: 'load' } as Score])
    choose('score')(fresh)
  }
  const panel = (only: readonly string[]) => (
    <SchemaPanel
      schema={assignmentSchema}
      only={only}
      value={document}
      onChange={(next) => edit(t(`edits.${only[0]}`), () => next as Definition, only[0])}
      scope={scope}
    />
  )
  return (
    <SplitBench
      title={labelOf(document, locale, t('untitled'))}
      sentence={t('sentence', {
        pool: tellWho(strategy.pool, telling) || t('nobody'),
        filters: filters.length === 0 ? t('noFilter') : t('allOf', { count: filters.length }),
        scores:
          scores.length === 0
            ? t('longest')
            : scores.map((one) => t('weighted', { name: labelOf(one, locale), weight: one.weight })).join(t('comma')),
        fallback: tellWho(strategy.fallback, telling) || t('nobody'),
        accept: strategy.acceptWithin
          ? t('acceptWithin', { time: formatIsoDuration(strategy.acceptWithin, locale) })
          : '',
      })}
      sideLabel={t('simulator')}
      side={<Simulator strategy={strategy} forms={forms} form={form} onForm={setForm} />}
    >
      <ProblemList
        problems={problems.besides([
          ...filters.map((_, index) => `/filter/${index}`),
          ...scores.map((_, index) => `/score/${index}`),
        ])}
      />
      <BenchBlock id="assignment-pool" title={t('pool')}>
        {panel(['pool'])}
      </BenchBlock>
      <BenchBlock id="assignment-filter" title={t('filter')}>
        <p className={frame.hint}>{t('filterHint')}</p>
        <CardList
          items={filters}
          keyOf={(one) => one.id}
          nameOf={(one) => labelOf(one, locale, t('newFilter'))}
          lineOf={(one) => (one.must ? tellCondition(one.must as Condition, telling) : '')}
          onChange={(next) => put('filter', next)}
          copyOf={(one) => copiedEntry(one, filters)}
          open={open('filter')}
          onOpen={choose('filter')}
          empty={t('noFilters')}
          always={(_, index) => <ProblemList problems={problems.at(`/filter/${index}`)} />}
          add={
            <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={addFilter}>
              {t('addFilter')}
            </Button>
          }
        >
          {(one, index) => (
            <SchemaPanel
              schema={filterPanel}
              value={one}
              scope={scope}
              onChange={(next) => put('filter', filters.with(index, { ...next, id: one.id }), `filter ${one.id}`)}
            />
          )}
        </CardList>
      </BenchBlock>
      <BenchBlock id="assignment-score" title={t('score')}>
        <p className={frame.hint}>{t('scoreHint')}</p>
        <CardList
          items={scores}
          keyOf={(one) => one.id}
          nameOf={(one) => labelOf(one, locale, t('newScore'))}
          lineOf={(one) => t('scoreLine', { measure: measured(one), weight: one.weight ?? 0, share: share(one) })}
          onChange={(next) => put('score', next)}
          copyOf={(one) => copiedEntry(one, scores)}
          open={open('score')}
          onOpen={choose('score')}
          empty={t('noScores')}
          always={(one, index) => (
            <>
              <Progress
                className={styles.weight ?? ''}
                percent={share(one)}
                size="small"
                showInfo={false}
                aria-label={t('share', { name: labelOf(one, locale) })}
              />
              <ProblemList problems={problems.at(`/score/${index}`)} />
            </>
          )}
          add={
            <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={addScore}>
              {t('addScore')}
            </Button>
          }
        >
          {(one, index) => (
            <SchemaPanel
              schema={scorePanel}
              value={one}
              scope={scope}
              onChange={(next) => put('score', scores.with(index, { ...next, id: one.id }), `score ${one.id}`)}
            />
          )}
        </CardList>
      </BenchBlock>
      <BenchBlock id="assignment-fallback" title={t('fallback')}>
        {panel(['fallback', 'acceptWithin'])}
      </BenchBlock>
      <BenchMore title={t('more')}>{panel(['label'])}</BenchMore>
    </SplitBench>
  )
}
