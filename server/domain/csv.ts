/** Comma-separated values (RFC 4180), for spreadsheets: UTF-8 with a byte order mark, and no cell that is a formula. */
export const csvStart = '\ufeff';

/** A cell's value; null is an empty one. */
export type CsvCell = string | number | boolean | null;

export const csvRow = (cells: readonly CsvCell[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * What a spreadsheet would carry out gets an apostrophe before it, as OWASP has it ("CSV Injection"); also where it stands
 * after spaces, which some leave out. Numbers are ours, and stay numbers.
 */
function csvCell(value: CsvCell): string {
  if (typeof value !== 'string') return value === null ? '' : String(value);
  const safe = /^\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
