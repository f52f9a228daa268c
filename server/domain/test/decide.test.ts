import { describe, expect, test } from 'vitest';
import type { FileRef } from '../../../protocol/entities.ts';
import type { FileId } from '../../../protocol/ids.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Command } from '../command.ts';
import type { Conversation } from '../conversation.ts';
import {
  anna,
  bram,
  byAgent,
  bySystem,
  byVisitor,
  chloe,
  codeOf,
  Play,
  playTo,
  request,
  typesOf,
  until,
  verification,
} from './players.ts';

const say = (text: string, audience: 'everyone' | 'agents' = 'everyone'): Command => ({
  type: 'message',
  text,
  audience,
});
const phases: Conversation['phase'][] = ['absent', 'waiting', 'presented', 'active', 'ended'];

describe('request', () => {
  test('a request begins a conversation, with what was claimed and what was proved as events of their own', () => {
    const claims = [{ name: 'plan', value: 'gold', verified: false, source: 'page' }] as const;
    const identity = { state: 'verified', verification, variables: [] } as const;
    const play = new Play();
    expect(typesOf(play.do({ ...request, claims, identity } as Command, byVisitor, { id: 'first-command' }))).toEqual([
      'requested',
      'claimed',
      'verified',
    ]);
    expect(play.log.map(({ command }) => command)).toEqual(['first-command', null, null]);
    expect(play.log.map(({ visitorSeq }) => visitorSeq)).toEqual([1, null, null]);
  });

  test('a token that failed does not keep a visitor out', () => {
    const play = new Play();
    const identity = { state: 'refused', check: 'signature' } as const;
    expect(typesOf(play.do({ ...request, identity } as Command, byVisitor))).toEqual(['requested', 'unverified']);
    expect(play.state.phase).toBe('waiting');
  });

  test.each(phases.slice(1))('a second request in a conversation that is %s is refused', (phase) => {
    expect(codeOf(playTo(phase).do(request, byVisitor))).toBe('already_open');
  });
});

describe('message', () => {
  test.each([
    ['waiting', undefined],
    ['presented', undefined],
    ['active', undefined],
    ['absent', 'not_found'],
    ['ended', 'already_ended'],
  ] as const)('a visitor’s message while %s: %s', (phase, code) => {
    expect(codeOf(playTo(phase).do(say('hello'), byVisitor))).toBe(code);
  });

  test.each([
    ['waiting', 'not_allowed'],
    ['presented', 'not_allowed'],
    ['active', undefined],
    ['absent', 'not_found'],
    ['ended', 'already_ended'],
  ] as const)('a message of the agent’s while %s: %s', (phase, code) => {
    expect(codeOf(playTo(phase).do(say('hello'), byAgent(anna)))).toBe(code);
  });

  test('an agent who does not have the conversation cannot speak in it', () => {
    expect(codeOf(playTo('active').do(say('hello'), byAgent(bram)))).toBe('not_allowed');
  });

  test('C149 an agent who lost the conversation cannot speak in it any more', () => {
    const play = playTo('active');
    play.do({ type: 'lose', agent: anna }, bySystem);
    expect(codeOf(play.do(say('late'), byAgent(anna)))).toBe('not_allowed');
  });

  test('W036 a visitor cannot write among agents', () => {
    expect(codeOf(playTo('active').do(say('psst', 'agents'), byVisitor))).toBe('not_found');
  });

  test('the system says nothing', () => {
    expect(codeOf(playTo('active').do(say('hello'), bySystem))).toBe('not_found');
  });

  test.each([
    ['the longest text', 'x'.repeat(limits.messageLength), undefined],
    ['one code point more', 'x'.repeat(limits.messageLength + 1), 'invalid_field'],
    ['the longest text of emoji', '😀'.repeat(limits.messageLength), undefined],
    ['one emoji more', '😀'.repeat(limits.messageLength + 1), 'invalid_field'],
    ['nothing', '', 'invalid_field'],
    ['white space', ' \t\r\n\u00a0\u3000', 'invalid_field'],
    ['marks of no width', '\u200b\u200d\ufeff\u2060', 'invalid_field'],
    ['right-to-left marks around a letter', '\u202ea\u202c', undefined],
  ])('W035 %s', (_name, text, code) => {
    expect(codeOf(playTo('active').do(say(text), byVisitor))).toBe(code);
  });

  test('W023 half a surrogate pair becomes U+FFFD, for every reader alike', () => {
    const play = playTo('active');
    play.do(say('a\ud800b'), byVisitor);
    expect(play.log.at(-1)?.body).toEqual({ type: 'message', text: 'a\ufffdb', audience: 'everyone' });
  });
});

