import type { Bus } from '../bus/bus.ts';
import type { Store } from '../store/store.ts';
import { createFromAgent } from './agent-commands.ts';
import { createAttachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { DeskSettings } from './desk-settings.ts';
import { createFloor } from './floor.ts';
import { createFloorWatch } from './floor-watch.ts';
import { createGate } from './gate.ts';
import { createLedger } from './ledger.ts';
import type { Log } from './log.ts';
import { createDescribe } from './open-conversation.ts';
import { createReadable } from './readable.ts';
import { createReception } from './reception.ts';
import { createRevokeKey } from './revoke-key.ts';
import { createSeen } from './seen.ts';
import { createTimers } from './timers.ts';
import { createTranscripts } from './transcripts.ts';
import { createTyping } from './typing.ts';
import { createVisitorCommands } from './visitor-commands.ts';
import { createVisitorPresence } from './visitor-presence.ts';
import { createRequest } from './visitor-request.ts';
import { createWork } from './work.ts';

interface DeskOptions {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: DeskSettings;
}

/** `idle` resolves when nothing is under way any more. */
export type RunningDesk = Desk & { idle(): Promise<void> };

/** Puts the parts of the desk together. Whoever opened store and bus closes them, after `stop`. */
export function createDesk({ store, bus, clock: wall, log, settings }: DeskOptions): RunningDesk {
  const clock = createTimers(wall);
  const work = createWork(log);
  const { answering, tracked, unlessStopped, stop } = createGate({ work, log });
  const ledger = createLedger({ store, bus, clock, log });
  const { execute, conversations, current } = ledger;
  const { places, duty, router, watch, doors } = createFloor({ store, bus, clock, work, log, settings, ledger });
  const graceMs = settings.presenceGraceMs;
  const visitors = createVisitorPresence({ store, bus, clock, work, router, places, graceMs });
  const reception = createReception({ store, clock });
  const request = createRequest({ store, execute, current, reception, onBegun: visitors.begun });
  const attachments = createAttachments({ store });
  const commands = createVisitorCommands({ store, bus, clock, execute, current, request, attachments });
  const transcripts = createTranscripts(execute);
  const fromAgent = createFromAgent({ store, clock, settings, execute, attachments, duty });

  return {
    ...createReadable({ store }),
    ...createTyping({ bus, clock, work, conversations }),
    fromVisitor: (visitor, id, command) => answering(() => commands.fromVisitor(visitor, id, command)),
    fromAgent: (agent, conversation, id, command) => answering(() => fromAgent(agent, conversation, id, command)),
    identify: tracked(commands.identify),
    claim: tracked(commands.claim),
    visit: tracked(commands.visit),
    signOutVisitor: tracked(commands.signOutVisitor),
    visitorCame: tracked(visitors.visitorCame),
    visitorWent: visitors.visitorWent,
    agentCame: tracked(doors.agentCame),
    // A restart is no reason to take a request from who is being asked: they will be back before its time is up.
    agentWent: unlessStopped(doors.agentWent),
    setStatus: tracked((agent, change) => duty.setStatus(agent, change)),
    signOutAgent: tracked((agent) => duty.signOut(agent)),
    seen: createSeen({ store, bus, clock, work, conversations }),
    describe: createDescribe({ store, isHere: visitors.isHere }),
    reception,
    tellPlace: places.tell,
    watchFloor: createFloorWatch({ store, bus, clock, work, log }),
    revokeKey: tracked(createRevokeKey({ store, clock, execute })),
    transcribe: tracked(transcripts.transcribe),
    confirmTranscript: tracked(transcripts.confirmTranscript),
    idle: work.idle,

    async start() {
      await store.agents.loseAll(clock.now());
      await store.sessions.loseAll(clock.now());
      watch.start();
    },
    async stop() {
      stop();
      clock.stop();
      await work.idle();
    },
  };
}
