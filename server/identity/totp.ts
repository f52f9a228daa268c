import { createHmac, randomBytes } from 'node:crypto';
import { isSameSecret } from './secret-token.ts';

/** As authenticator apps have it unless told otherwise (RFC 6238): SHA-1, 30 seconds, six digits. */
const stepMs = 30_000;
const digits = 6;
/** A code is good in its own step and in the one before, since somebody has to type it. */
const late = 1;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** 160 bits of chance in base32 (RFC 4648), which is what RFC 4226 asks for. */
export const createTotpSecret = (): string => toBase32(randomBytes(20));

/** What an app reads from a QR code. */
export function totpUri(secret: string, issuer: string, account: string): string {
  const label = encodeURIComponent(`${issuer}:${account}`);
  return `otpauth://totp/${label}?secret=${secret}&issuer=${encodeURIComponent(issuer)}`;
}

/** The code of one time step. */
export function totpCode(secret: string, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', fromBase32(secret)).update(counter).digest();
  const offset = (mac.at(-1) as number) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** The step that a code is good for, later than `after`, so that none is taken twice; null where it is good for none. */
export function totpStep(secret: string, code: string, now: number, after: number): number | null {
  const current = Math.floor(now / stepMs);
  for (let step = current; step >= current - late; step--)
    if (step > after && isSameSecret(totpCode(secret, step), code)) return step;
  return null;
}

function toBase32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => alphabet[Number.parseInt(five, 2)]).join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
