import type { VisitorCommand } from '../../protocol/commands.ts';
import type { CommandId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';
import type { Bus } from '../bus/bus.ts';
import type { Command } from '../domain/command.ts';
import { refuse } from '../domain/refusal.ts';
import type { Session, Store } from '../store/store.ts';
import { answerOf, noConversation, refusal } from './answer.ts';
import type { Attachments } from './attachments.ts';
import type { Clock } from './clock.ts';
import type { CurrentConversation } from './current-conversation.ts';
import type { Answer, Desk, VisitorContext } from './desk.ts';
import type { Execute, Order, Outcome } from './execute.ts';
import { linkSession } from './link-session.ts';
import type { Request } from './visitor-request.ts';

type Of<Type extends VisitorCommand['type']> = Extract<VisitorCommand, { type: Type }>;
export type VisitorCommands = Pick<Desk, 'fromVisitor' | 'identify' | 'claim' | 'visit' | 'signOutVisitor'>;

interface VisitorCommandsOptions {
  readonly store: Pick<Store, 'sessions' | 'sites' | 'outbox'>;
  readonly attachments: Attachments;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly execute: Execute;
  readonly current: CurrentConversation;
  readonly request: Request;
}

/** What a visitor does, by command or by what their page brings along. */
export function createVisitorCommands(options: VisitorCommandsOptions): VisitorCommands {
  const { store, bus, clock, execute, current, request, attachments } = options;

  /** To the conversation that the sender has before them; where they did not say which, to the session's latest. */
  async function give(visitor: VisitorContext, id: CommandId, command: Command): Promise<Answer> {
    const { session } = visitor;
    const order = orderOf(session, command, id);
    const named = visitor.conversation ?? null;
    const conversation = named ?? (await current.of(session.id));
    if (!conversation) return noConversation();
    const outcome = await execute(conversation, order);
    if (named || !isOver(outcome)) return answerOf(conversation, outcome);
    const latest = await current.lookAgain(session.id);
    if (!latest || latest === conversation) return answerOf(conversation, outcome);
    return answerOf(latest, await execute(latest, order));
  }

  /** Files belong to one conversation, so a message that carries them is for that one. */
  async function giveFiles(visitor: VisitorContext, id: CommandId, command: Of<'message'>): Promise<Answer> {
    const { session } = visitor;
    const conversation = visitor.conversation ?? (await current.of(session.id));
    if (!conversation) return noConversation();
    if (!(await store.sites.find(session.site))?.files)
      return refusal(refuse('not_allowed', 'This site takes no files from visitors.', 'files'));
    const audience = 'everyone' as const;
    const attaching = { conversation, agent: null, audience, command: id, files: command.files ?? [] };
    const taken = await attachments.take(attaching);
    if (!taken.ok) return refusal(taken.refusal);
    const message: Command = { type: 'message', text: command.text, audience, files: taken.files };
    const outcome = await execute(conversation, orderOf(session, message, id));
    await attachments.settle(attaching, outcome);
    return answerOf(conversation, outcome);
  }

  /** A transcript leaves the desk, so what the site allows and one visitor may cause is asked first. */
  async function giveTranscript(visitor: VisitorContext, id: CommandId, command: Of<'transcript'>): Promise<Answer> {
    const { session } = visitor;
    if ((await store.sites.find(session.site))?.settings.transcript === 'off')
      return refusal(refuse('not_allowed', 'This site sends no transcripts.'));
    if ((await store.outbox.countSince(session.id, clock.now() - dayMs)) >= limits.mailsPerSessionDay)
      return refusal(refuse('too_many', 'Too many mails were asked for today.'));
    return give(visitor, id, command);
  }

  /** What is no command of anybody's: it is done where a conversation is open, and otherwise of no account. */
  async function note(session: Session, command: Command): Promise<void> {
    const conversation = await current.lookAgain(session.id);
    if (!conversation) return;
    const outcome = await execute(conversation, orderOf(session, command, null));
    if (outcome.kind === 'refused' && outcome.refusal.code === 'unavailable')
      throw new Error(`The store is unavailable: ${command.type} was not kept.`);
  }

  async function rate(visitor: VisitorContext, id: CommandId, command: Of<'rate'>): Promise<Answer> {
    const survey = (await store.sites.find(visitor.session.site))?.settings.survey;
    const asks = !survey?.on ? 'nothing' : survey.comment ? 'comment' : 'score';
    return give(visitor, id, { ...command, asks });
  }

  return {
    fromVisitor(visitor, id, command) {
      if (command.type === 'request') return request(visitor, id, command);
      if (command.type === 'rate') return rate(visitor, id, command);
      if (command.type === 'transcript') return giveTranscript(visitor, id, command);
      return command.type === 'message' && command.files
        ? giveFiles(visitor, id, command)
        : give(visitor, id, toDomain(command));
    },

    async identify(session, identity) {
      if (await linkSession(store.sessions, session, identity)) await note(session, { type: 'identify', identity });
    },

    async claim(session, claims) {
      await note(session, { type: 'claim', variables: claims });
    },

    async visit(session, page) {
      await note(session, { type: 'visit', page });
    },

    async signOutVisitor(session) {
      // The chat first: where only this much is done before a crash, the next hello finds the session and ends it too.
      await note(session, { type: 'sign_out' });
      await store.sessions.revoke(session.id, clock.now());
      bus.publish(`session:${session.id}`, { kind: 'signed_out' });
    },
  };
}

const dayMs = 24 * 3_600_000;

const toDomain = (command: Exclude<VisitorCommand, { type: 'request' | 'rate' }>): Command =>
  command.type === 'message' ? { type: 'message', text: command.text, audience: 'everyone' } : command;

const orderOf = (session: Session, command: Command, id: CommandId | null): Order => ({
  command,
  by: { kind: 'visitor' },
  id,
  mayReach: (anchor) => anchor.session === session.id,
});

const isOver = (outcome: Outcome): boolean =>
  outcome.kind === 'refused' && (outcome.refusal.code === 'already_ended' || outcome.refusal.code === 'not_found');
