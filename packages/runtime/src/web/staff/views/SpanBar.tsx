import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Segmented } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './views.module.css'

type Props<S extends string> = {
  readonly title: string
  readonly scales: readonly { readonly value: S; readonly label: string }[]
  readonly scale: S
  readonly onScale: (scale: S) => void
  readonly onStep: (step: -1 | 1) => void
  readonly onToday: () => void
  readonly children?: ReactNode
}

/** Which stretch of time is shown, and the way to another one. */
export function SpanBar<S extends string>({ title, scales, scale, onScale, onStep, onToday, children }: Props<S>) {
  const { t } = useTranslation('views')
  return (
    <div className={styles.spanBar}>
      <Button onClick={onToday}>{t('time.today')}</Button>
      <Button type="text" icon={<LeftOutlined />} aria-label={t('time.earlier')} onClick={() => onStep(-1)} />
      <Button type="text" icon={<RightOutlined />} aria-label={t('time.later')} onClick={() => onStep(1)} />
      <h2 className={styles.spanTitle} aria-live="polite">
        {title}
      </h2>
      <span className={styles.spanActs}>
        {children}
        <Segmented
          aria-label={t('time.scale')}
          value={scale}
          onChange={onScale}
          options={scales.map(({ value, label }) => ({ value, label }))}
        />
      </span>
    </div>
  )
}
