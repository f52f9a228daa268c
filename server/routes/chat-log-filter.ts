import type { ChatLogFilter } from '../../protocol/chat-log.ts';
import { limits } from '../../protocol/limits.ts';
import type { ChatFilter } from '../desk/chat-log.ts';
import { factOf } from '../domain/findable.ts';
import { parseQuery, type SearchQuery } from '../domain/search-query.ts';
import { HttpProblem } from './http-errors.ts';

/** Throws what names the field and says how to mend it. */
export function filterOf({
  text,
  from,
  until,
  variable,
  value,
  queue,
  agent,
  category,
  outcome,
}: ChatLogFilter): ChatFilter {
  if ((variable === undefined) !== (value === undefined))
    throw new HttpProblem('invalid_field', 'Send variable and value together.', { field: 'variable' });
  return {
    query: text === undefined ? undefined : queryOf(text),
    from: from === undefined ? undefined : Number(from),
    until: until === undefined ? undefined : Number(until),
    queue,
    agent,
    category,
    outcome,
    fact: variable === undefined || value === undefined ? undefined : factOf(variable, value),
  };
}

function queryOf(text: string): SearchQuery {
  const parsed = parseQuery(text);
  if (parsed.kind === 'query') return parsed.query;
  throw new HttpProblem(
    'invalid_field',
    parsed.kind === 'empty'
      ? 'There is no word in it to search for: letters or digits.'
      : `Search for ${limits.searchWords} words at most.`,
    { field: 'text' },
  );
}

/** What the audit log keeps of a search: not the words, which may be a visitor's and would outlive them there. */
export function recordOf({ text, variable, value, ...rest }: ChatLogFilter): object {
  return {
    ...(text !== undefined && { text: true }),
    ...(variable !== undefined && value !== undefined && { variable }),
    ...rest,
  };
}
