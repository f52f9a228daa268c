import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** 256 bits, written as Standard Webhooks has it, so that its libraries take it as it is. */
export const createWebhookSecret = (): string => prefix + randomBytes(32).toString('base64');

interface Signed {
  readonly id: string;
  /** In milliseconds. */
  readonly at: number;
  readonly body: string;
}

/**
 * The three headers of Standard Webhooks. Each secret signs id, time and body, so that none of them can be another one's.
 *
 * @see https://www.standardwebhooks.com
 */
export function signedHeaders({ id, at, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const signatures = secrets.map((secret) => `v1,${sign(`${id}.${timestamp}.${body}`, secret)}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

const sign = (text: string, secret: string): string =>
  createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(text)
    .digest('base64');
