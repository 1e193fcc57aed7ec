import type { TFunction } from 'i18next'

/** What a draft is called to a person: the main one and those that upgrades make have names of the product. */
export function draftName(t: TFunction<'designer'>, name: string): string {
  if (name === 'main') return t('draft.main')
  const upgrade = /^upgrade(?:-(\d+))?$/.exec(name)
  if (!upgrade) return name
  return upgrade[1] === undefined ? t('draft.upgrade') : t('draft.upgradeAgain', { number: upgrade[1] })
}
