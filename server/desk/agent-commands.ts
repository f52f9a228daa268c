import type { AgentCommand, OfferDraft } from '../../protocol/commands.ts';
import type { FileRef, InvitationTarget, OfferContent } from '../../protocol/entities.ts';
import type { ConversationId, FileId, QueueId } from '../../protocol/ids.ts';
import type { Command } from '../domain/command.ts';
import { type Refusal, refuse } from '../domain/refusal.ts';
import type { Agent, Store } from '../store/store.ts';
import { answerOf, refusal } from './answer.ts';
import type { Attachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import type { Desk } from './desk.ts';
import type { DeskSettings } from './desk-settings.ts';
import type { Execute, Outcome } from './execute.ts';

interface AgentCommandsOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'queues'>;
  readonly clock: Clock;
  readonly settings: Pick<DeskSettings, 'presentMs' | 'invitationMs'>;
  readonly execute: Execute;
  readonly attachments: Attachments;
}

type Of<Type extends AgentCommand['type'], From = AgentCommand> = Extract<From, { type: Type }>;
type Resolved = { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly refusal: Refusal };

/** What an agent does in a conversation. Those of another organization do not exist for them. */
export function createFromAgent(options: AgentCommandsOptions): Desk['fromAgent'] {
  const { execute, attachments } = options;

  return async (agent, conversation, id, command) => {
    const give = (resolved: Command): Promise<Outcome> =>
      execute(conversation, {
        command: resolved,
        by: { kind: 'agent', agent: { id: agent.id, name: agent.name } },
        id,
        mayReach: ({ organization }) => organization === agent.organization,
      });

    const ids = filesOf(command);
    if (ids.length === 0) {
      const resolved = await resolve(agent, conversation, command, []);
      return resolved.ok ? answerOf(conversation, await give(resolved.command)) : refusal(resolved.refusal);
    }
    // An offer is for the visitor, and so are its pictures.
    const audience = command.type === 'message' ? command.audience : 'everyone';
    const attaching = { conversation, agent: agent.id, audience, command: id, files: ids };
    const taken = await attachments.take(attaching);
    if (!taken.ok) return refusal(taken.refusal);
    const resolved = await resolve(agent, conversation, command, taken.files);
    const outcome: Outcome = resolved.ok
      ? await give(resolved.command)
      : { kind: 'refused', refusal: resolved.refusal };
    await attachments.settle(attaching, outcome);
    return answerOf(conversation, outcome);
  };

  async function resolve(
    agent: Agent,
    conversation: ConversationId,
    command: AgentCommand,
    files: readonly FileRef[],
  ): Promise<Resolved> {
    if (command.type === 'invite') return invite(agent, command);
    if (command.type === 'accept') return { ok: true, command: await accept(conversation) };
    if (command.type === 'offer') return { ok: true, command: { type: 'offer', content: contentOf(command, files) } };
    if (command.type !== 'message') return { ok: true, command };
    const { type, text, audience } = command;
    return { ok: true, command: { type, text, audience, ...(files.length > 0 && { files }) } };
  }

  /** With what the queue says to who is accepted. */
  async function accept(conversation: ConversationId): Promise<Command> {
    const { conversations, queues } = options.store;
    const head = await conversations.find(conversation);
    const welcome = (head && (await queues.find(head.queue))?.settings.welcome) ?? '';
    return { type: 'accept', welcome };
  }

  async function invite(agent: Agent, { to, note, plan }: Of<'invite'>): Promise<Resolved> {
    const { clock, settings } = options;
    const target = to.kind === 'agent' ? await colleague(agent, to.agent) : await queueOf(agent, to.queue);
    if ('code' in target) return { ok: false, refusal: target };
    // For the rules to judge: where it was sent before, what keeps them away by now is not the answer.
    const obstacle = to.kind === 'agent' ? await obstacleTo(agent, to.agent) : null;
    const now = clock.now();
    const [until, askUntil] = [now + settings.invitationMs, now + settings.presentMs];
    return { ok: true, command: { type: 'invite', to: target, obstacle, note, plan, until, askUntil } };
  }

  async function colleague(agent: Agent, id: Agent['id']): Promise<InvitationTarget | Refusal> {
    const invited = await options.store.agents.find(id);
    if (invited?.organization !== agent.organization) return refuse('not_found', 'There is no such colleague.', 'to');
    return { kind: 'agent', agent: { id, name: invited.name } };
  }

  async function obstacleTo({ organization }: Agent, id: Agent['id']): Promise<Of<'invite', Command>['obstacle']> {
    const invited = (await options.store.agents.listOf(organization)).find((one) => one.id === id);
    if (!invited?.connected || invited.state === 'off') return 'agent_away';
    return invited.load < invited.room ? null : 'no_room';
  }

  async function queueOf(agent: Agent, id: QueueId): Promise<InvitationTarget | Refusal> {
    const queue = await options.store.queues.find(id);
    if (queue?.organization !== agent.organization) return refuse('not_found', 'There is no such queue.', 'to');
    return { kind: 'queue', queue: { id, name: queue.name } };
  }
}

function filesOf(command: AgentCommand): readonly FileId[] {
  if (command.type === 'message') return command.files ?? [];
  return command.type === 'offer' ? picturesOf(command.content) : [];
}

const picturesOf = ({ options }: OfferDraft): FileId[] => [...new Set(options.flatMap(({ picture }) => picture ?? []))];

/** The pictures in place of their names. */
function contentOf({ content }: Of<'offer'>, files: readonly FileRef[]): OfferContent {
  const byId = new Map(files.map((file) => [file.id, file]));
  const options = content.options.map(({ picture, ...option }) => {
    const file = picture && byId.get(picture);
    return file ? { ...option, picture: file } : option;
  });
  return { ...content, options };
}
