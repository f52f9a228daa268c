import { describe, expect, it } from 'vitest';
import { createAddressCheck } from '../address-check.ts';
import { parseOutboundAddress } from '../outbound-address.ts';
import type { ResolveName } from '../public-lookup.ts';

const resolvesTo = (...found: readonly string[]): ResolveName =>
  ((_name: string, _options: unknown, callback: (error: Error | null, addresses: unknown) => void) =>
    callback(
      found.length > 0 ? null : Object.assign(new Error('none'), { code: 'ENOTFOUND' }),
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as unknown as ResolveName;

const inside = [
  ...['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://[::ffff:127.0.0.1]/', 'https://0.0.0.0/'],
  ...['https://2130706433/', 'https://0x7f.1/', 'https://127.1/', 'https://0177.0.0.1/', 'https://[::]/'],
  ...['https://169.254.169.254/latest/meta-data', 'https://10.1.2.3/', 'https://100.64.1.1/', 'https://[fd00::1]/'],
  ...['https://metadata.google.internal/', 'https://printer.local/', 'https://intranet/', 'https://127.0.0.1.:443/'],
  ...['https://１２７.0.0.1/', 'https://localhost./'],
];
const neverAnywhere = [
  ...['https://x@127.0.0.1/', 'https://x:y@hooks.example/', 'ftp://hooks.example/', 'file:///etc/passwd'],
  ...['gopher://hooks.example/', 'javascript:alert(1)', 'data:,x', '//hooks.example/', 'hooks.example', ''],
  ...['https://hooks.example/#part', 'http://hooks.example/', 'https://hooks.example:99999/'],
];

describe('E170 an address that somebody typed', () => {
  it.each([...inside, ...neverAnywhere])('%s is refused by its text alone', (text) => {
    expect(parseOutboundAddress(text, false).ok).toBe(false);
  });

  it.each([22, 25, 80, 3306, 6379, 9200, 11211])('port %i is refused', (port) => {
    expect(parseOutboundAddress(`https://hooks.example:${port}/`, false).ok).toBe(false);
  });

  it.each(neverAnywhere)('%s is refused on an intranet too', (text) => {
    expect(parseOutboundAddress(text, true).ok).toBe(false);
  });

  it('of the open internet is taken, and one of the own network where the operator allows it', () => {
    expect(parseOutboundAddress('https://hooks.example/balie?team=1', false)).toMatchObject({ ok: true });
    for (const text of ['https://10.1.2.3:9443/hook', 'http://127.0.0.1:3000/hook', 'https://crm.corp/hook'])
      expect(parseOutboundAddress(text, true).ok).toBe(true);
  });

  it.each([['10.0.0.1'], ['::1'], ['::ffff:169.254.169.254'], ['8.8.8.8', '127.0.0.1'], []])(
    'whose name leads to %s %s is refused when it is saved',
    async (...found) => {
      const check = createAddressCheck(false, resolvesTo(...found));
      expect(await check('https://hooks.example/')).toMatchObject({ ok: false, code: 'address_refused' });
    },
  );

  it('whose name leads outside is taken when it is saved', async () => {
    const check = createAddressCheck(false, resolvesTo('8.8.8.8', '2606:4700::1111'));
    expect(await check('https://hooks.example/')).toMatchObject({ ok: true });
    expect(await check('https://8.8.8.8/')).toMatchObject({ ok: true });
  });
});
