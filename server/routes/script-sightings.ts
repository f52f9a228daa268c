import type { FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';

/** Who asks for the script again within this has been seen. */
const onceMs = 60_000;
const remembered = 5000;

/** Notices which origins load the script, so that a site's owner sees whether it is in their pages. */
export function createScriptSightings({ store, now, log }: Pick<Context, 'store' | 'now' | 'log'>) {
  const seenAt = new Map<string, number>();

  return ({ headers }: FastifyRequest): void => {
    const origin = originOf(headers.referer);
    if (!origin || now() - (seenAt.get(origin) ?? 0) < onceMs) return;
    seenAt.delete(origin);
    seenAt.set(origin, now());
    const [oldest] = seenAt.keys();
    if (seenAt.size > remembered && oldest !== undefined) seenAt.delete(oldest);
    // The page does not wait for it, and a store that is away keeps no script from it.
    store.installs.seen(origin, now()).catch((error) => log.warn({ err: error }, 'a sighting was not kept'));
  };
}

/** Browsers name the origin of the page, and no more of it, to servers of others. */
function originOf(referer: string | undefined): string | null {
  try {
    const { origin } = new URL(referer ?? '');
    return origin === 'null' || origin.length > 300 ? null : origin;
  } catch {
    return null;
  }
}