describe('a message with files', () => {
  const file = { id: 'f1' as FileId, name: 'a.pdf', kind: 'pdf', bytes: 1 } as const;
  const send = (text: string, files: FileRef[] = [file]): Command => ({ ...say(text), files }) as Command;

  test('needs no words, but words that show nothing are still none', () => {
    const play = playTo('active');
    expect(typesOf(play.do(send(''), byVisitor))).toEqual(['message']);
    expect(play.log.at(-1)?.body).toEqual({ type: 'message', text: '', audience: 'everyone', files: [file] });
    expect(codeOf(play.do(send(' \u200b'), byVisitor))).toBe('invalid_field');
    expect(codeOf(play.do(send('', []), byVisitor))).toBe('invalid_field');
  });

  test('is for whom a message without is', () => {
    expect(codeOf(playTo('active').do(send(''), byAgent(bram)))).toBe('not_allowed');
    expect(codeOf(playTo('ended').do(send(''), byVisitor))).toBe('already_ended');
    expect(codeOf(playTo('active').do({ ...send(''), audience: 'agents' } as Command, byVisitor))).toBe('not_found');
  });
});

describe('accept and decline', () => {
  test('the agent it is presented to accepts', () => {
    const play = playTo('presented');
    expect(typesOf(play.do({ type: 'accept' }, byAgent(anna)))).toEqual(['accepted']);
    expect(play.state).toMatchObject({ phase: 'active', agent: anna });
  });

  test.each(['accept', 'decline'] as const)('somebody else cannot %s it', (type) => {
    expect(codeOf(playTo('presented').do({ type }, byAgent(bram)))).toBe('not_presented');
    expect(codeOf(playTo('waiting').do({ type }, byAgent(bram)))).toBe('not_presented');
  });

  test('C147 who comes too late hears that somebody else took it', () => {
    expect(codeOf(playTo('active').do({ type: 'accept' }, byAgent(bram)))).toBe('already_taken');
  });

  test('C150 what has ended can be neither accepted nor declined', () => {
    expect(codeOf(playTo('ended').do({ type: 'accept' }, byAgent(anna)))).toBe('already_ended');
    expect(codeOf(playTo('ended').do({ type: 'decline' }, byAgent(anna)))).toBe('already_ended');
  });

  test('the last moment to accept is the one before the time is up', () => {
    expect(codeOf(playTo('presented').do({ type: 'accept' }, byAgent(anna), { now: until - 1 }))).toBeUndefined();
    expect(codeOf(playTo('presented').do({ type: 'accept' }, byAgent(anna), { now: until }))).toBe('not_presented');
  });

  test('declined goes back to waiting, keeps its place, and remembers who passed', () => {
    const play = playTo('presented');
    play.do({ type: 'decline' }, byAgent(anna), { now: 5 });
    expect(play.state).toMatchObject({
      phase: 'waiting',
      request: { requestedAt: 0 },
      passes: [{ agent: anna.id, at: 5 }],
    });
  });

  test('who passes twice is remembered once, with the later time', () => {
    const play = playTo('waiting');
    for (const [agent, now] of [
      [anna, 1],
      [bram, 2],
      [anna, 3],
    ] as const) {
      play.do({ type: 'present', agent, until }, bySystem);
      play.do({ type: 'decline' }, byAgent(agent), { now });
    }
    expect(play.state).toMatchObject({
      passes: [
        { agent: bram.id, at: 2 },
        { agent: anna.id, at: 3 },
      ],
    });
  });
});

