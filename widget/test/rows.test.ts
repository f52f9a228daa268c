import { describe, expect, test } from 'vitest';
import type { Entry } from '../../client/outbox.ts';
import type { VisitorCommand } from '../../protocol/commands.ts';
import type { Actor, ConversationEvent, EventBody, QueueRef } from '../../protocol/entities.ts';
import type { AgentId, CommandId, FileId, OfferId, QueueId } from '../../protocol/ids.ts';
import { standingOf } from '../chat-state.ts';
import { rowsOf } from '../ui/rows.ts';

const noon = new Date(2026, 10, 23, 12, 0, 0).getTime();
const anna = { id: 'anna' as AgentId, name: 'Anna' };
const agent: Actor = { kind: 'agent', agent: anna };
const visitor: Actor = { kind: 'visitor' };
const queue: QueueRef = { id: 'q' as QueueId, name: 'Support' };

const bram = { id: 'bram' as AgentId, name: 'Bram' };
const requested: EventBody = { type: 'requested', queue, page: { url: '', title: '' }, locale: 'en' };
const said = (text: string): EventBody => ({ type: 'message', text, audience: 'everyone' });
const event = (by: Actor, body: EventBody, at = noon, command?: string): ConversationEvent => ({
  at,
  by,
  body,
  ...(command ? { command: command as CommandId } : {}),
});
const numbered = (...events: ConversationEvent[]) => events.map((each, index) => ({ seq: index + 1, event: each }));
const entry = (text: string, refused?: 'too_many'): Entry<VisitorCommand> => ({
  id: `id-${text}` as CommandId,
  command: { type: 'message', text },
  ...(refused ? { refused } : {}),
});

const messages = (...[chat, now = noon]: [Parameters<typeof rowsOf>[0], number?]) =>
  rowsOf(chat, { now }).flatMap((row) => (row.kind === 'message' ? [row] : []));

