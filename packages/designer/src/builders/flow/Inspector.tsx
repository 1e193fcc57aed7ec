import { CloseOutlined } from '@ant-design/icons'
import {
  conditionDefs,
  Edge,
  FlowDefinition,
  FlowGroup,
  type FlowNode,
  type FormModel,
  nodeSchemas,
  resolveText,
  type TextValue,
} from '@tenon/engine'
import { Button, Select } from 'antd'
import { memo, type ReactNode, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { labelOf } from '../../draft/labels.ts'
import { changeEdge, changeNode, type Flow, groupsIn, nodeOf, tidy, traitsOf } from '../../edits/flow/flow.ts'
import { changeGroup } from '../../edits/flow/groups.ts'
import { SchemaPanel } from '../../panels/SchemaPanel.tsx'
import { Later } from '../frame/Later.tsx'
import type { Marks } from './canvas-model.ts'
import { type FieldMask, FieldMatrix } from './FieldMatrix.tsx'
import { edgeWords, nodeName, type Wording } from './flow-words.ts'
import { glyphOf } from './glyphs.tsx'
import styles from './panel.module.css'
import type { ChangeFlow } from './use-flow.ts'

type Props = {
  readonly path: string
  readonly flow: Flow
  readonly form: FormModel | undefined
  readonly wording: Wording
  readonly chosen: ReadonlySet<string>
  readonly marks: Marks | undefined
  readonly change: ChangeFlow
  readonly onAdd: (address: string) => void
  readonly onConnect: (address: string) => void
  readonly onRemove: () => void
  readonly onGroup: () => void
  readonly onGo: (address: string) => void
  readonly onClose: () => void
}

/** Properties of what is chosen, in words of business; with nothing chosen, of the flow itself. */
export const Inspector = memo(function Inspector(props: Props) {
  const { flow, chosen } = props
  const { t } = useTranslation('flow')
  const [address = ''] = chosen
  const id = address.slice(6)
  const node = address.startsWith('nodes/') ? nodeOf(flow, id) : undefined
  const edge = address.startsWith('edges/') ? flow.edges.find((one) => one.id === id) : undefined
  if (chosen.size > 1)
    return (
      <div className={styles.panel} data-panel="true">
        <Head {...props} title={t('several', { count: chosen.size })} kind="" glyph={null} />
        <p className={styles.hint}>{t('severalHint')}</p>
        <Button onClick={props.onGroup}>{t('makeGroup')}</Button>
        <Button danger onClick={props.onRemove}>
          {t('remove')}
        </Button>
      </div>
    )
  const group = groupsIn(flow).find((one) => address === `groups/${one.id}`)
  if (group) return <GroupInspector key={group.id} {...props} group={group} />
  if (node) return <NodeInspector {...props} node={node} />
  if (edge) return <EdgeInspector key={id} {...props} edge={edge} />
  return <FlowInspector {...props} />
})

function Head({
  title,
  kind,
  glyph,
  onClose,
}: Pick<Props, 'onClose'> & { title: string; kind: string; glyph: ReactNode }) {
  const { t } = useTranslation('flow')
  return (
    <div className={styles.head}>
      {glyph && (
        <span className={styles.glyph} aria-hidden="true">
          {glyph}
        </span>
      )}
      <h3 className={styles.heading}>
        {title}
        <span className={styles.kind}>{kind}</span>
      </h3>
      <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('closePanel')} onClick={onClose} />
    </div>
  )
}

/** What is folded is drawn when somebody opens it. */
function Section({ title, folded = false, children }: { title: string; folded?: boolean; children: ReactNode }) {
  const [isOpened, setOpened] = useState(!folded)
  return (
    <details className={styles.section} open={!folded} onToggle={() => setOpened(true)}>
      <summary>{title}</summary>
      {isOpened && children}
    </details>
  )
}

