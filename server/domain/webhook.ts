import type { Audience, EventBody, EventType } from '../../protocol/entities.ts';
import type { OrganizationId, WebhookId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { eventTypes } from '../../protocol/webhooks.ts';
import { audienceOf } from './audience.ts';
import type { LogEvent } from './conversation.ts';
import { retryDelayMs } from './retry-delay.ts';

/** Where an organization wants to be told of what happens in its conversations. */
export interface Webhook {
  readonly id: WebhookId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly url: string;
  /** Empty is every kind. */
  readonly kinds: readonly EventType[];
  readonly audience: Audience;
  readonly createdAt: number;
  readonly state: 'on' | 'off' | 'failing' | 'gone';
  /** Since when it is in that state: what happened before it was switched on is not told. */
  readonly since: number;
  readonly failingSince: number | null;
  /** The newest first, two at the most. */
  readonly secrets: readonly WebhookSecret[];
}

export interface WebhookSecret {
  readonly secret: string;
  /** Null for the newest. */
  readonly until: number | null;
}

/** Its number in the copy of the log that this audience has; null where they may not see it. */
export const seqFor = (audience: Audience, { seq, visitorSeq }: LogEvent): number | null =>
  audience === 'agents' ? seq : visitorSeq;

/** Is it told of this? */
export function tells({ state, since, audience, kinds }: Webhook, event: LogEvent): boolean {
  if (state !== 'on' || event.at < since || seqFor(audience, event) === null) return false;
  return kinds.length === 0 || kinds.includes(event.body.type);
}

/** The kinds of which this audience may see some. */
export const kindsFor = (audience: Audience): EventType[] =>
  eventTypes.filter(
    (type) => audience === 'agents' || audienceOf({ type, audience: 'everyone' } as EventBody) === 'everyone',
  );

/** What a delivery is signed with now: by both while a receiver changes from one to the other. */
export const liveSecrets = ({ secrets }: Pick<Webhook, 'secrets'>, now: number): string[] =>
  secrets.filter(({ until }) => until === null || until > now).map(({ secret }) => secret);

/** A new secret takes over; the last one stays good for a while, and none before it. */
export const rotated = ({ secrets: [last] }: Pick<Webhook, 'secrets'>, secret: string, now: number): WebhookSecret[] =>
  last
    ? [
        { secret, until: null },
        { secret: last.secret, until: now + limits.webhookSecretOverlapMs },
      ]
    : [{ secret, until: null }];

export type Verdict = 'delivered' | 'failed' | 'gone';

/** What an answer means: 410 is "never again" (Standard Webhooks), a redirect is not followed. */
export function verdictOf(status: number | null): Verdict {
  if (status !== null && status >= 200 && status < 300) return 'delivered';
  return status === 410 ? 'gone' : 'failed';
}

/** How the first delivery of a conversation that still waits has fared. */
export interface Trouble {
  readonly failures: number;
  /** When it was first tried; null before. */
  readonly since: number | null;
}
export const noTrouble: Trouble = { failures: 0, since: null };

export type NextTry = { readonly kind: 'again'; readonly at: number } | { readonly kind: 'give_up' };

/**
 * After one more failure: when it is tried next. The last time is a day after the first; then nothing more is tried, and
 * since nothing may overtake it, nothing more is told at all until somebody looks into it.
 */
export function nextTry({ failures, since }: Trouble, now: number, chance: number): NextTry {
  const lastAt = (since ?? now) + limits.deliveryGiveUpMs;
  if (now >= lastAt) return { kind: 'give_up' };
  return { kind: 'again', at: Math.min(now + retryDelayMs(failures + 1, chance), lastAt) };
}
