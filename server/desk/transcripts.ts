import type { Desk } from './desk.ts';
import type { Execute } from './execute.ts';
import { systemOrder } from './system-order.ts';

/** What the desk itself does about transcripts. Each is said in the log once, however often it is asked for. */
export function createTranscripts(execute: Execute): Pick<Desk, 'transcribe' | 'confirmTranscript'> {
  async function carryOut(...[id, order]: Parameters<Execute>): Promise<void> {
    const outcome = await execute(id, order);
    if (outcome.kind === 'refused' && outcome.refusal.code === 'unavailable')
      throw new Error(`The store is unavailable: ${order.command.type} was not kept.`);
  }

  return {
    transcribe: (conversation) => carryOut(conversation, systemOrder({ type: 'transcript' })),
    confirmTranscript: (conversation, email) => carryOut(conversation, systemOrder({ type: 'confirm', email })),
  };
}
