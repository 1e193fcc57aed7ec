import { resolveText } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Dropdown, Popover, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { whyNotConnect } from '../../edits/flow/connect.ts'
import { type Flow, nodeOf } from '../../edits/flow/flow.ts'
import { mayStandOnEdge } from '../../edits/flow/insert.ts'
import { nodeFrom, type StencilName, type Surroundings, stencilNames, stencils } from '../../edits/flow/stencils.ts'
import styles from './bench.module.css'
import { nodeName, type Wording } from './flow-words.ts'
import { stencilGlyphs } from './glyphs.tsx'

/** Something that was asked for at a place of the canvas. */
export type Asked = {
  readonly what: 'add' | 'connect'
  readonly address: string
  /** In the bench. */
  readonly x: number
  readonly y: number
}

type Props = {
  readonly asked: Asked
  readonly flow: Flow
  readonly wording: Wording
  readonly around: Surroundings
  readonly onAdd: (address: string, name: StencilName) => void
  readonly onConnect: (from: string, to: string) => void
  readonly onClose: () => void
}

/** What to add, or where to lead, chosen from a list: by keyboard as by mouse. */
export function AskedMenu(props: Props) {
  const { asked } = props
  const anchor = <span className={styles.anchor} style={{ left: asked.x, top: asked.y }} />
  return asked.what === 'add' ? <AddMenu {...props} anchor={anchor} /> : <ConnectBox {...props} anchor={anchor} />
}

function AddMenu({ asked, around, onAdd, onClose, anchor }: Props & { anchor: React.ReactNode }) {
  const { locale } = usePreferences()
  const onEdge = asked.address.startsWith('edges/')
  const names = stencilNames.filter(
    (name) => nodeFrom(name, 'x', around) !== undefined && (!onEdge || mayStandOnEdge(name)),
  )
  return (
    <Dropdown
      open
      autoFocus
      trigger={['click']}
      placement="bottomLeft"
      onOpenChange={(open) => !open && onClose()}
      menu={{
        items: names.map((key) => ({
          key,
          icon: <span className={styles.stencilGlyph}>{stencilGlyphs[key]}</span>,
          label: resolveText(stencils[key].label, locale),
        })),
        onClick: ({ key }) => onAdd(asked.address, key as StencilName),
      }}
    >
      {anchor}
    </Dropdown>
  )
}

function ConnectBox({ asked, flow, wording, onConnect, onClose, anchor }: Props & { anchor: React.ReactNode }) {
  const { t } = useTranslation('flow')
  const id = asked.address.slice(6)
  const from = nodeOf(flow, id)
  if (!from) return null
  const names = { from: nodeName(from, wording) }
  const options = flow.nodes
    .filter((node) => node.id !== id)
    .map((node) => {
      const why = whyNotConnect(flow, id, node.id)
      const name = nodeName(node, wording)
      const reason = why && t(`noWay.${why}`, { ...names, to: name })
      return { value: node.id, label: reason ? `${name} — ${reason}` : name, disabled: why !== undefined }
    })
    .toSorted((one, other) => Number(one.disabled) - Number(other.disabled))
  return (
    <Popover
      open
      trigger="click"
      placement="rightTop"
      onOpenChange={(open) => !open && onClose()}
      title={t('connectTo', { name: names.from })}
      content={
        <div className={styles.connectBox}>
          <Select
            autoFocus
            defaultOpen
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('connectHint')}
            aria-label={t('connectTo', { name: names.from })}
            options={options}
            onSelect={(to: string) => onConnect(id, to)}
            onKeyDown={(event) => event.key === 'Escape' && onClose()}
          />
        </div>
      }
    >
      {anchor}
    </Popover>
  )
}
