import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClaimedVariable, VerifiedVariable } from '../../../protocol/entities.ts';
import { limits } from '../../../protocol/limits.ts';
import type { Command } from '../command.ts';
import type { LogEvent } from '../conversation.ts';
import { dueTranscripts, nobodyWaits } from '../due-transcripts.ts';
import { transcriptLines } from '../transcript-lines.ts';
import { type Step, steps } from './arbitrary-step.ts';
import {
  anna,
  byAgent,
  bySystem,
  byVisitor,
  codeOf,
  moveToQueue,
  Play,
  playTo,
  request,
  typesOf,
  verification,
} from './players.ts';

const seed = Date.now() & 0x7fffffff;
console.info(`server/domain transcript: seed ${seed}`);

const ask = (email?: string): Command => ({ type: 'transcript', ...(email !== undefined && { email }) });
const verified = (email: string): Command => {
  const variables: VerifiedVariable[] = [{ name: 'email', value: email, verified: true }];
  return { type: 'identify', identity: { state: 'verified', verification, variables } };
};
const typed = (email: string, source: 'form' | 'page'): ClaimedVariable[] => [
  { name: 'email', value: email, verified: false, source },
];
const hello: Command = { type: 'message', text: 'hello', audience: 'everyone' };

function talking(claims: readonly ClaimedVariable[] = []): Play {
  const play = new Play();
  play.do({ ...request, claims } as Command, byVisitor);
  play.do({ type: 'present', agent: anna, until: 30_000 }, bySystem);
  play.do({ type: 'accept' }, byAgent(anna));
  play.do(hello, byVisitor);
  return play;
}

describe('who asks for a transcript', () => {
  test('5: names an address, during the chat or after it', () => {
    const play = talking();
    play.do(ask(' vera@visitor.example '), byVisitor);
    play.do({ type: 'end' }, byVisitor);
    play.do(ask('Vera@visitor.example'), byVisitor);
    expect(play.log.filter(({ body }) => body.type === 'transcript').map(({ body }) => body)).toEqual([
      { type: 'transcript', email: 'vera@visitor.example', verified: false },
      { type: 'transcript', email: 'Vera@visitor.example', verified: false },
    ]);
  });

  test('E168 gets it at the address that the site vouches for, whatever they type', () => {
    const play = talking(typed('typed@visitor.example', 'form'));
    play.do(verified('ada@shop.example'), byVisitor);
    play.do(ask('mallory@evil.example'), byVisitor);
    expect(play.log.at(-1)?.body).toEqual({ type: 'transcript', email: 'ada@shop.example', verified: true });
  });

  test.each([
    ['a token that failed since', { type: 'identify', identity: { state: 'refused', check: 'expired' } } as Command],
    ['a key that was revoked since', { type: 'revoke', keyId: 'k1' } as Command],
  ])('E168 is vouched for no more by %s', (_name, command) => {
    const play = talking();
    play.do(verified('ada@shop.example'), byVisitor);
    play.do(command, command.type === 'revoke' ? bySystem : byVisitor);
    expect(codeOf(play.do(ask(), byVisitor))).toBe('invalid_field');
  });

  test('is vouched for by no address that is masked, or that no mail can go to', () => {
    const play = talking();
    play.do(verified('•••• .com'), byVisitor);
    expect(codeOf(play.do(ask(), byVisitor))).toBe('invalid_field');
  });

  test.each([
    'a@b.example\r\nBcc: c@d.example',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'Ada <a@b.example>',
    '"a b"@b.example',
    'a@b@c.example',
    'a@b.example\0',
    `${'a'.repeat(400)}@b.example`,
    '<a@b.example>',
    'a@b.example>,<c@d.example',
    '',
    'nobody',
  ])('E164 names one address and nothing else: %j is refused', (email) => {
    const play = talking();
    expect(play.do(ask(email), byVisitor)).toMatchObject({ refusal: { code: 'invalid_field', field: 'email' } });
  });

  test('P122 learns nothing of what agents have among themselves', () => {
    const play = playTo('active');
    const before = play.do(ask('vera@visitor.example'), byVisitor);
    play.do({ type: 'message', text: 'psst', audience: 'agents' }, byAgent(anna));
    expect(codeOf(before)).toBe('wrong_state');
    expect(play.do(ask('vera@visitor.example'), byVisitor)).toEqual(before);
  });

  test('may do so a few times', () => {
    const play = talking();
    for (let time = 0; time < limits.transcriptsPerConversation; time++)
      expect(typesOf(play.do(ask('vera@visitor.example'), byVisitor))).toEqual(['transcript']);
    expect(codeOf(play.do(ask('vera@visitor.example'), byVisitor))).toBe('too_many');
  });

  test('is the visitor, and nobody else', () => {
    expect(codeOf(talking().do(ask('anna@balie.example'), byAgent(anna)))).toBe('not_found');
    expect(codeOf(talking().do({ type: 'confirm', email: 'vera@visitor.example' }, byVisitor))).toBe('not_found');
  });
});

