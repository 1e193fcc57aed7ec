import { parseSerialPattern, renderProblem } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { Button, Input, type InputRef } from 'antd'
import { useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from '../form-bench.module.css'
import { serialExample } from '../sample-value.ts'

type Props = { readonly value: string; readonly onChange: (pattern: string) => void }

const parts = ['{yyyy}', '{yy}', '{MM}', '{dd}', '{0000}'] as const

/** A serial number put together from text, date and counter, with the number that comes of it. */
export function SerialPattern({ value, onChange }: Props) {
  const { t } = useTranslation('formBench')
  const { locale } = usePreferences()
  const id = useId()
  const input = useRef<InputRef>(null)
  const now = Date.now()
  const examples = [1, 2].map((n) => serialExample(value, now, n))
  const parsed = parseSerialPattern(value)
  const insert = (part: string) => {
    const own = input.current?.input
    const start = own?.selectionStart ?? value.length
    onChange(value.slice(0, start) + part + value.slice(own?.selectionEnd ?? start))
    input.current?.focus()
  }
  return (
    <div className={styles.control}>
      <label htmlFor={id}>{t('serial.title')}</label>
      <Input
        ref={input}
        id={id}
        value={value}
        status={parsed.ok ? '' : 'error'}
        aria-describedby={`${id}_says`}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className={styles.row}>
        {parts.map((part) => (
          <Button key={part} size="small" onClick={() => insert(part)}>
            {t(`serial.part.${part.slice(1, -1)}`)}
          </Button>
        ))}
      </div>
      <p id={`${id}_says`} className={parsed.ok ? styles.hint : styles.problem}>
        {parsed.ok
          ? t('serial.example', { first: examples[0], second: examples[1] })
          : renderProblem({ ...parsed.error, path: '' } as never, locale)}
      </p>
    </div>
  )
}
