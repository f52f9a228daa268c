import { randomBytes } from 'node:crypto';
import type { AgentCommand, VisitorCommand } from '../../../protocol/commands.ts';
import type { ClaimedVariable } from '../../../protocol/entities.ts';
import type { CommandId, ConversationId, SessionId } from '../../../protocol/ids.ts';
import type { IdentityClaim } from '../../domain/command.ts';
import type { Agent, Session } from '../../store/store.ts';
import type { Answer, Desk, StatusChange, VisitorContext } from '../desk.ts';
import { everything, organization, shop } from './furnish.ts';

export const newId = () => randomBytes(12).toString('base64url') as CommandId;
export const page = { url: 'https://shop.example/', title: 'Shop' };

export const verifiedAs = (subject: string, change: { keyId?: string; expiresAt?: number } = {}): IdentityClaim => ({
  state: 'verified',
  verification: {
    subject,
    issuer: shop.id,
    keyId: 'k1',
    verifiedAt: 1,
    expiresAt: 9_000_000,
    bound: true,
    ...change,
  },
  variables: [{ name: 'name', value: subject, verified: true }],
});

/** Throws what was refused, for tests in which nothing should be. */
export function accepted(answer: Answer): Extract<Answer, { ok: true }> {
  if (!answer.ok) throw new Error(`refused: ${answer.refusal.code}: ${answer.refusal.message}`);
  return answer;
}
export const codeOf = (answer: Answer): string => (answer.ok ? 'ok' : answer.refusal.code);

/** One visitor with one browser, speaking through a door of the given desk. */
export class Visitor {
  session: Session;
  kept = false;
  claims: readonly ClaimedVariable[] = [];
  identity: IdentityClaim | null = null;
  desk: Desk;
  private readonly settle: () => Promise<void>;

  constructor(desk: Desk, settle: () => Promise<void>) {
    this.desk = desk;
    this.settle = settle;
    const token = randomBytes(16).toString('base64url');
    this.session = {
      id: `session-${token}` as SessionId,
      organization,
      site: shop.id,
      tokenHash: `hash-${token}`,
      thumbprint: 'thumb',
      subject: null,
      createdAt: 1,
      lostAt: null,
      revokedAt: null,
    };
  }

  context(): VisitorContext {
    const { session, kept, claims, identity } = this;
    return { session, kept, claims, identity };
  }

  async come(): Promise<this> {
    await this.desk.visitorCame(this.session);
    await this.settle();
    return this;
  }

  async leave(): Promise<void> {
    await this.desk.visitorWent(this.session);
    await this.settle();
  }

  async send(command: VisitorCommand, id = newId(), conversation?: ConversationId): Promise<Answer> {
    const context = this.context();
    const answer = await this.desk.fromVisitor(conversation ? { ...context, conversation } : context, id, command);
    if (answer.ok) this.kept = true;
    await this.settle();
    return answer;
  }

  tryRequest(change: Partial<Extract<VisitorCommand, { type: 'request' }>> = {}, id = newId()): Promise<Answer> {
    return this.send({ type: 'request', page, locale: 'en', ...change }, id);
  }

  async request(change: Partial<Extract<VisitorCommand, { type: 'request' }>> = {}): Promise<ConversationId> {
    return accepted(await this.tryRequest(change)).conversation;
  }

  say(text: string, id = newId()): Promise<Answer> {
    return this.send({ type: 'message', text }, id);
  }

  end(id = newId()): Promise<Answer> {
    return this.send({ type: 'end' }, id);
  }
}

/** One agent with one console. */
export class Colleague {
  readonly agent: Agent;
  desk: Desk;
  private readonly settle: () => Promise<void>;

  constructor(desk: Desk, agent: Agent, settle: () => Promise<void>) {
    this.desk = desk;
    this.agent = agent;
    this.settle = settle;
  }

  async come() {
    const status = await this.desk.agentCame(this.agent);
    await this.settle();
    return status;
  }

  async leave({ hasSignedOut = false } = {}): Promise<void> {
    await this.desk.agentWent(this.agent, hasSignedOut);
    await this.settle();
  }

  async status(change: StatusChange) {
    const outcome = await this.desk.setStatus(this.agent, change);
    await this.settle();
    return outcome;
  }

  ready(profile = everything) {
    return this.status({ state: 'ready', profile });
  }

  pause(reason?: string) {
    return this.status({ state: 'paused', ...(reason !== undefined && { reason }) });
  }

  off() {
    return this.status({ state: 'off' });
  }

  async send(conversation: ConversationId, command: AgentCommand, id = newId()): Promise<Answer> {
    const answer = await this.desk.fromAgent(this.agent, conversation, id, command);
    await this.settle();
    return answer;
  }

  accept(conversation: ConversationId, id = newId()): Promise<Answer> {
    return this.send(conversation, { type: 'accept' }, id);
  }

  decline(conversation: ConversationId, id = newId()): Promise<Answer> {
    return this.send(conversation, { type: 'decline' }, id);
  }

  end(conversation: ConversationId, id = newId()): Promise<Answer> {
    return this.send(conversation, { type: 'end' }, id);
  }

  say(conversation: ConversationId, text: string, audience: 'everyone' | 'agents' = 'everyone'): Promise<Answer> {
    return this.send(conversation, { type: 'message', text, audience });
  }
}
