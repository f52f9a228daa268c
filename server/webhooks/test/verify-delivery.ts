import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** The receiver's side, as `docs/webhooks.md` shows it: a test holds the two together. */
export function verifyDelivery(headers: IncomingHttpHeaders, body: string, secret: string, now = Date.now()): boolean {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = String(headers['webhook-signature'] ?? '').split(' ');
  if (Math.abs(now - Number(timestamp) * 1000) > 5 * 60_000) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = Buffer.from(`v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`);
  return signatures.some((one) => one.length === expected.length && timingSafeEqual(Buffer.from(one), expected));
}
