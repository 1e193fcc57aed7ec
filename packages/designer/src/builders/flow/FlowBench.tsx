import { useNavigate, useSearch } from '@tanstack/react-router'
import { isObject } from '@tenon/engine'
import { NotVisible, usePreferences, Waiting } from '@tenon/runtime/page'
import { usePhone } from '@tenon/runtime/ui'
import { Drawer } from 'antd'
import { lazy, Suspense, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { type Flow, isDrawnAlike, nodeOf } from '../../edits/flow/flow.ts'
import { placesOf } from '../../edits/flow/places.ts'
import type { StencilName } from '../../edits/flow/stencils.ts'
import type { BenchProps } from '../contract.ts'
import { useCalm } from '../frame/use-calm.ts'
import { useSteady } from '../frame/use-steady.ts'
import { BpmnImport } from './BpmnImport.tsx'
import styles from './bench.module.css'
import type { Marks } from './canvas-model.ts'
import { saveAsBpmn } from './export-flow.ts'
import { type Canvas, FlowCanvas } from './FlowCanvas.tsx'
import { FlowTools, type Tab, tabs } from './FlowTools.tsx'
import { useFlowMarks } from './flow-marks.ts'
import { edgeWords, nodeName, type Wording } from './flow-words.ts'
import { HistoryPanel } from './history/HistoryPanel.tsx'
import { useHistory } from './history/use-history.ts'
import { Inspector } from './Inspector.tsx'
import { type Asked, AskedMenu } from './Menus.tsx'
import { Palette } from './Palette.tsx'
import { answerKey } from './use-canvas-keys.ts'
import { useChosen, useFlow, useSurroundings, useWording } from './use-flow.ts'
import { useFlowEdits } from './use-flow-edits.ts'
import { useDraftForm } from './use-form.ts'

// With it come whole forms, which drawing does without.
const TryPanel = lazy(async () => ({ default: (await import('../../tryout/TryPanel.tsx')).TryPanel }))

/** The workbench of flows: draw, say who and by when, try it, and see how it went. */
export default function FlowBench({ path }: BenchProps) {
  const { flow, change } = useFlow(path)
  if (!flow) return <NotVisible />
  return <Bench path={path} flow={flow} change={change} />
}

type Props = BenchProps & { readonly flow: Flow; readonly change: ReturnType<typeof useFlow>['change'] }

function Bench({ path, flow, change }: Props) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const phone = usePhone()
  const bench = useRef<HTMLDivElement>(null)
  const search = useRef<HTMLElement>(null)
  const canvas = useRef<Canvas>(undefined)
  const wording = useWording(path, flow)
  const around = useSurroundings(path)
  const { chosen, choose } = useChosen()
  const { tab, setTab } = useTab()
  const [asked, setAsked] = useState<Asked>()
  const [minimap, setMinimap] = useState(!phone)
  const [panel, setPanel] = useState(!phone)
  const [palette, setPalette] = useState(false)
  const [importing, setImporting] = useState(false)
  const [stand, setStand] = useState<readonly string[]>([])
  const form = useDraftForm(String(flow.form ?? ''))
  const calm = useCalm(flow, isDrawnAlike)
  // Names to search for may always come a moment later.
  const behind = useDeferredValue(flow)
  const problems = useFlowMarks(path, calm)
  const history = useHistory(flow, wording, tab === 'history')
  const marks = useMemo(
    () => (tab === 'history' ? history.marks : withStand(problems, stand)),
    [tab, history.marks, problems, stand],
  )
  const readOnly = tab !== 'design'
  const nameOf = useCallback((id: string) => nameIn(flow, id, wording), [flow, wording])

  const goTo = useCallback(
    (address: string) => {
      choose(new Set([address]))
      reveal(canvas.current, bench.current, address)
    },
    [choose],
  )
  const edits = useFlowEdits({ flow, change, wording, around, chosen, choose, goTo })
  const askAt = useCallback((what: Asked['what'], address: string, near?: HTMLElement) => {
    const frame = bench.current?.getBoundingClientRect()
    const place = (near ?? elementAt(bench.current, address))?.getBoundingClientRect()
    if (!frame) return
    const [x, y] = place ? [place.right - frame.left, place.top - frame.top] : [frame.width / 2, frame.height / 3]
    setAsked({ what, address, x, y })
  }, [])
  const actions = useMemo(
    () => ({
      addOnEdge: (edge: string, near: HTMLElement) => askAt('add', `edges/${edge}`, near),
      addAfter: (node: string, near: HTMLElement) => askAt('add', `nodes/${node}`, near),
      choose: (address: string) => choose(new Set([address])),
    }),
    [askAt, choose],
  )
  useArrival(chosen, canvas, bench)
  const fit = useCallback(() => void canvas.current?.fitView({ padding: 0.12, maxZoom: 1 }), [])
  // The whole of it is looked at, not the step that was drawn last.
  useEffect(() => {
    if (tab === 'history' && history.asked.isSuccess) showFromStart(canvas.current, bench.current, phone)
  }, [tab, history.asked.isSuccess, phone])

  const keys = {
    goTo: (address: string) => goTo(address),
    move: edits.moveBy,
    open: (address: string) => {
      choose(new Set([address]))
      setPanel(true)
      requestAnimationFrame(() => focusFirst(bench.current))
    },
    add: (address: string) => askAt('add', address),
    connect: (address: string) => askAt('connect', address),
    remove: edits.removeChosen,
    copy: edits.copyChosen,
    paste: edits.paste,
    duplicate: edits.duplicate,
    group: edits.group,
    all: () => choose(new Set(flow.nodes.map(({ id }) => `nodes/${id}`))),
    none: () => choose(new Set()),
    toggle: (address: string) => {
      const next = new Set(chosen)
      if (!next.delete(address)) next.add(address)
      choose(next)
    },
    find: () => search.current?.querySelector('input')?.focus(),
  }
  const pick = useSteady({
    onHover: (x: number, y: number) => lightEdge(bench.current, edgeUnder(x, y)),
    onDrop: (name: StencilName, x: number, y: number) => {
      const spot = canvas.current?.screenToFlowPosition({ x, y })
      if (spot) edits.drop(name, { edge: edgeUnder(x, y), node: nodeUnder(x, y), spot: [spot.x, spot.y] })
    },
    onChoose: (name: StencilName) => {
      setPalette(false)
      const [first] = chosen
      const middle = bench.current?.getBoundingClientRect()
      const spot = middle && canvas.current?.screenToFlowPosition({ x: middle.x + middle.width / 2, y: middle.y + 300 })
      if (first !== undefined && !first.startsWith('groups/')) edits.add(first, name)
      else if (spot) edits.drop(name, { spot: [spot.x, spot.y] })
    },
  })
  const paletteOf = <Palette around={around} {...pick} />
  const tools = useSteady({
    onTab: setTab,
    onFind: (id: string) => goTo(`nodes/${id}`),
    onFit: () => void canvas.current?.fitView({ padding: 0.12, maxZoom: 1, duration: 160 }),
    onZoom: (way: 'in' | 'out') => void (way === 'in' ? canvas.current?.zoomIn() : canvas.current?.zoomOut()),
    onLayout: () => {
      edits.layOut()
      requestAnimationFrame(fit)
    },
    onAlign: edits.align,
    onMap: () => setMinimap((before) => !before),
    onPanel: () => setPanel((before) => !before),
    onPalette: () => setPalette(true),
    onImport: () => setImporting(true),
    onExport: () => void saveAsBpmn(flow).then((done) => edits.say(t(done ? 'said.exported' : 'said.notExported'))),
  })
  const [first = ''] = chosen
  const inspecting = useSteady({
    onAdd: (address: string) => askAt('add', address),
    onConnect: (address: string) => askAt('connect', address),
    onRemove: edits.removeChosen,
    onGroup: edits.group,
    onGo: goTo,
    onClose: () => {
      setPanel(false)
      focusAddress(bench.current, first)
    },
  })
  const importer = useSteady({ onClose: () => setImporting(false) })
  const drawing = useSteady({
    onMove: edits.move,
    onConnect: edits.connect,
    onReconnect: edits.reconnect,
    onReady: (ready: Canvas) => {
      canvas.current = ready
    },
  })
  const side =
    tab === 'try' && form ? (
      <Suspense fallback={<Waiting />}>
        <TryPanel flow={flow} form={form} nameOf={nameOf} onStand={setStand} />
      </Suspense>
    ) : tab === 'history' ? (
      <HistoryPanel
        flow={flow}
        history={history}
        chosen={chosen}
        nameOf={nameOf}
        wayName={(id) => wayIn(flow, id, wording)}
        onGo={goTo}
      />
    ) : (
      <Inspector
        path={path}
        flow={flow}
        form={form}
        wording={wording}
        chosen={chosen}
        marks={problems.get(first)}
        change={change}
        {...inspecting}
      />
    )
  return (
    <div className={styles.bench} ref={bench}>
      <FlowTools
        flow={behind}
        wording={wording}
        tab={tab}
        title={labelOf(flow, locale)}
        several={chosen.size > 1}
        panel={panel}
        search={search}
        {...tools}
      />
      <div className={styles.middle}>
        {!phone && !readOnly && paletteOf}
        <section
          className={styles.ground}
          aria-label={t('canvas')}
          onKeyDown={(event) => answerKey(event, { flow, places: placesOf(flow), chosen, readOnly }, keys)}
        >
          <FlowCanvas
            flow={calm}
            wording={wording}
            chosen={chosen}
            marks={marks}
            readOnly={readOnly}
            minimap={minimap}
            actions={actions}
            onChoose={choose}
            {...drawing}
          />
          {edits.note !== '' && (
            <div className={styles.note} role="status">
              {edits.note}
            </div>
          )}
        </section>
        {!phone && (panel || tab !== 'design') && (
          <aside
            className={styles.panel}
            data-wide={tab !== 'design'}
            aria-label={t(tab === 'design' ? 'tool.panel' : `tab.${tab}`)}
          >
            {side}
          </aside>
        )}
      </div>
      {asked && (
        <AskedMenu
          asked={asked}
          flow={flow}
          wording={wording}
          around={around}
          onAdd={(address, name) => {
            setAsked(undefined)
            edits.add(address, name)
          }}
          onConnect={(from, to) => {
            setAsked(undefined)
            edits.connect(from, to)
            focusAddress(bench.current, `nodes/${from}`)
          }}
          onClose={() => {
            setAsked(undefined)
            focusAddress(bench.current, asked.address)
          }}
        />
      )}
      {phone && (
        <Drawer placement="bottom" open={palette} title={t('palette')} onClose={() => setPalette(false)}>
          {paletteOf}
        </Drawer>
      )}
      {phone && (
        <Drawer
          placement="bottom"
          size={`${drawerShare * 100}%`}
          mask={false}
          open={panel || tab !== 'design'}
          title={t(tab === 'design' ? 'tool.panel' : `tab.${tab}`)}
          onClose={() => (tab === 'design' ? setPanel(false) : setTab('design'))}
        >
          {side}
        </Drawer>
      )}
      <BpmnImport path={path} flow={behind} open={importing} {...importer} />
      <output className={styles.srOnly} aria-live="polite">
        {[...chosen].length === 1 ? saidOf(flow, [...chosen][0] ?? '', (node) => nodeName(node, wording), t) : ''}
      </output>
    </div>
  )
}

