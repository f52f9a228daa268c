import type { ConversationEvent } from '../protocol/entities.ts';
import type { CommandId } from '../protocol/ids.ts';

export interface Numbered {
  readonly seq: number;
  readonly event: ConversationEvent;
}

/**
 * A reader's copy of one log: in order, without a gap, each event once, whatever arrives. `after` is the cursor to
 * resume from.
 */
export function createTimeline() {
  let events: readonly Numbered[] = [];
  let start = 0;
  const commands = new Set<CommandId>();

  return {
    get events() {
      return events;
    },
    get after() {
      return start + events.length;
    },
    /** Has the event that this command made arrived? */
    has: (command: CommandId) => commands.has(command),
    /** The server begins after `after`: what is held beyond that, or would leave a gap before it, is let go. */
    begin(after: number) {
      if (after === start + events.length) return;
      events = [];
      commands.clear();
      start = after;
    },
    /** `gap` means that events are missing before this one: ask to resume from `after`. */
    add(seq: number, event: ConversationEvent): 'added' | 'known' | 'gap' {
      const next = start + events.length + 1;
      if (seq < next) return 'known';
      if (seq > next) return 'gap';
      events = [...events, { seq, event }];
      if (event.command) commands.add(event.command);
      return 'added';
    },
  };
}

export type Timeline = ReturnType<typeof createTimeline>;
