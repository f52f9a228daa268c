import { createHash } from 'node:crypto';
import type { Kysely, Transaction } from 'kysely';
import type { ConversationId, OrganizationId } from '../../protocol/ids.ts';
import { advance } from './followers.ts';
import type { Schema } from './schema.ts';
import type { SearchDocument, SearchIndex } from './search-index.ts';
import {
  type IndexedStep,
  numberAt,
  type Search,
  type SearchMarks,
  type SearchQuestion,
  searchFollower,
} from './search-store.ts';

/** What one conversation may fill of the index; further words of it are not found. A tsvector holds 1 MB. */
const mostWords = 20_000;
const mostLetters = 250_000;

/** The table `search_document`, and on SQLite its index `search_index`. */
export function createSearch(db: Kysely<Schema>, index: SearchIndex): Search {
  return {
    record: (steps) =>
      db.transaction().execute(async (transaction) => {
        const lost: ConversationId[] = [];
        for (const step of [...steps].sort((a, b) => (a.conversation < b.conversation ? -1 : 1)))
          if (await advance(transaction, searchFollower, step)) await write(transaction, index, step);
          else lost.push(step.conversation);
        return lost;
      }),

    find: (organization, question, before, limit) => {
      const { words, from = 0, until } = question;
      const end = Math.min(before ?? Number.MAX_SAFE_INTEGER, until === undefined ? Infinity : numberAt(until));
      if (question.queues?.length === 0) return Promise.resolve([]);
      const marks = marksAsked(organization, question);
      return index.find(
        db,
        { organization, words: [...words, ...factsAsked(question)], marks, from: numberAt(from), before: end },
        limit,
      );
    },
  };
}

async function write(db: Transaction<Schema>, index: SearchIndex, step: IndexedStep): Promise<void> {
  const { conversation, organization, requestedAt, isSettled } = step;
  const known = await index.read(db, conversation);
  const document = {
    conversation,
    organization,
    words: withNew(known?.words ?? [], step),
    marks: marksOf(organization, step.marks),
    isSettled,
  };
  if (known) return index.replace(db, { ...document, number: known.number });
  await addSomewhere(db, index, document, requestedAt);
}

/** At its time, and there at a place that its id chooses, or the next one that is free. */
async function addSomewhere(
  db: Transaction<Schema>,
  index: SearchIndex,
  document: Omit<SearchDocument, 'number'>,
  requestedAt: number,
): Promise<void> {
  const places = numberAt(1);
  const first = createHash('sha256').update(document.conversation).digest().readUInt16BE() % places;
  for (let place = 0; place < places; place++) {
    const number = numberAt(requestedAt) + ((first + place) % places);
    if (await index.add(db, { ...document, number })) return;
  }
  throw new Error('More conversations were requested in one millisecond than can be numbered.');
}

function withNew(known: readonly string[], { words, facts }: Pick<IndexedStep, 'words' | 'facts'>): string[] {
  const all = new Set(known);
  let letters = known.reduce((sum, { length }) => sum + length, 0);
  for (const word of [...[...facts].map(factMark), ...words]) {
    if (all.has(word)) continue;
    if (all.size >= mostWords || letters + word.length > mostLetters) break;
    all.add(word);
    letters += word.length;
  }
  return [...all];
}

/** Marks and facts are hashed, so that no value has to fit the syntax of an index; `=` begins no word. */
const mark = (kind: string, value: string): string =>
  `=${createHash('sha256')
    .update(JSON.stringify([kind, value]))
    .digest('hex')
    .slice(0, 24)}`;
const factMark = (fact: string): string => mark('fact', fact);

const marksOf = (organization: OrganizationId, { queue, agents, category, outcome }: SearchMarks): string[] => [
  mark('organization', organization),
  mark('queue', queue),
  mark('outcome', outcome),
  ...agents.map((agent) => mark('agent', agent)),
  ...(category === null ? [] : [mark('category', category)]),
];

function marksAsked(organization: OrganizationId, { queues, agent, category, outcome }: SearchQuestion): string[][] {
  const groups = [[mark('organization', organization)]];
  if (queues) groups.push(queues.map((queue) => mark('queue', queue)));
  if (agent !== undefined) groups.push([mark('agent', agent)]);
  if (category !== undefined) groups.push([mark('category', category)]);
  if (outcome !== undefined) groups.push([mark('outcome', outcome)]);
  return groups;
}

const factsAsked = ({ facts }: SearchQuestion) => facts.map((fact) => ({ word: factMark(fact), isOpen: false }));
