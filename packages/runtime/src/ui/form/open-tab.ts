const prefix = 'tenon.tab.'

/** The tab of a form that this person had open last; undefined: none. */
export function openTab(form: string): string | undefined {
  try {
    return localStorage.getItem(prefix + form) ?? undefined
  } catch {
    // Storage may be forbidden: the form opens at its first tab.
    return undefined
  }
}

export function rememberTab(form: string, tab: string): void {
  try {
    localStorage.setItem(prefix + form, tab)
  } catch {
    // As above.
  }
}
