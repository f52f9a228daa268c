import type { EventBody } from '../../protocol/entities.ts';
import type { AgentId } from '../../protocol/ids.ts';
import type { LogEvent } from './conversation.ts';
import { passagesOf } from './passages.ts';
import { wordsOf } from './words.ts';

export type Outcome = Extract<EventBody, { type: 'ended' }>['reason'] | 'open';

/** By what a conversation is found beside its words. Kept as JSON between two events; holds nothing of the visitor. */
export interface Findable {
  readonly agents: readonly AgentId[];
  /** As it was said last. */
  readonly category: string | null;
  readonly outcome: Outcome;
}

export const nothingYet: Findable = { agents: [], category: null, outcome: 'open' };

export interface Indexed {
  readonly findable: Findable;
  readonly words: ReadonlySet<string>;
  /** What was verified, each as `factOf` writes it. */
  readonly facts: ReadonlySet<string>;
}

/** Reads on from where it stood. In how many pieces a log is read makes no difference. */
export function indexEvents(events: Iterable<LogEvent>, before: Findable): Indexed {
  let findable = before;
  const words = new Set<string>();
  const facts = new Set<string>();
  for (const event of events) {
    findable = findableAfter(findable, event.body);
    for (const { text } of passagesOf(event)) for (const { word } of wordsOf(text)) words.add(word);
    if (event.body.type === 'verified')
      for (const { name, value } of event.body.variables) facts.add(factOf(name, String(value)));
  }
  return { findable, words, facts };
}

function findableAfter(before: Findable, body: EventBody): Findable {
  switch (body.type) {
    case 'accepted':
    case 'joined':
      return before.agents.includes(body.agent.id) ? before : { ...before, agents: [...before.agents, body.agent.id] };
    case 'classified':
      return body.category === undefined ? before : { ...before, category: body.category };
    case 'ended':
      return { ...before, outcome: body.reason };
    default:
      return before;
  }
}

/** A verified variable and its value, whichever way the value is written: accents, case and signs do not count. */
export const factOf = (name: string, value: string): string => {
  const words = wordsOf(value).map(({ word }) => word);
  return JSON.stringify([name.toLowerCase(), words.length > 0 ? words.join(' ') : value.trim()]);
};
