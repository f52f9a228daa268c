import { liveSecrets, type Webhook } from '../domain/webhook.ts';
import { parseOutboundAddress } from '../outbound/outbound-address.ts';
import type { Posted } from '../outbound/post-public.ts';
import type { Delivery, Try } from '../store/deliveries-store.ts';
import type { CourierOptions } from './courier.ts';
import { payloadOf } from './payload.ts';
import { signedHeaders } from './signature.ts';

type Attempting = Pick<CourierOptions, 'store' | 'clock' | 'post' | 'allowPrivate'>;

/** Tries a delivery once. Null where there is nothing to say any more. */
export async function attempt(
  webhook: Webhook,
  delivery: Pick<Delivery, 'id' | 'event' | 'createdAt'>,
  { store, clock, post, allowPrivate }: Attempting,
): Promise<Try | null> {
  const payload = await payloadOf(delivery, webhook, store);
  if (!payload) return null;
  // Judged again: the operator may have withdrawn their word since it was saved.
  const address = parseOutboundAddress(webhook.url, allowPrivate);
  const at = clock.now();
  const body = JSON.stringify(payload);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'Balie',
    ...signedHeaders({ id: delivery.id, at, body }, liveSecrets(webhook, at)),
  };
  const posted: Posted = address.ok ? await post(address.url, { headers, body }) : { failure: 'address_refused' };
  return 'status' in posted
    ? { at: clock.now(), status: posted.status, failure: null }
    : { at: clock.now(), status: null, failure: posted.failure };
}
