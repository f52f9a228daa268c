import type { ConversationId } from '../../protocol/ids.ts';
import type { LogEvent } from '../domain/conversation.ts';

const texts = new WeakMap<LogEvent, string>();

/** An `event` frame as text. The event itself is made text once, however many sockets it goes to. */
export function eventFrame(conversation: ConversationId, seq: number, event: LogEvent): string {
  let text = texts.get(event);
  if (text === undefined) {
    text = JSON.stringify(wireEvent(event));
    texts.set(event, text);
  }
  return `{"type":"event","conversation":"${conversation}","seq":${seq},"event":${text}}`;
}

/** What leaves of an event: all but its numbers, since which of them a reader may see is the feed's to say. */
export const wireEvent = ({ at, by, command, body }: LogEvent) =>
  command ? { at, by, command, body } : { at, by, body };
