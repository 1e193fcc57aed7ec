import { Segmented, Switch } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertList } from './AlertList.tsx'
import styles from './alerts.module.css'

/** Everything that rules want people to look at: what waits, and what is over. */
export default function AlertsPage() {
  const { t } = useTranslation('staff')
  const [state, setState] = useState<'waiting' | 'over'>('waiting')
  const [mine, setMine] = useState(false)
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <h1 className={styles.title}>{t('alerts.title')}</h1>
      </div>
      <div className={styles.card}>
        <div className={styles.bar}>
          <Segmented
            value={state}
            onChange={setState}
            options={(['waiting', 'over'] as const).map((value) => ({ value, label: t(`alerts.show.${value}`) }))}
          />
          <label htmlFor="alerts-mine" className={styles.choice}>
            <Switch id="alerts-mine" size="small" checked={mine} onChange={setMine} /> {t('alerts.mine')}
          </label>
        </div>
        <AlertList query={{ state, ...(mine ? { mine } : {}), size: 100 }} />
      </div>
    </div>
  )
}
