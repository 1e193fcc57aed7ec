import { resolveText } from '@tenon/engine'
import type { Placed } from '@tenon/engine/layout'
import { useEffect, useRef, useState } from 'react'
import { labelOf } from '../../draft/labels.ts'
import { connect, reconnect, whyNotConnect } from '../../edits/flow/connect.ts'
import { type Clip, copied, pasted } from '../../edits/flow/copy.ts'
import { type Flow, groupsIn, nodeOf, traitsOf } from '../../edits/flow/flow.ts'
import { grouped, ungrouped } from '../../edits/flow/groups.ts'
import { addAfter, addAt, insertOnEdge } from '../../edits/flow/insert.ts'
import { type Alignment, aligned, laidOut, movedTo, placesOf } from '../../edits/flow/places.ts'
import { remove } from '../../edits/flow/remove.ts'
import { type StencilName, type Surroundings, stencils } from '../../edits/flow/stencils.ts'
import { edgeWords, nodeName, type Wording } from './flow-words.ts'
import type { ChangeFlow } from './use-flow.ts'

type Bench = {
  readonly flow: Flow
  readonly change: ChangeFlow
  readonly wording: Wording
  readonly around: Surroundings
  readonly chosen: ReadonlySet<string>
  readonly choose: (addresses: ReadonlySet<string>) => void
  readonly goTo: (address: string) => void
}
type Target = { readonly edge?: string | undefined; readonly node?: string | undefined; readonly spot: Placed['at'] }

/** What was copied last, from whichever flow: it can be pasted into another one. */
let clip: Clip | undefined

