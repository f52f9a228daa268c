import type { Verification } from '../../protocol/entities.ts';
import { limits } from '../../protocol/limits.ts';
import type { LockShape } from '../primitives/lock-mark.ts';
import type { Chat } from '../state/chat.ts';
import type { Line } from '../state/entries.ts';
import type { Identity } from '../state/identity.ts';
import { type Lock, lockOf } from '../state/lock.ts';
import { plainLine } from '../state/plain-text.ts';
import { type VariableRow, visitorName } from '../state/variables.ts';
import { isTextKey, type TextKey, type Texts } from '../texts.ts';
import { exactTimeOf, timeOf } from './times.ts';

/** Words for what the state only names. */

export const nameOf = (chat: Chat, { t }: Texts) => visitorName(chat) || t('visitor.unnamed');

export function checkWords(check: string, { t }: Texts): string {
  const key = `check.${check}`;
  return isTextKey(key) ? t(key) : t('check.other', { check });
}

export function refusalWords(code: string, { t }: Texts): string {
  const key = `refusal.${code}`;
  return isTextKey(key) ? t(key) : t('refusal.other', { code });
}

export function lineWords(line: Line, name: string, texts: Texts): string {
  const { t } = texts;
  switch (line.kind) {
    case 'requested':
      return t('event.requested', { queue: line.queue });
    case 'visited':
      return t('event.visited', { page: plainLine(line.page) });
    case 'accepted':
    case 'declined':
    case 'lapsed':
      return line.mine ? t(`event.${line.kind}.you`) : t(`event.${line.kind}`, { agent: line.agent });
    case 'joined':
      return line.mine ? t('event.joined.you') : t('event.joined', { agent: line.agent });
    case 'left':
      return line.mine ? t('event.left.you') : t('event.left', { agent: line.agent });
    case 'lost':
      return t('event.lost', { agent: line.agent });
    case 'moved':
      return line.mine ? t('event.moved.you') : t('event.moved', { agent: line.agent });
    case 'requeued':
      return t('event.requeued', { agent: line.agent, queue: line.queue });
    case 'invited': {
      const said = line.mine
        ? t('event.invited.you', { to: line.to })
        : t('event.invited', { agent: line.agent, to: line.to });
      return line.note ? `${said}: ${plainLine(line.note)}` : said;
    }
    case 'uninvited':
      return t(`event.uninvited.${line.reason}`);
    case 'answered': {
      const title = plainLine(line.title);
      const choice = line.choice.map(plainLine).join(', ');
      return choice ? t('event.answered', { name, title, choice }) : t('event.answered.none', { name, title });
    }
    case 'classified': {
      const parts = [line.category, line.note].filter((part) => part !== '').map(plainLine);
      return t('event.classified', { text: parts.join(' · ') });
    }
    case 'rated': {
      const said = t('event.rated', { name, score: line.score, most: limits.scoreMost });
      return line.comment ? `${said}: ${plainLine(line.comment)}` : said;
    }
    case 'transcript':
      return line.isAsked ? t('event.transcript', { name }) : t('event.transcript.always');
    case 'confirmed':
    case 'verified':
      return t(`event.${line.kind}`);
    case 'unverified':
      return t(line.isLoss ? 'event.unverified' : 'lock.notice', { check: checkWords(line.check, texts) });
    case 'ended':
      if (line.reason !== 'agent') return t(`event.ended.${line.reason}`, { name });
      return line.mine ? t('event.ended.you') : t('event.ended.agent', { agent: line.agent });
    default:
      return line satisfies never;
  }
}

const knownVariables: Readonly<Record<string, TextKey>> = {
  name: 'variable.name',
  email: 'variable.email',
  phone: 'variable.phone',
  customer_number: 'variable.customer_number',
};

/** The site's own label, or ours, or the name made readable: `loyalty_tier` is shown as "Loyalty tier". */
export function variableLabel({ name, label }: Pick<VariableRow, 'name' | 'label'>, { t }: Texts): string {
  const known = Object.hasOwn(knownVariables, name) ? knownVariables[name] : undefined;
  if (label || known) return label || (known ? t(known) : '');
  const words = name.replace(/[_-]+/g, ' ');
  return words.charAt(0).toLocaleUpperCase() + words.slice(1);
}

export function variableText(value: VariableRow['value'], { t, locale }: Texts): string {
  if (typeof value === 'boolean') return t(value ? 'details.yes' : 'details.no');
  return typeof value === 'number'
    ? value.toLocaleString(locale, { useGrouping: false, maximumFractionDigits: 15 })
    : value;
}

export interface NamedSite {
  readonly id: string;
  readonly name: string;
}

export interface LockWords {
  readonly shape: LockShape;
  /** Its accessible name, which begins with "Verified" or "Not verified". */
  readonly label: string;
  readonly text: string;
  readonly facts: { label: string; value: string }[];
}

export function lockWords(lock: Lock, site: NamedSite, texts: Texts): LockWords {
  const { t } = texts;
  switch (lock.state) {
    case 'verified': {
      const label = t('lock.verified.name', { issuer: issuerOf(lock.verification, site) });
      return { shape: 'locked', label, text: '', facts: lockFacts(lock, site, texts) };
    }
    case 'expired': {
      const label = t('lock.expired', { time: timeOf(lock.verification.expiresAt, texts) });
      return { shape: 'opened', label, text: t('lock.expired.short'), facts: lockFacts(lock, site, texts) };
    }
    case 'revoked':
      return {
        shape: 'opened',
        label: t('lock.revoked'),
        text: t('lock.revoked.short'),
        facts: lockFacts(lock, site, texts),
      };
    case 'refused': {
      const label = t('lock.refused', { check: checkWords(lock.check, texts) });
      return { shape: 'opened', label, text: t('lock.refused.short'), facts: lockFacts(lock, site, texts) };
    }
    case 'claimed':
      return { shape: 'none', label: t(`lock.${lock.source}`), text: t('lock.notverified.short'), facts: [] };
    default:
      return lock satisfies never;
  }
}

/** What became of a token that is worth nothing (any more), in words: without any before it no value could say so. */
export function lossWords(identity: Identity, now: number, texts: Texts): string | null {
  const lock = lockOf(identity, now);
  if (lock?.state !== 'refused' && lock?.state !== 'revoked') return null;
  const check = checkWords(lock.state === 'revoked' ? 'key_revoked' : lock.check, texts);
  return texts.t(lock.verification ? 'event.unverified' : 'lock.notice', { check });
}

/** A site that signs with a key of its own is its own issuer; its name says more than its id. */
const issuerOf = ({ issuer }: Verification, site: NamedSite) => plainLine(issuer === site.id ? site.name : issuer);

function lockFacts(lock: Exclude<Lock, { state: 'claimed' }>, site: NamedSite, texts: Texts) {
  const { t } = texts;
  const { verification } = lock;
  if (!verification) return [];
  const endedAt = 'at' in lock ? lock.at : verification.expiresAt;
  return [
    { label: t('lock.issuer'), value: issuerOf(verification, site) },
    { label: t('lock.key'), value: plainLine(verification.keyId) },
    { label: t('lock.since'), value: exactTimeOf(verification.verifiedAt, texts) },
    { label: t(lock.state === 'verified' ? 'lock.until' : 'lock.was'), value: exactTimeOf(endedAt, texts) },
    ...(verification.bound ? [{ label: t('lock.bound'), value: t('lock.bound.browser') }] : []),
  ];
}
