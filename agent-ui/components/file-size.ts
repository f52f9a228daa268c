import type { Texts } from '../texts.ts';

/** Such as "3.4 MB", in the reader's way of writing numbers. */
export function fileSize(bytes: number, { locale }: Texts): string {
  const [amount, unit] =
    bytes < 1024 * 1024 ? [Math.max(1, bytes / 1024), 'kilobyte'] : [bytes / 1024 ** 2, 'megabyte'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: amount < 10 ? 1 : 0 }).format(
    amount,
  );
}
