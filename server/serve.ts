import { pino } from 'pino';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { type Context, openContext } from './context.ts';
import { makeDataFolder } from './data-folder.ts';
import { type DemoLogIns, seedDemo } from './demo.ts';

/** A server that listens, and what the first start alone has to tell. */
export interface Served {
  readonly address: string;
  readonly logIns: DemoLogIns | null;
  /** Where there is no organization yet: of the page that makes the first. */
  readonly firstRunCode: string | null;
  close(): Promise<void>;
}

/** Opens everything, and listens. */
export async function serve(config: Config): Promise<Served> {
  const log = createLog(config.logLevel);
  makeDataFolder(config.dataDir);
  const context = await openContext(config, log);
  const logIns = config.demo ? await seed(context, config.demo) : null;
  const app = await buildApp(context);
  const address = await app.listen({ port: config.port, host: config.host });
  const isFresh = !(await context.store.queues.anyOrganization());
  return {
    address,
    logIns,
    firstRunCode: isFresh ? context.firstRunCode : null,
    async close() {
      // The desk first: sockets that close from here on are nobody's leaving, and whoever is asked keeps their time.
      await Promise.all([context.desk.stop(), app.close()]);
      await context.close();
    },
  };
}

/** No message texts, no tokens, no addresses: what is logged is chosen where it is logged, and this is the second lock. */
const createLog = (level: string) =>
  pino({ level, redact: ['req.headers', '*.password', '*.token', '*.cookie', '*.email'], serializers: { err } });

/** What an error says of itself and no more: database drivers hang whole rows on theirs. */
const err = (error: unknown) =>
  error instanceof Error
    ? { type: error.name, code: (error as NodeJS.ErrnoException).code, message: error.message, stack: error.stack }
    : String(error);

const seed = ({ store, config, now }: Context, demo: NonNullable<Config['demo']>): Promise<DemoLogIns | null> =>
  seedDemo({
    store,
    dataDir: config.dataDir,
    demoPort: demo.port,
    now: now(),
    ...(demo.password !== undefined && { password: demo.password }),
  });