/** The marks with the tokens of a try on them. */
function withStand(marks: ReadonlyMap<string, Marks>, stand: readonly string[]): ReadonlyMap<string, Marks> {
  if (stand.length === 0) return marks
  const all = new Map(marks)
  for (const id of stand) all.set(`nodes/${id}`, { ...all.get(`nodes/${id}`), isLit: true })
  return all
}

/** What people call a step of the flow, or a promise that runs on its record. */
function nameIn(flow: Flow, id: string, wording: Wording): string {
  const node = nodeOf(flow, id)
  if (node) return nodeName(node, wording)
  for (const [file, document] of Object.entries(wording.documents)) {
    const { clocks, nodes } = (isObject(document) ? document : {}) as {
      readonly clocks?: unknown
      readonly nodes?: unknown
    }
    const list = file.startsWith('policies/') ? clocks : file.startsWith('flows/') ? nodes : undefined
    const found = Array.isArray(list) ? list.find((one) => isObject(one) && one.id === id) : undefined
    if (found) return labelOf(found, wording.locale, '')
  }
  return ''
}

/** What people call a way: where it leads from and to. */
function wayIn(flow: Flow, id: string, wording: Wording): string {
  const edge = flow.edges.find((one) => one.id === id)
  if (!edge) return wording.t('role.edge')
  const words = edgeWords(flow, edge, wording)
  const [from, to] = [nameIn(flow, edge.from, wording), nameIn(flow, edge.to, wording)]
  return words ? wording.t('wayNamed', { from, to, words }) : `${from} → ${to}`
}

