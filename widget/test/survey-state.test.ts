import { describe, expect, test } from 'vitest';
import type { Entry } from '../../client/outbox.ts';
import type { VisitorCommand } from '../../protocol/commands.ts';
import type { AgentRef, EventBody } from '../../protocol/entities.ts';
import type { CommandId, ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import { surveyStateOf } from '../ui/survey-state.ts';

const conversation = 'c1' as ConversationId;
const agent = { id: 'a', name: 'Anna' } as AgentRef;
const accepted: EventBody = { type: 'accepted', agent };
const ended: EventBody = { type: 'ended', reason: 'agent' };
const log = (...bodies: EventBody[]) =>
  bodies.map((body, index) => ({ seq: index + 1, event: { at: 1000, by: { kind: 'system' } as const, body } }));
const given = (change: Partial<Entry<VisitorCommand>> = {}): Entry<VisitorCommand> => ({
  id: 'r1' as CommandId,
  conversation,
  command: { type: 'rate', score: 4 },
  ...change,
});
const kept = { session: 's', open: false, shown: true, identified: false };
const chat = { events: log(accepted, ended), unsent: [], conversation };

describe('6: the survey', () => {
  test('is asked after a chat that somebody accepted, and of no other', () => {
    expect(surveyStateOf(chat, kept, 1000)).toEqual({ kind: 'asked' });
    expect(surveyStateOf({ ...chat, events: log(ended) }, kept, 1000)).toEqual({ kind: 'none' });
  });

  test('is not asked of who would rather not, nor of who comes back much later', () => {
    expect(surveyStateOf(chat, { ...kept, skipped: conversation }, 1000)).toEqual({ kind: 'none' });
    expect(surveyStateOf(chat, { ...kept, skipped: 'c0' as ConversationId }, 1000)).toEqual({ kind: 'asked' });
    expect(surveyStateOf(chat, kept, 1000 + limits.ratingMs)).toEqual({ kind: 'asked' });
    expect(surveyStateOf(chat, kept, 1001 + limits.ratingMs)).toEqual({ kind: 'none' });
  });

  test('an answer on its way is not asked for again, and the log then says that it came', () => {
    expect(surveyStateOf({ ...chat, unsent: [given()] }, kept, 1000)).toEqual({ kind: 'sending' });
    const rated = log(accepted, ended, { type: 'rated', score: 4 });
    expect(surveyStateOf({ ...chat, events: rated, unsent: [given()] }, kept, 1000)).toEqual({ kind: 'rated' });
  });

  test('one that was not taken is said to be so, and is of its own chat', () => {
    const unsent = [given({ refused: 'not_allowed' })];
    expect(surveyStateOf({ ...chat, unsent }, kept, 1000)).toEqual({ kind: 'refused' });
    const next = { ...chat, unsent, conversation: 'c2' as ConversationId };
    expect(surveyStateOf(next, kept, 1000)).toEqual({ kind: 'asked' });
  });
});
