import type { Stage, StageCategory, Tone } from '@tenon/engine'

const byCategory: { readonly [C in StageCategory]: Tone } = {
  new: 'info',
  open: 'info',
  'waiting-customer': 'violet',
  'waiting-third-party': 'violet',
  'waiting-parts': 'warning',
  resolved: 'success',
  closed: 'neutral',
  cancelled: 'neutral',
}

/** A stage's own tone, else that of its category. */
export const stageTone = (stage: Pick<Stage, 'tone' | 'category'>): Tone => stage.tone ?? byCategory[stage.category]
