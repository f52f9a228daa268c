import type { AgentCommand, OfferDraft } from '../../protocol/commands.ts';
import type { FileRef, OfferContent } from '../../protocol/entities.ts';
import type { ConversationId, FileId } from '../../protocol/ids.ts';
import type { Command } from '../domain/command.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { Agent, Store } from '../store/store.ts';
import { answerOf, refusal } from './answer.ts';
import type { Attachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import type { Answer, Desk } from './desk.ts';
import type { DeskSettings } from './desk-settings.ts';
import type { DutyRoster } from './duty.ts';
import type { Execute, Outcome } from './execute.ts';
import { oversightOf } from './oversight.ts';
import { createTargets } from './targets.ts';

interface AgentCommandsOptions {
  readonly store: Pick<Store, 'agents' | 'conversations' | 'queues'>;
  readonly clock: Clock;
  readonly settings: Pick<DeskSettings, 'presentMs' | 'invitationMs'>;
  readonly execute: Execute;
  readonly duty: Pick<DutyRoster, 'whileThere'>;
  readonly attachments: Attachments;
}

type Of<Type extends AgentCommand['type'], From = AgentCommand> = Extract<From, { type: Type }>;
type Resolved = { readonly ok: true; readonly command: Command } | { readonly ok: false; readonly refusal: Refusal };

/** What an agent does in a conversation. Those of another organization do not exist for them. */
export function createFromAgent(options: AgentCommandsOptions): Desk['fromAgent'] {
  const { store, execute, attachments, duty } = options;
  const targets = createTargets(options);

  return async (agent, conversation, id, command) => {
    const oversees = mayOversee(command) ? await oversightOf(agent, store) : [];
    const give = (resolved: Command): Promise<Outcome> =>
      execute(conversation, {
        command: resolved,
        by: { kind: 'agent', agent: { id: agent.id, name: agent.name } },
        id,
        mayReach: ({ organization }) => organization === agent.organization,
        oversees,
      });
    if (command.type === 'move') return move(agent, conversation, command, give);

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
    if (command.type !== 'message') return { ok: true, command: command as Exclude<typeof command, Of<'move'>> };
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
    const target = await targets.find(agent, to);
    if ('code' in target) return { ok: false, refusal: target };
    // For the rules to judge: where it was sent before, what keeps them away by now is not the answer.
    const obstacle = to.kind === 'agent' ? await targets.obstacleTo(agent, to.agent) : null;
    const now = clock.now();
    const [until, askUntil] = [now + settings.invitationMs, now + settings.presentMs];
    return { ok: true, command: { type: 'invite', to: target, obstacle, note, plan, until, askUntil } };
  }

  /** To a colleague only while they are there: nothing stands before who has just gone. */
  async function move(
    agent: Agent,
    conversation: ConversationId,
    { to, note }: Of<'move'>,
    give: (command: Command) => Promise<Outcome>,
  ): Promise<Answer> {
    const target = await targets.find(agent, to);
    if ('code' in target) return refusal(target);
    const askUntil = options.clock.now() + options.settings.presentMs;
    const moveUnless = (obstacle: Of<'move', Command>['obstacle']) =>
      give({ type: 'move', to: target, obstacle, note, askUntil });
    if (to.kind === 'queue') return answerOf(conversation, await moveUnless(await targets.closedOf(to.queue)));
    // Whoever takes it themselves has said so at their own console.
    if (to.agent === agent.id) return answerOf(conversation, await moveUnless(null));
    const asked = await duty.whileThere(to.agent, async () => moveUnless(await targets.obstacleTo(agent, to.agent)));
    return answerOf(conversation, asked ?? (await moveUnless('agent_away')));
  }
}

/** What somebody may also do who is not in it. */
const mayOversee = (command: AgentCommand): boolean =>
  command.type === 'message' ? command.audience === 'agents' : overseers.has(command.type);
const overseers: ReadonlySet<string> = new Set(['join', 'move', 'uninvite']);

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
