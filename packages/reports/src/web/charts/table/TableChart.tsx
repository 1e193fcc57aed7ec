import type { ChartMark, TableScene } from '../../../charts/contract.ts'
import { PlainButton } from '../../PlainButton.tsx'
import type { ChartLook } from '../../theme.ts'

/** Figures in rows and columns; each leads to its records. */
export function TableChart({
  scene,
  look: { tokens },
  label,
  hint,
  onMark,
}: {
  readonly scene: TableScene
  readonly look: ChartLook
  readonly label: string
  /** Says what a click on a figure does. */
  readonly hint: string
  readonly onMark?: ((mark: ChartMark) => void) | undefined
}) {
  const line = `1px solid ${tokens.line}`
  return (
    // Scrolls by keyboard too, so it takes the focus.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: figures are no fields of a form
    <div role="group" aria-label={label} tabIndex={0} style={{ overflow: 'auto', height: '100%' }}>
      <table
        style={{
          width: '100%',
          borderCollapse: 'collapse',
          fontSize: 13,
          color: tokens.ink,
          fontVariantNumeric: 'tabular-nums',
        }}
      >
        <thead>
          <tr>
            {scene.columns.map(({ id, label: name, align }) => (
              <th
                key={id}
                scope="col"
                style={{
                  position: 'sticky',
                  top: 0,
                  background: tokens.surface,
                  textAlign: align,
                  padding: '6px 10px',
                  borderBottom: line,
                  color: tokens.ink2,
                  fontWeight: 500,
                  whiteSpace: 'nowrap',
                }}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scene.rows.map((cells, row) => (
            // Rows have no name of their own: they are what the answer says, in its order.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <tr key={row}>
              {cells.map((cell, index) => {
                const column = scene.columns[index]
                const { mark } = cell
                const bar =
                  cell.share === null
                    ? undefined
                    : `linear-gradient(to right, ${tokens.tones.info.fill} ${Math.round(cell.share * 100)}%, transparent 0)`
                return (
                  <td
                    key={column?.id ?? index}
                    style={{
                      textAlign: column?.align ?? 'left',
                      padding: '6px 10px',
                      borderBottom: line,
                      background: bar,
                      color: cell.tone === undefined ? undefined : tokens.tones[cell.tone].text,
                    }}
                  >
                    {mark !== null && onMark ? (
                      <PlainButton hint={hint} onClick={() => onMark(mark)}>
                        {cell.text}
                      </PlainButton>
                    ) : (
                      cell.text
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
