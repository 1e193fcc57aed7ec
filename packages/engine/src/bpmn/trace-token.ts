/**
 * The token a script appends to a trace, as suites of control-flow models do it (`trace = trace + "A"`, `log('A')`):
 * the last text literal, or a script that is one word.
 */
export function traceToken(script: string): string | undefined {
  const literals = [...script.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map((match) => match[1] ?? match[2])
  const word = /^\s*([\p{L}\p{N}_-]+)\s*$/u.exec(script)?.[1]
  return literals.at(-1) ?? word
}
