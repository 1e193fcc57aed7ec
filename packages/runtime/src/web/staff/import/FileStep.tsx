import { InboxOutlined } from '@ant-design/icons'
import { Spin } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './import.module.css'

export function FileStep({ busy, onFile }: { busy: boolean; onFile: (file: File) => void }) {
  const { t } = useTranslation('staff')
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".csv,.txt,.tsv,.xlsx"
        className="visually-hidden"
        aria-label={t('import.step.file')}
        onChange={(event) => take(event.target.files)}
      />
      <button
        type="button"
        className={styles.drop}
        data-over={over}
        disabled={busy}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {busy ? <Spin /> : <InboxOutlined className={styles.dropIcon ?? ''} />}
        <span className={styles.dropTitle}>{busy ? t('import.reading') : t('import.drop')}</span>
        <span className={styles.hint}>{t('import.dropHint')}</span>
      </button>
    </>
  )
}
