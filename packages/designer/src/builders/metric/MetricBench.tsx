import { MetricDefinition } from '@tenon/reports'
import { useUi } from '@tenon/runtime/ui'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { SchemaPanel, useTelling } from '../../panels/index.ts'
import type { BenchProps } from '../contract.ts'
import { ProblemList, useProblemsAt } from '../frame/ProblemList.tsx'
import { BenchBlock, SplitBench } from '../frame/SplitBench.tsx'
import { LiveFigure } from './LiveFigure.tsx'
import { tellMetric } from './metric-words.ts'

/** A metric as a sentence, with its figure of today, its course and the rows behind it. */
export default function MetricBench({ path }: BenchProps) {
  const { t } = useTranslation('metric')
  const { locale } = useUi()
  const { document, edit } = useDocument(path)
  const problems = useProblemsAt(path)
  const form = typeof document?.form === 'string' ? document.form : undefined
  const scope = { path, form, facts: ['record', 'now'] as const }
  const telling = useTelling(scope)
  if (!document) return null
  const metric = document as unknown as MetricDefinition
  const panel = (key: string, only: readonly string[]) => (
    <SchemaPanel
      schema={MetricDefinition}
      only={only}
      value={document}
      onChange={(next) => edit(t(`edits.${key}`), () => next as Definition, key)}
      scope={scope}
    />
  )
  return (
    <SplitBench
      title={labelOf(document, locale, t('untitled'))}
      sentence={tellMetric(metric, telling, t)}
      sideLabel={t('live')}
      side={<LiveFigure metric={metric} />}
    >
      <ProblemList problems={problems.besides([])} />
      <BenchBlock id="metric-measure" title={t('how')}>
        {panel('measure', ['measure', 'unit'])}
      </BenchBlock>
      <BenchBlock id="metric-where" title={t('which')}>
        {panel('where', ['where', 'at'])}
      </BenchBlock>
      <BenchBlock id="metric-goal" title={t('goal')}>
        {panel('goal', ['better', 'target'])}
      </BenchBlock>
      <BenchBlock id="metric-words" title={t('words')}>
        {panel('words', ['label', 'doc', 'attribution', 'form'])}
      </BenchBlock>
    </SplitBench>
  )
}
