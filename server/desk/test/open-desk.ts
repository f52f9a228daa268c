import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type TestContext } from 'vitest';
import type { AgentId, ConversationId } from '../../../protocol/ids.ts';
import type { BusMessage, Topic } from '../../bus/bus.ts';
import { createInProcessBus } from '../../bus/in-process-bus.ts';
import { openStore } from '../../store/open-store.ts';
import type { Agent, Store } from '../../store/store.ts';
import { createDesk, type RunningDesk } from '../create-desk.ts';
import { type DeskSettings, deskDefaults } from '../desk-settings.ts';
import { createFakeClock } from './fake-clock.ts';
import { agentOf, furnish } from './furnish.ts';
import { Colleague, Visitor } from './people.ts';

interface OpenDeskOptions {
  /** How many conversations each agent has room for. */
  readonly room?: number;
  readonly settings?: Partial<DeskSettings>;
  /** Puts something between the desk and its store, to make it fail. */
  readonly between?: (store: Store) => Store;
}

/** A desk over a real store in a folder of its own, with a clock that the test turns; closed when the test ends. */
export async function openDesk(t: TestContext, { room = 4, settings = {}, between }: OpenDeskOptions = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'balie-desk-'));
  const opened = await openStore({ dataDir });
  const store = between ? between(opened) : opened;
  const agents = await furnish(opened, { room });
  const desks = new Set<RunningDesk>();
  const complaints: { message: string; details: unknown }[] = [];
  const heard: { topic: Topic; message: BusMessage }[] = [];
  const settle = async () => {
    // Twice, since what one desk finishes may be what another one hears of.
    for (const desk of [...desks, ...desks]) await desk.idle();
  };
  const clock = createFakeClock({ settle });
  const complain = (details: unknown, message: string) => complaints.push({ message, details });

  /** Another node, or the same one after a restart: a desk of its own over the same store. */
  async function newDesk({ start = true } = {}): Promise<RunningDesk> {
    const bus = createInProcessBus({ onListenerError: (error) => complain(error, 'a listener threw') });
    const told: typeof bus = {
      ...bus,
      publish(topic, message) {
        heard.push({ topic, message });
        bus.publish(topic, message);
      },
    };
    const log = { error: complain, warn: complain };
    const desk = createDesk({ store, bus: told, clock, log, settings: { ...deskDefaults, ...settings } });
    desks.add(desk);
    if (start) await desk.start();
    return desk;
  }

  const desk = await newDesk();
  t.onTestFinished(async () => {
    for (const one of desks) await one.stop();
    await opened.close();
    await rm(dataDir, { recursive: true, force: true });
    // Nothing that nobody waits for may fail unseen; but where a test makes the store fail, the desk is to complain.
    if (!between) expect(complaints).toEqual([]);
  });

  return {
    desk,
    store,
    clock,
    complaints,
    heard,
    settle,
    newDesk,
    /** Kills a desk without a goodbye: what it was to do later never happens. */
    async kill(one: RunningDesk) {
      await one.stop();
      desks.delete(one);
    },
    visitor: (on: RunningDesk = desk) => new Visitor(on, settle).come(),
    /** Signed in, with a console open, and ready unless it is said otherwise. */
    async agent(name: string, { on = desk, ready = true } = {}): Promise<Colleague> {
      const agent = agents.get(name);
      if (!agent) throw new Error(`nobody is called ${name}`);
      const colleague = new Colleague(on, agent, settle);
      await colleague.come();
      if (ready) await colleague.ready(agent.profiles[0]);
      return colleague;
    },
    /** Somebody new with a console open, who is not logged on. */
    async hire(name: string, change: Partial<Agent>): Promise<Colleague> {
      const agent = agentOf(name, change);
      await opened.agents.create(agent);
      const colleague = new Colleague(desk, agent, settle);
      await colleague.come();
      return colleague;
    },
    head: async (id: ConversationId) => {
      const head = await store.conversations.find(id);
      if (!head) throw new Error('there is no such conversation');
      return head;
    },
    log: (id: ConversationId) => store.log.read(id, 0, 1000),
    /** What happened in a conversation, in words. */
    story: async (id: ConversationId) =>
      (await store.log.read(id, 0, 1000)).map(({ body }) =>
        'agent' in body ? `${body.type} ${body.agent.id}` : body.type,
      ),
    toldTo: (topic: Topic) => heard.filter((one) => one.topic === topic).map(({ message }) => message),
    dutyOf: (agent: string) => store.agents.duty(agent as AgentId),
  };
}
