import { expect, test } from 'vitest';
import { createWebhookSecret, signedHeaders } from '../signature.ts';
import { verifyDelivery } from './verify-delivery.ts';

test('E174 signs as Standard Webhooks has it: its published example', () => {
  const headers = signedHeaders(
    { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}' },
    ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
  );
  expect(headers).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('E174 a secret is 256 bits of chance, and no two are the same', () => {
  const secrets = Array.from({ length: 100 }, createWebhookSecret);
  for (const secret of secrets) expect(Buffer.from(secret.replace('whsec_', ''), 'base64')).toHaveLength(32);
  expect(new Set(secrets).size).toBe(100);
});

test('E174 a receiver takes either secret of a rotation, and no other, no other body, id or time, and nothing old', () => {
  const [old, current, other] = [createWebhookSecret(), createWebhookSecret(), createWebhookSecret()];
  const at = 1_700_000_000_000;
  const headers = signedHeaders({ id: 'one', at, body: '{}' }, [current, old]);
  for (const secret of [old, current]) expect(verifyDelivery(headers, '{}', secret, at)).toBe(true);
  expect(verifyDelivery(headers, '{}', other, at)).toBe(false);
  expect(verifyDelivery(headers, '{} ', current, at)).toBe(false);
  expect(verifyDelivery({ ...headers, 'webhook-id': 'two' }, '{}', current, at)).toBe(false);
  expect(verifyDelivery({ ...headers, 'webhook-timestamp': '1700000001' }, '{}', current, at)).toBe(false);
  expect(verifyDelivery(headers, '{}', current, at + 5 * 60_000)).toBe(true);
  expect(verifyDelivery(headers, '{}', current, at + 5 * 60_000 + 1000)).toBe(false);
});
