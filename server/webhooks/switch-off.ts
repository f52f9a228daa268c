import type { Log } from '../desk/log.ts';
import type { Webhook } from '../domain/webhook.ts';
import { createId } from '../identity/secret-token.ts';
import type { Store } from '../store/store.ts';

interface SwitchingOff {
  readonly store: Pick<Store, 'webhooks' | 'audit'>;
  readonly log: Log;
  readonly now: number;
}

/** Nobody was there for a day, or never will be: nothing more is sent, and the console says so. */
export async function switchOff(
  { id, organization, name, url, state }: Webhook,
  reason: 'failing' | 'gone',
  { store, log, now }: SwitchingOff,
): Promise<void> {
  await store.webhooks.setState(organization, id, reason, now);
  await store.audit.append({
    id: createId(),
    organization,
    at: now,
    actor: 'system',
    actorName: 'Balie',
    action: 'webhook.switched_off',
    target: { kind: 'webhook', id, name },
    before: { state },
    after: { state: reason },
    address: null,
  });
  log.warn({ webhook: id, host: URL.parse(url)?.host, reason }, 'a webhook was switched off');
}
