import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'
import { type Allowed, parseAllowed } from './outbound/addresses.ts'

/** Every setting of the process, by its environment variable. The unit is part of the name where there is one. */
const Environment = Type.Object({
  NODE_ENV: Type.Optional(Type.String()),
  PORT: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 8080,
    description: 'Where to listen; 0 takes any free port.',
  }),
  HOST: Type.String({ default: '127.0.0.1' }),
  DATABASE_URL: Type.Optional(
    Type.String({
      pattern: '^(sqlite:|postgres(ql)?://)',
      description: 'sqlite:PATH or postgres://…; absent: tenon.db in TENON_DATA.',
    }),
  ),
  TENON_DATA: Type.String({ minLength: 1, default: 'data', description: 'Folder of attachments, keys and backups.' }),
  TENON_ROLE: Type.Unsafe<'all' | 'web' | 'worker'>({ type: 'string', enum: ['all', 'web', 'worker'], default: 'all' }),
  TENON_DEMO: Type.Unsafe<'0' | '1'>({ type: 'string', enum: ['0', '1'], default: '0' }),
  TENON_TEST_CLOCK: Type.Unsafe<'0' | '1'>({ type: 'string', enum: ['0', '1'], default: '0' }),
  TENON_LOG_LEVEL: Type.Unsafe<LogLevel>({
    type: 'string',
    enum: ['silent', 'error', 'warn', 'info', 'debug'],
    default: 'warn',
  }),
  TENON_PUBLIC_URL: Type.Optional(
    Type.String({
      pattern: '^https?://[^/?#]+$',
      description: 'Address people use, for links in messages; absent: http://HOST:PORT.',
    }),
  ),
  TENON_TRUSTED_PROXIES: Type.Optional(
    Type.String({ description: 'Addresses of reverse proxies whose x-forwarded-for is believed; absent: none.' }),
  ),
  TENON_SESSION_HOURS: Type.Integer({ minimum: 1, maximum: 8760, default: 168 }),
  TENON_UPLOAD_MAX_MIB: Type.Integer({ minimum: 1, maximum: 2048, default: 50 }),
  TENON_ANONYMOUS_REQUESTS_PER_MINUTE: Type.Integer({ minimum: 1, default: 300 }),
  TENON_SESSION_REQUESTS_PER_MINUTE: Type.Integer({ minimum: 1, default: 6000 }),
  TENON_TOKEN_REQUESTS_PER_MINUTE: Type.Integer({ minimum: 1, default: 600_000 }),
  TENON_PUBLIC_SUBMISSIONS_PER_HOUR: Type.Integer({
    minimum: 1,
    default: 60,
    description: 'How often one address may send in public forms; uploads count four to one.',
  }),
  TENON_SMTP_URL: Type.Optional(
    Type.String({ pattern: '^smtps?://', description: 'Mail server; absent: mails are kept as files in TENON_DATA.' }),
  ),
  TENON_OUTBOUND_ALLOW: Type.String({
    default: '',
    description:
      'Hosts, addresses and nets (10.2.0.0/16), by commas, that webhooks may call although they are not on the public Internet.',
  }),
  TENON_MAP_TILES: Type.Optional(
    Type.String({
      maxLength: 500,
      pattern: '^https?://(\\{s\\}\\.)?[\\w.-]+(:\\d+)?/(?=[^\\s]*\\{z\\})(?=[^\\s]*\\{x\\})(?=[^\\s]*\\{y\\})[^\\s]*$',
      description:
        'Where maps get their pictures from, WGS-84 or nearly so: https://tiles.example/{z}/{x}/{y}.png; absent: outlines that come with the product.',
    }),
  ),
  TENON_MAP_CREDIT: Type.String({
    default: '',
    maxLength: 200,
    description: 'Whose pictures these are, told on maps.',
  }),
  TENON_TAKEOVER_SECONDS: Type.Integer({
    minimum: 2,
    maximum: 300,
    default: 30,
    description:
      'With several processes on one PostgreSQL: one that has been silent for so long counts as dead, and the others take over what it held.',
  }),
  TENON_MAIL_FROM: Type.String({ default: 'tenon@localhost' }),
})
type Environment = Static<typeof Environment>
type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug'

