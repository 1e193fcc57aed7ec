const simple: { readonly [letter: string]: string } = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
}

/** Text between the quotes of a FEEL string literal; an unknown escape stays as it is written. */
export const unescapeText = (raw: string): string =>
  raw.includes('\\')
    ? raw.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|([nrtbf"'\\/]))/gu, (whole, short, long, letter) => {
        if (typeof letter === 'string') return simple[letter] ?? whole
        const code = Number.parseInt(short ?? long, 16)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : raw
