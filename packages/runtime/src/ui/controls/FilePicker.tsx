import { CloseOutlined, PaperClipOutlined, UploadOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRefs, useRemember, useUi } from '../environment.tsx'
import { formatBytes } from '../show/format.ts'
import styles from './file-picker.module.css'

type Running = { readonly key: number; readonly file: File; readonly share: number; readonly reason: string | null }
type Props = {
  readonly id: string
  readonly label: string
  readonly ids: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  readonly disabled?: boolean
  readonly accept?: string
  readonly maxFiles?: number
  readonly compact?: boolean
}

/** Uploads while the person goes on working: each file with its progress, a failed one can be tried again. */
export function FilePicker({
  id,
  label,
  ids,
  onChange,
  disabled = false,
  accept = '',
  maxFiles = 20,
  compact = false,
}: Props) {
  const { t } = useTranslation('ui')
  const ui = useUi()
  const refs = useRefs()
  const input = useRef<HTMLInputElement>(null)
  const [running, setRunning] = useState<readonly Running[]>([])
  const remember = useRemember()
  const latest = useRef(ids)
  latest.current = ids
  const nextKey = useRef(1)

  const patch = (key: number, change: Partial<Running>) =>
    setRunning((all) => all.map((one) => (one.key === key ? { ...one, ...change } : one)))

  const start = async (file: File, key: number) => {
    try {
      const done = await ui.uploadFile(file, (share) => patch(key, { share }))
      remember(done.id, done.ref)
      setRunning((all) => all.filter((one) => one.key !== key))
      latest.current = [...latest.current, done.id]
      onChange(latest.current)
    } catch (error) {
      patch(key, { reason: error instanceof Error ? error.message : '' })
    }
  }
  const add = (files: Iterable<File>) => {
    const room = maxFiles - ids.length - running.length
    for (const file of [...files].slice(0, Math.max(0, room))) {
      const key = nextKey.current++
      setRunning((all) => [...all, { key, file, share: 0, reason: null }])
      void start(file, key)
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    if (!disabled) add(event.dataTransfer.files)
  }
  const full = ids.length + running.length >= maxFiles

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the button does the same
    <div className={styles.picker} data-compact={compact} onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <input
        ref={input}
        type="file"
        multiple={maxFiles > 1}
        accept={accept}
        className="visually-hidden"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => {
          add(event.target.files ?? [])
          event.target.value = ''
        }}
      />
      <Button
        id={id}
        icon={<UploadOutlined />}
        disabled={disabled || full}
        onClick={() => input.current?.click()}
        {...(compact ? { type: 'text' as const, size: 'small' as const } : {})}
      >
        {label}
      </Button>
      {full && !disabled && <span className={styles.hint}>{t('fileTooMany', { count: maxFiles })}</span>}
      <ul className={styles.list}>
        {ids.map((fileId) => {
          const ref = refs[fileId]
          const name = ref?.kind === 'file' ? ref.name : t('notVisible')
          return (
            <li key={fileId} className={styles.row}>
              <PaperClipOutlined aria-hidden />
              <a href={ui.fileAddress(fileId)} download={name} className={styles.name}>
                {name}
              </a>
              {ref?.kind === 'file' && <span className={styles.hint}>{formatBytes(ref.sizeBytes, ui.locale)}</span>}
              {!disabled && (
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('removeFile', { name })}
                  onClick={() => onChange(ids.filter((one) => one !== fileId))}
                />
              )}
            </li>
          )
        })}
        {running.map((one) => (
          <li key={one.key} className={styles.row}>
            {one.reason === null ? (
              <>
                <span className={styles.name}>{one.file.name}</span>
                <Progress
                  percent={Math.round(one.share * 100)}
                  size="small"
                  style={{ width: 120 }}
                  aria-label={t('uploading', { percent: Math.round(one.share * 100) })}
                />
              </>
            ) : (
              <>
                <span role="alert" className={styles.failed}>
                  {t('uploadFailed', { name: one.file.name, reason: one.reason })}
                </span>
                <Button
                  type="link"
                  size="small"
                  onClick={() => {
                    patch(one.key, { reason: null, share: 0 })
                    void start(one.file, one.key)
                  }}
                >
                  {t('uploadRetry')}
                </Button>
                <Button
                  type="text"
                  size="small"
                  icon={<CloseOutlined />}
                  aria-label={t('removeFile', { name: one.file.name })}
                  onClick={() => setRunning((all) => all.filter((other) => other.key !== one.key))}
                />
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}
