/** Characters that XML 1.0 cannot hold (§2.2), and the carriage return, which readers change. */
const refused = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** Without the characters that XML cannot hold. */
export const xmlText = (text: string): string => text.replace(refused, '')
export const isXmlText = (text: string): boolean => xmlText(text) === text

/** JSON in which characters that XML cannot hold are escaped. */
export const jsonForXml = (value: unknown): string =>
  JSON.stringify(value).replace(refused, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
