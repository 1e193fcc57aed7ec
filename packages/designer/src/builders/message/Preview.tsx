import { BellOutlined } from '@ant-design/icons'
import { useTranslation } from 'react-i18next'
import frame from '../frame/split-bench.module.css'
import type { Channel } from './channels.ts'
import styles from './message.module.css'
import { smsLength } from './sms-length.ts'

type Props = { readonly channel: Channel; readonly texts: { readonly [part: string]: string }; readonly label: string }

/** The message as it arrives. */
export function Preview({ channel, texts, label }: Props) {
  return (
    <section className={styles.preview} aria-label={label}>
      {faces[channel](texts)}
    </section>
  )
}

const faces: { readonly [C in Channel]: (texts: Props['texts']) => React.ReactNode } = {
  inbox: (texts) => <Inbox texts={texts} />,
  email: (texts) => <Mail texts={texts} />,
  sms: (texts) => <Sms text={texts.body ?? ''} />,
}

const Inbox = ({ texts }: Pick<Props, 'texts'>) => (
  <div className={styles.bell}>
    <BellOutlined aria-hidden />
    <div>
      <strong>{texts.title}</strong>
      {texts.body && <p className={styles.body}>{texts.body}</p>}
    </div>
  </div>
)

function Mail({ texts }: Pick<Props, 'texts'>) {
  const { t } = useTranslation('message')
  return (
    <div className={styles.mail}>
      <div className={styles.mailHead}>
        <span className={frame.quiet}>{t('part.subject')}</span> <strong>{texts.subject}</strong>
      </div>
      <p className={styles.body}>{texts.body}</p>
    </div>
  )
}

function Sms({ text }: { text: string }) {
  const { t } = useTranslation('message')
  const { length, segments, isUnicode } = smsLength(text)
  return (
    <>
      <p className={styles.bubble}>{text}</p>
      <p className={frame.quiet}>
        {t('smsLength', { length, count: segments })}
        {isUnicode ? '' : t('smsPlain')}
      </p>
    </>
  )
}
