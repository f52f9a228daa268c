import { signVisitor } from '@balie/widget/sign';
import type { BrowserContext } from 'playwright-core';
import type { DemoKey } from './product.ts';

interface TokenRequest {
  readonly thumbprint: string;
  /** 1 for the first time the page asks. */
  readonly time: number;
}

/**
 * Answers for the shop's backend wherever a page of this browser asks for a token: what a test wants to be signed,
 * `null` for nobody, or nothing at all, as when the backend is down.
 */
export async function answerTokens(
  context: BrowserContext,
  answer: (request: TokenRequest) => Promise<string | null> | string | null | 'down',
): Promise<{ readonly asked: () => number }> {
  let time = 0;
  await context.route('**/balie-token', async (route) => {
    time++;
    const { thumbprint } = route.request().postDataJSON() as { thumbprint: string };
    const token = await answer({ thumbprint, time });
    if (token === 'down') return route.fulfill({ status: 503 });
    return route.fulfill({ json: { token } });
  });
  return { asked: () => time };
}

interface Ada {
  readonly lifetimeSeconds?: number;
  readonly thumbprint?: string;
  readonly variables?: Record<string, string>;
  readonly secret?: string;
}

export function signAda({ siteId, keyId, keySecret }: DemoKey, options: Ada = {}): Promise<string> {
  const { lifetimeSeconds = 900, thumbprint, variables = {}, secret = keySecret } = options;
  return signVisitor(
    {
      subject: 'ada',
      variables: { name: 'Ada Lovelace', email: 'ada@lovelace.example', ...variables },
      ...(thumbprint === undefined ? {} : { thumbprint }),
    },
    { kid: keyId, site: siteId, secret, lifetimeSeconds },
  );
}
