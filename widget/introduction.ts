import { createTokenKeeper, type TokenSource } from '../client/token.ts';
import type { Cursor } from '../protocol/frames.ts';
import { limits } from '../protocol/limits.ts';
import type { VisitorFrame } from '../protocol/visitor-frames.ts';
import type { BrowserKey } from './browser-key.ts';
import { pageNow } from './pages.ts';
import { signProof, thumbprint, type Variables } from './proof.ts';

interface Challenge {
  readonly nonce: string;
  readonly at: number;
}

export interface IntroductionOptions {
  readonly site: string;
  readonly queue: string | undefined;
  readonly key: BrowserKey;
  readonly session: () => string | undefined;
  readonly cursor: () => Cursor | null;
  readonly send: (frame: VisitorFrame) => boolean;
}

/** A site's backend that never answers must not keep its visitor from chatting. */
const patienceMs = 5000;

/** Who speaks on this line: what each hello says, and what is told afterwards when the page has said more. */
export function createIntroduction({ site, queue, key, session, cursor, send }: IntroductionOptions) {
  const tokens = createTokenKeeper({
    thumbprint: async () => thumbprint(await key.pair()),
    onDue: () => identify(true),
  });
  let variables: Variables | undefined = {};
  let challenge: Challenge | undefined;
  let isAnswered = false;
  let isOutdated = false;

  async function credentials(at: Challenge, withToken: boolean) {
    const mine = session();
    const token = withToken ? await tokens.get() : undefined;
    const proof = await signProof(await key.pair(), { site, challenge: at, session: mine, token, variables });
    return { proof, token, session: mine };
  }

  async function identify(withToken: boolean) {
    isOutdated = true;
    const at = challenge;
    if (!at || !isAnswered) return;
    const { proof, token } = await credentials(at, withToken);
    // A later challenge is answered with all of it.
    if (at === challenge) send({ type: 'identify', proof, token } as VisitorFrame);
  }

  return {
    use(source: TokenSource | null) {
      tokens.use(typeof source === 'function' ? (request) => Promise.race([source(request), late()]) : source);
      return identify(true);
    },
    set(change: Variables) {
      variables = Object.fromEntries(Object.entries({ ...variables, ...change }).filter(([, value]) => value != null));
      return identify(false);
    },
    /** Said of somebody who is not here any more. */
    forget() {
      variables = {};
    },
    /** What was said may be of somebody else, and nothing else is known. */
    hush() {
      variables = undefined;
    },
    async hello(at: Challenge): Promise<VisitorFrame> {
      challenge = at;
      isAnswered = isOutdated = false;
      const said = await credentials(at, true);
      // Undefined members do not travel.
      return {
        type: 'hello',
        version: limits.protocolVersion,
        page: pageNow(),
        cursor: cursor() ?? undefined,
        queue,
        ...said,
      } as VisitorFrame;
    },
    /** The server has heard us; what the page said meanwhile follows. */
    answered() {
      isAnswered = true;
      if (isOutdated) void identify(true);
    },
    renewIn: tokens.renewIn,
    stop: tokens.stop,
  };
}

const late = () =>
  new Promise<never>((_, reject) => {
    AbortSignal.timeout(patienceMs).onabort = () => reject(new Error('timed out'));
  });
