import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type Customer, customerById } from './customers.ts';

const cookieName = 'gloed_session';
const lifetimeMs = 12 * 3_600_000;

/**
 * Who is signed in, in a signed cookie rather than in memory: a restarted shop must not sign everybody out, because
 * that would end their chats too. A real shop keeps its sessions in a table.
 */
export function createSessions(secret: string, now: () => number = Date.now) {
  const key = Buffer.from(hkdfSync('sha256', secret, '', 'gloed sessions', 32));
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');

  return {
    cookieFor(customer: Customer): string {
      const text = `${customer.id}.${now() + lifetimeMs}`;
      return setCookie(`${text}.${sign(text)}`, lifetimeMs / 1000);
    },
    cookieForNobody: () => setCookie('', 0),
    customer(cookies: string | undefined): Customer | null {
      const [id = '', until = '', signature = ''] = readCookie(cookies).split('.');
      const expected = Buffer.from(sign(`${id}.${until}`));
      const given = Buffer.from(signature);
      const valid = given.length === expected.length && timingSafeEqual(given, expected);
      return valid && Number(until) > now() ? customerById(id) : null;
    },
  };
}

const setCookie = (value: string, maxAge: number) =>
  `${cookieName}=${value}; Max-Age=${maxAge}; Path=/; HttpOnly; SameSite=Lax`;

function readCookie(cookies = ''): string {
  const pair = cookies.split('; ').find((cookie) => cookie.startsWith(`${cookieName}=`));
  return pair?.slice(cookieName.length + 1) ?? '';
}
