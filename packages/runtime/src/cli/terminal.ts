import { type Locale, resolveText } from '@tenon/engine'

export type Words = { readonly 'zh-CN': string; readonly en: string }

/** Where a command reads and writes. Results go to `out`, everything said about them to `say`. */
export type Terminal = {
  readonly locale: Locale
  readonly env: Readonly<Record<string, string | undefined>>
  readonly folder: string
  out(text: string): void
  say(text: string): void
  /** The words in the user's language, with `{name}` filled in. */
  t(words: Words, values?: Readonly<Record<string, string | number>>): string
  /** Redraws one line while work goes on; `end` leaves it standing. */
  progress(text: string, end?: boolean): void
}

/** The user's language by the usual variables: Chinese if they say so, else English. */
function localeOfEnvironment(env: Terminal['env']): Locale {
  const given = env.TENON_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG || ''
  return given.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

type Output = { write(text: string): unknown; readonly isTTY?: boolean }

export function createTerminal(
  env: Terminal['env'],
  folder: string,
  stdout: Output = process.stdout,
  stderr: Output = process.stderr,
): Terminal {
  const locale = localeOfEnvironment(env)
  return {
    locale,
    env,
    folder,
    out: (text) => void stdout.write(`${text}\n`),
    say: (text) => void stderr.write(`${text}\n`),
    t: (words, values = {}) =>
      resolveText(words, locale).replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '')),
    progress(text, end = false) {
      if (stderr.isTTY) stderr.write(`\r\u001b[2K${text}${end ? '\n' : ''}`)
      else if (end) stderr.write(`${text}\n`)
    },
  }
}

const barWidth = 30
/** `[#####----] 45 %  6,743 / 14,986` */
export function bar(done: number, total: number | null): string {
  const format = (value: number) => value.toLocaleString('en-US')
  if (total === null || total === 0) return format(done)
  const share = Math.min(1, done / total)
  const filled = Math.round(share * barWidth)
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${Math.floor(share * 100)} %  ${format(done)} / ${format(total)}`
}

/** Columns under one another; wide (Chinese) characters count as two. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, width(cell))), [])
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - width(cell))))
        .join('  '),
    )
    .join('\n')
}

const width = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/.test(char)
        ? 2
        : 1),
    0,
  )
