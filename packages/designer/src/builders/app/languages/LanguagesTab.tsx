import { DownloadOutlined, SearchOutlined, UploadOutlined } from '@ant-design/icons'
import type { Locale } from '@tenon/engine'
import { Nothing } from '@tenon/runtime/page'
import { Button, Checkbox, Input, Pagination } from 'antd'
import { type ChangeEvent, useDeferredValue, useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fromCsv, toCsv } from '../../../edits/csv.ts'
import { isTranslated, textIn } from '../../../edits/texts.ts'
import { saveFile } from '../../save-file.ts'
import styles from './languages.module.css'
import { type PlacedText, useTexts } from './use-texts.ts'
import { wordingsOf } from './wordings.ts'

const pageSize = 50

/** Every text of the app in each of its languages, as one table; out to a spreadsheet and back. */
export function LanguagesTab() {
  const { t } = useTranslation('app')
  const { texts, locales, word } = useTexts()
  const [missing, setMissing] = useState(false)
  const [words, setWords] = useState('')
  const [page, setPage] = useState(1)
  const sought = useDeferredValue(words.trim().toLowerCase())
  // A text that has just been translated stays in sight until something else is asked for.
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const open = texts.filter(({ value }) => !isTranslated(value, locales)).length
  const shown = useMemo(
    () =>
      texts.filter(
        (text) =>
          (!missing || kept.has(text.key) || !isTranslated(text.value, locales)) &&
          (sought === '' ||
            [text.where, ...locales.map((one) => textIn(text.value, one))].some((part) =>
              part.toLowerCase().includes(sought),
            )),
      ),
    [texts, missing, kept, locales, sought],
  )
  const ask = (change: () => void) => {
    change()
    setPage(1)
    setKept(new Set())
  }
  return (
    <div className={styles.tab}>
      <div className={styles.bar}>
        <Input
          prefix={<SearchOutlined aria-hidden />}
          aria-label={t('languages.find')}
          placeholder={t('languages.find')}
          className={styles.find ?? ''}
          allowClear
          value={words}
          onChange={({ target }) => ask(() => setWords(target.value))}
        />
        <Checkbox checked={missing} onChange={({ target }) => ask(() => setMissing(target.checked))}>
          {t('languages.missing', { open })}
        </Checkbox>
        <Exchange texts={texts} locales={locales} word={word} />
      </div>
      {shown.length === 0 ? (
        <Nothing title={t(missing ? 'languages.allDone' : 'languages.nothing')} />
      ) : (
        <ul className={styles.list}>
          {shown.slice((page - 1) * pageSize, page * pageSize).map((text) => (
            <Row
              key={text.key}
              text={text}
              locales={locales}
              onWord={(locale, wording) => {
                setKept((before) => new Set([...before, text.key]))
                word(
                  t('languages.edited', { where: text.where }),
                  [{ text, locale, words: wording }],
                  `${text.key} ${locale}`,
                )
              }}
            />
          ))}
        </ul>
      )}
      <Pagination
        size="small"
        current={page}
        pageSize={pageSize}
        total={shown.length}
        hideOnSinglePage
        showSizeChanger={false}
        onChange={setPage}
      />
    </div>
  )
}

type RowProps = {
  readonly text: PlacedText
  readonly locales: readonly Locale[]
  readonly onWord: (locale: Locale, words: string) => void
}

function Row({ text, locales, onWord }: RowProps) {
  const { t } = useTranslation('app')
  const id = useId()
  return (
    <li className={styles.row}>
      <span id={id} className={styles.where}>
        {text.where}
      </span>
      {locales.map((locale) => {
        const words = textIn(text.value, locale)
        return (
          <Input.TextArea
            key={locale}
            rows={1}
            lang={locale}
            aria-label={t('languages.in', { where: text.where, language: t(`languages.name.${locale}`) })}
            placeholder={t(`languages.name.${locale}`)}
            data-missing={words === ''}
            className={styles.words ?? ''}
            value={words}
            onChange={({ target }) => onWord(locale, target.value)}
          />
        )
      })}
    </li>
  )
}

type ExchangeProps = Pick<ReturnType<typeof useTexts>, 'texts' | 'locales' | 'word'>

/** Out to a spreadsheet and back. */
function Exchange({ texts, locales, word }: ExchangeProps) {
  const { t } = useTranslation('app')
  const picker = useRef<HTMLInputElement>(null)
  const [result, setResult] = useState('')
  const head = [t('languages.file'), t('languages.place'), t('languages.where'), ...locales]
  const save = () => {
    const rows = texts.map((text) => [
      text.file,
      text.address,
      text.where,
      ...locales.map((one) => textIn(text.value, one)),
    ])
    saveFile(`${t('languages.fileName')}.csv`, `\uFEFF${toCsv([head, ...rows])}`, 'text/csv')
  }
  const load = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const [file] = target.files ?? []
    target.value = ''
    if (!file) return
    const { wordings, unknown } = wordingsOf(fromCsv(await file.text()), texts)
    word(t('languages.imported', { count: wordings.length }), wordings)
    const done = t('languages.taken', { count: wordings.length })
    setResult(unknown === 0 ? done : `${done} ${t('languages.unknown', { count: unknown })}`)
  }
  return (
    <div className={styles.exchange}>
      <Button icon={<DownloadOutlined />} onClick={save}>
        {t('languages.export')}
      </Button>
      <Button icon={<UploadOutlined />} onClick={() => picker.current?.click()}>
        {t('languages.import')}
      </Button>
      <input
        ref={picker}
        type="file"
        accept=".csv,text/csv"
        hidden
        aria-label={t('languages.import')}
        onChange={(event) => void load(event)}
      />
      <span role="status" className={styles.result}>
        {result}
      </span>
    </div>
  )
}
