/**
 * The page's policy allows only styles with the nonce the server wrote into it. The kit is told the nonce, but some of
 * its parts (scroll bars measured, scrolling locked) make style elements without asking; so every one gets it here.
 */
export function nonceForStyles(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
  if (nonce === '') return ''
  const create = document.createElement.bind(document) as (
    name: string,
    options?: ElementCreationOptions,
  ) => HTMLElement
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (element instanceof HTMLStyleElement) element.nonce = nonce
    return element
  }) as typeof document.createElement
  return nonce
}
