import type { MessageDefinition, TextValue } from '@tenon/engine'

/** Ways a message goes out, and the texts each of them has; an optional one may be left out. */
export const channels = {
  inbox: [
    { name: 'title', required: true },
    { name: 'body', required: false },
  ],
  email: [
    { name: 'subject', required: true },
    { name: 'body', required: true },
  ],
  sms: [{ name: 'body', required: true }],
} as const satisfies {
  readonly [C in Channel]: readonly { readonly name: string; readonly required: boolean }[]
}
export type Channel = Extract<keyof MessageDefinition, 'inbox' | 'email' | 'sms'>
export const channelNames = Object.keys(channels) as Channel[]
export type ChannelTexts = { readonly [part: string]: TextValue | undefined }

/** What a channel says that is switched on: the name of the message, until somebody writes more. */
export const freshTexts = (channel: Channel, label: TextValue): ChannelTexts =>
  Object.fromEntries(channels[channel].filter(({ required }) => required).map(({ name }) => [name, label]))
