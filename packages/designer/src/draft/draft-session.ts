import { applyPatch, type JsonPatch, type MergeConflict, mergeDocuments } from '@tenon/engine'
import { ApiProblem, type Client, type DraftView } from '@tenon/runtime/contract'
import { type Documents, documentsOf } from './documents.ts'
import { patchBetween } from './patch-between.ts'

/** saved: the server has everything; waiting: typed a moment ago; saving: on its way; failed: tried again by itself. */
type Saving = 'saved' | 'waiting' | 'saving' | 'failed'

/** What a workbench sees of the draft; a new object after every change. */
export type DraftState = {
  readonly documents: Documents
  /** Revision the server has; edits that wait are not in it. */
  readonly revision: number
  readonly baseVersion: number
  readonly liveVersion: number
  readonly saving: Saving
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Where somebody else changed the very thing I was changing: mine was kept, and both are here to choose from. */
  readonly conflicts: readonly MergeConflict[]
  /** Why the last edit was refused; undefined: it was not. */
  readonly refusal: ApiProblem | undefined
  /** The step that was asked for is somebody else's: it waits for a word. */
  readonly othersStep: OthersStep | undefined
}

type Direction = 'undo' | 'redo'
type OthersStep = { readonly direction: Direction; readonly reason: ApiProblem }

type Batch = { readonly label: string; readonly key: string | undefined; readonly before: Documents }
type Design = Client['design']

/** Edits of one key within this time are one step of undo. */
const pauseMs = 600
const retryMs = 3000

/**
 * A draft being edited: every edit shows at once and is saved behind it, in order, as a patch on the revision it was made
 * on. When somebody else was faster, both are merged element by element; what both changed is told, never overwritten
 * unseen.
 */
export class DraftSession {
  readonly app: string
  readonly name: string
  readonly #design: Design
  readonly #listeners = new Set<() => void>()
  #state: DraftState
  /** What the server has. */
  #known: Documents
  #batch: Batch | undefined
  #timer: ReturnType<typeof setTimeout> | undefined
  #work: Promise<void> = Promise.resolve()

