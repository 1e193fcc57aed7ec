import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { isObject, resolveText } from '@tenon/engine'
import {
  type BoardDefinition,
  type Drill,
  defaultChoices,
  type FilterChoices,
  type MetricDefinition,
  type QueryWidget,
} from '@tenon/reports'
import { Board, type WidgetData } from '@tenon/reports/web'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppView, BoardData } from '../../../contract/index.ts'
import { type Refs, useUi } from '../../../ui/environment.tsx'
import { Moment } from '../../../ui/show/Moment.tsx'
import { tokens } from '../../../ui/theme/tokens.ts'
import { AppEnvironment } from '../../shell/AppEnvironment.tsx'
import { useApp } from '../../shell/apps.ts'
import { client } from '../../shell/client.ts'
import { useMode } from '../../shell/preferences.ts'
import { Failed, NotVisible, Waiting } from '../../shell/states.tsx'
import { BoardFilters } from './BoardFilters.tsx'
import styles from './board.module.css'
import { DrillDrawer } from './DrillDrawer.tsx'
import { nameOf } from './names.ts'

const route = getRouteApi('/a/$app/b/$board')

/** A report board; what is chosen above it stands in the address, and every figure opens the records behind it. */
export default function BoardPage() {
  const { app, board } = route.useParams()
  return (
    <AppEnvironment app={app}>
      <Loaded key={`${app}/${board}`} app={app} board={board} />
    </AppEnvironment>
  )
}

function readChoices(text: string | undefined): FilterChoices | undefined {
  if (text === undefined) return undefined
  try {
    const choices: unknown = JSON.parse(text)
    return isObject(choices) ? (choices as FilterChoices) : undefined
  } catch {
    return undefined
  }
}

function Loaded({ app, board }: { app: string; board: string }) {
  const { filters } = route.useSearch()
  const view = useApp(app)
  const choices = useMemo(() => readChoices(filters), [filters])
  const answer = useQuery({
    queryKey: ['board', app, board, filters ?? null],
    queryFn: () => client.apps.board(app, board, choices),
    placeholderData: keepPreviousData,
  })
  const error = view.error ?? answer.error
  if (error) return <Failed error={error} retry={() => void answer.refetch()} />
  if (!view.data || !answer.data) return <Waiting rows={10} />
  if (!view.data.boards.some(({ id }) => id === board)) return <NotVisible />
  return <Shown view={view.data} data={answer.data} chosen={choices} old={answer.isPlaceholderData} />
}

type ShownProps = {
  readonly view: AppView
  readonly data: BoardData
  readonly chosen: FilterChoices | undefined
  readonly old: boolean
}

function Shown({ view, data, chosen, old }: ShownProps) {
  const { t } = useTranslation('staff')
  const ui = useUi()
  const mode = useMode()
  const navigate = useNavigate()
  const [drill, setDrill] = useState<{ readonly drill: Drill; readonly title: string } | null>(null)
  const board = data.board as unknown as BoardDefinition
  const metrics = data.metrics as unknown as readonly MetricDefinition[]
  const choices = useMemo(() => chosen ?? defaultChoices(board), [chosen, board])
  const namesOf = useCallback(
    (widget: QueryWidget) => {
      const answer = data.widgets.find(({ id }) => id === widget.id)?.answer
      return nameOf(
        widget,
        answer?.columns.map(({ id }) => id) ?? [],
        (answer?.refs ?? {}) as Refs,
        view.id,
        ui.lookup,
        ui.locale,
      )
    },
    [data, view.id, ui.lookup, ui.locale],
  )
  const choose = (next: FilterChoices) =>
    void navigate({
      to: '/a/$app/b/$board',
      params: { app: view.id, board: board.id },
      search: { filters: JSON.stringify(next) },
      replace: true,
    })
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1 className={styles.title}>{resolveText(board.label, ui.locale)}</h1>
          {board.description && <p className={styles.hint}>{resolveText(board.description, ui.locale)}</p>}
        </div>
        <span className={styles.hint}>
          {t('board.asOf')} <Moment at={data.asOf} />
        </span>
      </header>
      <BoardFilters board={board} choices={choices} onChange={choose} />
      <div className={styles.board} data-old={old} aria-busy={old}>
        <Board
          board={board}
          metrics={metrics}
          data={data.widgets as unknown as readonly WidgetData[]}
          choices={choices}
          locale={ui.locale}
          zone={ui.zone}
          tokens={tokens[mode]}
          mode={mode}
          namesOf={namesOf}
          onDrill={(found, widget) => setDrill({ drill: found, title: resolveText(widget.label, ui.locale) })}
        />
      </div>
      {drill && <DrillDrawer app={view.id} drill={drill.drill} title={drill.title} onClose={() => setDrill(null)} />}
    </div>
  )
}
