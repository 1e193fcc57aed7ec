import { DownloadOutlined, ExportOutlined } from '@ant-design/icons'
import { Button, QRCode, Typography } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './public-form.module.css'

/** Big enough to be printed on a poster. */
const printedPixels = 1024

type Props = {
  readonly address: string
  readonly title: string
  /** What the file of the QR code is called. */
  readonly name: string
  /** Whether somebody is there when one looks; absent: yes. */
  readonly isOpen?: boolean
}

/** An address for people outside: to copy, to print, to look at. */
export function OutsideAddress({ address, title, name, isOpen = true }: Props) {
  const { t } = useTranslation('publicForm')
  const printed = useRef<HTMLDivElement>(null)
  const save = () =>
    printed.current?.querySelector('canvas')?.toBlob((picture) => {
      if (!picture) return
      const link = document.createElement('a')
      link.href = URL.createObjectURL(picture)
      link.download = `${name}.png`
      link.click()
      URL.revokeObjectURL(link.href)
    })
  // Cameras read dark on light, whatever the theme.
  const ink = { color: 'black', bgColor: 'white' }
  return (
    <div className={styles.address}>
      {/* What it says stands beside it as a text. */}
      <div aria-hidden>
        <QRCode value={address} size={160} type="svg" bordered={false} {...ink} />
      </div>
      <div ref={printed} hidden>
        <QRCode value={address} size={printedPixels} type="canvas" bordered={false} marginSize={4} {...ink} />
      </div>
      <div className={styles.addressText}>
        <span className={styles.label}>{title}</span>
        <Typography.Text
          className={styles.url ?? ''}
          copyable={{ text: address, tooltips: [t('link.copy'), t('link.copied')] }}
        >
          {address}
        </Typography.Text>
        <div className={styles.acts}>
          <Button icon={<DownloadOutlined />} onClick={save}>
            {t('link.save')}
          </Button>
          <Button icon={<ExportOutlined />} disabled={!isOpen} href={address} target="_blank" rel="noreferrer">
            {t('link.look')}
          </Button>
        </div>
      </div>
    </div>
  )
}