describe('rowsOf', () => {
  test('groups what one author said within a minute, with the time on the last', () => {
    const events = numbered(
      event(agent, said('a'), noon),
      event(agent, said('b'), noon + 59_999),
      event(agent, said('c'), noon + 60_000),
      event(visitor, said('d'), noon + 60_000),
      event(agent, said('e'), noon + 60_000),
    );
    const shape = messages({ events, unsent: [] }).map(({ text, isFirst, isLast }) => [text, isFirst, isLast]);
    expect(shape).toEqual([
      ['a', true, false],
      ['b', false, true],
      ['c', true, true],
      ['d', true, true],
      ['e', true, true],
    ]);
  });

  test('puts a day before the first thing said on it, and none before the request', () => {
    const events = numbered(
      event(visitor, requested, noon - 86_400_000),
      event(agent, said('a'), noon),
      event(agent, said('b'), noon + 1),
      event(agent, said('c'), noon + 86_400_000),
    );
    const kinds = rowsOf({ events, unsent: [] }, { now: noon }).map(({ kind }) => kind);
    expect(kinds).toEqual(['day', 'message', 'message', 'day', 'message']);
  });

  test('says who came, who left and who ended it', () => {
    const left: EventBody = { type: 'left', agent: anna, reason: 'lost' };
    const notes = (...events: ConversationEvent[]) =>
      rowsOf({ events: numbered(...events), unsent: [] }, { now: noon }).flatMap((row) =>
        row.kind === 'note' ? [[row.text, row.name]] : [],
      );
    const accepted = event(agent, { type: 'accepted', agent: anna });
    expect(notes(accepted, event({ kind: 'system' }, left))).toEqual([
      ['joined', 'Anna'],
      ['left', 'Anna'],
    ]);
    expect(notes(accepted, event(agent, { type: 'ended', reason: 'agent' }))[1]).toEqual(['endedBy', 'Anna']);
    expect(notes(event(visitor, { type: 'ended', reason: 'visitor' }))[0]?.[0]).toBe('endedByYou');
    expect(notes(event({ kind: 'system' }, { type: 'ended', reason: 'abandoned' }))[0]?.[0]).toBe('ended');
  });

  test('says who joined and who left, and that nobody is there only when nobody is', () => {
    const texts = (...bodies: EventBody[]) =>
      rowsOf({ events: numbered(...bodies.map((body) => event(agent, body))), unsent: [] }, { now: noon }).flatMap(
        (row) => (row.kind === 'note' ? [[row.text, row.name]] : []),
      );
    const accepted: EventBody = { type: 'accepted', agent: anna };
    const joined: EventBody = { type: 'joined', agent: bram };
    expect(texts(accepted, joined, { type: 'left', agent: anna, reason: 'left' })).toEqual([
      ['joined', 'Anna'],
      ['came', 'Bram'],
      ['gone', 'Anna'],
    ]);
    expect(texts(accepted, joined, { type: 'left', agent: bram, reason: 'lost' })[2]).toEqual(['gone', 'Bram']);
    expect(texts(accepted, { type: 'left', agent: anna, reason: 'lost' })[1]).toEqual(['left', 'Anna']);
  });

  test('names the author from the second agent on, and moves nothing that stood before', () => {
    const events = numbered(
      event(agent, { type: 'accepted', agent: anna }),
      event(agent, said('a')),
      event(agent, { type: 'joined', agent: bram }),
      event(agent, said('b')),
      event({ kind: 'agent', agent: bram }, said('c')),
      event(visitor, said('d')),
    );
    const names = messages({ events, unsent: [] }).map(({ author, isNamed }) => isNamed && author);
    expect(names).toEqual([false, 'Anna', 'Bram', false]);
  });

  test('an offer stands at its place among what was said', () => {
    const offer = 'offer-1' as OfferId;
    const content = { title: 'When?', options: [], least: 1, most: 1, optional: false };
    const events = numbered(
      event(agent, said('a')),
      event(agent, { type: 'offered', offer, content }, noon, offer),
      event(agent, said('b')),
      event(visitor, { type: 'answered', offer, values: ['x'] }),
    );
    const rows = rowsOf({ events, unsent: [] }, { now: noon });
    expect(rows.map(({ kind }) => kind)).toEqual(['day', 'message', 'offer', 'message']);
    expect(rows[2]).toEqual({ kind: 'offer', key: offer, offer, content });
  });

  test('a message shows its files before and after it was sent', () => {
    const file = { id: 'f'.repeat(22) as FileId, name: 'lamp.png', kind: 'image', bytes: 9 } as const;
    const unsent: Entry<VisitorCommand>[] = [
      { id: 'm' as CommandId, command: { type: 'message', text: '', files: [file.id] } },
    ];
    expect(rowsOf({ events: [], unsent }, { now: noon, given: [file] })[0]).toMatchObject({ text: '', files: [file] });
    const sent = event(visitor, { type: 'message', text: '', audience: 'everyone', files: [file] });
    expect(messages({ events: numbered(sent), unsent: [] })[0]).toMatchObject({ text: '', files: [file] });
  });

  test('X233 a message keeps its key from being typed to being in the log, so it is not read twice', () => {
    const before = messages({ events: [], unsent: [entry('hello')] });
    const after = messages({ events: numbered(event(visitor, said('hello'), noon, 'id-hello')), unsent: [] });
    expect(after[0]?.key).toBe(before[0]?.key);
  });

  test('shows what is on its way as sending, and what was refused as that', () => {
    const rows = messages({ events: [], unsent: [entry('a'), entry('b', 'too_many')] });
    expect(rows.map(({ text, delivery }) => [text, delivery])).toEqual([
      ['a', 'sending'],
      ['b', 'refused'],
    ]);
  });

  test('shows nothing of the chat before while a new one is requested', () => {
    const request: Entry<VisitorCommand> = {
      id: 'r' as CommandId,
      command: { type: 'request', page: { url: '', title: '' }, locale: 'en' },
    };
    expect(messages({ events: numbered(event(agent, said('old'))), unsent: [request, entry('new')] })).toHaveLength(1);
  });
});

describe('a chat that is moved', () => {
  const sales = { id: 's' as QueueId, name: 'Sales' };
  const events = numbered(
    event(visitor, requested),
    event(agent, { type: 'accepted', agent: anna }),
    event(agent, { type: 'joined', agent: bram }),
    event(agent, { type: 'moved', queue: sales }),
  );

  test('3: tells for what one waits now', () => {
    expect(rowsOf({ events, unsent: [] }, { now: noon }).at(-1)).toMatchObject({ text: 'moved', name: 'Sales' });
  });

  test('3: has nobody in it until somebody accepts', () => {
    expect(standingOf({ events, unsent: [] })).toEqual({ phase: 'waiting', agents: [], queue: 'Sales' });
    const on = numbered(...events.map((one) => one.event), event(agent, { type: 'accepted', agent: bram }));
    expect(standingOf({ events: on, unsent: [] })).toMatchObject({ phase: 'active', agents: ['Bram'] });
  });
});
