import type { Tone } from '@tenon/engine'

/** The colours charts need, by the names the UI kit's tokens have. */
export type ChartTokens = {
  readonly primary: string
  readonly surface: string
  readonly surface2: string
  readonly line: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly tones: { readonly [T in Tone]: { readonly fill: string; readonly text: string; readonly strong: string } }
}
export type ChartMode = 'light' | 'dark'
export type ChartLook = { readonly tokens: ChartTokens; readonly mode: ChartMode }

/**
 * The fixed series of eight, apart from each other for every kind of colour vision and from the surface by 3 : 1
 * (WCAG 1.4.11). Found by search over OKLCH with simulated protan and deutan vision; the test holds the distances.
 */
export const seriesPalette: { readonly [M in ChartMode]: readonly string[] } = {
  light: ['#2251c6', '#17a1c8', '#8d671d', '#892312', '#7472f4', '#97567d', '#959a17', '#7f057f'],
  dark: ['#386be2', '#77dbf4', '#c99e1e', '#c04732', '#ae8dfc', '#a06a9e', '#bcdb27', '#47bc96'],
}

/** A tone where the value has one, else its place in the series. */
export const colorOf = (
  { tone, color }: { readonly tone: Tone | undefined; readonly color: number },
  { tokens, mode }: ChartLook,
): string =>
  tone === undefined
    ? (seriesPalette[mode][color % seriesPalette[mode].length] ?? tokens.primary)
    : tokens.tones[tone].strong