  constructor(design: Design, app: string, view: DraftView) {
    this.#design = design
    this.app = app
    this.name = view.name
    this.#known = documentsOf(view.files)
    this.#state = {
      documents: this.#known,
      revision: view.revision,
      baseVersion: view.baseVersion,
      liveVersion: view.liveVersion,
      saving: 'saved',
      canUndo: view.canUndo,
      canRedo: view.canRedo,
      conflicts: [],
      refusal: undefined,
      othersStep: undefined,
    }
  }

  state = (): DraftState => this.#state
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  /**
   * Changes the draft. `label` is what the history calls it. Edits with the same `key` that follow each other quickly
   * (typing into one property) are one step of undo.
   */
  edit(label: string, change: (documents: Documents) => Documents, key?: string): void {
    const before = this.#state.documents
    const after = change(before)
    if (after === before) return
    if (this.#batch && (key === undefined || this.#batch.key !== key)) this.#send()
    this.#batch ??= { label, key, before }
    this.#set({
      documents: after,
      saving: 'waiting',
      canUndo: true,
      canRedo: false,
      refusal: undefined,
      othersStep: undefined,
    })
    clearTimeout(this.#timer)
    if (key === undefined) this.#send()
    else this.#timer = setTimeout(() => this.#send(), pauseMs)
  }

  /** Resolves when the server has everything that was edited so far. */
  async settled(): Promise<void> {
    this.#send()
    await this.#work
  }

  undo = () => this.#step('undo')
  redo = () => this.#step('redo')
  /** The person means the step of the other one. */
  stepAllTheSame = (direction: Direction) => this.#step(direction, true)
  forgetOthersStep = () => this.#set({ othersStep: undefined })

  /** Somebody else has edited, or the live version has changed: takes in what is new. */
  refresh(): Promise<void> {
    this.#send()
    return this.#then(() => this.#catchUp())
  }

  /** The person has read why an edit was refused. */
  forgiveRefusal(): void {
    this.#set({ refusal: undefined })
  }

  /** The person has decided about something both had changed. */
  settleConflict(address: string): void {
    this.#set({ conflicts: this.#state.conflicts.filter((one) => one.address !== address) })
  }

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  #then(job: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(job)
    return this.#work
  }

  #send(): void {
    clearTimeout(this.#timer)
    const batch = this.#batch
    if (!batch) return
    this.#batch = undefined
    const after = this.#state.documents
    void this.#then(() => this.#save(batch.label, batch.before, after))
  }

  /**
   * Saves what was changed between two states. What the server has by the time its turn has come may be something else:
   * the change is brought onto that element by element, never by its place in a list.
   */
  async #save(label: string, before: Documents, after: Documents): Promise<void> {
    for (;;) {
      const mine = this.#ontoKnown(before, after)
      const patch = patchBetween(this.#known, mine)
      if (patch.length === 0) return this.#rest()
      this.#set({ saving: 'saving' })
      try {
        const body = { revision: this.#state.revision, label, patch: [...patch] }
        const done = await this.#design.patchDraft(this.app, body, this.#nameParameter())
        this.#known = mine
        this.#set({ revision: done.revision, canUndo: done.canUndo, canRedo: done.canRedo })
        return this.#rest()
      } catch (error) {
        if (!(await this.#isWorthRetrying(error, after))) return
      }
    }
  }

  #ontoKnown(before: Documents, after: Documents): Documents {
    if (this.#known === before) return after
    const { document, conflicts } = mergeDocuments(before, after, this.#known)
    this.#tell(conflicts)
    return document as Documents
  }

  /** Of a place that is told already the newest is told. */
  #tell(conflicts: readonly MergeConflict[]): void {
    if (conflicts.length === 0) return
    const addresses = new Set(conflicts.map(({ address }) => address))
    const others = this.#state.conflicts.filter(({ address }) => !addresses.has(address))
    this.#set({ conflicts: [...others, ...conflicts] })
  }

  async #isWorthRetrying(error: unknown, after: Documents): Promise<boolean> {
    if (error instanceof ApiProblem && error.code === 'draft.conflict') {
      await this.#catchUp()
      return true
    }
    if (error instanceof ApiProblem && error.status < 500 && error.status !== 429 && error.status !== 401) {
      // Refused for good: the draft shows again what the server has, with the edits made since.
      const documents = mergeDocuments(after, this.#state.documents, this.#known).document as Documents
      this.#set({ documents, refusal: error })
      this.#rest()
      return false
    }
    this.#set({ saving: 'failed' })
    await new Promise((resolve) => setTimeout(resolve, retryMs))
    return true
  }

  /** Reads the draft again and brings what I have on top of it. */
  async #catchUp(): Promise<void> {
    const view = await this.#design.draft(this.app, this.#nameParameter())
    if (view.revision === this.#state.revision && view.liveVersion === this.#state.liveVersion) return
    const before = this.#known
    const theirs = keep(before, documentsOf(view.files))
    const local = this.#state.documents
    const documents = local === before ? theirs : (mergeDocuments(before, local, theirs).document as Documents)
    this.#known = theirs
    this.#set({
      documents,
      revision: view.revision,
      baseVersion: view.baseVersion,
      liveVersion: view.liveVersion,
      canUndo: view.canUndo,
      canRedo: view.canRedo,
    })
  }

  #step(direction: Direction, others = false): Promise<void> {
    this.#send()
    return this.#then(async () => {
      const { revision } = this.#state
      const call = direction === 'undo' ? this.#design.undoDraft : this.#design.redoDraft
      this.#set({ saving: 'saving', othersStep: undefined })
      try {
        const body = { revision, ...(others && { others }) }
        const done = await call(this.app, body, this.#nameParameter())
        const applied = applyPatch(this.#known, done.patch as unknown as JsonPatch)
        if (applied.ok) {
          const before = this.#known
          const next = applied.value.document as Documents
          this.#known = next
          const local = this.#state.documents
          const documents = local === before ? next : (mergeDocuments(before, local, next).document as Documents)
          this.#set({ documents, revision: done.revision, canUndo: done.canUndo, canRedo: done.canRedo })
        }
      } catch (error) {
        if (!(error instanceof ApiProblem)) return this.#set({ saving: 'failed' })
        if (error.code === 'draft.othersEdit') this.#set({ othersStep: { direction, reason: error } })
        else await this.#catchUp()
      }
      this.#rest()
    })
  }

  #rest(): void {
    this.#set({ saving: this.#batch ? 'waiting' : 'saved' })
  }

  #nameParameter(): string | undefined {
    return this.name === 'main' ? undefined : this.name
  }
}

/** The new documents, with those that say the same as before being the very same objects. */
function keep(before: Documents, now: Documents): Documents {
  return Object.fromEntries(
    Object.entries(now).map(([path, document]) => [
      path,
      JSON.stringify(before[path]) === JSON.stringify(document) ? before[path] : document,
    ]),
  )
}
