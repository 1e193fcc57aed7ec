/** Brings what keeps a form from being sent into sight, with the keyboard, once it is drawn. */
export function showFirstProblem(): void {
  requestAnimationFrame(() => {
    const first = document.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')
    first?.scrollIntoView({ block: 'center', behavior: 'smooth' })
    first?.focus?.()
  })
}
