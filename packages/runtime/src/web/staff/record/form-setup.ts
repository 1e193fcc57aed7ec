import { type FormModel, namedCalendarsOf, type RecordData } from '@tenon/engine'
import type { AppView, FormContext, Me } from '../../../contract/index.ts'
import type { FormSetup } from '../../../ui/form/use-form-session.ts'
import { serverNow } from '../../../ui/show/now.ts'

type Input = {
  readonly context: FormContext
  readonly form: FormModel
  readonly view: AppView
  readonly user: Me
  readonly zone: string
  readonly draftKey?: string
}

/** What the server said about a form in a context, as a form to be filled in. */
export function formSetup({ context, form, view, user, zone, draftKey }: Input): FormSetup {
  return {
    form,
    mode: context.mode,
    mask: context.mask,
    rights: context.rights,
    schema: context.schema as FormSetup['schema'],
    uiSchema: context.uiSchema as FormSetup['uiSchema'],
    data: context.data as RecordData,
    version: context.version,
    facts: {
      now: serverNow(),
      zone,
      calendars: context.calendars && calendarsIn(context.calendars),
      user: {
        id: user.id,
        username: user.username,
        name: user.name,
        department: user.department,
        superior: user.superior,
        departments: user.department ? [user.department] : [],
        roles: view.mine,
        locale: user.locale,
        zone: user.zone,
      },
    },
    draftKey,
  }
}

const calendarsIn = ({ own, all }: NonNullable<FormContext['calendars']>) =>
  namedCalendarsOf({
    definition: own === null ? {} : { calendar: own },
    calendars: new Map(all.map((calendar) => [calendar.id, calendar])),
  })
