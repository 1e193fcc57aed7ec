import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import {
  type DecisionDefinition,
  DecisionDefinition as decisionSchema,
  renderProblem,
  resolveText,
} from '@tenon/engine'
import { useUi } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { problemsOf, useProblems } from '../../draft/use-problems.ts'
import { freshId } from '../../edits/fresh-id.ts'
import { moved, SchemaPanel, tellFormula, useTelling } from '../../panels/index.ts'
import type { BenchProps } from '../contract.ts'
import { SplitBench } from '../frame/SplitBench.tsx'
import frame from '../frame/split-bench.module.css'
import styles from './decision.module.css'
import { InputCell } from './InputCell.tsx'
import { OutputCell } from './OutputCell.tsx'
import { TryTable } from './TryTable.tsx'

type Row = DecisionDefinition['rows'][number]

/** A decision table: conditions on the left, results on the right, row by row; tried with values beside it. */
export default function DecisionBench({ path }: BenchProps) {
  const { t } = useTranslation('decision')
  const { locale } = useUi()
  const { document, edit } = useDocument(path)
  const problems = problemsOf(useProblems(), path)
  const [hit, setHit] = useState<readonly string[]>([])
  const form = typeof document?.form === 'string' ? document.form : undefined
  const scope = { path, form }
  const telling = useTelling(scope)
  if (!document) return null
  const table = document as unknown as DecisionDefinition
  const { inputs = [], outputs = [], rows = [] } = table
  const put = (next: readonly Row[], key?: string) =>
    edit(t('edits.rows'), (before) => ({ ...before, rows: next }), key)
  const setRow = (at: number, next: Row) => put(rows.with(at, next), `row ${at}`)
  const add = () => put([...rows, { id: freshId('', 'row', (id) => rows.some((row) => row.id === id)), then: {} }])
  const problemsAt = (at: number) => problems.filter((one) => new RegExp(`^/rows/${at}(/|$)`).test(one.path))
  const others = problems.filter((one) => !/^\/rows\/\d/.test(one.path))
  return (
    <SplitBench
      wide
      title={labelOf(document, locale, t('untitled'))}
      sideLabel={t('settings')}
      side={
        <div className={frame.pane}>
          <TryTable table={table} form={form} onHit={setHit} />
          <h2 className={frame.word}>{t('settings')}</h2>
          <SchemaPanel
            schema={decisionSchema}
            omit={['rows', 'form']}
            value={document}
            onChange={(next) => edit(t('edits.settings'), () => next as Definition, 'settings')}
            scope={scope}
          />
        </div>
      }
    >
      {others.map((one) => (
        <p key={`${one.code} ${one.path}`} className={styles.problem} data-severity={one.severity}>
          {renderProblem(one, locale)}
        </p>
      ))}
      <div className={styles.scroll}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col" className={styles.number}>
                {t('row')}
              </th>
              {inputs.map((input) => (
                <th key={input.id} scope="col">
                  {labelOf(input, locale) || tellFormula(input.expression, telling)}
                </th>
              ))}
              {outputs.map((output) => (
                <th key={output.id} scope="col" className={styles.output}>
                  {labelOf(output, locale, t('result'))}
                </th>
              ))}
              <th scope="col">{t('actions')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <tr key={row.id} data-hit={hit.includes(row.id)}>
                <th scope="row" className={styles.number}>
                  {at + 1}
                  {problemsAt(at).map((one) => (
                    <span key={`${one.code} ${one.path}`} className={styles.problem} data-severity={one.severity}>
                      {renderProblem(one, locale)}
                    </span>
                  ))}
                  {row.note !== undefined && <span className={styles.note}>{resolveText(row.note, locale)}</span>}
                </th>
                {inputs.map((input) => (
                  <td key={input.id}>
                    <InputCell
                      input={input}
                      value={row.when?.[input.id]}
                      form={form}
                      label={t('cell', { row: at + 1, column: labelOf(input, locale) || input.expression })}
                      onChange={(cell) => setRow(at, withCell(row, input.id, cell))}
                    />
                  </td>
                ))}
                {outputs.map((output) => (
                  <td key={output.id} className={styles.output}>
                    <OutputCell
                      output={output}
                      value={row.then?.[output.id]}
                      scope={scope}
                      label={t('cell', { row: at + 1, column: labelOf(output, locale, t('result')) })}
                      onChange={(value) => setRow(at, withResult(row, output.id, value))}
                    />
                  </td>
                ))}
                <td className={styles.tools}>
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowUpOutlined aria-hidden />}
                    aria-label={t('up', { row: at + 1 })}
                    disabled={at === 0}
                    onClick={() => put(moved(rows, at, at - 1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<ArrowDownOutlined aria-hidden />}
                    aria-label={t('down', { row: at + 1 })}
                    disabled={at === rows.length - 1}
                    onClick={() => put(moved(rows, at, at + 1))}
                  />
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('removeRow', { row: at + 1 })}
                    onClick={() => put(rows.toSpliced(at, 1))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {inputs.length === 0 && <p className={frame.hint}>{t('noInputs')}</p>}
      <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={add}>
        {t('addRow')}
      </Button>
    </SplitBench>
  )
}

/** The row with another cell; a cell that holds for anything is absent, and so is `when` without cells. */
function withCell(row: Row, column: string, cell: string | undefined): Row {
  const { [column]: _old, ...others } = row.when ?? {}
  const when = cell === undefined ? others : { ...row.when, [column]: cell }
  const { when: _when, ...rest } = row
  return Object.keys(when).length === 0 ? rest : { ...rest, when }
}

function withResult(row: Row, column: string, value: Row['then'][string] | undefined): Row {
  const { [column]: _old, ...others } = row.then ?? {}
  return { ...row, then: value === undefined ? others : { ...row.then, [column]: value } }
}
