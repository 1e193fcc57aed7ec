import { PlusOutlined } from '@ant-design/icons'
import { resolveText } from '@tenon/engine'
import {
  BoardDefinition,
  defaultChoices,
  type FilterChoices,
  type MetricDefinition,
  type Widget,
  type WidgetType,
} from '@tenon/reports'
import { BoardFilters, Nothing, usePreferences } from '@tenon/runtime/page'
import { DropMenu } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDocument } from '../../draft/draft-context.tsx'
import { type Cell, placeWidget } from '../../edits/grid.ts'
import { asks, newWidget } from '../../edits/widgets.ts'
import { SchemaPanel, useDraftApp } from '../../panels/index.ts'
import type { BenchProps } from '../contract.ts'
import { SplitBench } from '../frame/SplitBench.tsx'
import { usePlace } from '../use-place.ts'
import { BoardGrid } from './BoardGrid.tsx'
import styles from './board.module.css'
import { WidgetPanel } from './WidgetPanel.tsx'
import { type EditBoard, typeName, widgetTypes } from './widget-types.ts'

/** A board as its readers see it, with live data; the chosen widget, or the board itself, on the right. */
export default function BoardBench({ path }: BenchProps) {
  const { t } = useTranslation('board')
  const { locale } = usePreferences()
  const { document, edit: editDocument } = useDocument(path)
  const { documents } = useDraftApp()
  const { at, go } = usePlace()
  const metrics = useMemo(
    () =>
      new Map(
        Object.entries(documents).flatMap(([file, json]): [string, MetricDefinition][] =>
          file.startsWith('metrics/') && typeof json === 'object'
            ? [[(json as MetricDefinition).id, json as MetricDefinition]]
            : [],
        ),
      ),
    [documents],
  )
  const board = document as unknown as BoardDefinition | undefined
  // Only what is looked at while drawing; with what a board opens is in its filters.
  const [chosenFilters, setChosenFilters] = useState<FilterChoices>()
  const choices = useMemo(() => chosenFilters ?? (board ? defaultChoices(board) : {}), [chosenFilters, board])
  if (!board) return null
  const edit: EditBoard = (label, change, key) => editDocument(label, (before) => change(before as never) as never, key)
  const chosen = board.widgets.find(({ id }) => at === `widgets/${id}`)
  const choose = (id: string | undefined) => go({ at: id === undefined ? undefined : `widgets/${id}` })
  const form = Object.keys(documents).flatMap((file) => /^forms\/(\w+)\.json$/.exec(file)?.[1] ?? [])[0]
  const add = (type: WidgetType) => {
    const widget = newWidget(board, type, form ?? '', { 'zh-CN': typeName(type, 'zh-CN'), en: typeName(type, 'en') })
    edit(t('edits.added', { type: typeName(type, locale) }), (before) => ({
      ...before,
      widgets: [...before.widgets, widget],
    }))
    choose(widget.id)
  }
  const place = (widget: Widget, cell: Cell, key?: string) =>
    edit(
      t('edits.placed', { name: resolveText(widget.label, locale) }),
      (before) => ({ ...before, widgets: [...placeWidget(before.widgets, widget.id, cell)] }),
      key,
    )
  const remove = (widget: Widget) => {
    edit(t('edits.removed', { name: resolveText(widget.label, locale) }), (before) => ({
      ...before,
      widgets: before.widgets.filter(({ id }) => id !== widget.id),
    }))
    choose(undefined)
  }
  const addMenu = {
    items: widgetTypes
      .filter((type) => !asks(type) || form !== undefined)
      .map((type) => ({ key: type, label: typeName(type, locale), onClick: () => add(type) })),
  }
  return (
    <SplitBench
      wide
      title={resolveText(board.label, locale)}
      tools={
        <>
          <DropMenu menu={addMenu}>
            <Button icon={<PlusOutlined />}>{t('add')}</Button>
          </DropMenu>
          <Button type="text" onClick={() => choose(undefined)} aria-pressed={chosen === undefined}>
            {t('settings')}
          </Button>
        </>
      }
      sideLabel={chosen ? t('widget') : t('settings')}
      side={
        chosen ? (
          <WidgetPanel
            key={chosen.id}
            path={path}
            widget={chosen}
            metrics={metrics}
            edit={edit}
            onRemove={() => remove(chosen)}
          />
        ) : (
          <SchemaPanel
            schema={BoardDefinition}
            value={document as object}
            only={['label', 'description', 'filters', 'roles']}
            scope={{ path, form: undefined }}
            onChange={(next) => editDocument(t('edits.board'), () => next as never, 'board')}
          />
        )
      }
    >
      {(board.filters ?? []).length > 0 && (
        <div className={styles.filters}>
          <BoardFilters board={board} choices={choices} onChange={setChosenFilters} />
        </div>
      )}
      <p id="board-how" className={styles.how}>
        {t('how')}
      </p>
      {board.widgets.length === 0 ? (
        <Nothing title={t('empty')} hint={t('emptyHint')} />
      ) : (
        <BoardGrid
          board={board}
          metrics={metrics}
          choices={choices}
          chosen={chosen?.id}
          onChoose={choose}
          onPlace={place}
          onRemove={remove}
        />
      )}
    </SplitBench>
  )
}
