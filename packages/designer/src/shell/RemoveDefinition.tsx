import { useNavigate, useParams } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { withDocument } from '../draft/documents.ts'
import { useDraftSession } from '../draft/draft-context.tsx'

type Props = { readonly path: string; readonly label: string; readonly onClose: () => void }

/** Takes a definition out of the draft; what is live stays until the draft is published. */
export function RemoveDefinition({ path, label, onClose }: Props) {
  const { t } = useTranslation('designer')
  const session = useDraftSession()
  const navigate = useNavigate()
  const { app } = useParams({ from: '/$app' })
  const title = t('removeTitle', { name: label })
  return (
    <Modal
      open
      title={title}
      okText={t('remove')}
      okButtonProps={{ danger: true }}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => {
        session.edit(title, (documents) => withDocument(documents, path, undefined))
        onClose()
        void navigate({ to: '/$app', params: { app } })
      }}
    >
      <p>{t('removeHint')}</p>
    </Modal>
  )
}