function saidOf(
  flow: Flow,
  address: string,
  nameOf: (node: Flow['nodes'][number]) => string,
  t: (key: 'said.chosen', values: { name: string }) => string,
): string {
  const node = nodeOf(flow, address.slice(6))
  return address.startsWith('nodes/') && node ? t('said.chosen', { name: nameOf(node) }) : ''
}

/** Which of the three the bench shows, said in the address. */
function useTab() {
  const tab: string | undefined = useSearch({
    strict: false,
    select: (search: { readonly tab?: string }) => search.tab,
  })
  const navigate = useNavigate()
  const setTab = (next: Tab) => {
    const search = (before: { readonly tab?: string }) => {
      const { tab: _former, ...rest } = before
      return next === 'design' ? rest : { ...rest, tab: next }
    }
    void navigate({ to: '.', search: search as never, replace: true })
  }
  return { tab: tabs.find((name) => name === tab) ?? 'design', setTab }
}

/** Somebody came by a link to an element, or chose it in a list elsewhere: it is brought into sight. */
function useArrival(
  chosen: ReadonlySet<string>,
  canvas: { readonly current: Canvas | undefined },
  bench: { readonly current: HTMLElement | null },
) {
  const at: string | undefined = useSearch({ strict: false, select: (search: { readonly at?: string }) => search.at })
  const seen = useRef('')
  useEffect(() => {
    const address = at?.split('/').slice(0, 2).join('/') ?? ''
    if (address === '' || address === seen.current) return
    seen.current = address
    // What was chosen by pointing at it is in sight already.
    if (elementAt(bench.current, address) && chosen.has(address) && canvas.current) return
    const timer = setTimeout(() => reveal(canvas.current, bench.current, address, false), 250)
    return () => clearTimeout(timer)
  }, [at, chosen, canvas, bench])
}

