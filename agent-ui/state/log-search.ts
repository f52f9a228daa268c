import type { ChatOutcome } from '../../protocol/chat-log.ts';
import type { ConversationId } from '../../protocol/ids.ts';

/** What is looked for in the chat log, as it stands in the fields; empty is anything. Days are those of who looks. */
export interface LogSearch {
  readonly text: string;
  readonly queue: string;
  readonly agent: string;
  readonly category: string;
  readonly outcome: ChatOutcome | '';
  /** `2026-11-26`, both of them included. */
  readonly from: string;
  readonly until: string;
  readonly variable: string;
  readonly value: string;
}

export const everything: LogSearch = {
  text: '',
  queue: '',
  agent: '',
  category: '',
  outcome: '',
  from: '',
  until: '',
  variable: '',
  value: '',
};

export const outcomes: readonly ChatOutcome[] = ['open', 'visitor', 'agent', 'abandoned', 'signed_out', 'message'];

const names = Object.keys(everything) as (keyof LogSearch)[];

export interface LogAddress {
  readonly search: LogSearch;
  /** The one that is read. */
  readonly chat: ConversationId | null;
}

/** What an address like `#/log?text=lamp&chat=…` asks for. Total: what it can't mean is left out. */
export function parseLogAddress(hash: string): LogAddress {
  const parameters = new URLSearchParams(hash.split('?')[1] ?? '');
  const given = Object.fromEntries(names.map((name) => [name, parameters.get(name) ?? '']));
  const search = { ...everything, ...given } as LogSearch;
  const chat = parameters.get('chat') ?? '';
  return {
    search: {
      ...search,
      outcome: outcomes.includes(search.outcome as ChatOutcome) ? search.outcome : '',
      from: dayStart(search.from) === null ? '' : search.from,
      until: dayStart(search.until) === null ? '' : search.until,
    },
    chat: /^[\w-]{1,64}$/.test(chat) ? (chat as ConversationId) : null,
  };
}

/** The address of it: what is left open is not in it. */
export function logAddress({ search, chat }: LogAddress): string {
  const parameters = new URLSearchParams(names.filter((name) => search[name]).map((name) => [name, search[name]]));
  if (chat) parameters.set('chat', chat);
  const text = parameters.toString();
  return text ? `#/log?${text}` : '#/log';
}

/** The same for the server: times instead of days, and a variable only together with its value. */
export function logQuery(search: LogSearch): URLSearchParams {
  const { from, until, variable, value, ...rest } = search;
  const query = new URLSearchParams(Object.entries(rest).filter(([, wanted]) => wanted.trim() !== ''));
  const [start, end] = [dayStart(from), dayStart(until, 1)];
  if (start !== null) query.set('from', String(Math.max(0, start)));
  if (end !== null) query.set('until', String(Math.max(0, end)));
  if (variable && value) {
    query.set('variable', variable);
    query.set('value', value);
  }
  return query;
}

/** Whether anything but words narrows it. */
export const filtersIn = (search: LogSearch): number =>
  names.filter((name) => name !== 'text' && name !== 'value' && search[name] !== '').length;

/** When a day begins here, or the one so many days later; null where it is none. */
function dayStart(day: string, later = 0): number | null {
  const [, year, month, date] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day) ?? [];
  if (date === undefined) return null;
  const at = new Date(Number(year), Number(month) - 1, Number(date) + later);
  return Number.isNaN(at.getTime()) ? null : at.getTime();
}
