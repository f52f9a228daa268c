import { limits } from '../../protocol/limits.ts';

/** What shows nothing, turns the direction, or ends a line: controls, formats, separators, private use, half surrogates. */
const unseen = /[\p{C}\p{Zl}\p{Zp}\u115F\u1160\u2800\u3164\uFFA0]/gu;
/** What a file system or a shell gives a meaning to. */
const awkward = /[<>:"|?*`$;&\\/]/g;
/** Names of devices on Windows, whatever follows the dot. */
const device = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/** What stands after the last dot, in lower case; empty where there is none. */
export const extensionOf = (name: string): string => /\.([^.]*)$/.exec(name)?.[1]?.trim().toLowerCase() ?? '';

/**
 * What a file is called on screens and when it is saved: the last part of a path, without what deceives the eye, ending
 * in the extension of what it really is. The store knows it by its id alone.
 */
export function displayName(given: string, extension: string): string {
  const name = clean(given);
  const isSame = sameKind(extensionOf(name), extension);
  const stem = isSame ? name.slice(0, name.lastIndexOf('.')) : name;
  const end = `.${isSame ? extensionOf(name) : extension}`;
  const short = Array.from(stem)
    .slice(0, limits.fileNameLength - end.length)
    .join('')
    .replace(/[. ]+$/, '');
  const safe = short === '' || device.test(short) ? `file${short && `-${short}`}` : short;
  return safe + end;
}

/** The last part of a path, as a person reads it. */
export function clean(given: string): string {
  const last = given.toWellFormed().normalize('NFC').split(/[\\/]/).at(-1) ?? '';
  return last
    .replace(unseen, '')
    .replace(awkward, '_')
    .replace(/\p{M}{4,}/gu, '')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
}

const aliases: Readonly<Record<string, string>> = { jpeg: 'jpg', jpe: 'jpg', jfif: 'jpg' };
export const sameKind = (one: string, other: string): boolean => (aliases[one] ?? one) === (aliases[other] ?? other);
