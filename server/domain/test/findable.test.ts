import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventBody } from '../../../protocol/entities.ts';
import type { AgentId } from '../../../protocol/ids.ts';
import { emptySummary, isNameVerifiedAt, summarize, verifiedAt } from '../chat-summary.ts';
import type { LogEvent } from '../conversation.ts';
import { csvRow } from '../csv.ts';
import { factOf, indexEvents, nothingYet } from '../findable.ts';

const agent = (name: string) => ({ id: `agent-${name}` as AgentId, name });
const verification = { subject: 's', issuer: 'i', keyId: 'k', verifiedAt: 0, expiresAt: 1, bound: false };
const bodies: EventBody[] = [
  { type: 'accepted', agent: agent('anna') },
  { type: 'joined', agent: agent('bram') },
  { type: 'message', text: 'The red lamp', audience: 'everyone' },
  { type: 'message', text: 'A regular', audience: 'agents', files: [] },
  { type: 'claimed', variables: [{ name: 'name', value: 'Eve', verified: false, source: 'form' }] },
  { type: 'verified', verification, variables: [{ name: 'name', value: 'Ada', verified: true }] },
  { type: 'classified', category: 'Returns', note: 'Send a new one' },
  { type: 'classified', note: 'Twice' },
  { type: 'ended', reason: 'agent' },
  { type: 'rated', score: 2, comment: 'Too slow' },
];
const log = fc.array(fc.constantFrom(...bodies), { maxLength: 12 }).map((all) =>
  all.map(
    (body, place): LogEvent => ({
      seq: place + 1,
      visitorSeq: null,
      at: 0,
      by: { kind: 'system' },
      command: null,
      body,
    }),
  ),
);

test('in how many pieces a log is read makes no difference', () => {
  fc.assert(
    fc.property(log, fc.nat(12), (events, cut) => {
      const whole = indexEvents(events, nothingYet);
      const first = indexEvents(events.slice(0, cut), nothingYet);
      const second = indexEvents(events.slice(cut), JSON.parse(JSON.stringify(first.findable)));
      expect(second.findable).toEqual(whole.findable);
      expect(new Set([...first.words, ...second.words])).toEqual(whole.words);
      expect(new Set([...first.facts, ...second.facts])).toEqual(whole.facts);
      expect(summarize(events.slice(cut), summarize(events.slice(0, cut)))).toEqual(summarize(events));
    }),
  );
});

test('what is remembered between two events holds nothing of the visitor', () => {
  const events = bodies.map(
    (body, place): LogEvent => ({ seq: place, visitorSeq: null, at: 0, by: { kind: 'visitor' }, command: null, body }),
  );
  const { findable, words } = indexEvents(events, nothingYet);
  expect(JSON.stringify(findable)).not.toMatch(/ada|eve|lamp/i);
  expect(findable).toEqual({ agents: ['agent-anna', 'agent-bram'], category: 'Returns', outcome: 'agent' });
  for (const word of ['red', 'regular', 'eve', 'ada', 'returns', 'twice']) expect(words).toContain(word);
});

test('a verified name is not covered by one that somebody claims', () => {
  const event = (body: EventBody): LogEvent => ({
    seq: 1,
    visitorSeq: null,
    at: 0,
    by: { kind: 'visitor' },
    command: null,
    body,
  });
  const [claimed, verified] = [event(bodies[4] as EventBody), event(bodies[5] as EventBody)];
  expect(summarize([claimed])).toMatchObject({ visitor: 'Eve' });
  expect(isNameVerifiedAt(summarize([claimed]), 0)).toBe(false);
  for (const order of [
    [claimed, verified],
    [verified, claimed],
  ]) {
    expect(summarize(order)).toMatchObject({ visitor: 'Ada' });
    expect(isNameVerifiedAt(summarize(order), 0)).toBe(true);
  }
  expect(summarize([])).toEqual(emptySummary);
});

test('a list shows no lock that has opened: the token ran out, its key was revoked, the next one failed', () => {
  const event = (body: EventBody): LogEvent => ({ ...base, body });
  const base = { seq: 1, visitorSeq: null, at: 0, by: { kind: 'visitor' }, command: null } as const;
  const verified = bodies[5] as Extract<EventBody, { type: 'verified' }>;
  const { expiresAt } = verified.verification;
  const summary = summarize([event(verified)]);
  expect(verifiedAt(summary, expiresAt - 1)).toEqual(verified.variables);
  expect(verifiedAt(summary, expiresAt)).toEqual([]);
  const claimed = event(bodies[4] as EventBody);
  for (const check of ['key_revoked', 'expired'] as const) {
    const opened = summarize([event(verified), event({ type: 'unverified', check }), claimed]);
    expect(opened.visitor).toBe('Ada');
    expect(isNameVerifiedAt(opened, 0)).toBe(false);
    expect(isNameVerifiedAt(summarize([event(verified)], opened), 0)).toBe(true);
  }
});

test('a fact is the same however it is written, and another name or value is another', () => {
  expect(factOf('Email', 'ADA@example.com')).toBe(factOf('email', ' ada@example.com'));
  expect(factOf('email', 'ada@example.com')).not.toBe(factOf('email', 'ad@aexample.com'));
  expect(factOf('email', '!')).not.toBe(factOf('email', '?'));
});

test('no cell of a CSV is a formula, and what stands in one is read back as it was', () => {
  for (const text of ['=1+1', '+1', '-1', '@sum', '\tx', '\rx', '  =1', '＝1']) expect(csvRow([text])).toMatch(/^"?'/);
  expect(csvRow(['a,b', 'say "x"', 'two\nlines', 3, null, true])).toBe('"a,b","say ""x""","two\nlines",3,,true\r\n');
});
