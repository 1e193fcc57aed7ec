import type { Locale } from '@tenon/engine'
import type { ChartMark, NumberScene } from '../../../charts/contract.ts'
import { PlainButton } from '../../PlainButton.tsx'
import type { ChartLook } from '../../theme.ts'
import { say } from '../../words.ts'

const arrows = { up: '↑', down: '↓', same: '→' } as const

/** As large as its tile lets it stand on one line. */
function sizeOf(text: string) {
  const ems = [...text].reduce((sum, character) => sum + (character > '\u2fff' ? 1 : 0.6), 0)
  return {
    fontSize: `clamp(14px, ${Math.floor(100 / Math.max(ems, 1))}cqi, ${text.length > 7 ? 22 : 32}px)`,
    lineHeight: 1.25,
  }
}

/** One figure, large; target and change small beneath. */
export function NumberChart({
  scene,
  look: { tokens },
  locale,
  onMark,
}: {
  readonly scene: NumberScene
  readonly look: ChartLook
  readonly locale: Locale
  readonly onMark?: ((mark: ChartMark) => void) | undefined
}) {
  const { figure, target, change } = scene
  const { mark } = figure
  const color = target?.isMet === false ? tokens.tones.danger.text : tokens.ink
  const text = (
    <span
      style={{
        ...sizeOf(figure.text),
        fontWeight: 600,
        color,
        fontVariantNumeric: 'tabular-nums',
        whiteSpace: 'nowrap',
      }}
    >
      {figure.text}
    </span>
  )
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        justifyContent: 'center',
        height: '100%',
        gap: 4,
        containerType: 'inline-size',
      }}
    >
      <div>
        {mark !== null && onMark ? (
          <PlainButton
            hint={say('open', locale)}
            label={`${scene.label} ${figure.text}, ${say('open', locale)}`}
            onClick={() => onMark(mark)}
          >
            {text}
          </PlainButton>
        ) : (
          text
        )}
      </div>
      <div style={{ display: 'flex', flexWrap: 'wrap', gap: 12, fontSize: 13, color: tokens.ink2 }}>
        {target && <span>{`${say('target', locale)} ${target.text}`}</span>}
        {change && (
          <span style={{ color: change.tone === 'neutral' ? tokens.ink2 : tokens.tones[change.tone].text }}>
            {`${arrows[change.direction]} ${change.text} ${say('comparedWith', locale)}`}
          </span>
        )}
      </div>
    </div>
  )
}
