import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Id } from '../../protocol/ids.ts';

/** A secret for somebody to carry: 256 bits of chance in 43 characters of base64url. The store keeps its hash alone. */
export const createSecretToken = (): string => randomBytes(32).toString('base64url');

/** A name that nobody guesses: 128 bits of chance in 22 characters. */
export const createId = <Kind extends string>(): Id<Kind> => randomBytes(16).toString('base64url') as Id<Kind>;

/** What the store keeps and looks up by. A plain hash will do, since there is nothing to guess about such a token. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

/** Whether two secrets are the same, in a time that tells neither where they differ nor how long they are. */
export const isSameSecret = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
