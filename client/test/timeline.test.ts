import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConversationEvent } from '../../protocol/entities.ts';
import { createTimeline } from '../timeline.ts';

const message = (seq: number): ConversationEvent => ({
  at: seq,
  by: { kind: 'visitor' },
  body: { type: 'message', text: String(seq), audience: 'everyone' },
});

describe('timeline', () => {
  test('RSM2 holds each event once and in order, whatever arrives', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 })), (arrivals) => {
        const timeline = createTimeline();
        for (const seq of arrivals) {
          const before = timeline.after;
          const outcome = timeline.add(seq, message(seq));
          expect(outcome).toBe(seq <= before ? 'known' : seq === before + 1 ? 'added' : 'gap');
        }
        expect(timeline.events.map(({ seq }) => seq)).toEqual(timeline.events.map((_, index) => index + 1));
      }),
    );
  });

  test('RSM4 begins anew where the server says, and keeps what it has where they agree', () => {
    const timeline = createTimeline();
    timeline.add(1, message(1));
    timeline.begin(1);
    expect(timeline.events).toHaveLength(1);
    timeline.begin(0);
    expect(timeline.events).toHaveLength(0);
    expect(timeline.add(1, message(1))).toBe('added');
  });
});
