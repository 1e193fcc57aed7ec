import { CloseOutlined, SortAscendingOutlined, SortDescendingOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { moved } from '../minimal.ts'
import { naming } from '../naming.ts'
import styles from './controls.module.css'
import { SortableEntry, SortableList } from './Sortable.tsx'

type Option = { readonly value: string; readonly label: string }
type Group = { readonly label: string; readonly title: string; readonly options: readonly Option[] }
type Props = {
  readonly id?: string | undefined
  readonly label: string
  readonly chosen: readonly string[]
  /** A `-` in front turns the order round. */
  readonly signed: boolean
  readonly options: readonly (Option | Group)[]
  readonly labelOf: (value: string) => string
  readonly onChange: (next: readonly string[]) => void
}

/** Chosen ones below each other, in an order that matters. */
export function OrderedChoices({ id, label, chosen, signed, options, labelOf, onChange }: Props) {
  const { t } = useTranslation('panels')
  return (
    <div className={styles.list}>
      <SortableList keys={chosen} onMove={(from, to) => onChange(moved(chosen, from, to))}>
        {chosen.map((one, at) => {
          const isDown = signed && one.startsWith('-')
          const plain = isDown ? one.slice(1) : one
          const name = labelOf(plain)
          return (
            <SortableEntry key={one} id={one} name={name} className={styles.chosen}>
              <span className={styles.chosenName}>{name}</span>
              {signed && (
                <Button
                  type="text"
                  size="small"
                  icon={isDown ? <SortDescendingOutlined aria-hidden /> : <SortAscendingOutlined aria-hidden />}
                  aria-label={t(isDown ? 'sort.down' : 'sort.up', { name })}
                  title={t(isDown ? 'sort.down' : 'sort.up', { name })}
                  onClick={() => onChange(chosen.with(at, isDown ? plain : `-${plain}`))}
                />
              )}
              <Button
                type="text"
                size="small"
                icon={<CloseOutlined aria-hidden />}
                aria-label={t('removeOne', { name })}
                onClick={() => onChange(chosen.toSpliced(at, 1))}
              />
            </SortableEntry>
          )
        })}
      </SortableList>
      <Select
        {...naming(id, label)}
        size="small"
        value={null}
        placeholder={t('addOne')}
        options={options as Option[]}
        showSearch={{ optionFilterProp: 'label' }}
        onChange={(next: string | null) => next !== null && onChange([...chosen, next])}
        style={{ width: '100%' }}
      />
    </div>
  )
}
