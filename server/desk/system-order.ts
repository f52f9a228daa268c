import type { Command } from '../domain/command.ts';
import type { Order } from './execute.ts';

/** What the desk does by itself, wherever it is. */
export const systemOrder = (command: Command): Order => ({
  command,
  by: { kind: 'system' },
  id: null,
  mayReach: () => true,
});
