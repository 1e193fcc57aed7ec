import { createContext } from 'react'

/** What shapes on the canvas can ask of the bench around them. */
export type Actions = {
  readonly addOnEdge: (edge: string, from: HTMLElement) => void
  readonly addAfter: (node: string, from: HTMLElement) => void
  readonly choose: (address: string) => void
}

export const CanvasActions = createContext<Actions>({ addOnEdge: () => {}, addAfter: () => {}, choose: () => {} })