/** Everything that changes the flow on the canvas, named for the history and told to whoever cannot see it. */
export function useFlowEdits(bench: Bench) {
  const { flow, change, wording, around, chosen, choose, goTo } = bench
  const { t, locale } = wording
  const { note, say } = useNote()
  const named = (id: string) => {
    const node = nodeOf(flow, id)
    return node ? nodeName(node, wording) : ''
  }
  const chosenNodes = () =>
    [...chosen].filter((address) => address.startsWith('nodes/')).map((address) => address.slice(6))
  /** With those of the chosen groups: what moves. */
  const chosenToMove = () => {
    const inGroups = groupsIn(flow).filter(({ id }) => chosen.has(`groups/${id}`))
    return [...new Set([...chosenNodes(), ...inGroups.flatMap(({ nodes }) => nodes)])]
  }
  const added = (name: StencilName, make: (flow: Flow) => { readonly flow: Flow; readonly id: string } | undefined) => {
    const label = resolveText(stencils[name].label, locale)
    const done = change(t('edit.insert', { name: label }), make)
    say(done ? t('said.added', { name: label }) : t('said.cannotAdd'))
    // It is drawn first, then chosen.
    if (done) setTimeout(() => goTo(`nodes/${done.id}`), 30)
  }
  const refusal = (from: string, to: string) => {
    const why = whyNotConnect(flow, from, to)
    return why && t(`noWay.${why}`, { from: named(from), to: named(to) })
  }
  const paste = (what: Clip, label: string) => {
    const done = change(label, (before) => pasted(before, what))
    if (done) choose(new Set(done.ids.map((id) => `nodes/${id}`)))
  }
  const moved = (label: string, make: (flow: Flow) => Flow, key?: string) => {
    change(label, (before) => ({ flow: make(before) }), key)
  }

  return {
    note,
    say,
    add: (address: string, name: StencilName) => {
      const id = address.slice(6)
      added(name, (before) =>
        address.startsWith('edges/') ? insertOnEdge(before, id, name, around) : addAfter(before, id, name, around),
      )
    },
    drop: (name: StencilName, { edge, node, spot }: Target) => {
      const isEvent = stencils[name].type === 'boundaryEvent'
      added(name, (before) => {
        if (node !== undefined && isEvent) return addAfter(before, node, name, around)
        const level = node === undefined ? undefined : nodeOf(before, node)
        const parent = level && traitsOf(level).isContainer ? level.id : level?.parent
        if (edge !== undefined) return insertOnEdge(before, edge, name, around)
        return addAt(before, name, [spot[0] - 20, spot[1] - 20], parent, around)
      })
    },
    connect: (from: string, to: string) => {
      const why = refusal(from, to)
      if (why !== undefined) return say(why)
      const done = change(t('edit.connect', { from: named(from), to: named(to) }), (before) =>
        connect(before, from, to),
      )
      if (!done) return
      say(t('said.connected'))
      choose(new Set([`edges/${done.id}`]))
    },
    reconnect: (edge: string, from: string, to: string) => {
      const done = change(t('edit.reconnect'), (before) => {
        const next = reconnect(before, edge, from, to)
        return next && { flow: next }
      })
      if (!done) say(refusal(from, to) ?? t('noWay.already'))
    },
    removeChosen: () => {
      const ids = [...chosen].map((address) => (address.startsWith('groups/') ? address : address.slice(6)))
      const [first = ''] = ids
      if (ids.length === 0) return
      const group = groupsIn(flow).find(({ id }) => ids.length === 1 && first === `groups/${id}`)
      if (group) {
        change(t('edit.ungroup', { name: labelOf(group, locale) }), (before) => ({ flow: ungrouped(before, group.id) }))
        say(t('said.ungrouped'))
        choose(new Set(group.nodes.map((id) => `nodes/${id}`)))
        return
      }
      const edge = flow.edges.find(({ id }) => id === first)
      const name = named(first) || (edge ? edgeWords(flow, edge, wording) : '') || t('role.edge')
      const label = ids.length === 1 ? t('edit.remove', { name }) : t('edit.removeMany', { count: ids.length })
      const done = change(label, (before) => remove(before, ids))
      if (!done) return
      const names = (left: readonly string[]) => left.map((id) => `“${named(id)}”`).join(t('and'))
      if (done.stuck.length > 0) say(t('said.stuck', { names: names(done.stuck) }))
      else if (done.lost.length > 0) say(t('said.lost', { names: names(done.lost) }))
      else say(t(chosenNodes().length > 0 ? 'said.bridged' : 'said.removed'))
      const before = flow.edges.find(({ to }) => to === first)?.from
      if (before !== undefined && nodeOf(done.flow, before)) goTo(`nodes/${before}`)
      else choose(new Set())
    },
    group: () => {
      const ids = chosenNodes()
      const label = { 'zh-CN': '新分组', en: 'New group' }
      const done = change(t('edit.group', { count: ids.length }), (before) => grouped(before, ids, label))
      if (!done) return
      say(t('said.grouped', { count: ids.length }))
      goTo(`groups/${done.id}`)
    },
    copyChosen: () => {
      const ids = chosenNodes()
      if (ids.length === 0) return
      clip = copied(flow, ids)
      say(t('said.copied', { count: clip.nodes.length }))
    },
    paste: () => clip && paste(clip, t('edit.paste', { count: clip.nodes.length })),
    duplicate: () => {
      const what = copied(flow, chosenNodes())
      if (what.nodes.length > 0) paste(what, t('edit.duplicate', { count: what.nodes.length }))
    },
    move: (make: (flow: Flow) => Flow) => moved(t('edit.move'), make),
    moveBy: (dx: number, dy: number) => {
      const places = placesOf(flow)
      const to = chosenToMove().flatMap((id) => {
        const at = places.get(id)?.at
        return at ? [[id, [at[0] + dx, at[1] + dy]] as const] : []
      })
      if (to.length > 0) moved(t('edit.move'), (before) => movedTo(before, new Map(to)), 'move')
    },
    align: (how: Alignment) => moved(t('edit.align'), (before) => movedTo(before, aligned(before, chosenNodes(), how))),
    layOut: () => moved(t('edit.layout'), laidOut),
  }
}

/** What was just done, in words that stay long enough to be read. */
function useNote() {
  const [note, say] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    clearTimeout(timer.current)
    if (note !== '') timer.current = setTimeout(() => say(''), 8000)
    return () => clearTimeout(timer.current)
  }, [note])
  return { note, say }
}
