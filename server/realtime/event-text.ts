import type { ConversationId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';

/** The last one alone: all who follow a conversation are told of an event one right after the other. */
let last: { readonly event: LogEvent; readonly text: string } | undefined;

/** An `event` frame as text. The event itself is made text once, however many sockets it goes to. */
export function eventFrame(conversation: ConversationId, seq: number, event: LogEvent): string {
  if (last?.event !== event) last = { event, text: JSON.stringify(wireEvent(event)) };
  return `{"type":"event","conversation":"${conversation}","seq":${seq},"event":${last.text}}`;
}

/** What leaves of an event: all but its numbers, since which of them a reader may see is the feed's to say. */
export const wireEvent = ({ at, by, command, body }: LogEvent) =>
  command ? { at, by, command, body } : { at, by, body };
