import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

const Environment = Type.Object({
  PORT: Type.Integer({ minimum: 0, maximum: 65_535, default: 8080 }),
  HOST: Type.String({ minLength: 1, default: '127.0.0.1' }),
  DEMO_PORT: Type.Integer({ minimum: 1, maximum: 65_535, default: 8081 }),
  BALIE_DATA_DIR: Type.String({ minLength: 1, default: './data' }),
  BALIE_DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  BALIE_PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://[^/]+$' })),
  BALIE_LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { default: 'info' }),
  BALIE_TRUST_PROXY: Type.Optional(Type.String({ minLength: 1 })),
  BALIE_AGENT_GRACE_MS: Type.Integer({ minimum: 0, default: 60_000 }),
  BALIE_PRESENT_MS: Type.Integer({ minimum: 1000, default: 30_000 }),
  BALIE_SMTP_URL: Type.Optional(Type.String({ pattern: '^smtps?://.+' })),
  BALIE_MAIL_FROM: Type.Optional(Type.String({ pattern: '^[^\\s@<>,;:"]+@[^\\s@<>,;:"]+$' })),
  BALIE_CLAMAV: Type.Optional(Type.String({ pattern: '^[^:/]+:[0-9]{1,5}$' })),
  BALIE_ALLOW_PRIVATE_JWKS: Type.Boolean({ default: false }),
  BALIE_ALLOW_PRIVATE_WEBHOOKS: Type.Boolean({ default: false }),
  BALIE_DEMO: Type.Boolean({ default: false }),
  BALIE_DEMO_PASSWORD: Type.Optional(Type.String({ minLength: 8 })),
});

export interface Config {
  readonly port: number;
  readonly host: string;
  /** Where people and widgets reach us; absent, wherever the request came in. */
  readonly publicUrl: string | null;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly logLevel: string;
  readonly trustProxy: string[] | false;
  readonly agentGraceMs: number;
  readonly presentMs: number;
  readonly allowPrivateJwks: boolean;
  readonly allowPrivateWebhooks: boolean;
  /** Where files are scanned; null where they are not. */
  readonly clamav: { readonly host: string; readonly port: number } | null;
  /** Where mails leave; null where they stay in the data folder. */
  readonly smtp: { readonly url: string; readonly from: string } | null;
  readonly demo: { readonly port: number; readonly password?: string } | null;
}

/** Throws an Error whose message names the setting and what is wrong with it. Nothing else reads the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const settings = settingsOf(env);
  return {
    port: settings.PORT,
    host: settings.HOST,
    publicUrl: settings.BALIE_PUBLIC_URL ?? null,
    dataDir: resolve(settings.BALIE_DATA_DIR),
    databaseUrl: settings.BALIE_DATABASE_URL ?? null,
    logLevel: settings.BALIE_LOG_LEVEL,
    trustProxy: networksOf(settings.BALIE_TRUST_PROXY),
    agentGraceMs: settings.BALIE_AGENT_GRACE_MS,
    presentMs: settings.BALIE_PRESENT_MS,
    allowPrivateJwks: settings.BALIE_ALLOW_PRIVATE_JWKS,
    allowPrivateWebhooks: settings.BALIE_ALLOW_PRIVATE_WEBHOOKS,
    clamav: addressOf(settings.BALIE_CLAMAV),
    smtp: smtpOf(settings),
    demo: settings.BALIE_DEMO ? demoOf(settings) : null,
  };
}

function addressOf(setting: string | undefined): Config['clamav'] {
  if (setting === undefined) return null;
  const [host = '', port] = setting.split(':');
  return { host, port: Number(port) };
}

/** Who reads a mail has nothing but what is in it: it must come from somebody, and its links must lead here. */
function smtpOf({ BALIE_SMTP_URL: url, BALIE_MAIL_FROM: from, BALIE_PUBLIC_URL: home }: Static<typeof Environment>) {
  if (url === undefined) return null;
  if (from === undefined)
    throw new Error('a setting is missing: BALIE_SMTP_URL needs BALIE_MAIL_FROM, the address that mails come from.');
  if (home === undefined)
    throw new Error('a setting is missing: BALIE_SMTP_URL needs BALIE_PUBLIC_URL, where the links in mails lead.');
  return { url, from };
}

const demoOf = ({ DEMO_PORT: port, BALIE_DEMO_PASSWORD: password }: Static<typeof Environment>) =>
  password === undefined ? { port } : { port, password };

function settingsOf(env: NodeJS.ProcessEnv): Static<typeof Environment> {
  const given = Object.entries(Environment.properties).flatMap(([name, schema]) => {
    const text = env[name];
    return text === undefined ? [] : [[name, typedOf(text, schema)]];
  });
  const settings = Value.Default(Environment, Object.fromEntries(given));
  if (Value.Check(Environment, settings)) return settings;
  const [problem] = Value.Errors(Environment, settings);
  const what = problem
    ? `${problem.instancePath.slice(1)} ${problem.message}${choiceOf(problem.params)}`
    : 'it does not fit';
  throw new Error(`a setting is wrong: ${what}. docs/operating.md lists them all.`);
}

/** Of a setting that has only so many values. */
const choiceOf = (params: object): string =>
  'allowedValues' in params && Array.isArray(params.allowedValues) ? ` (${params.allowedValues.join(', ')})` : '';

/** People write a switch as 1 or as true. */
const switches: Readonly<Record<string, boolean>> = { '1': true, true: true, '0': false, false: false, '': false };

/** Of what is only text in the environment; what can't be read as its type stays as it is, and does not fit. */
function typedOf(text: string, schema: object): unknown {
  const type = 'type' in schema && schema.type;
  if (type === 'integer') return text.trim() === '' ? text : Number(text);
  return type === 'boolean' ? (switches[text] ?? text) : text;
}

function networksOf(list: string | undefined): string[] | false {
  const networks = list?.split(',').map((network) => network.trim()) ?? [];
  const wrong = networks.find((network) => !isIP(network.replace(/\/\d{1,3}$/, '')));
  if (wrong !== undefined)
    throw new Error(`a setting is wrong: BALIE_TRUST_PROXY names ${wrong}, which is no network.`);
  return networks.length > 0 && networks;
}
