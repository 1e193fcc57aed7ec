/** The GSM 7-bit default alphabet (3GPP TS 23.038 §6.2.1); those of the extension table count twice. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const extension = new Set('\f^{}\\[~]|€')

export type SmsLength = { readonly length: number; readonly segments: number; readonly isUnicode: boolean }

/**
 * Length of an SMS and into how many parts it is sent: 160 characters of the GSM alphabet or 70 UTF-16 units, and where
 * it needs several parts 153 or 67 in each, the rest being the header that joins them (3GPP TS 23.040 §9.2.3.24.1).
 */
export function smsLength(text: string): SmsLength {
  const isUnicode = [...text].some((char) => !basic.has(char) && !extension.has(char))
  const length = isUnicode ? text.length : [...text].reduce((sum, char) => sum + (extension.has(char) ? 2 : 1), 0)
  const [alone, joined] = isUnicode ? [70, 67] : [160, 153]
  return { length, segments: length === 0 ? 0 : length <= alone ? 1 : Math.ceil(length / joined), isUnicode }
}