export type MapTiles = { readonly url: string; readonly credit: string }
export type Config = {
  readonly production: boolean
  readonly port: number
  readonly host: string
  readonly databaseUrl: string
  readonly dataFolder: string
  readonly role: 'all' | 'web' | 'worker'
  readonly demo: boolean
  readonly testClock: boolean
  readonly logLevel: LogLevel
  readonly publicUrl: string
  /** The same where the operator has named it; undefined: nobody has said how strangers reach us. */
  readonly namedUrl: string | undefined
  readonly trustedProxies: readonly string[]
  readonly sessionHours: number
  readonly uploadMaxBytes: number
  readonly publicSubmissionsPerHour: number
  readonly requestsPerMinute: { readonly anonymous: number; readonly session: number; readonly token: number }
  /** What may be called besides the public Internet. */
  readonly outboundAllowed: Allowed
  /** Pictures beneath maps; undefined: outlines. */
  readonly mapTiles: MapTiles | undefined
  /** So long a silent process keeps what it holds. */
  readonly takeoverMs: number
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string }
}

/** Thrown for a setting that cannot be used; the message names it and is all the operator needs. */
export class ConfigError extends Error {}

/** Reads the environment once. Throws `ConfigError` naming the variable; nothing else reads `process.env`. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const known = Object.fromEntries(
    Object.keys(Environment.properties).flatMap((name) =>
      env[name] === undefined || env[name] === '' ? [] : [[name, env[name]]],
    ),
  )
  const values = Value.Default(Environment, Value.Convert(Environment, known)) as Environment
  const [first] = Value.Errors(Environment, values)
  if (first) throw new ConfigError(`${first.instancePath.slice(1) || 'environment'}: ${first.message}`)
  if (values.TENON_TEST_CLOCK === '1' && values.NODE_ENV === 'production')
    throw new ConfigError(
      'TENON_TEST_CLOCK: the clock of a production system cannot be moved; unset one of TENON_TEST_CLOCK and NODE_ENV',
    )
  try {
    return configOf(values)
  } catch (error) {
    throw new ConfigError(`TENON_OUTBOUND_ALLOW: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const configOf = (env: Environment): Config => ({
  production: env.NODE_ENV === 'production',
  port: env.PORT,
  host: env.HOST,
  databaseUrl: env.DATABASE_URL ?? `sqlite:${env.TENON_DATA}/tenon.db`,
  dataFolder: env.TENON_DATA,
  role: env.TENON_ROLE,
  demo: env.TENON_DEMO === '1',
  testClock: env.TENON_TEST_CLOCK === '1',
  logLevel: env.TENON_LOG_LEVEL,
  namedUrl: env.TENON_PUBLIC_URL,
  publicUrl: env.TENON_PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`,
  trustedProxies: (env.TENON_TRUSTED_PROXIES ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
  sessionHours: env.TENON_SESSION_HOURS,
  uploadMaxBytes: env.TENON_UPLOAD_MAX_MIB * 2 ** 20,
  publicSubmissionsPerHour: env.TENON_PUBLIC_SUBMISSIONS_PER_HOUR,
  requestsPerMinute: {
    anonymous: env.TENON_ANONYMOUS_REQUESTS_PER_MINUTE,
    session: env.TENON_SESSION_REQUESTS_PER_MINUTE,
    token: env.TENON_TOKEN_REQUESTS_PER_MINUTE,
  },
  outboundAllowed: parseAllowed(env.TENON_OUTBOUND_ALLOW),
  mapTiles: env.TENON_MAP_TILES === undefined ? undefined : { url: env.TENON_MAP_TILES, credit: env.TENON_MAP_CREDIT },
  takeoverMs: env.TENON_TAKEOVER_SECONDS * 1000,
  mail: { smtpUrl: env.TENON_SMTP_URL, from: env.TENON_MAIL_FROM },
})
