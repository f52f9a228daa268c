import { type ConnectionOptions, type ConnectionState, createConnection } from '../../client/connection.ts';
import { createOutbox, type Entry } from '../../client/outbox.ts';
import type { AgentFrame, ToAgent } from '../../protocol/agent-frames.ts';
import type { AgentCommand } from '../../protocol/commands.ts';
import type { Cursor } from '../../protocol/frames.ts';
import { limits } from '../../protocol/limits.ts';

export interface LinkOptions {
  readonly url: string;
  readonly csrf: string;
  /** Where to go on in each open conversation, asked at every hello. */
  readonly cursors: () => Cursor[];
  readonly onFrame: (frame: ToAgent) => void;
  readonly onState: (state: ConnectionState) => void;
  readonly onSending: (entries: readonly Entry<AgentCommand>[]) => void;
  /** Messages of an earlier page that were not acknowledged. */
  readonly kept: readonly Entry<AgentCommand>[];
  readonly openSocket?: ConnectionOptions<ToAgent, AgentFrame>['openSocket'];
}

/** The agent's socket with its outbox: what one signed-in session has of the wire. */
export function createLink({ url, csrf, cursors, onFrame, onState, onSending, kept, openSocket }: LinkOptions) {
  const outbox = createOutbox<AgentCommand>({
    transmit: ({ id, conversation, command }) =>
      conversation !== undefined && connection.send({ type: 'send', id, conversation, command }),
    onChange: onSending,
    kept,
  });

  const connection = createConnection<ToAgent, AgentFrame>({
    url,
    hello: async () => ({ type: 'hello', version: limits.protocolVersion, csrf, cursors: cursors() }),
    onState,
    onFrame(frame) {
      onFrame(frame);
      if (frame.type === 'ack' || frame.type === 'refusal') outbox.settle(frame);
      // After the frame was read: the server's picture stands before anything is resent into it.
      if (frame.type === 'ready') outbox.connected();
    },
    ...(openSocket && { openSocket }),
  });

  return { outbox, send: connection.send, start: connection.start, stop: connection.stop };
}

export type Link = ReturnType<typeof createLink>;
