import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { limits } from '../../../protocol/limits.ts';
import { displayName } from '../file-name.ts';

/** Named so that a screen, a shell, a file system or a person takes them for something else. */
const hostile: readonly (readonly [given: string, extension: string, shown: string])[] = [
  ['invoice\u202Egnp.exe', 'pdf', 'invoicegnp.exe.pdf'],
  ['photo.png\u0000.exe', 'png', 'photo.png.exe.png'],
  ['../../../etc/passwd', 'txt', 'passwd.txt'],
  ['..\\..\\windows\\system.ini', 'txt', 'system.ini.txt'],
  ['/absolute/name.txt', 'txt', 'name.txt'],
  ['C:\\Users\\x\\name.txt', 'txt', 'name.txt'],
  ['....', 'txt', 'file.txt'],
  ['', 'png', 'file.png'],
  ['   .txt', 'txt', 'txt.txt'],
  ['CON', 'txt', 'file-CON.txt'],
  ['con.txt', 'txt', 'file-con.txt'],
  ['LPT9.pdf', 'pdf', 'file-LPT9.pdf'],
  ['aux.tar.txt', 'txt', 'file-aux.tar.txt'],
  ['a\r\nSet-Cookie: x=1.txt', 'txt', 'aSet-Cookie_ x=1.txt'],
  ['a"; filename="b.exe', 'txt', 'a__ filename=_b.exe.txt'],
  ['<img src=x onerror=alert(1)>.png', 'png', '_img src=x onerror=alert(1)_.png'],
  ['$(reboot).txt', 'txt', '_(reboot).txt'],
  ['`id`.txt', 'txt', '_id_.txt'],
  ['name.txt.', 'txt', 'name.txt'],
  ['name.txt ', 'txt', 'name.txt'],
  ['name.JPG', 'jpg', 'name.jpg'],
  ['name.jpeg', 'jpg', 'name.jpeg'],
  ['name.html', 'txt', 'name.html.txt'],
  ['zero\u200Bwidth\uFEFF.txt', 'txt', 'zerowidth.txt'],
  ['line\u2028break\u2029.txt', 'txt', 'linebreak.txt'],
  ['\uD800half.txt', 'txt', '\uFFFDhalf.txt'],
  [`zalgo${'\u0301'.repeat(500)}.txt`, 'txt', 'zalg\u00F3.txt'],
  ['caf\u0065\u0301.txt', 'txt', 'caf\u00E9.txt'],
];

describe('what a file is called', () => {
  test.each(hostile)('A099 A100 %j of kind %s is %j', (given, extension, shown) => {
    expect(displayName(given, extension)).toBe(shown);
  });

  test('A099 whatever it was called, it is one short visible name that ends in what it is', () => {
    const given = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.constantFrom(...hostile.map(([name]) => name)),
    );
    fc.assert(
      fc.property(given, fc.constantFrom('txt', 'pdf', 'png', 'jpg'), (name, extension) => {
        const shown = displayName(name, extension);
        expect(Array.from(shown).length).toBeLessThanOrEqual(limits.fileNameLength);
        expect(shown).not.toMatch(/[\p{C}\p{Zl}\p{Zp}<>:"|?*`$;&\\/]|^[. ]|[. ]$/u);
        expect(shown).toMatch(extension === 'jpg' ? /.\.(jpg|jpeg|jpe|jfif)$/ : new RegExp(`.\\.${extension}$`));
        expect(shown).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
        expect(displayName(shown, extension)).toBe(shown);
      }),
    );
  });
});
