import type { Tone } from '@tenon/engine'

export type Mode = 'light' | 'dark'
type Soft = { readonly fill: string; readonly text: string; readonly strong: string }

export type Tokens = {
  readonly primary: string
  /** Under the pointer: darker, so that white text on it keeps its contrast. */
  readonly primaryHover: string
  readonly surface: string
  readonly surface2: string
  readonly surface3: string
  readonly raised: string
  readonly line: string
  readonly lineStrong: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly focus: string
  readonly tones: { readonly [T in Tone]: Soft }
}

/**
 * THE list of colours. Screens name a token (`var(--t-ink-2)`), never a value; pairs of text and fill hold WCAG AA.
 */
export const tokens: { readonly [M in Mode]: Tokens } = {
  light: {
    primary: '#1f5eff',
    primaryHover: '#174fdc',
    surface: '#ffffff',
    surface2: '#f6f7f9',
    surface3: '#eef0f3',
    raised: '#ffffff',
    line: '#e8eaee',
    lineStrong: '#d5d9e0',
    ink: '#1b1f27',
    ink2: '#4d5564',
    ink3: '#606877',
    focus: '#1f5eff40',
    tones: {
      info: { fill: '#e8f0ff', text: '#0b4bcc', strong: '#1f5eff' },
      success: { fill: '#e2f5ea', text: '#0d6338', strong: '#1f9d5b' },
      warning: { fill: '#fff1db', text: '#874a00', strong: '#d98200' },
      danger: { fill: '#ffe9e8', text: '#ad161c', strong: '#d9363e' },
      neutral: { fill: '#eef0f3', text: '#49505e', strong: '#8a93a3' },
      violet: { fill: '#f0eafe', text: '#5b2fc2', strong: '#7a4fe0' },
      teal: { fill: '#dcf4f5', text: '#0a5f6b', strong: '#11909f' },
    },
  },
  dark: {
    primary: '#4b7bf5',
    primaryHover: '#3a63cc',
    surface: '#14161a',
    surface2: '#1b1e24',
    surface3: '#252932',
    raised: '#22262e',
    line: '#2b2f38',
    lineStrong: '#3b414d',
    ink: '#e8eaee',
    ink2: '#aab1be',
    ink3: '#969eac',
    focus: '#4f82ff66',
    tones: {
      info: { fill: '#1b2c55', text: '#9cbcff', strong: '#4f82ff' },
      success: { fill: '#12341f', text: '#7fdca6', strong: '#3dbb7b' },
      warning: { fill: '#3d2a0b', text: '#f4c477', strong: '#e0a03a' },
      danger: { fill: '#4a1b1c', text: '#ffa8a2', strong: '#ef5f62' },
      neutral: { fill: '#2a2e36', text: '#bcc2cd', strong: '#79818f' },
      violet: { fill: '#2d2150', text: '#c4adff', strong: '#9673f2' },
      teal: { fill: '#0f3438', text: '#7bd8df', strong: '#2fb2bf' },
    },
  },
}

const kebab = (name: string) => name.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase()

/** Puts the tokens on the document as custom properties (`--t-ink-2`, `--t-danger-fill`), by the DOM: no inline style. */
export function applyTokens(root: HTMLElement, mode: Mode): void {
  const { tones, ...plain } = tokens[mode]
  for (const [name, value] of Object.entries(plain)) root.style.setProperty(`--t-${kebab(name)}`, value)
  for (const [tone, soft] of Object.entries(tones)) {
    for (const [part, value] of Object.entries(soft)) root.style.setProperty(`--t-${tone}-${part}`, value)
  }
  root.dataset.theme = mode
  root.style.colorScheme = mode
}
