import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Mentions, Segmented } from 'antd'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { newKey, type RecordView } from '../../../contract/index.ts'
import { FilePicker } from '../../../ui/controls/FilePicker.tsx'
import { RefsProvider, useUi } from '../../../ui/environment.tsx'
import { client } from '../../shell/client.ts'
import { useReason } from '../../shell/problems.ts'
import styles from './record.module.css'

type Found = { readonly id: string; readonly name: string; readonly hint: string }
const noRefs = {}
const draftOf = (record: string) => `tenon.draft.comment.${record}`

const keep = (key: string, text: string) => {
  try {
    if (text === '') localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    // Without storage the text lives as long as the page.
  }
}
const kept = (key: string): string => {
  try {
    return localStorage.getItem(key) ?? ''
  } catch {
    return ''
  }
}

/** Says something about a record: to the customer, or to colleagues with @names. What is typed survives a reload. */
export function Composer({ record }: { record: RecordView }) {
  return (
    <RefsProvider refs={noRefs}>
      <Box record={record} />
    </RefsProvider>
  )
}

function Box({ record }: { record: RecordView }) {
  const { t } = useTranslation('staff')
  const { searchPeople } = useUi()
  const cache = useQueryClient()
  const reason = useReason()
  const id = useId()
  const [visibility, setVisibility] = useState<'internal' | 'public'>('internal')
  const [body, setBody] = useState(() => kept(draftOf(record.id)))
  const [files, setFiles] = useState<readonly string[]>([])
  const [open, setOpen] = useState(body !== '')
  const [found, setFound] = useState<readonly Found[]>([])
  const named = useRef(new Map<string, string>())
  const key = useRef(newKey())
  useEffect(() => keep(draftOf(record.id), body), [record.id, body])

  const send = useMutation({
    mutationFn: () => {
      const mentions = [...named.current].filter(([name]) => body.includes(`@${name}`)).map(([, person]) => person)
      return client.records.comment(
        record.app,
        record.form,
        record.id,
        { body: body.trim(), visibility, mentions, files: [...files] },
        { key: key.current },
      )
    },
    onSuccess: () => {
      key.current = newKey()
      setBody('')
      setFiles([])
      setOpen(false)
      void cache.invalidateQueries({ queryKey: ['timeline', record.id] })
      void cache.invalidateQueries({ queryKey: ['record', record.id] })
    },
  })
  const search = async (q: string) => {
    const choices = await searchPeople(q).catch(() => [])
    setFound(
      choices.flatMap((choice) =>
        choice.ref.kind === 'user' ? [{ id: choice.id, name: choice.ref.name, hint: choice.hint ?? '' }] : [],
      ),
    )
  }
  const isPublic = visibility === 'public'
  return (
    <div className={styles.composer} data-public={isPublic} data-open={open}>
      <Segmented<'internal' | 'public'>
        size="small"
        value={visibility}
        options={[
          { value: 'internal', label: t('composer.internal') },
          { value: 'public', label: t('composer.public') },
        ]}
        onChange={(value) => {
          setVisibility(value)
          setOpen(true)
        }}
      />
      <Mentions
        id={id}
        aria-label={t(isPublic ? 'composer.public' : 'composer.internal')}
        value={body}
        rows={open ? 3 : 1}
        className="grows"
        maxLength={20_000}
        placeholder={t(isPublic ? 'composer.publicHint' : 'composer.internalHint')}
        onFocus={() => setOpen(true)}
        onChange={setBody}
        onSearch={(q) => void search(q)}
        onSelect={(option) => {
          const person = found.find(({ name }) => name === option.value)
          if (person) named.current.set(person.name, person.id)
        }}
        filterOption={false}
        options={found.map(({ id: person, name, hint }) => ({
          key: person,
          value: name,
          label: hint ? `${name}（${hint}）` : name,
        }))}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey) && body.trim() !== '') send.mutate()
        }}
      />
      {send.error && <Alert type="error" showIcon title={reason(send.error)} />}
      {open && (
        <div className={styles.composerActs}>
          <FilePicker id={`${id}-files`} label={t('composer.attach')} ids={files} onChange={setFiles} compact />
          <Button type="primary" loading={send.isPending} disabled={body.trim() === ''} onClick={() => send.mutate()}>
            {t(isPublic ? 'composer.sendPublic' : 'composer.sendInternal')}
          </Button>
        </div>
      )}
    </div>
  )
}
