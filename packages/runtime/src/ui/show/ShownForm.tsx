import type { FormModel } from '@tenon/engine'
import { createContext, type ReactNode, useContext } from 'react'

const Shown = createContext<FormModel | undefined>(undefined)

/** The form whose values are drawn below; stages need it, for their names are the form's. */
export const ShownFormProvider = ({ form, children }: { form: FormModel | undefined; children: ReactNode }) => (
  <Shown value={form}>{children}</Shown>
)
export const useShownForm = (): FormModel | undefined => useContext(Shown)
