import { MessageDefinition, renderText, type TextValue, templateReads } from '@tenon/engine'
import { RemoteSelect, serverNow, useRefs, useUi } from '@tenon/runtime/ui'
import { Switch } from 'antd'
import type { TFunction } from 'i18next'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Definition, useDocument } from '../../draft/draft-context.tsx'
import { labelOf } from '../../draft/labels.ts'
import { type Language, languages, textsOf, withLanguage } from '../../edits/text-languages.ts'
import { useScopeForm } from '../../panels/draft-app.ts'
import { useSampleFacts } from '../../panels/formula/sample-facts.ts'
import { SchemaPanel, templateInWords, useDraftApp, useTelling } from '../../panels/index.ts'
import type { BenchProps } from '../contract.ts'
import { ProblemList, useProblemsAt } from '../frame/ProblemList.tsx'
import { BenchBlock, SplitBench } from '../frame/SplitBench.tsx'
import frame from '../frame/split-bench.module.css'
import { type Channel, type ChannelTexts, channelNames, channels, freshTexts } from './channels.ts'
import styles from './message.module.css'
import { Preview } from './Preview.tsx'
import { TemplateText } from './TemplateText.tsx'
import { useVariables } from './use-variables.ts'

/** A message: its text for every channel and language side by side, each as it arrives, filled with a real record. */
export default function MessageBench({ path }: BenchProps) {
  const { t } = useTranslation('message')
  const { locale, zone, searchRecords } = useUi()
  const app = useDraftApp()
  const known = useRefs()
  const { document, edit } = useDocument(path)
  const problems = useProblemsAt(path)
  const [record, setRecord] = useState<string | null>(null)
  const message = document as unknown as MessageDefinition | undefined
  const name = typeof message?.form === 'string' ? message.form : undefined
  const form = useScopeForm(name)
  const reads = useMemo(() => templatesIn(message).flatMap(templateReads), [message])
  const linked = reads.filter(({ fact }) => fact === 'record')
  const sample = useSampleFacts(form, linked, app, { record: record ?? undefined })
  const env = useVariables()
  const telling = useTelling({ path, form: name })
  const search = useCallback((q: string) => searchRecords(name ?? '', q), [searchRecords, name])
  if (!document || !message) return null
  const scope = { path, form: name }
  const textsIn = (channel: Channel) => message[channel] as ChannelTexts | undefined
  const put = (channel: Channel, texts: ChannelTexts | undefined, key?: string) =>
    edit(
      t('edits.texts', { channel: t(`channel.${channel}`) }),
      ({ [channel]: _old, ...before }) => (texts === undefined ? before : { ...before, [channel]: texts }),
      key,
    )
  const write = (channel: Channel, part: string, text: TextValue | undefined, isNeeded: boolean) => {
    const { [part]: _old, ...rest } = textsIn(channel) ?? {}
    put(
      channel,
      text === undefined && !isNeeded ? rest : { ...textsIn(channel), [part]: text ?? '' },
      `${channel} ${part}`,
    )
  }
  const filled = (text: TextValue | undefined, language: Language) => {
    const template = textsOf(text)[language] ?? ''
    if (!sample && linked.length > 0) return templateInWords(template, telling)
    return renderText(
      template,
      { now: serverNow(), zone, ...sample?.facts, env },
      {
        locale: language,
        zone,
        ...(form ? { form } : {}),
        lookup: app.lookup,
        nameOf: (id) => nameIn(sample?.refs[id] ?? known[id]),
      },
    )
  }
  const used = channelNames.filter((channel) => textsIn(channel) !== undefined)
  return (
    <SplitBench
      title={labelOf(document, locale, t('untitled'))}
      sentence={
        used.length === 0
          ? t('noChannel')
          : t('sentence', { channels: used.map((channel) => t(`channel.${channel}`)).join(t('comma')) })
      }
      sideLabel={t('sample')}
      side={
        <div className={frame.pane}>
          <h2 className={frame.word}>{t('sample')}</h2>
          <p className={frame.hint}>{name === undefined ? t('noForm') : t('sampleHint')}</p>
          {name !== undefined && (
            <RemoteSelect
              id="message-record"
              ariaLabel={t('chooseRecord')}
              value={record}
              onChange={setRecord}
              search={search}
              labelOf={(ref) => (ref.kind === 'record' ? ref.title : '')}
              placeholder={t('chooseRecord')}
            />
          )}
          {name !== undefined && (
            <p role="status" className={frame.hint}>
              {sample ? t('filledWith', { title: sample.title }) : t('noRecord')}
            </p>
          )}
          <h2 className={frame.word}>{t('more')}</h2>
          <SchemaPanel
            schema={MessageDefinition}
            only={['label', 'form']}
            value={document}
            onChange={(next) => edit(t('edits.more'), () => next as Definition, 'more')}
            scope={scope}
          />
        </div>
      }
    >
      <ProblemList problems={problems.besides(channelNames.map((channel) => `/${channel}`))} />
      {channelNames.map((channel) => {
        const texts = textsIn(channel)
        const title = t(`channel.${channel}`)
        return (
          <BenchBlock key={channel} id={`message-${channel}`} title={title}>
            <div className={styles.switch}>
              <Switch
                size="small"
                aria-label={t('send', { channel: title })}
                checked={texts !== undefined}
                onChange={(on) => put(channel, on ? freshTexts(channel, message.label ?? t('untitled')) : undefined)}
              />
              <span className={frame.quiet}>{t(texts ? 'sent' : 'notSent')}</span>
            </div>
            {texts && (
              <div className={styles.languages}>
                {languages.map((language) => (
                  <section
                    key={language}
                    className={styles.language}
                    aria-label={`${title} ${t(`language.${language}`)}`}
                  >
                    <h3 className={styles.languageName}>{t(`language.${language}`)}</h3>
                    {channels[channel].map(({ name: part, required }) => (
                      <TemplateText
                        key={part}
                        label={t(`part.${part}`)}
                        name={t('textOf', {
                          channel: title,
                          part: t(`part.${part}`),
                          language: t(`language.${language}`),
                        })}
                        rows={part === 'body' ? 4 : 1}
                        value={textsOf(texts[part])[language] ?? ''}
                        scope={scope}
                        form={form}
                        missing={missingIn(texts[part], language, required, t)}
                        onChange={(text) => write(channel, part, withLanguage(texts[part], language, text), required)}
                      />
                    ))}
                    <Preview
                      channel={channel}
                      label={t('previewOf', { channel: title, language: t(`language.${language}`) })}
                      texts={Object.fromEntries(
                        channels[channel].map(({ name: part }) => [part, filled(texts[part], language)]),
                      )}
                    />
                  </section>
                ))}
              </div>
            )}
          </BenchBlock>
        )
      })}
    </SplitBench>
  )
}

/** A reader of the language that is missing gets the other one. */
function missingIn(
  text: TextValue | undefined,
  language: Language,
  required: boolean,
  t: TFunction<'message'>,
): string | undefined {
  const texts = textsOf(text)
  if ((texts[language] ?? '') !== '') return undefined
  const other = languages.find((one) => (texts[one] ?? '') !== '')
  if (other !== undefined) return t('missing', { other: t(`language.${other}`) })
  return required ? t('needed') : undefined
}

function nameIn(ref: ReturnType<typeof useRefs>[string] | undefined): string | undefined {
  return ref === undefined ? undefined : ref.kind === 'record' ? ref.title : ref.name
}

const templatesIn = (message: MessageDefinition | undefined): readonly string[] =>
  channelNames.flatMap((channel) =>
    Object.values((message?.[channel] ?? {}) as ChannelTexts).flatMap((text) => Object.values(textsOf(text))),
  )
