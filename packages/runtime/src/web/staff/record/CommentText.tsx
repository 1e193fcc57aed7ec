import { Fragment } from 'react'
import { useRefs } from '../../../ui/environment.tsx'
import styles from './record.module.css'

/** A comment as written, with the people it names made to stand out. Plain text: nothing in it is markup. */
export function CommentText({ body, mentions }: { body: string; mentions: readonly string[] }) {
  const refs = useRefs()
  const names = mentions.flatMap((id) => {
    const ref = refs[id]
    return ref?.kind === 'user' ? [`@${ref.name}`] : []
  })
  if (names.length === 0) return <p className={styles.commentText}>{body}</p>
  const escaped = names.map((name) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  const parts = body.split(new RegExp(`(${escaped.join('|')})`))
  return (
    <p className={styles.commentText}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed text
        <Fragment key={index}>{names.includes(part) ? <span className={styles.mention}>{part}</span> : part}</Fragment>
      ))}
    </p>
  )
}
