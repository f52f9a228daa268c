export interface DeskSettings {
  /** How long an agent has to accept. */
  readonly presentMs: number;
  /** How long somebody of a queue is looked for who joins a conversation. */
  readonly invitationMs: number;
  /** How long an agent whose connection died keeps their conversations. */
  readonly agentGraceMs: number;
  /** How long a request waits for a visitor who went. */
  readonly abandonMs: number;
  /** How long nobody is said to be gone who may only be changing pages. */
  readonly presenceGraceMs: number;
  /** How often the store is looked at for what is due. */
  readonly pollMs: number;
}

export const deskDefaults: DeskSettings = {
  presentMs: 30_000,
  invitationMs: 120_000,
  agentGraceMs: 60_000,
  abandonMs: 120_000,
  presenceGraceMs: 5000,
  pollMs: 250,
};
