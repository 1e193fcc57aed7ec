/** ISO 4217 currencies whose minor unit is not a hundredth. Written down: a table that changes with the runtime would shift stored amounts. */
const exceptions: { readonly [currency: string]: number } = {
  ...Object.fromEntries(
    [
      'BIF',
      'CLP',
      'DJF',
      'GNF',
      'ISK',
      'JPY',
      'KMF',
      'KRW',
      'PYG',
      'RWF',
      'UGX',
      'UYI',
      'VND',
      'VUV',
      'XAF',
      'XOF',
      'XPF',
    ].map((code) => [code, 0]),
  ),
  ...Object.fromEntries(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'].map((code) => [code, 3])),
  ...Object.fromEntries(['CLF', 'UYW'].map((code) => [code, 4])),
}
/** Decimals of an amount in the currency. */
export const minorUnits = (currency: string): number => exceptions[currency] ?? 2

const signs: { readonly [currency: string]: string } = {
  CNY: '¥',
  USD: '$',
  EUR: '€',
  GBP: '£',
  HKD: 'HK$',
  TWD: 'NT$',
  JPY: 'JP¥',
  KRW: '₩',
  INR: '₹',
}
const otherNames: { readonly [currency: string]: readonly string[] } = {
  CNY: ['人民币', 'RMB', '元', '圆', '块'],
  USD: ['美元', 'US$'],
  EUR: ['欧元'],
  GBP: ['英镑'],
  HKD: ['港币', '港元'],
  JPY: ['日元', '¥'],
}

/** `¥1,234.50`, `CHF 12.00`; `amount` is already grouped. */
export function printMoney(amount: string, currency: string): string {
  const [sign, body] = amount.startsWith('-') ? ['-', amount.slice(1)] : ['', amount]
  const mark = signs[currency]
  return mark === undefined ? `${sign}${currency} ${body}` : `${sign}${mark}${body}`
}

/** Takes the currency's own name or sign off both ends; another currency's stays and is refused as no number. */
export function withoutCurrency(text: string, currency: string): string {
  const sign = /^[+-]/.exec(text)?.[0] ?? ''
  const names = [currency, signs[currency] ?? currency, ...(otherNames[currency] ?? [])].sort(
    (a, b) => b.length - a.length,
  )
  let body = text.slice(sign.length).trim()
  const before = names.find((name) => body.toUpperCase().startsWith(name))
  if (before) body = body.slice(before.length).trim()
  const behind = names.find((name) => body.toUpperCase().endsWith(name))
  return sign + (behind ? body.slice(0, -behind.length).trim() : body)
}