describe('what the desk does by itself', () => {
  test('only a waiting request is presented', () => {
    const present: Command = { type: 'present', agent: bram, until };
    expect(typesOf(playTo('waiting').do(present, bySystem))).toEqual(['presented']);
    for (const phase of ['absent', 'presented', 'active', 'ended'] as const)
      expect(codeOf(playTo(phase).do(present, bySystem)), phase).toBe('wrong_state');
  });

  test('a request lapses when its time is up, not before, and counts as passed', () => {
    const play = playTo('presented');
    expect(codeOf(play.do({ type: 'lapse' }, bySystem, { now: until - 1 }))).toBe('wrong_state');
    expect(typesOf(play.do({ type: 'lapse' }, bySystem, { now: until }))).toEqual(['lapsed']);
    expect(play.state).toMatchObject({ phase: 'waiting', passes: [{ agent: anna.id, at: until }] });
    expect(codeOf(play.do({ type: 'lapse' }, bySystem, { now: until }))).toBe('wrong_state');
  });

  test('a request that is returned does not count as passed', () => {
    const play = playTo('presented');
    expect(typesOf(play.do({ type: 'return', agent: bram }, bySystem))).toEqual([]);
    expect(typesOf(play.do({ type: 'return', agent: anna }, bySystem))).toEqual(['returned']);
    expect(play.state).toMatchObject({ phase: 'waiting', passes: [] });
  });

  test('an agent who is lost leaves; the visitor waits again, for anybody', () => {
    const play = playTo('active');
    expect(typesOf(play.do({ type: 'lose', agent: bram }, bySystem))).toEqual([]);
    expect(typesOf(play.do({ type: 'lose', agent: anna }, bySystem))).toEqual(['left']);
    expect(play.state).toMatchObject({ phase: 'waiting', passes: [], request: { requestedAt: 0 } });
  });

  test.each([
    ['waiting', ['ended']],
    ['presented', ['ended']],
    ['active', []],
    ['ended', []],
  ] as const)('abandoned while %s', (phase, types) => {
    expect(typesOf(playTo(phase).do({ type: 'abandon' }, bySystem))).toEqual(types);
  });

  test.each([
    ['present', { type: 'present', agent: chloe, until }],
    ['lapse', { type: 'lapse' }],
    ['return', { type: 'return', agent: anna }],
    ['lose', { type: 'lose', agent: anna }],
    ['abandon', { type: 'abandon' }],
    ['revoke', { type: 'revoke', keyId: 'k1' }],
  ] as const)('nobody else can %s', (_name, command) => {
    for (const phase of phases)
      for (const by of [byVisitor, byAgent(anna)])
        expect(codeOf(playTo(phase).do(command, by, { now: until }))).toBe('not_found');
  });
});

describe('end', () => {
  test.each(['waiting', 'presented', 'active'] as const)('the visitor ends it while %s', (phase) => {
    const play = playTo(phase);
    play.do({ type: 'end' }, byVisitor, { now: 7 });
    expect(play.state).toMatchObject({ phase: 'ended', endedAt: 7 });
    expect(play.log.at(-1)?.body).toEqual({ type: 'ended', reason: 'visitor' });
  });

  test('an agent ends what is with them, and nothing else', () => {
    expect(typesOf(playTo('active').do({ type: 'end' }, byAgent(anna)))).toEqual(['ended']);
    expect(codeOf(playTo('active').do({ type: 'end' }, byAgent(bram)))).toBe('not_allowed');
    expect(codeOf(playTo('presented').do({ type: 'end' }, byAgent(anna)))).toBe('not_allowed');
    expect(codeOf(playTo('absent').do({ type: 'end' }, byAgent(anna)))).toBe('not_found');
  });

  test('it ends once', () => {
    expect(codeOf(playTo('ended').do({ type: 'end' }, byVisitor))).toBe('already_ended');
    expect(codeOf(playTo('ended').do({ type: 'end' }, byAgent(anna)))).toBe('already_ended');
  });

  test('what ended while it waited again still names who had it', () => {
    const play = playTo('active');
    play.do({ type: 'lose', agent: anna }, bySystem);
    play.do({ type: 'end' }, byVisitor);
    expect(play.state).toMatchObject({ phase: 'ended', agent: anna });
  });

  test('what nobody had names nobody', () => {
    const play = playTo('presented');
    play.do({ type: 'end' }, byVisitor);
    expect(play.state).toMatchObject({ phase: 'ended', agent: null });
  });

  test('signing out ends what is open, and says nothing about what is not', () => {
    expect(typesOf(playTo('active').do({ type: 'sign_out' }, byVisitor))).toEqual(['ended']);
    expect(typesOf(playTo('ended').do({ type: 'sign_out' }, byVisitor))).toEqual([]);
    expect(typesOf(playTo('absent').do({ type: 'sign_out' }, byVisitor))).toEqual([]);
  });
});
