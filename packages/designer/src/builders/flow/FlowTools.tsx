import {
  AimOutlined,
  AlignLeftOutlined,
  ApartmentOutlined,
  EllipsisOutlined,
  PlusSquareOutlined,
  ReadOutlined,
  SettingOutlined,
  ZoomInOutlined,
  ZoomOutOutlined,
} from '@ant-design/icons'
import { DropMenu, usePhone } from '@tenon/runtime/ui'
import { Button, Popover, Segmented, Select, Tooltip } from 'antd'
import { memo, type ReactNode, type RefObject, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flow } from '../../edits/flow/flow.ts'
import type { Alignment } from '../../edits/flow/places.ts'
import styles from './bench.module.css'
import { nodeName, type Wording } from './flow-words.ts'

export const tabs = ['design', 'try', 'history'] as const
export type Tab = (typeof tabs)[number]
const alignments = ['left', 'centre', 'right', 'top', 'middle', 'bottom', 'across', 'down'] as const
const keyNames = ['arrows', 'enter', 'n', 'c', 'alt', 'space', 'delete', 'copy', 'group', 'find', 'undo'] as const

type Props = {
  readonly flow: Flow
  readonly wording: Wording
  readonly tab: Tab
  readonly title: string
  readonly several: boolean
  readonly panel: boolean
  readonly search: RefObject<HTMLElement | null>
  readonly onTab: (tab: Tab) => void
  readonly onFind: (id: string) => void
  readonly onFit: () => void
  readonly onZoom: (way: 'in' | 'out') => void
  readonly onLayout: () => void
  readonly onAlign: (how: Alignment) => void
  readonly onMap: () => void
  readonly onPanel: () => void
  readonly onPalette: () => void
  readonly onImport: () => void
  readonly onExport: () => void
}

/** What can be done with the canvas as a whole. */
export const FlowTools = memo(function FlowTools(props: Props) {
  const { flow, wording, tab, several } = props
  const { t } = useTranslation('flow')
  const phone = usePhone()
  const drawing = tab === 'design'
  // On a phone there is room for what is used most; the rest is in the menu.
  const [finding, setFinding] = useState(false)
  const finder = (
    <span ref={props.search as RefObject<HTMLSpanElement>} className={styles.finder}>
      <Select
        className={styles.search ?? ''}
        showSearch={{ optionFilterProp: 'label' }}
        size={phone ? 'middle' : 'small'}
        autoFocus={phone}
        value={null}
        placeholder={t('search')}
        aria-label={t('search')}
        options={flow.nodes.map((node) => ({ value: node.id, label: nodeName(node, wording) }))}
        onSelect={(id: string | null) => {
          setFinding(false)
          if (id !== null) props.onFind(id)
        }}
      />
    </span>
  )
  const rest: { readonly [key: string]: { readonly label: string; readonly does: () => void } } = {
    ...(phone
      ? {
          find: { label: t('search'), does: () => setFinding((before) => !before) },
          fit: { label: t('tool.fit'), does: props.onFit },
          ...(drawing && { layout: { label: t('tool.layout'), does: props.onLayout } }),
        }
      : { map: { label: t('tool.map'), does: props.onMap } }),
    import: { label: t('tool.importBpmn'), does: props.onImport },
    export: { label: t('tool.exportBpmn'), does: props.onExport },
  }
  const bar = (
    <div className={styles.tools} role="toolbar" aria-label={t('toolbar')}>
      <h1 className={styles.title}>{props.title}</h1>
      <Segmented<Tab>
        value={tab}
        onChange={props.onTab}
        options={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
      />
      {!phone && <span className={styles.rule} />}
      {phone && drawing && (
        <Tool name="palette" label={t('palette')} icon={<PlusSquareOutlined />} onClick={props.onPalette} />
      )}
      {!phone && <Tool name="fit" icon={<AimOutlined />} onClick={props.onFit} />}
      {!phone && <Tool name="zoomOut" icon={<ZoomOutOutlined />} onClick={() => props.onZoom('out')} />}
      {!phone && <Tool name="zoomIn" icon={<ZoomInOutlined />} onClick={() => props.onZoom('in')} />}
      {drawing && !phone && <Tool name="layout" icon={<ApartmentOutlined />} onClick={props.onLayout} />}
      {drawing && !phone && (
        <DropMenu
          disabled={!several}
          menu={{
            items: alignments.map((key) => ({ key, label: t(`align.${key}`) })),
            onClick: ({ key }) => props.onAlign(key as Alignment),
          }}
        >
          <Button type="text" icon={<AlignLeftOutlined />} aria-label={t('tool.align')} disabled={!several} />
        </DropMenu>
      )}
      <span className={styles.spread} />
      {!phone && finder}
      {!phone && (
        <Popover trigger="click" title={t('tool.keys')} content={<Keys />}>
          <Button type="text" icon={<ReadOutlined />} aria-label={t('tool.keys')} />
        </Popover>
      )}
      <DropMenu
        menu={{
          items: Object.entries(rest).map(([key, { label }]) => ({ key, label })),
          onClick: ({ key }) => rest[key]?.does(),
        }}
      >
        <Button type="text" icon={<EllipsisOutlined />} aria-label={t('tool.more')} />
      </DropMenu>
      <Button
        type="text"
        icon={<SettingOutlined />}
        aria-label={t('tool.panel')}
        aria-pressed={props.panel}
        onClick={props.onPanel}
      />
    </div>
  )
  return (
    <>
      {bar}
      {phone && finding && finder}
    </>
  )
})

type ToolName = 'fit' | 'zoomIn' | 'zoomOut' | 'layout' | 'palette'
function Tool({
  name,
  label,
  icon,
  onClick,
}: {
  name: ToolName
  label?: string
  icon: ReactNode
  onClick: () => void
}) {
  const { t } = useTranslation('flow')
  const text = label ?? t(`tool.${name as Exclude<ToolName, 'palette'>}`)
  return (
    <Tooltip title={text}>
      <Button type="text" icon={icon} aria-label={text} onClick={onClick} />
    </Tooltip>
  )
}

function Keys() {
  const { t } = useTranslation('flow')
  return (
    <dl className={styles.keys}>
      {keyNames.flatMap((name) => [
        <dt key={name}>{t(`keys.${name}`)}</dt>,
        <dd key={`${name}Do`}>{t(`keys.${name}Do`)}</dd>,
      ])}
    </dl>
  )
}