const elementAt = (bench: HTMLElement | null, address: string): HTMLElement | undefined => {
  const [list, id = ''] = address.split('/')
  if (list === 'groups') return bench?.querySelector<HTMLElement>(`[data-group="${CSS.escape(id)}"]`) ?? undefined
  const kind = list === 'edges' ? 'edge' : 'node'
  return bench?.querySelector<HTMLElement>(`.react-flow__${kind}[data-id="${CSS.escape(id)}"]`) ?? undefined
}

function focusAddress(bench: HTMLElement | null, address: string): void {
  requestAnimationFrame(() => elementAt(bench, address)?.focus({ preventScroll: true }))
}

function focusFirst(bench: HTMLElement | null): void {
  const found =
    bench?.querySelector<HTMLElement>('[data-panel] input, [data-panel] textarea') ??
    bench?.querySelector<HTMLElement>('[data-panel] button')
  found?.focus()
}

/** Smaller than this nobody reads the figures of a step. */
const readable = 0.85
/** Of a phone's height, what the drawer with the settings or figures takes. */
const drawerShare = 0.62

/** Shows the whole of what is drawn, or, where that could not be read, as much of it as there is room for from the left. */
function showFromStart(canvas: Canvas | undefined, bench: HTMLElement | null, isPhone: boolean): void {
  const frame = bench?.querySelector('.react-flow')?.getBoundingClientRect()
  if (!canvas || !frame) return
  const nodes = canvas.getNodes()
  const [start] = nodes
    .filter(({ parentId }) => parentId === undefined)
    .toSorted((one, other) => one.position.x - other.position.x)
  if (!start) return
  const all = canvas.getNodesBounds(nodes)
  const margin = 32
  const height = (isPhone ? window.innerHeight * (1 - drawerShare) : frame.bottom) - frame.top
  const fitting = Math.min(1, (frame.width - 2 * margin) / all.width, (height - 2 * margin) / all.height)
  const zoom = Math.max(readable, fitting)
  const isHigher = all.height * zoom > height - 2 * margin
  // The way begins at the first step: of a drawing that is too high, that is what is in the middle.
  const middle = isHigher ? start.position.y + (start.measured?.height ?? 0) / 2 : all.y + all.height / 2
  void canvas.setViewport({ x: margin - all.x * zoom, y: height / 2 - middle * zoom, zoom })
}

