import type { Choice } from '../environment.tsx'

/** A person among those to choose from. */
export const PersonOption = ({ choice: { ref, hint } }: { readonly choice: Choice }) => (
  <span>
    {ref.kind === 'user' ? ref.name : ''}
    {hint && <span style={{ color: 'var(--t-ink-3)', marginInlineStart: 8 }}>{hint}</span>}
  </span>
)
