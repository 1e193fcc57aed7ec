import { type FormModel, resolveText } from '@tenon/engine'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUi } from '../environment.tsx'
import styles from './form.module.css'
import { openTab, rememberTab } from './open-tab.ts'
import type { PlacedSection } from './sections.ts'

type Props = {
  readonly form: FormModel
  readonly sections: readonly PlacedSection[]
  /** What is shown of a section; null: nothing, and a tab of nothing but such is left out. */
  readonly draw: (section: PlacedSection) => ReactNode
  /** Fields with something to be put right, marked on their tab; absent: none. */
  readonly problems?: ReadonlyMap<string, unknown> | undefined
}

/** Sections in the order of the form: those of no tab, then one tab at a time, then what was placed nowhere. */
export function TabbedSections({ form, sections, draw, problems }: Props) {
  const drawn = sections.map((section) => ({ section, node: draw(section) })).filter(({ node }) => node !== null)
  const tabs = (form.definition.tabs ?? [])
    .map(({ id, label }) => ({ id, label, own: drawn.filter(({ section }) => section.tab === id) }))
    .filter(({ own }) => own.length > 0)
  const loose = drawn.filter(({ section }) => section.tab === undefined)
  if (tabs.length === 0) return loose.map(({ node }) => node)
  const isRest = ({ section }: (typeof drawn)[number]) => section.label === undefined && section.id === '_rest'
  return (
    <>
      {loose.filter((one) => !isRest(one)).map(({ node }) => node)}
      <Tabs form={form} tabs={tabs} problems={problems} />
      {loose.filter(isRest).map(({ node }) => node)}
    </>
  )
}

type Tab = {
  readonly id: string
  readonly label: NonNullable<FormModel['definition']['tabs']>[number]['label']
  readonly own: readonly { readonly section: PlacedSection; readonly node: ReactNode }[]
}

function Tabs({ form, tabs, problems }: Pick<Props, 'form' | 'problems'> & { readonly tabs: readonly Tab[] }) {
  const { t } = useTranslation('ui')
  const { locale } = useUi()
  const prefix = useId()
  const key = `${form.app}/${form.id}`
  const [chosen, setChosen] = useState(() => openTab(key))
  const open = tabs.find(({ id }) => id === chosen) ?? tabs[0]
  const wrongIn = ({ own }: Tab) =>
    own.flatMap(({ section }) => section.items).filter(({ field }) => problems?.has(field)).length
  const choose = (id: string) => {
    setChosen(id)
    rememberTab(key, id)
  }
  useProblemOpens(problems, open, tabs, wrongIn, setChosen)
  const onKey = (event: KeyboardEvent<HTMLElement>) => {
    const at = tabs.findIndex(({ id }) => id === open?.id)
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: tabs.length - 1 }[event.key]
    const next = to === undefined ? undefined : tabs[to]
    if (!next) return
    event.preventDefault()
    choose(next.id)
    document.getElementById(`${prefix}${next.id}`)?.focus()
  }
  return (
    <div className={styles.tabbed}>
      <div className={styles.tabs} role="tablist" aria-label={t('tabs')} onKeyDown={onKey}>
        {tabs.map((tab) => {
          const wrong = wrongIn(tab)
          const isOpen = tab.id === open?.id
          return (
            <button
              key={tab.id}
              id={`${prefix}${tab.id}`}
              type="button"
              role="tab"
              className={styles.tab}
              aria-selected={isOpen}
              aria-controls={`${prefix}${tab.id}_panel`}
              tabIndex={isOpen ? 0 : -1}
              onClick={() => choose(tab.id)}
            >
              {resolveText(tab.label, locale)}
              {wrong > 0 && (
                <span className={styles.tabProblems}>
                  {wrong}
                  <span className="visually-hidden">{t('tabProblems', { count: wrong })}</span>
                </span>
              )}
            </button>
          )
        })}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          id={`${prefix}${tab.id}_panel`}
          role="tabpanel"
          className={styles.tabPanel}
          aria-labelledby={`${prefix}${tab.id}`}
          hidden={tab.id !== open?.id}
        >
          {tab.own.map(({ node }) => node)}
        </div>
      ))}
    </div>
  )
}

/** When problems appear and none of them is in sight, the first tab that has one opens. */
function useProblemOpens(
  problems: Props['problems'],
  open: Tab | undefined,
  tabs: readonly Tab[],
  wrongIn: (tab: Tab) => number,
  setOpen: (id: string) => void,
): void {
  const before = useRef(0)
  const count = problems?.size ?? 0
  useEffect(() => {
    const appeared = before.current === 0 && count > 0
    before.current = count
    const first = tabs.find((tab) => wrongIn(tab) > 0)
    if (appeared && first && open && wrongIn(open) === 0) setOpen(first.id)
  })
}
