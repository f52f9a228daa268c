import type { WebhookPayload } from '../../protocol/webhooks.ts';
import { seqFor, type Webhook } from '../domain/webhook.ts';
import type { Delivery } from '../store/deliveries-store.ts';
import type { Store } from '../store/store.ts';

/**
 * What a delivery says, read from the log at every try. Null where there is nothing to say any more: the conversation
 * was erased, or the webhook's audience was narrowed and may not see it.
 */
export async function payloadOf(
  { event: place, createdAt }: Pick<Delivery, 'event' | 'createdAt'>,
  { audience }: Pick<Webhook, 'audience'>,
  { log, conversations }: Pick<Store, 'log' | 'conversations'>,
): Promise<WebhookPayload | null> {
  if (!place) return { type: 'test', timestamp: new Date(createdAt).toISOString(), data: {} };
  const { conversation } = place;
  const [event] = await log.read(conversation, place.seq - 1, 1);
  const head = event && (await conversations.find(conversation));
  const seq = event ? seqFor(audience, event) : null;
  if (!event || !head || seq === null) return null;
  const { at, by, body } = event;
  return {
    type: `conversation.${body.type}`,
    timestamp: new Date(at).toISOString(),
    data: { conversation, site: head.site, seq, event: { at, by, body } },
  };
}
