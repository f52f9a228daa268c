import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CommandId, ConversationId } from '../../../protocol/ids.ts';
import type { LogEvent } from '../../domain/conversation.ts';
import type { Append, AppendOutcome, ConversationHead, Session, Store } from '../store.ts';
import { begin, type Furnished, follow, furnish, message, newId, newSession, whisper } from './furnish.ts';
import type { Opened } from './store-contract.ts';

/** One append of random play: by which session, on what footing, under which command. */
interface Move {
  readonly session: number;
  readonly kind: 'begin' | 'write' | 'end';
  readonly stale: boolean;
  readonly command: number | null;
  readonly audiences: readonly boolean[];
}

const move: fc.Arbitrary<Move> = fc.record({
  session: fc.nat(3),
  kind: fc.constantFrom('begin', 'write', 'write', 'write', 'end'),
  stale: fc.constantFrom(false, false, false, true),
  command: fc.option(fc.nat(12)),
  audiences: fc.array(fc.boolean(), { minLength: 1, maxLength: 3 }),
});
/** Those of a burst are handed in together, so that they share a group. */
const bursts = fc.array(fc.array(move, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 8 });

export function describeRandomAppends(opened: Opened): void {
  test('random appends, in groups as they come, do what they would do one by one', async () => {
    const furnished = await furnish(opened.store);
    const play = async (plan: Move[][]) => {
      const model = new Model(furnished, await openSessions(opened.store, furnished));
      for (const burst of plan) {
        const steps = burst.map((one) => {
          const append = model.appendFor(one);
          return { append, outcome: model.append(append) };
        });
        const outcomes = await Promise.all(steps.map(({ append }) => opened.store.log.append(append)));
        expect(outcomes).toEqual(steps.map(({ outcome }) => outcome));
      }
      await model.compare(opened.store);
    };
    await fc.assert(fc.asyncProperty(bursts, play), { numRuns: 40 });
    await opened.reopen();
    await fc.assert(fc.asyncProperty(bursts, play), { numRuns: 5 });
  });
}

const openSessions = async (store: Store, furnished: Furnished) =>
  Promise.all([1, 2, 3, 4].map(() => newSession(store, furnished)));

/** The log as it would be with one append at a time, written as plainly as can be. */
class Model {
  readonly logs = new Map<ConversationId, LogEvent[]>();
  readonly heads = new Map<ConversationId, ConversationHead>();
  /** By session, the conversation its moves go to. */
  readonly current: (Append | undefined)[] = [];
  readonly commands = Array.from({ length: 13 }, () => newId());
  readonly furnished: Furnished;
  readonly sessions: readonly Session[];

  constructor(furnished: Furnished, sessions: readonly Session[]) {
    this.furnished = furnished;
    this.sessions = sessions;
  }

  appendFor({ session, kind, stale, command, audiences }: Move): Append {
    const owner = this.sessions[session] as Session;
    const known = this.current[session];
    const id = command === null ? null : (this.commands[command] as string);
    if (!known || kind === 'begin') {
      const fresh = begin(owner, this.furnished.queue, {}, id ?? undefined);
      this.current[session] ??= fresh;
      return fresh;
    }
    const head = this.heads.get(known.head.id) ?? known.head;
    const from = stale ? { ...head, seq: Math.max(0, head.seq - 1) } : head;
    const change = kind === 'end' ? ({ phase: 'ended', endedAt: 5000 } as const) : {};
    const bodies = audiences.map((open, index) => (open ? message(`${index}`) : whisper(`${index}`)));
    return follow(from, bodies, { change, command: id });
  }

  append(append: Append): AppendOutcome {
    const { head, events } = append;
    const log = this.logs.get(head.id) ?? [];
    const given = events.flatMap(({ command }) => command ?? []);
    const event = log.find(({ command }) => command !== null && given.includes(command));
    if (event) return { kind: 'duplicate', event };
    if (log.length !== append.expected) return { kind: 'conflict' };
    const busy = [...this.heads.values()].some(
      ({ session, phase, id }) => session === head.session && phase !== 'ended' && id !== head.id,
    );
    if (busy && head.phase !== 'ended') return { kind: 'session_busy' };
    this.logs.set(head.id, [...log, ...events]);
    this.heads.set(head.id, head);
    const index = this.sessions.findIndex(({ id }) => id === head.session);
    this.current[index] = head.phase === 'ended' ? undefined : append;
    return { kind: 'appended' };
  }

  async compare(store: Store): Promise<void> {
    for (const [id, log] of this.logs) {
      expect(await store.log.read(id, 0, 1000)).toEqual(log);
      expect(await store.log.readVisible(id, 0, 1000)).toEqual(log.filter(({ visitorSeq }) => visitorSeq !== null));
      expect(await store.conversations.find(id)).toEqual(this.heads.get(id));
      for (const command of this.commands as CommandId[]) {
        const found = log.find((event) => event.command === command) ?? null;
        expect(await store.log.findCommand(id, command)).toEqual(found);
      }
    }
  }
}
