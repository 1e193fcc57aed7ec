import type { FieldOf } from '@tenon/engine'

const endings = {
  image: 'image/*',
  pdf: '.pdf',
  office: '.doc,.docx,.xls,.xlsx,.ppt,.pptx,.wps,.et,.dps',
  text: '.txt,.csv,.log,.md',
  archive: '.zip,.rar,.7z,.gz',
  video: 'video/*',
  audio: 'audio/*',
} as const satisfies Record<NonNullable<FieldOf<'file'>['accept']>[number], string>

/** What the file dialog offers; the server looks into the content itself. */
export const acceptOf = (kinds: FieldOf<'file'>['accept']): string =>
  (kinds ?? []).map((kind) => endings[kind]).join(',')