/** Brings an element into sight, without moving what is there already, and gives it the keyboard. */
function reveal(canvas: Canvas | undefined, bench: HTMLElement | null, address: string, focus = true): void {
  if (!canvas) return
  if (address.startsWith('groups/')) {
    if (focus) setTimeout(() => elementAt(bench, address)?.focus(), 60)
    return
  }
  const id = address.startsWith('edges/') ? canvas.getEdge(address.slice(6))?.source : address.slice(6)
  const node = id === undefined ? undefined : canvas.getInternalNode(id)
  const frame = bench?.querySelector('.react-flow')?.getBoundingClientRect()
  if (!node || !frame) return
  const { x, y } = node.internals.positionAbsolute
  const [width, height] = [node.measured.width ?? 0, node.measured.height ?? 0]
  const corner = canvas.flowToScreenPosition({ x, y })
  const far = canvas.flowToScreenPosition({ x: x + width, y: y + height })
  const isInSight =
    corner.x > frame.left + 8 && corner.y > frame.top + 8 && far.x < frame.right - 8 && far.y < frame.bottom - 8
  if (!isInSight)
    void canvas.setCenter(x + width / 2, y + height / 2, { zoom: Math.max(0.7, canvas.getZoom()), duration: 0 })
  if (focus) setTimeout(() => elementAt(bench, address)?.focus({ preventScroll: true }), isInSight ? 0 : 60)
}

const under = (x: number, y: number, what: string): string | undefined =>
  document
    .elementsFromPoint(x, y)
    .map((element) => element.closest<HTMLElement>(what))
    .find((element) => element !== null)
    ?.getAttribute(what === '[data-edge]' ? 'data-edge' : 'data-id') ?? undefined

const edgeUnder = (x: number, y: number): string | undefined =>
  under(x, y, '[data-edge]') ?? under(x, y, '.react-flow__edge')
const nodeUnder = (x: number, y: number): string | undefined => under(x, y, '.react-flow__node')

/** The line something would be put into, lit while it is dragged there. */
function lightEdge(bench: HTMLElement | null, edge: string | undefined): void {
  for (const lit of bench?.querySelectorAll('.react-flow__edge.drop') ?? []) lit.classList.remove('drop')
  if (edge !== undefined) elementAt(bench, `edges/${edge}`)?.classList.add('drop')
}
