import type { Actor, EventBody, OfferContent } from '../../protocol/entities.ts';
import type { OfferId } from '../../protocol/ids.ts';
import { audienceOf } from './audience.ts';
import type { LogEvent } from './conversation.ts';

/** What a transcript tells, in the order in which it happened. `author` is null for the visitor. */
export type TranscriptLine = { readonly at: number } & (
  | {
      readonly kind: 'message';
      readonly author: string | null;
      readonly text: string;
      readonly files: readonly string[];
    }
  | {
      readonly kind: 'offer';
      readonly author: string | null;
      readonly title: string;
      readonly options: readonly string[];
      readonly answer: OfferAnswer;
    }
  | { readonly kind: 'came' | 'went'; readonly name: string }
  /** `name` is what was waited for from then on. */
  | { readonly kind: 'moved'; readonly name: string }
  | { readonly kind: 'ended'; readonly by: 'visitor' | 'agent' | 'other'; readonly name: string }
);

export type OfferAnswer =
  | { readonly state: 'open' | 'withdrawn' | 'none' }
  | { readonly state: 'chosen'; readonly labels: readonly string[] };

/** Of a log, what its visitor may see; whatever else it is given, it leaves out. Files are named and not linked to. */
export function transcriptLines(log: readonly LogEvent[]): TranscriptLine[] {
  const events = log.filter(({ visitorSeq, body }) => visitorSeq !== null && audienceOf(body) === 'everyone');
  const answers = answersIn(events);
  return events.flatMap((event) => lineOf(event, answers) ?? []);
}

function lineOf({ at, by, body }: LogEvent, answers: ReadonlyMap<OfferId, Answered>): TranscriptLine | null {
  switch (body.type) {
    case 'message':
      return { kind: 'message', at, author: nameOf(by), text: body.text, files: namesOf(body) };
    case 'offered': {
      const { title, options } = body.content;
      const answer = answerOf(body.content, answers.get(body.offer));
      return { kind: 'offer', at, author: nameOf(by), title, options: options.map(({ label }) => label), answer };
    }
    case 'accepted':
    case 'joined':
      return { kind: 'came', at, name: body.agent.name };
    case 'left':
      return { kind: 'went', at, name: body.agent.name };
    case 'moved':
      return { kind: 'moved', at, name: body.queue.name };
    case 'ended': {
      const who = body.reason === 'visitor' || body.reason === 'agent' ? body.reason : 'other';
      return { kind: 'ended', at, by: who, name: nameOf(by) ?? '' };
    }
    default:
      return null;
  }
}

type Answered = Extract<EventBody, { type: 'answered' | 'withdrawn' }>;

function answersIn(events: readonly LogEvent[]): ReadonlyMap<OfferId, Answered> {
  const answers = new Map<OfferId, Answered>();
  for (const { body } of events)
    if (body.type === 'answered' || body.type === 'withdrawn') answers.set(body.offer, body);
  return answers;
}

function answerOf({ options }: OfferContent, answered: Answered | undefined): OfferAnswer {
  if (!answered) return { state: 'open' };
  if (answered.type === 'withdrawn') return { state: 'withdrawn' };
  const chosen = options.filter(({ value }) => answered.values.includes(value));
  return chosen.length === 0 ? { state: 'none' } : { state: 'chosen', labels: chosen.map(({ label }) => label) };
}

const nameOf = (by: Actor): string | null => (by.kind === 'agent' ? by.agent.name : null);
const namesOf = ({ files = [] }: Extract<EventBody, { type: 'message' }>) => files.map(({ name }) => name);
