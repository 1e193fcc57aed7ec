type Shared = {
  readonly id: string
  readonly disabled?: boolean | undefined
  readonly invalid?: boolean | undefined
  readonly describedBy?: string | undefined
  readonly onBlur?: (() => void) | undefined
}

/** What every control of the UI kit is told the same way. */
export const controlProps = ({ id, disabled, invalid, describedBy, onBlur }: Shared) => ({
  id,
  disabled: disabled ?? false,
  ...(invalid ? { status: 'error' as const, 'aria-invalid': true } : {}),
  ...(describedBy ? { 'aria-describedby': describedBy } : {}),
  ...(onBlur ? { onBlur } : {}),
})
