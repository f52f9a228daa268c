import type { Entry } from '../../client/outbox.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { AgentId, CommandId, ConversationId } from '../../protocol/ids.ts';

type Sending = Entry<AgentCommand>;

/** Messages that were not acknowledged yet, for when the page is loaded again in the same tab. */
export interface KeptMessages {
  load(agent: AgentId): readonly Sending[];
  save(agent: AgentId, entries: readonly Sending[]): void;
}

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

const keyOf = (agent: AgentId) => `balie.sending.${agent}`;

/** Only messages: an acceptance that waited through a reload would be too late. */
export function createKeptMessages(storage: () => Storage): KeptMessages {
  return {
    load(agent) {
      try {
        return parseEntries(JSON.parse(storage().getItem(keyOf(agent)) ?? '[]'));
      } catch {
        return [];
      }
    },
    save(agent, entries) {
      const messages = entries.filter(({ command }) => command.type === 'message');
      try {
        if (messages.length > 0) storage().setItem(keyOf(agent), JSON.stringify(messages));
        else storage().removeItem(keyOf(agent));
      } catch {
        // Full or forbidden storage: the messages last as long as the page.
      }
    },
  };
}

function parseEntries(value: unknown): Sending[] {
  return Array.isArray(value) ? value.flatMap((entry) => parseEntry(entry) ?? []) : [];
}

function parseEntry(value: unknown): Sending | null {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('conversation' in value)) return null;
  const { id, conversation } = value;
  const command = 'command' in value ? value.command : null;
  if (typeof id !== 'string' || typeof conversation !== 'string' || !isMessage(command)) return null;
  const { text, audience } = command;
  return {
    id: id as CommandId,
    conversation: conversation as ConversationId,
    command: { type: 'message', text, audience },
  };
}

type Message = Extract<AgentCommand, { type: 'message' }>;

const isMessage = (value: unknown): value is Message =>
  typeof value === 'object' &&
  value !== null &&
  'text' in value &&
  typeof value.text === 'string' &&
  'audience' in value &&
  (value.audience === 'everyone' || value.audience === 'agents');
