import { resolveText } from '@tenon/engine'
import { usePreferences } from '@tenon/runtime/page'
import { memo, type PointerEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { nodeFrom, type StencilName, type Surroundings, stencilNames, stencils } from '../../edits/flow/stencils.ts'
import styles from './bench.module.css'
import { stencilGlyphs } from './glyphs.tsx'

const groups = ['people', 'ways', 'events', 'system', 'parts'] as const

type Props = {
  readonly around: Surroundings
  /** Put down at a place of the window. */
  readonly onDrop: (name: StencilName, x: number, y: number) => void
  readonly onHover: (x: number, y: number) => void
  /** Chosen without dragging. */
  readonly onChoose: (name: StencilName) => void
}

/** What can be drawn, in business words: drag it onto a line or free ground, or press it to add it after what is chosen. */
export const Palette = memo(function Palette({ around, onDrop, onHover, onChoose }: Props) {
  const { t } = useTranslation('flow')
  return (
    <div className={styles.palette}>
      {groups.map((group) => (
        <section key={group} aria-label={t(`group.${group}`)}>
          <h3 className={styles.paletteGroup}>{t(`group.${group}`)}</h3>
          <div className={styles.stencils}>
            {stencilNames
              .filter((name) => stencils[name].group === group)
              .map((name) => (
                <Stencil key={name} name={name} around={around} onDrop={onDrop} onHover={onHover} onChoose={onChoose} />
              ))}
          </div>
        </section>
      ))}
      <p className={styles.paletteHint}>{t('paletteHint')}</p>
    </div>
  )
})

function Stencil({ name, around, onDrop, onHover, onChoose }: Props & { readonly name: StencilName }) {
  const { t } = useTranslation('flow')
  const { locale } = usePreferences()
  const began = useRef<readonly [number, number]>(undefined)
  const ghost = useRef<HTMLElement>(undefined)
  const isPossible = nodeFrom(name, 'x', around) !== undefined
  const end = () => {
    ghost.current?.remove()
    ghost.current = undefined
    began.current = undefined
    onHover(-1, -1)
  }
  const move = (event: PointerEvent<HTMLButtonElement>) => {
    if (!began.current) return
    const [x, y] = began.current
    if (!ghost.current && Math.hypot(event.clientX - x, event.clientY - y) < 6) return
    if (!ghost.current) {
      ghost.current = event.currentTarget.cloneNode(true) as HTMLElement
      ghost.current.classList.add(styles.ghost ?? '')
      ghost.current.setAttribute('aria-hidden', 'true')
      document.body.append(ghost.current)
    }
    ghost.current.style.setProperty('transform', `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`)
    onHover(event.clientX, event.clientY)
  }
  return (
    <button
      type="button"
      className={styles.stencil}
      disabled={!isPossible}
      title={isPossible ? undefined : t(`impossible.${name === 'call' ? 'call' : 'decide'}`)}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        began.current = [event.clientX, event.clientY]
        event.currentTarget.setPointerCapture(event.pointerId)
      }}
      onPointerMove={move}
      onPointerUp={(event) => {
        const wasDragged = ghost.current !== undefined
        end()
        if (wasDragged) onDrop(name, event.clientX, event.clientY)
        // The click that follows a drag is none.
        dragged.at = wasDragged ? event.timeStamp : 0
      }}
      onPointerCancel={end}
      onClick={(event) => {
        if (event.timeStamp - dragged.at > 50) onChoose(name)
      }}
    >
      <span className={styles.stencilGlyph} aria-hidden="true">
        {stencilGlyphs[name]}
      </span>
      {resolveText(stencils[name].label, locale)}
    </button>
  )
}

const dragged = { at: 0 }
