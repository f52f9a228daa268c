import type { AgentRef, EventBody } from '../../protocol/entities.ts';
import { absent, type Conversation, type LogEvent, type Pass, type Phase, type Request } from './conversation.ts';
import { invitationAfter } from './evolve-invitation.ts';
import { offersAfter } from './evolve-offers.ts';
import { noTranscripts, transcriptsAfter } from './evolve-transcripts.ts';
import { claimsMark, identityMark } from './known.ts';
import { passed } from './passes.ts';

/** Folds one event into the state. Total over every log that `decide` can have written. */
export function evolve(state: Conversation, event: LogEvent): Conversation {
  return {
    ...withTranscripts(next(state, event.body, event.at), event.body),
    seq: event.seq,
    visitorSeq: event.visitorSeq ?? state.visitorSeq,
  };
}

export const fold = (events: Iterable<LogEvent>, from: Conversation = absent): Conversation => {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
};

function next(state: Phase, body: EventBody, at: number): Phase {
  if (body.type === 'requested') return { phase: 'waiting', request: requestOf(body, at), passes: [] };
  if (state.phase === 'absent') return state;
  switch (body.type) {
    case 'message':
    case 'classified':
    case 'transcript':
    case 'confirmed':
      return state;
    case 'offered':
    case 'answered':
    case 'withdrawn':
      return withRequest(state, { offers: offersAfter(state.request.offers, body) });
    case 'invited':
    case 'asked':
    case 'unanswered':
    case 'uninvited':
      return state.phase === 'active' ? { ...state, invitation: invitationAfter(state.invitation, body, at) } : state;
    case 'joined':
      return state.phase === 'active'
        ? {
            ...state,
            guests: [...without(state.guests, body.agent), body.agent],
            // Whoever comes unasked leaves open what others were asked.
            invitation: state.invitation?.asked?.agent.id === body.agent.id ? null : state.invitation,
          }
        : state;
    case 'claimed':
      return withRequest(state, { claimed: claimsMark(body.variables) });
    case 'visited':
      return withRequest(state, { page: body.page });
    case 'verified':
      return withRequest(state, {
        subject: body.verification.subject,
        keyId: body.verification.keyId,
        identity: identityMark({ state: 'verified', ...body }),
      });
    case 'unverified':
      return withRequest(state, { keyId: null, identity: identityMark({ state: 'refused', check: body.check }) });
    case 'presented':
      return {
        phase: 'presented',
        request: state.request,
        passes: passesOf(state),
        agent: body.agent,
        until: body.until,
      };
    case 'declined':
    case 'lapsed':
      return {
        phase: 'waiting',
        request: state.request,
        passes: passed(passesOf(state), { agent: body.agent.id, at }),
      };
    case 'returned':
      return { phase: 'waiting', request: state.request, passes: passesOf(state) };
    case 'accepted':
      return {
        phase: 'active',
        request: { ...state.request, since: at, answeredBy: body.agent },
        agent: body.agent,
        guests: [],
        invitation: null,
      };
    case 'left':
      return afterLeaving(state, body.agent, at);
    case 'moved':
      return {
        phase: 'waiting',
        // Who waits already goes on to wait.
        request: { ...state.request, queue: body.queue, since: state.phase === 'active' ? at : state.request.since },
        passes: passesOfMoved(state, at),
      };
    case 'ended':
      return {
        phase: 'ended',
        request: state.request,
        agent: state.phase === 'active' ? state.agent : state.request.answeredBy,
        guests: state.phase === 'active' ? state.guests : [],
        endedAt: at,
        isRated: false,
      };
    case 'rated':
      return state.phase === 'ended' ? { ...state, isRated: true } : state;
    default:
      return body satisfies never;
  }
}

/** Who has been there longest comes first; with nobody left, it waits again. */
function afterLeaving(state: Exclude<Phase, { phase: 'absent' }>, agent: AgentRef, at: number): Phase {
  const [first, ...guests] = state.phase === 'active' ? without([state.agent, ...state.guests], agent) : [];
  if (state.phase !== 'active' || !first)
    return { phase: 'waiting', request: { ...state.request, since: at }, passes: [] };
  return { ...state, request: { ...state.request, answeredBy: first }, agent: first, guests };
}

/** From whom it was taken is asked again only when nobody else is left. */
function passesOfMoved(state: Phase, at: number): readonly Pass[] {
  const had =
    state.phase === 'active' ? [state.agent, ...state.guests] : state.phase === 'presented' ? [state.agent] : [];
  return had.reduce((passes, { id }) => passed(passes, { agent: id, at }), passesOf(state));
}

const without = (agents: readonly AgentRef[], agent: AgentRef): readonly AgentRef[] =>
  agents.filter(({ id }) => id !== agent.id);

const requestOf = (body: Extract<EventBody, { type: 'requested' }>, at: number): Request => ({
  queue: body.queue,
  requestedAt: at,
  since: at,
  page: body.page,
  subject: null,
  keyId: null,
  claimed: claimsMark([]),
  identity: null,
  answeredBy: null,
  offers: [],
  transcripts: noTranscripts,
});

const withRequest = (state: Exclude<Phase, { phase: 'absent' }>, change: Partial<Request>): Phase => ({
  ...state,
  request: { ...state.request, ...change },
});

function withTranscripts(state: Phase, body: EventBody): Phase {
  if (state.phase === 'absent') return state;
  const transcripts = transcriptsAfter(state.request.transcripts, body);
  return transcripts === state.request.transcripts ? state : withRequest(state, { transcripts });
}

const passesOf = (state: Phase): readonly Pass[] => ('passes' in state ? state.passes : []);
