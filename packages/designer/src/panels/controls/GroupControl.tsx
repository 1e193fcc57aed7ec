import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { isObject } from '@tenon/engine'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SchemaControlProps } from '../contract.ts'
import { freshValue } from '../fresh-value.ts'
import { Properties } from '../Properties.tsx'
import styles from './controls.module.css'

/** An object inside an object: its properties together; one that may be absent is added and removed as a whole. */
export function GroupControl({ schema, root, value, onChange, scope, required, label }: SchemaControlProps) {
  const { t } = useTranslation('panels')
  // An opened group about which nothing is said yet is nothing in the definition.
  const [opened, setOpened] = useState(false)
  if (!isObject(value) && !required && !opened)
    return (
      <Button
        type="dashed"
        size="small"
        block
        icon={<PlusOutlined aria-hidden />}
        onClick={() => {
          setOpened(true)
          onChange(freshValue(schema, root, 'entry', () => false))
        }}
      >
        {t('addPart', { name: label })}
      </Button>
    )
  return (
    <div className={styles.group}>
      <Properties
        schema={schema}
        root={root}
        value={isObject(value) ? value : {}}
        onChange={(next) => onChange(next)}
        scope={scope}
      />
      {!required && (
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined aria-hidden />}
          onClick={() => {
            setOpened(false)
            onChange(undefined)
          }}
        >
          {t('removeOne', { name: label })}
        </Button>
      )}
    </div>
  )
}
