import type { Terminal, Words } from './terminal.ts'

/** One command of the command line. */
export type CliCommand = {
  /** `import APP FORM FILE --mapping FILE` */
  readonly usage: string
  readonly summary: Words
  /** Gives the exit code: 0 done, 1 not done, 2 used wrongly. */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}

/** Thrown for a wrong way to call a command: its usage is shown. */
export class UsageError extends Error {}
/** Thrown for anything the person can mend: the message is all that is shown, in the person's language where it has it. */
export class CliError extends Error {
  readonly words: Words
  readonly values: Readonly<Record<string, string | number>>
  constructor(said: string | Words, values: Readonly<Record<string, string | number>> = {}) {
    const words = typeof said === 'string' ? { 'zh-CN': said, en: said } : said
    super(words.en)
    this.words = words
    this.values = values
  }
}

/** Exactly `count` words, or at least that many with `more`. */
export function words(positionals: readonly string[], count: number, more = false): readonly string[] {
  if (positionals.length < count || (!more && positionals.length > count)) throw new UsageError()
  return positionals
}
