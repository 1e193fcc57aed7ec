import { FileUnknownOutlined } from '@ant-design/icons'
import { Alert, Button, Empty, Result, Skeleton } from 'antd'
import { Component, type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isNotFound, useReason } from './problems.ts'
import styles from './states.module.css'

/** Waiting that is felt: nothing for a blink, then a sketch of what comes. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation('shell')
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 120)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.waiting} role="status" aria-label={t('loading')}>
      {late && <Skeleton active title={{ width: '30%' }} paragraph={{ rows }} />}
    </div>
  )
}

/** Something could not be fetched: why, and how to go on. */
export function Failed({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation('shell')
  const reason = useReason()
  if (isNotFound(error)) return <NotVisible />
  return (
    <div className={styles.failed}>
      <Alert
        type="error"
        showIcon
        title={reason(error)}
        {...(retry
          ? {
              action: (
                <Button size="small" onClick={retry}>
                  {t('tryAgain')}
                </Button>
              ),
            }
          : {})}
      />
    </div>
  )
}

/** The one answer for what does not exist and what may not be seen, so that neither can be told from the other. */
export function NotVisible() {
  const { t } = useTranslation('shell')
  return (
    <Missing title={t('notVisible.title')} hint={t('notVisible.ask')}>
      <Button type="primary" href="/">
        {t('notVisible.home')}
      </Button>
    </Missing>
  )
}

type MissingProps = { readonly title: string; readonly hint: string; readonly children?: ReactNode }

/** Nothing is at this address. */
export function Missing({ title, hint, children }: MissingProps) {
  return (
    <Result
      status="info"
      icon={<FileUnknownOutlined className={styles.sign} />}
      title={title}
      subTitle={hint}
      extra={children}
    />
  )
}

/** An empty place teaches: what belongs here, and the button that makes the first one. */
export const Nothing = ({ title, hint, action }: { title: string; hint?: string; action?: ReactNode }) => (
  <div className={styles.nothing}>
    <Empty
      image={Empty.PRESENTED_IMAGE_SIMPLE}
      description={
        <>
          <div className={styles.nothingTitle}>{title}</div>
          {hint && <div className={styles.nothingHint}>{hint}</div>}
        </>
      }
    >
      {action}
    </Empty>
  </div>
)

type CatcherProps = {
  readonly children: ReactNode
  readonly fallback: (reset: () => void) => ReactNode
  readonly place: string
}
/** Catches what a page throws while drawing; another place gets a new chance. */
export class Catcher extends Component<CatcherProps, { readonly failed: boolean; readonly place: string }> {
  override state = { failed: false, place: this.props.place }
  static getDerivedStateFromError = () => ({ failed: true })
  static getDerivedStateFromProps(props: CatcherProps, state: { place: string }) {
    return props.place === state.place ? null : { failed: false, place: props.place }
  }
  override componentDidCatch(error: unknown) {
    console.error(error)
  }
  override render() {
    return this.state.failed ? this.props.fallback(() => this.setState({ failed: false })) : this.props.children
  }
}

export function Broken({ reset }: { reset: () => void }) {
  const { t } = useTranslation('shell')
  return (
    <Result
      status="error"
      title={t('broken.title')}
      subTitle={t('broken.hint')}
      extra={[
        <Button key="again" type="primary" onClick={reset}>
          {t('tryAgain')}
        </Button>,
        <Button key="reload" onClick={() => location.reload()}>
          {t('broken.reload')}
        </Button>,
      ]}
    />
  )
}
