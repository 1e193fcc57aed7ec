import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { isObject } from '@tenon/engine'
import type { BpmnImported } from '@tenon/runtime/contract'
import { client, useReason } from '@tenon/runtime/page'
import { Alert, Button, Drawer, Upload } from 'antd'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraftSession } from '../../draft/draft-context.tsx'
import type { Flow } from '../../edits/flow/flow.ts'
import { freshId } from '../../edits/fresh-id.ts'
import styles from './bpmn.module.css'

type Props = { readonly path: string; readonly flow: Flow; readonly open: boolean; readonly onClose: () => void }

/** Takes a BPMN document in: what became of each of its elements is shown before anything is put into the draft. */
export const BpmnImport = memo(function BpmnImport({ path, flow, open, onClose }: Props) {
  const { t } = useTranslation('flow')
  const reason = useReason()
  const session = useDraftSession()
  const navigate = useNavigate()
  const read = useMutation({
    mutationFn: async (file: File) =>
      client.design.importBpmn(session.app, { xml: await file.text(), form: String(flow.form) }),
  })
  const replace = (imported: BpmnImported) => {
    const [first] = imported.flows as readonly Partial<Flow>[]
    session.edit(t('edit.bpmn'), (documents) => {
      const before = documents[path]
      if (!isObject(before) || !first) return documents
      const { nodes, edges, groups, extensions } = first
      const { extensions: _extensions, groups: _groups, ...rest } = before
      const drawn = { nodes, edges, ...(groups ? { groups } : {}), ...(extensions ? { extensions } : {}) }
      return { ...documents, [path]: { ...rest, ...drawn } }
    })
    onClose()
  }
  const add = (imported: BpmnImported) => {
    let last = ''
    session.edit(t('edit.bpmn'), (documents) => {
      const next: { [file: string]: unknown } = { ...documents }
      for (const document of imported.flows) {
        const wanted = String(document.id)
        last = freshId(wanted, 'flow', (id) => next[`flows/${id}.json`] !== undefined)
        next[`flows/${last}.json`] = { ...document, id: last }
      }
      return next
    })
    onClose()
    if (last !== '') void navigate({ to: '/$app/$kind/$id', params: { app: session.app, kind: 'flow', id: last } })
  }
  const answer = read.data
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('tool.importBpmn')}
      size={420}
      mask={false}
      afterOpenChange={(is) => !is && read.reset()}
    >
      <p className={styles.hint}>{t('bpmn.hint')}</p>
      <Upload
        accept=".bpmn,.xml"
        showUploadList={false}
        beforeUpload={(file) => {
          read.mutate(file)
          return false
        }}
      >
        <Button loading={read.isPending}>{t('bpmn.choose')}</Button>
      </Upload>
      {read.error && <Alert type="error" showIcon title={reason(read.error)} className={styles.report ?? ''} />}
      {answer && (
        <>
          <div className={styles.do}>
            <Button type="primary" disabled={answer.flows.length === 0} onClick={() => replace(answer)}>
              {t('bpmn.replace')}
            </Button>
            <Button disabled={answer.flows.length === 0} onClick={() => add(answer)}>
              {t('bpmn.add')}
            </Button>
          </div>
          <ul className={styles.report} aria-label={t('bpmn.report')}>
            {answer.report.map((line) => (
              <li key={`${line.element} ${line.type} ${line.what}`} className={styles.line} data-what={line.what}>
                <span>{line.name || t('bpmn.nameless')}</span>
                <span className={styles.what}>{t(`bpmn.${line.what}`)}</span>
                {line.notes.map((note) => (
                  <span key={note.code + note.message} className={styles.noteLine}>
                    {note.message}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </>
      )}
    </Drawer>
  )
})
