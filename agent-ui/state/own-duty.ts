import type { AgentFrame, AgentStatus } from '../../protocol/agent-frames.ts';
import type { AgentState } from '../../protocol/entities.ts';
import type { ProfileId } from '../../protocol/ids.ts';
import { type DeskState, emptyDesk } from './desk-state.ts';
import type { Store } from './store.ts';

type StatusFrame = Extract<AgentFrame, { type: 'status' }>;

interface OwnDutyOptions {
  readonly store: Store<DeskState>;
  readonly now: () => number;
  /** False where there is no connection now. */
  readonly send: (frame: StatusFrame) => boolean;
  /** To be chosen again next time. */
  readonly onProfile: (profile: ProfileId) => void;
}

/** Whether this agent is ready, paused or off, and with which profile: as asked for here, and as the server tells it. */
export class OwnDuty {
  readonly #options: OwnDutyOptions;
  #unsent: StatusFrame | null = null;
  /** As the server told it; what is shown runs ahead of it while a change is on its way. */
  #told: AgentStatus = emptyDesk.status;

  constructor(options: OwnDutyOptions) {
    this.#options = options;
  }

  get #state() {
    return this.#options.store.get();
  }

  set(state: AgentState, reason?: string): void {
    const { profile } = this.#state;
    this.#send({ type: 'status', state, ...(profile && { profile }), ...(reason !== undefined && { reason }) });
  }

  chooseProfile(profile: ProfileId): void {
    this.#options.onProfile(profile);
    this.#update({ profile });
    const { status } = this.#state;
    if (status.state !== 'off') this.set(status.state, status.reason);
  }

  told(status: AgentStatus): void {
    this.#told = status;
    this.#update({ status, profile: status.profile ?? this.#state.profile });
  }

  refused(): void {
    this.told(this.#told);
  }

  /** The first word after a hello. True where it says that they are off, and they do not know yet. */
  ready(status: AgentStatus): boolean {
    const wasOn = this.#told.state !== 'off';
    this.told(status);
    return wasOn && status.state === 'off' && !this.#unsent;
  }

  resend(): void {
    if (this.#unsent) this.#send(this.#unsent);
  }

  forget(): void {
    this.#unsent = null;
    this.#told = emptyDesk.status;
  }

  #update(change: Partial<DeskState>) {
    this.#options.store.set({ ...this.#state, ...change });
  }

  #send(frame: StatusFrame) {
    const { send, now } = this.#options;
    this.#unsent = send(frame) ? null : frame;
    const { state, profile = null, reason } = frame;
    this.#update({ status: { state, since: now(), profile, ...(reason !== undefined && { reason }) } });
  }
}
