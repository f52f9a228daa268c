import type { FastifyRequest } from 'fastify';
import type { Audience } from '../../protocol/entities.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import type { Context } from '../context.ts';
import { verifyFileTicket } from '../identity/file-ticket.ts';
import type { StoredFile } from '../store/files-store.ts';
import type { Agent, ConversationHead } from '../store/store.ts';
import { HttpProblem } from './http-errors.ts';

/** Who may upload to a conversation, and who may open which file. What one may not know of is not there. */
export function createFileAccess({ store, desk, now }: Pick<Context, 'store' | 'desk' | 'now'>) {
  /** The conversation whose visitor signed the ticket, if that is theirs and their session stands. */
  async function ofTicket(ticket: string): Promise<ConversationHead | null> {
    const claims = await verifyFileTicket(ticket, now());
    const head = claims && (await store.conversations.find(claims.conversation));
    if (!head || head.site !== claims.site) return null;
    const session = await store.sessions.find(head.session);
    return session?.thumbprint === claims.thumbprint && session.revokedAt === null ? head : null;
  }

  return {
    async agentUploads(agent: Agent, id: ConversationId, audience: Audience): Promise<ConversationHead> {
      const head = await store.conversations.findOf(agent.organization, id);
      const isIn = head && (head.agent === agent.id || head.guests.includes(agent.id));
      // As with words: who oversees it may hand something to its agents, and nothing to its visitor.
      const mayWhisper = audience === 'agents' && (await desk.overseen(agent, id)) !== null;
      if (!head || !(isIn || mayWhisper)) throw notFound();
      const isOpen = head.phase === 'active' || (!isIn && head.phase !== 'ended');
      if (!isOpen) throw new HttpProblem('conflict', 'This conversation is not under way.');
      return head;
    },

    async visitorUploads(request: FastifyRequest, id: ConversationId): Promise<ConversationHead> {
      const [, ticket] = /^Bearer ([\w.-]+)$/.exec(request.headers.authorization ?? '') ?? [];
      if (!ticket) throw noTicket();
      const head = await ofTicket(ticket);
      if (!head) throw noTicket();
      if (head.id !== id) throw notFound();
      if (head.phase === 'ended') throw new HttpProblem('conflict', 'This conversation has ended.');
      const site = await store.sites.find(head.site);
      if (!site?.files) throw new HttpProblem('not_allowed', 'This site takes no files from visitors.');
      return head;
    },

    /** A file that no message carries yet is its sender's alone. */
    async mayAgentOpen(agent: Agent, file: StoredFile): Promise<boolean> {
      if (file.organization !== agent.organization) return false;
      if (!isSent(file)) return file.agent === agent.id;
      return (await desk.readable(agent, file.conversation)) !== null;
    },

    async mayVisitorOpen(ticket: string, file: StoredFile): Promise<boolean> {
      if (file.audience !== 'everyone' || !(isSent(file) || file.agent === null)) return false;
      return (await ofTicket(ticket))?.id === file.conversation;
    },
  };
}

/** `taken`: its message may be in the log, and on the reader's screen, a moment before it is noted here. */
export const isSent = ({ state }: StoredFile): boolean => state === 'sent' || state === 'taken';

const notFound = () => new HttpProblem('not_found', 'There is no such conversation.');
const noTicket = () => new HttpProblem('ticket_refused', 'Send a ticket that is good for this conversation now.');