describe('a transcript that the site gives unasked', () => {
  test('goes to whom the site vouches for, else to the address typed at the start', () => {
    const play = talking(typed('vera@visitor.example', 'form'));
    expect(play.do(ask(), bySystem)).toMatchObject({ events: [{ email: 'vera@visitor.example', verified: false }] });
    play.do(verified('ada@shop.example'), byVisitor);
    expect(play.do(ask(), bySystem)).toMatchObject({ events: [{ email: 'ada@shop.example', verified: true }] });
  });

  test('goes nowhere where there is nobody, nothing was said, or it was asked for', () => {
    expect(talking(typed('page@says.example', 'page')).do(ask(), bySystem)).toMatchObject({ events: [] });
    const silent = new Play();
    silent.do({ ...request, claims: typed('vera@visitor.example', 'form') } as Command, byVisitor);
    expect(silent.do(ask(), bySystem)).toMatchObject({ events: [] });
    const asked = talking(typed('vera@visitor.example', 'form'));
    asked.do(ask('VERA@visitor.example'), byVisitor);
    expect(asked.do(ask(), bySystem)).toMatchObject({ events: [] });
  });

  test('is given once, however often the desk comes back to it', () => {
    const play = talking(typed('vera@visitor.example', 'form'));
    for (let time = 0; time < 3; time++) play.do(ask(), bySystem);
    expect(play.log.filter(({ body }) => body.type === 'transcript')).toHaveLength(1);
  });
});

const dueOf = (log: readonly LogEvent[]) =>
  dueTranscripts(nobodyWaits, log).due.map(({ kind, email, seq }) => [kind, email, seq]);

describe('the mails that follow', () => {
  test('5: to a verified address, one transcript when the chat has ended', () => {
    const play = talking();
    play.do(verified('ada@shop.example'), byVisitor);
    play.do(ask(), byVisitor);
    play.do(ask(), byVisitor);
    expect(dueOf(play.log)).toEqual([]);
    play.do({ type: 'end' }, byVisitor);
    expect(dueOf(play.log)).toEqual([['transcript', 'ada@shop.example', play.state.seq]]);
    play.do(ask(), byVisitor);
    expect(dueOf(play.log)).toHaveLength(2);
  });

  test.each([['first'], ['last']])(
    '5: to a typed one, a confirmation, and the transcript where the end comes %s',
    (when) => {
      const play = talking();
      const confirm: Command = { type: 'confirm', email: 'VERA@visitor.example' };
      play.do(ask('vera@visitor.example'), byVisitor);
      const asked = play.state.seq;
      if (when === 'first') play.do({ type: 'end' }, byVisitor);
      expect(dueOf(play.log)).toEqual([['confirmation', 'vera@visitor.example', asked]]);
      expect(typesOf(play.do(confirm, bySystem))).toEqual(['confirmed']);
      expect(typesOf(play.do(confirm, bySystem))).toEqual([]);
      if (when === 'last') play.do({ type: 'end' }, byVisitor);
      expect(dueOf(play.log).slice(1)).toEqual([['transcript', 'vera@visitor.example', play.state.seq]]);
    },
  );

  test('are the same however the log is cut into pieces', () => {
    const address = fc.constantFrom('a@x.example', 'A@x.example', 'b@x.example');
    const move = fc.oneof(
      address.map((email): [Command, 'visitor' | 'system'] => [ask(email), 'visitor']),
      address.map((email): [Command, 'visitor' | 'system'] => [{ type: 'confirm', email }, 'system']),
      address.map((email): [Command, 'visitor' | 'system'] => [verified(email), 'visitor']),
      fc.constant<[Command, 'visitor' | 'system']>([{ type: 'end' }, 'visitor']),
    );
    fc.assert(
      fc.property(fc.array(move, { maxLength: 15 }), fc.array(fc.nat(20), { maxLength: 4 }), (moves, cuts) => {
        const play = talking();
        for (const [command, by] of moves) play.do(command, by === 'visitor' ? byVisitor : bySystem);
        let standing = nobodyWaits;
        const places = [0, ...cuts.sort((a, b) => a - b), play.log.length];
        const due = places.slice(1).flatMap((to, index) => {
          const step = dueTranscripts(standing, play.log.slice(places[index], to));
          standing = JSON.parse(JSON.stringify(step.standing));
          return step.due;
        });
        expect(due).toEqual(dueTranscripts(nobodyWaits, play.log).due);
        for (const { kind, email, seq } of due.filter((mail) => mail.kind === 'transcript'))
          expect([kind, mayReceive(play.log.slice(0, seq), email)]).toEqual([kind, true]);
      }),
      { numRuns: 2000, seed },
    );
  });
});