const Problems = ({ marks }: { marks: Marks | undefined }) =>
  marks?.problems ? (
    <ul className={styles.problems} data-bad={marks.isBad}>
      {marks.problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  ) : null

/** What never needs to be typed: it follows from drawing. */
const drawn = ['id', 'type', 'at', 'size', 'parent', 'attachedTo', 'label']
const parts = {
  who: ['assign', 'mode', 'quorum', 'waitForAll', 'submission', 'empty', 'dedupe', 'assigneeField', 'copyTo', 'allow'],
  limit: ['limit'],
  outcomes: ['outcomes'],
  customer: ['customerLabel', 'stage'],
  more: ['loop', 'multiInstance', 'mutex', 'compensatedBy', 'join'],
} as const
const partNames = ['who', 'fields', 'limit', 'outcomes', 'customer', 'more'] as const
const alwaysFolded: readonly string[] = ['more']

function NodeInspector(props: Props & { node: FlowNode }) {
  const { path, form, wording, node, change } = props
  const { t } = useTranslation('flow')
  const name = nodeName(node, wording)
  const known = new Set(Object.keys(nodeSchemas[node.type].properties))
  const write = (next: FlowNode, key: string) => {
    change(
      t('edit.node', { name }),
      (flow) => ({ flow: changeNode(flow, node.id, () => tidy(next)) }),
      `${node.id} ${key}`,
    )
  }
  const grouped: readonly string[] = [...Object.values(parts).flat(), 'fields', ...drawn]
  const own = [...known].filter((property) => !grouped.includes(property))
  return (
    <div className={styles.panel} data-panel="true">
      <Head {...props} title={name} kind={t(`type.${node.type}`)} glyph={glyphOf(node)} />
      <Problems marks={props.marks} />
      <div className={styles.actions}>
        {traitsOf(node).mayHaveOutgoing && (
          <>
            <Button size="small" onClick={() => props.onAdd(`nodes/${node.id}`)}>
              {t('addNext')}
            </Button>
            <Button size="small" onClick={() => props.onConnect(`nodes/${node.id}`)}>
              {t('connect')}
            </Button>
          </>
        )}
        <Button size="small" danger onClick={props.onRemove}>
          {t('remove')}
        </Button>
      </div>
      <NodePart
        key={node.id}
        node={node}
        path={path}
        form={form?.id}
        part="label"
        only={['label', ...own]}
        write={write}
      />
      <Later of={node.id}>
        {node.type === 'startEvent' && node.parent === undefined && <Starts {...props} />}
        {partNames.map((part) => {
          if (part === 'fields')
            return known.has('fields') && form ? (
              <Section key={part} title={t('part.fields')}>
                <FieldMatrix
                  form={form}
                  value={'fields' in node ? (node.fields as FieldMask | undefined) : undefined}
                  onChange={(fields) => write({ ...node, fields } as FlowNode, 'fields')}
                />
              </Section>
            ) : null
          const only = parts[part].filter((property) => known.has(property))
          return only.length === 0 ? null : (
            <Section key={part} title={t(`part.${part}`)} folded={alwaysFolded.includes(part)}>
              <NodePart key={node.id} node={node} path={path} form={form?.id} part={part} only={only} write={write} />
            </Section>
          )
        })}
      </Later>
    </div>
  )
}

type WritePart = (next: FlowNode, key: string) => void
type PartProps = {
  readonly node: FlowNode
  readonly path: string
  readonly form: string | undefined
  readonly part: string
  readonly only: readonly string[]
  readonly write: WritePart
}

const noAnswers: readonly never[] = []
const answersOf = (node: FlowNode) => ('outcomes' in node ? node.outcomes : undefined) ?? noAnswers

function NodePart({ node, path, form, part, only, write }: PartProps) {
  const schema = useMemo(() => ({ ...nodeSchemas[node.type], $defs: conditionDefs }), [node.type])
  const outcomes = 'outcomes' in schema.properties ? answersOf(node) : undefined
  const scope = useMemo(() => ({ path, form, outcomes }), [path, form, outcomes])
  return <SchemaPanel schema={schema} value={node} scope={scope} only={only} onChange={(next) => write(next, part)} />
}

/** What starts the flow, shown where it starts. */
function Starts({ path, form, flow, change }: Props) {
  const { t } = useTranslation('flow')
  return (
    <Section title={t('part.start')}>
      <SchemaPanel
        schema={FlowDefinition}
        value={flow as never}
        scope={{ path, form: form?.id }}
        only={['start']}
        onChange={(next: Flow) =>
          change(t('edit.flow'), (before) => ({ flow: { ...before, start: next.start } }), 'start')
        }
      />
    </Section>
  )
}

function EdgeInspector(props: Props & { edge: Flow['edges'][number] }) {
  const { path, flow, form, wording, edge, change } = props
  const { t } = useTranslation('flow')
  const from = nodeOf(flow, edge.from)
  const to = nodeOf(flow, edge.to)
  const outcomes = from && 'outcomes' in from ? (from.outcomes ?? []) : []
  const traits = from && traitsOf(from)
  const chooses = !traits?.takesAllWays && !traits?.eventsChoose
  const write = (next: typeof edge, key: string) => {
    change(t('edit.edge'), (before) => ({ flow: changeEdge(before, edge.id, () => tidy(next)) }), `${edge.id} ${key}`)
  }
  const names = { from: from ? nodeName(from, wording) : '', to: to ? nodeName(to, wording) : '' }
  return (
    <div className={styles.panel} data-panel="true">
      <Head {...props} title={`${names.from} → ${names.to}`} kind={t('role.edge')} glyph={null} />
      <Problems marks={props.marks} />
      <div className={styles.actions}>
        <Button size="small" onClick={() => props.onAdd(`edges/${edge.id}`)}>
          {t('insertInto')}
        </Button>
        <Button size="small" danger onClick={props.onRemove}>
          {t('remove')}
        </Button>
      </div>
      {outcomes.length > 0 && (
        <div className={styles.field}>
          {t('edgeOutcome')}
          <Select
            value={edge.outcome ?? ''}
            aria-label={t('edgeOutcome')}
            options={[
              { value: '', label: t('anyOutcome') },
              ...outcomes.map(({ id, label }) => ({
                value: id,
                label: resolveText(label as TextValue, wording.locale),
              })),
            ]}
            onChange={(outcome) => {
              const { outcome: _former, ...rest } = edge
              write(outcome === '' ? rest : { ...rest, outcome }, 'outcome')
            }}
          />
        </div>
      )}
      {chooses ? (
        <SchemaPanel
          schema={{ ...Edge, $defs: conditionDefs }}
          value={edge}
          scope={{ path, form: form?.id }}
          only={['when', 'default', 'label']}
          onChange={(next) => write(next, 'edge')}
        />
      ) : (
        <>
          <p className={styles.hint}>{t(traits?.eventsChoose ? 'eventChooses' : 'allWays')}</p>
          <SchemaPanel
            schema={{ ...Edge, $defs: conditionDefs }}
            value={edge}
            scope={{ path, form: form?.id }}
            only={['label']}
            onChange={(next) => write(next, 'edge')}
          />
        </>
      )}
      {edgeWords(flow, edge, wording) === '' && chooses && <p className={styles.hint}>{t('alwaysTaken')}</p>}
    </div>
  )
}

/** The name of a group and what is in it. */
function GroupInspector(props: Props & { group: FlowGroup }) {
  const { path, flow, form, wording, group, change } = props
  const { t } = useTranslation('flow')
  const name = labelOf(group, wording.locale, t('role.group'))
  const write = (next: FlowGroup, key: string) =>
    change(
      t('edit.node', { name }),
      (before) => ({ flow: changeGroup(before, group.id, () => next) }),
      `${group.id} ${key}`,
    )
  const members = group.nodes.flatMap((id) => nodeOf(flow, id) ?? [])
  const others = flow.nodes.filter(({ id }) => !group.nodes.includes(id))
  return (
    <div className={styles.panel} data-panel="true">
      <Head {...props} title={name} kind={t('role.group')} glyph={null} />
      <Problems marks={props.marks} />
      <div className={styles.actions}>
        <Button size="small" danger onClick={props.onRemove}>
          {t('ungroup')}
        </Button>
      </div>
      <SchemaPanel
        schema={FlowGroup}
        value={group}
        scope={{ path, form: form?.id }}
        only={['label']}
        onChange={(next) => write(next as FlowGroup, 'label')}
      />
      <Section title={t('inGroup')}>
        <ul className={styles.members}>
          {members.map((node) => (
            <li key={node.id}>
              <Button type="link" size="small" onClick={() => props.onGo(`nodes/${node.id}`)}>
                {nodeName(node, wording)}
              </Button>
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined />}
                disabled={members.length === 1}
                aria-label={t('outOfGroup', { name: nodeName(node, wording) })}
                onClick={() => write({ ...group, nodes: group.nodes.filter((id) => id !== node.id) }, 'nodes')}
              />
            </li>
          ))}
        </ul>
        <Select
          aria-label={t('intoGroup')}
          placeholder={t('intoGroup')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          options={others.map((node) => ({ value: node.id, label: nodeName(node, wording) }))}
          onChange={(id: string | null) => id !== null && write({ ...group, nodes: [...group.nodes, id] }, 'nodes')}
          style={{ width: '100%' }}
        />
      </Section>
    </div>
  )
}

function FlowInspector(props: Props) {
  const { path, flow, form, change } = props
  const { t } = useTranslation('flow')
  return (
    <div className={styles.panel} data-panel="true">
      <Head {...props} title={t('flowSettings')} kind="" glyph={null} />
      <SchemaPanel
        schema={FlowDefinition}
        value={flow as never}
        scope={{ path, form: form?.id }}
        only={['label', 'description']}
        onChange={(next: Flow) =>
          change(
            t('edit.flow'),
            (before) => ({ flow: tidy({ ...before, label: next.label, description: next.description }) }),
            'flow',
          )
        }
      />
      <Starts {...props} />
      {groupsIn(flow).length > 0 && (
        <Section title={t('groups')}>
          <ul className={styles.members}>
            {groupsIn(flow).map((group) => (
              <li key={group.id}>
                <Button type="link" size="small" onClick={() => props.onGo(`groups/${group.id}`)}>
                  {labelOf(group, props.wording.locale, t('role.group'))}
                </Button>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <p className={styles.hint}>{t('chooseHint')}</p>
    </div>
  )
}
