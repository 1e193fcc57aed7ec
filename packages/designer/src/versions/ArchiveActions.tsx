import { DownloadOutlined, UploadOutlined } from '@ant-design/icons'
import { client } from '@tenon/runtime/page'
import { DropMenu } from '@tenon/runtime/ui'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftSession } from '../draft/draft-context.tsx'
import { ImportArchive } from './ImportArchive.tsx'

/** The app as a ZIP, out and in: to another installation, or a new version of the template it was made from. */
export function ArchiveActions() {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const { liveVersion } = useDraft()
  const [importing, setImporting] = useState(false)
  const link = (key: string, label: string, query: Parameters<typeof client.design.exportAddress>[1]) => ({
    key,
    label: <a href={client.design.exportAddress(session.app, query)}>{label}</a>,
  })
  return (
    <>
      <DropMenu
        menu={{
          items: [
            ...(liveVersion > 0
              ? [
                  link('live', t('archive.live'), { sample: false }),
                  link('sample', t('archive.liveSample'), { sample: true }),
                ]
              : []),
            link('draft', t('archive.draft'), { draft: session.name, sample: false }),
          ],
        }}
      >
        <Button icon={<DownloadOutlined />}>{t('archive.export')}</Button>
      </DropMenu>
      <Button icon={<UploadOutlined />} onClick={() => setImporting(true)}>
        {t('archive.import')}
      </Button>
      {importing && <ImportArchive app={session.app} onClose={() => setImporting(false)} />}
    </>
  )
}
