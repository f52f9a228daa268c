import type { Audience, EventBody } from '../../protocol/entities.ts';
import { audienceOf } from './audience.ts';
import type { LogEvent } from './conversation.ts';

/** A piece of text of a conversation that can be searched for. */
export interface Passage {
  readonly seq: number;
  readonly at: number;
  readonly by: LogEvent['by'];
  readonly audience: Audience;
  readonly text: string;
  /** Where it stands; of a variable, what it is called and whether it was verified. */
  readonly place:
    | { readonly kind: 'message' | 'file' | 'offer' | 'category' | 'note' | 'comment' }
    | { readonly kind: 'variable'; readonly name: string; readonly isVerified: boolean };
}

/** All that the people at the desk wrote or were told; who may see which of it is `audienceOf`'s to say. */
export function passagesOf(event: LogEvent): Passage[] {
  const { seq, at, by, body } = event;
  const audience = audienceOf(body);
  return textsOf(body)
    .filter(({ text }) => text !== '')
    .map((one) => ({ seq, at, by, audience, ...one }));
}

type Text = Pick<Passage, 'text' | 'place'>;

function textsOf(body: EventBody): Text[] {
  switch (body.type) {
    case 'message':
      return [text('message', body.text), ...(body.files ?? []).map(({ name }) => text('file', name))];
    case 'claimed':
    case 'verified':
      return body.variables.map(({ name, value, verified }) => ({
        text: String(value),
        place: { kind: 'variable', name, isVerified: verified },
      }));
    case 'offered':
      return [
        text('offer', body.content.title),
        ...body.content.options.flatMap(({ label, description }) => [
          text('offer', label),
          ...(description === undefined ? [] : [text('offer', description)]),
        ]),
      ];
    case 'invited':
      return [text('note', body.note)];
    case 'classified':
      return [text('category', body.category ?? ''), text('note', body.note ?? '')];
    case 'rated':
      return [text('comment', body.comment ?? '')];
    default:
      return [];
  }
}

const text = (kind: 'message' | 'file' | 'offer' | 'category' | 'note' | 'comment', value: string): Text => ({
  text: value,
  place: { kind },
});
