import { numberFormat } from '../../show/format.ts'

const format = (currency: string, locale: string) =>
  numberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })

/** Decimals of a currency by ISO 4217, as the platform knows them: 2 for CNY, 0 for JPY. */
export const currencyDecimals = (currency: string): number =>
  format(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2

export const currencySign = (currency: string, locale: string): string =>
  format(currency, locale)
    .formatToParts(0)
    .find((part) => part.type === 'currency')?.value ?? currency
