import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ChangeMe, Me } from '../../../contract/index.ts'
import { RemoteSelect } from '../../../ui/controls/RemoteSelect.tsx'
import { type Ref, RefsProvider } from '../../../ui/environment.tsx'
import { searchPeople } from '../../shell/search-people.ts'
import styles from './me.module.css'

const nameOf = (ref: Ref) => (ref.kind === 'user' ? ref.name : '')

/** Who stands in while I am away, and from when until when. */
export function OutOfOffice({ user, save }: { readonly user: Me; readonly save: (change: ChangeMe) => void }) {
  const { t } = useTranslation('staff')
  const day = (at: string | null) => (at === null ? null : dayjs(at))
  const known =
    user.deputy === null
      ? {}
      : { [user.deputy]: { kind: 'user', name: user.deputyName ?? '', username: '' } satisfies Ref }
  return (
    <RefsProvider refs={known}>
      <div className={styles.line}>
        <label htmlFor="me-deputy">
          {t('me.deputy')}
          <span className={styles.hint}>{t('me.deputyHint')}</span>
        </label>
        <div className={styles.choice}>
          <RemoteSelect
            id="me-deputy"
            value={user.deputy}
            onChange={(deputy) => save({ deputy })}
            search={searchPeople}
            labelOf={nameOf}
            placeholder={t('task.transferPlaceholder')}
          />
        </div>
      </div>
      <div className={styles.line}>
        <span>
          {t('me.period')}
          <span className={styles.hint}>{t('me.periodHint')}</span>
        </span>
        <DatePicker.RangePicker
          className={styles.choice ?? ''}
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          allowEmpty={[true, true]}
          value={[day(user.awayFrom), day(user.awayUntil)]}
          onChange={(range) =>
            save({ awayFrom: range?.[0]?.toISOString() ?? null, awayUntil: range?.[1]?.toISOString() ?? null })
          }
        />
      </div>
    </RefsProvider>
  )
}
