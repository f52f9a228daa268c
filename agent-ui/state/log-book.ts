import { createTimeline, type Timeline } from '../../client/timeline.ts';
import type { OpenConversation } from '../../protocol/agent-frames.ts';
import type { ConversationEvent } from '../../protocol/entities.ts';
import type { Cursor } from '../../protocol/frames.ts';
import type { ConversationId } from '../../protocol/ids.ts';

const mostCursors = 100;

/** The timelines of all open conversations. */
export function createLogBook(resume: (cursor: Cursor) => void) {
  const timelines = new Map<ConversationId, Timeline>();
  /** Where a resume was asked from: the frames that follow a gap must not each ask again. */
  const asked = new Map<ConversationId, number>();

  return {
    /** The newest, where there are more than a hello may name; those left out begin anew. */
    cursors: (): Cursor[] =>
      Array.from(timelines, ([conversation, { after }]) => ({ conversation, after })).slice(-mostCursors),
    /** True where what was held does not go together with what will follow, and was let go. */
    begin({ conversation, after }: OpenConversation): boolean {
      const timeline = timelines.get(conversation) ?? createTimeline();
      timelines.set(conversation, timeline);
      asked.delete(conversation);
      const held = timeline.after;
      timeline.begin(after);
      return held !== after;
    },
    /** True for an event that is new and the next one. */
    add(conversation: ConversationId, seq: number, event: ConversationEvent): boolean {
      const timeline = timelines.get(conversation);
      if (!timeline) return false;
      const outcome = timeline.add(seq, event);
      if (outcome === 'gap' && asked.get(conversation) !== timeline.after) {
        asked.set(conversation, timeline.after);
        resume({ conversation, after: timeline.after });
      }
      return outcome === 'added';
    },
    forget(conversation: ConversationId) {
      timelines.delete(conversation);
      asked.delete(conversation);
    },
    clear() {
      timelines.clear();
      asked.clear();
    },
  };
}
