type Held = { readonly text: string; readonly cutFrom: string | undefined }

let held: Held | undefined
const listeners = new Set<() => void>()

/**
 * What was copied last, for buttons: a page may only read the clipboard of the machine when somebody pastes by keyboard.
 * `cutFrom`: path of the form that the fields leave when they are pasted there again.
 */
export const clipboard = {
  held: (): Held | undefined => held,
  hold(text: string, cutFrom?: string): void {
    held = { text, cutFrom }
    for (const listener of listeners) listener()
  },
  release(): void {
    if (held?.cutFrom !== undefined) held = { ...held, cutFrom: undefined }
    for (const listener of listeners) listener()
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}
