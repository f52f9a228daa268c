import type { ConversationEvent } from '../../protocol/entities.ts';
import type { AgentId, ConversationId, QueueId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { ToVisitor } from '../../protocol/visitor-frames.ts';
import type { PreviewScene } from '../state/widget-preview.ts';

const conversation = 'preview-conversation-0' as ConversationId;

export const challengeFrame = (now: number): ToVisitor => ({
  type: 'challenge',
  version: limits.protocolVersion,
  nonce: 'p'.repeat(43),
  at: now,
});

/** What a server would answer to the hello of a visitor who is at this place in a chat. */
export function sceneFrames(scene: PreviewScene, now: number): ToVisitor[] {
  const isAsked = scene.view === 'waiting' || scene.view === 'chat';
  const ready: ToVisitor = {
    type: 'ready',
    at: now,
    identity: { state: 'anonymous' },
    site: { ...scene.site, transcripts: false },
    conversation: isAsked ? { conversation, after: 0 } : null,
  };
  if (!isAsked) return [ready];
  const events = eventsOf(scene, now).map((event, index) => ({
    type: 'event' as const,
    conversation,
    seq: index + 1,
    event,
  }));
  if (scene.view === 'chat') return [ready, ...events];
  const place = { kind: 'place' as const, place: 2, agents: 1, ...(scene.waiting && { text: scene.waiting }) };
  return [ready, ...events, { type: 'signal', conversation, signal: place }];
}

function eventsOf({ view, language, queue, agent: name, messages }: PreviewScene, at: number): ConversationEvent[] {
  const agent = { id: 'preview-agent-00000000' as AgentId, name };
  const actors = { visitor: { kind: 'visitor' }, agent: { kind: 'agent', agent } } as const;
  const requested: ConversationEvent = {
    at,
    by: actors.visitor,
    body: {
      type: 'requested',
      queue: { id: 'preview-queue-00000000' as QueueId, name: queue },
      page: { url: 'https://site.example/', title: '' },
      locale: language,
    },
  };
  if (view === 'waiting') return [requested];
  return [
    requested,
    { at, by: actors.agent, body: { type: 'accepted', agent } },
    ...messages.map(
      ({ by, text }): ConversationEvent => ({
        at,
        by: actors[by],
        body: { type: 'message', text, audience: 'everyone' },
      }),
    ),
  ];
}