/** Said again here in other words: signed by the site when it was asked for, or confirmed by its owner, and over. */
function mayReceive(log: readonly LogEvent[], email: string): boolean {
  const isOver = log.some(({ body }) => body.type === 'ended');
  const stands = log.some(
    ({ body }) =>
      ((body.type === 'transcript' && body.verified) || body.type === 'confirmed') &&
      body.email.toLowerCase() === email.toLowerCase(),
  );
  return isOver && stands;
}

const canary = 'PRIV-5f0c';
function marked(command: Command): Command {
  if (command.type === 'invite') return { ...command, note: canary };
  if (command.type === 'classify') return { ...command, category: canary, note: canary };
  if (command.type !== 'message' || command.audience !== 'agents') return command;
  return { ...command, text: canary, files: (command.files ?? []).map((file) => ({ ...file, name: canary })) };
}

function playOut(all: readonly Step[]): Play {
  const play = new Play();
  let now = 0;
  for (const { command, by, afterMs, id } of all) {
    now += afterMs;
    play.do(marked(command), by, { now, id });
  }
  return play;
}

describe('what a transcript tells', () => {
  test('P121 P127 INV3 is what the visitor saw, whatever went on, and even where it is given the whole log', () => {
    let secrets = 0;
    fc.assert(
      fc.property(steps, (all) => {
        const { log } = playOut(all);
        if (JSON.stringify(log).includes(canary)) secrets++;
        const visible = log.filter(({ visitorSeq }) => visitorSeq !== null);
        expect(JSON.stringify(transcriptLines(log))).not.toContain(canary);
        expect(transcriptLines(log)).toEqual(transcriptLines(visible));
        const said = visible.filter(({ body }) => body.type === 'message' || body.type === 'offered');
        expect(transcriptLines(log).filter((line) => 'author' in line)).toHaveLength(said.length);
      }),
      { numRuns: 2000, seed },
    );
    expect(secrets).toBeGreaterThan(100);
  });

  test('3: tells when a chat was moved, and for whom one waited then', () => {
    const play = talking();
    play.do(moveToQueue('support'), byAgent(anna), { oversees: null });
    expect(transcriptLines(play.log).at(-1)).toEqual({ kind: 'moved', at: 0, name: 'support' });
  });

  test('5: names files, and tells what became of offers', () => {
    const play = talking();
    const files = [{ id: 'f' as never, name: 'bill.pdf', kind: 'pdf' as const, bytes: 1 }];
    play.do({ type: 'message', text: '', audience: 'everyone', files }, byVisitor);
    const options = ['a', 'b'].map((value) => ({ value, label: value.toUpperCase() }));
    const content = { title: 'Which?', options, least: 1, most: 2, optional: true };
    for (const id of ['o1', 'o2', 'o3', 'o4']) play.do({ type: 'offer', content }, byAgent(anna), { id });
    play.do({ type: 'answer', offer: 'o1' as never, values: ['b'] }, byVisitor);
    play.do({ type: 'answer', offer: 'o2' as never, values: [] }, byVisitor);
    play.do({ type: 'withdraw', offer: 'o3' as never }, byAgent(anna));
    play.do({ type: 'end' }, byAgent(anna));
    expect(transcriptLines(play.log)).toMatchObject([
      { kind: 'came', name: 'Anna' },
      { kind: 'message', author: null, text: 'hello' },
      { kind: 'message', author: null, files: ['bill.pdf'] },
      { kind: 'offer', author: 'Anna', options: ['A', 'B'], answer: { state: 'chosen', labels: ['B'] } },
      { kind: 'offer', answer: { state: 'none' } },
      { kind: 'offer', answer: { state: 'withdrawn' } },
      { kind: 'offer', answer: { state: 'open' } },
      { kind: 'ended', by: 'agent', name: 'Anna' },
    ]);
  });
});
