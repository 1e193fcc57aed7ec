/** What a secret is sealed for: the app, its name, and the only origin it is sent to. */
export const secretPlace = ({
  app,
  name,
  origin,
}: {
  readonly app: string
  readonly name: string
  readonly origin: string
}): string => `${app}/${name} ${origin}`
