import fc from 'fast-check'

/** Generated FEEL text for the tests: every construct of the profile, names of `context` in safety.test.ts. */
const literal = fc.oneof(
  { arbitrary: fc.integer({ min: -20, max: 20 }).map(String), weight: 4 },
  { arbitrary: fc.constantFrom('1.5', '0.1', '.25', '1e3', '99999999999999999999'), weight: 2 },
  { arbitrary: fc.constantFrom('true', 'false', 'null', '"a"', '"中文😀"', '""', '"2026-03-02"', 'a', 'b', 't', 'o', 'f', 'nothing', 'now()', 'today()'), weight: 4 },
  { arbitrary: fc.constantFrom('@"2026-03-02"', '@"PT2H"', '@"P1M"', '@"10:00:00"', '@"2026-03-02T10:00:00Z"', '@"2026-03-02T10:00:00@Europe/Berlin"', '@"nothing"'), weight: 2 },
)
const binary = fc.constantFrom('+', '-', '*', '/', '**', '=', '!=', '<', '<=', '>', '>=', 'and', 'or')
const unaryFunction = fc.constantFrom(
  'not', 'string', 'number', 'date', 'time', 'duration', 'abs', 'floor', 'sqrt', 'log', 'exp', 'odd', 'count', 'sum', 'min', 'max', 'mean', 'median', 'mode', 'stddev', 'all', 'any', 'reverse', 'flatten', 'distinct values', 'sort', 'string length', 'upper case', 'day of week', 'week of year', 'get entries', 'context', 'is defined', 'date and time', 'product', 'union', 'last day of month', '求和',
)
const binaryFunction = fc.constantFrom(
  'contains', 'starts with', 'substring', 'substring before', 'split', 'modulo', 'decimal', 'round half up', 'round down', 'list contains', 'append', 'concatenate', 'index of', 'remove', 'sublist', 'before', 'after', 'includes', 'during', 'overlaps', 'meets', 'coincides', 'get value', 'is', 'years and months duration', 'date and time', 'string join', 'matches', 'partition',
)

export const { feelText } = fc.letrec<{ feelText: string }>((tie) => {
  const part = tie('feelText')
  const two = (write: (a: string, b: string) => string) => fc.tuple(part, part).map(([a, b]) => write(a, b))
  const three = (write: (a: string, b: string, c: string) => string) => fc.tuple(part, part, part).map(([a, b, c]) => write(a, b, c))
  return {
    feelText: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      { arbitrary: literal, weight: 4 },
      { arbitrary: fc.tuple(part, binary, part).map(([a, operator, b]) => `(${a}) ${operator} (${b})`), weight: 6 },
      part.map((a) => `-(${a})`),
      fc.tuple(unaryFunction, part).map(([name, a]) => `${name}(${a})`),
      fc.tuple(binaryFunction, part, part).map(([name, a, b]) => `${name}(${a}, ${b})`),
      three((a, b, c) => `if ${a} then ${b} else ${c}`),
      three((a, b, c) => `(${a}) between (${b}) and (${c})`),
      three((a, b, c) => `(${a}) in (${b}, > (${c}))`),
      two((a, b) => `[${a}, ${b}]`),
      two((a, b) => `[(${a})..(${b}))`),
      two((a, b) => `{x: ${a}, y: x, z: ${b}}`),
      two((a, b) => `(${a})[${b}]`),
      part.map((a) => `(${a}).x`),
      part.map((a) => `(${a}).year`),
      two((a, b) => `(for x in (${a}) return (${b}))`),
      two((a, b) => `(for x in -3..3, y in [${a}] return (${b}))`),
      two((a, b) => `(some x in (${a}) satisfies (${b}))`),
      two((a, b) => `(every x in (${a}) satisfies (${b}))`),
      two((a, b) => `sort(${a}, function(x, y) ${b})`),
      part.map((a) => `(function(x) ${a})(x: 1)`),
    ),
  }
})

/** The text with some characters removed, doubled, swapped or replaced. */
export const mutated = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(), fc.constantFrom('remove', 'double', 'swap', 'replace'), fc.constantFrom('(', ')', '[', ']', '{', '}', '"', '\\', '.', ',', ':', '@', '?', '$', '\u0000', '\ud800', '😀', '/*', '//', '..', ' ', '`', '；')), { minLength: 1, maxLength: 6 })
    .map((changes) => changes.reduce((current, [place, kind, put]) => {
      const at = current.length === 0 ? 0 : place % current.length
      if (kind === 'remove') return current.slice(0, at) + current.slice(at + 1)
      if (kind === 'double') return current.slice(0, at) + current.slice(at, at + 5) + current.slice(at)
      if (kind === 'swap') return current.slice(0, at) + (current[at + 1] ?? '') + (current[at] ?? '') + current.slice(at + 2)
      return current.slice(0, at) + put + current.slice(at + 1)
    }, text))
