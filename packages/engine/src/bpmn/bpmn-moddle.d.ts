/** The package brings types of BPMN's elements but none of its own door. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: { readonly [name: string]: object })
    fromXML(xml: string): Promise<{
      readonly rootElement: import('./element.ts').Element
      readonly warnings: readonly { readonly message: string }[]
      readonly references: readonly {
        readonly element: import('./element.ts').Element
        readonly property: string
        readonly id: string
      }[]
      readonly elementsById: { readonly [id: string]: import('./element.ts').Element }
    }>
    toXML(element: import('./element.ts').Element, options?: { format?: boolean }): Promise<{ readonly xml: string }>
    create(type: string, properties?: { readonly [name: string]: unknown }): import('./element.ts').Element
  }
}
