import { AimOutlined } from '@ant-design/icons'
import { type Place, readPlace, resolveText } from '@tenon/engine'
import { Button, Input } from 'antd'
import { type ClipboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { controlProps } from '../../controls/control-props.ts'
import { useUi } from '../../environment.tsx'
import type { EditProps } from '../contract.ts'
import styles from './location.module.css'
import { type PositionProblem, whereAmI } from './where-am-i.ts'

type Parts = { readonly address: string; readonly latitude: string; readonly longitude: string }

const partsOf = ({ at, address }: Place): Parts => ({
  address,
  latitude: at ? String(at.latitude) : '',
  longitude: at ? String(at.longitude) : '',
})
const none: Parts = { address: '', latitude: '', longitude: '' }
const read = (value: unknown): Parts => {
  const place = typeof value === 'string' ? readPlace(value) : undefined
  return place ? partsOf(place) : none
}
/** As one text; half a pair of coordinates is told apart from an address by `geo:`, and so it is refused. */
const written = ({ address, latitude, longitude }: Parts): string | null => {
  const hasAny = latitude !== '' || longitude !== ''
  const text = hasAny ? `geo:${latitude},${longitude} ${address}`.trim() : address
  return text === '' ? null : text
}

/** An address and its coordinates, which can be pasted as one text or taken from where the device is. */
export function LocationEdit({ field, value, onChange, ...rest }: EditProps<'location'>) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const [typed, setTyped] = useState<{ readonly parts: Parts; readonly text: string | null }>()
  const [looking, setLooking] = useState(false)
  const [lost, setLost] = useState<PositionProblem>()
  // What was typed stands until somebody else changes the value, so that half a number is not taken away.
  const parts = typed && typed.text === (value ?? null) ? typed.parts : read(value)
  const set = (change: Partial<Parts>) => {
    const next = { ...parts, ...change }
    const text = written(next)
    setTyped({ parts: next, text })
    setLost(undefined)
    onChange(text)
  }
  const paste = (event: ClipboardEvent<HTMLInputElement>) => {
    const place = readPlace(event.clipboardData.getData('text'))
    if (!place?.at) return
    event.preventDefault()
    set({ ...partsOf(place), address: place.address === '' ? parts.address : place.address })
  }
  const locate = async () => {
    setLooking(true)
    const found = await whereAmI()
    setLooking(false)
    if (typeof found === 'string') setLost(found)
    else set({ latitude: String(found.latitude), longitude: String(found.longitude) })
  }
  const control = controlProps(rest)
  const { id } = rest
  return (
    <div className={styles.location}>
      <Input
        {...control}
        autoComplete="off"
        value={parts.address}
        maxLength={300}
        placeholder={resolveText(field.placeholder, locale) || t('location.address')}
        onPaste={paste}
        onChange={(event) => set({ address: event.target.value })}
      />
      <div className={styles.coordinates}>
        {(['latitude', 'longitude'] as const).map((name) => (
          <Input
            key={name}
            {...control}
            id={`${id}_${name}`}
            inputMode="decimal"
            autoComplete="off"
            value={parts[name]}
            maxLength={24}
            prefix={<span className={styles.name}>{t(`location.${name}`)}</span>}
            aria-label={t(`location.${name}`)}
            placeholder={name === 'latitude' ? '31.2304' : '121.4737'}
            onPaste={paste}
            onChange={(event) => set({ [name]: event.target.value.trim() })}
          />
        ))}
        <Button
          icon={<AimOutlined />}
          loading={looking}
          disabled={control.disabled}
          onClick={() => void locate()}
          className={styles.locate ?? ''}
        >
          {t('location.mine')}
        </Button>
      </div>
      {lost && (
        <div className={styles.lost} role="alert">
          {t(`location.lost.${lost}`)}
        </div>
      )}
    </div>
  )
}
