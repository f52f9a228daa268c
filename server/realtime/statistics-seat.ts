import type { QueueId } from '../../protocol/ids.ts';
import { isOverseen, oversightOf } from '../desk/oversight.ts';
import type { FloorSeatOptions } from './floor-seat.ts';

type StatisticsSeatOptions = Pick<FloorSeatOptions, 'connection' | 'person' | 'store' | 'bus' | 'failed'>;

/** Hints an agent's socket that what they may read of the statistics has changed. It may have, once more, by the time they ask. */
export class StatisticsSeat {
  private readonly options: StatisticsSeatOptions;
  private unsubscribe: (() => void) | null = null;

  constructor(options: StatisticsSeatOptions) {
    this.options = options;
  }

  async tell(on: boolean): Promise<void> {
    const { bus, connection, failed, person, store } = this.options;
    this.leave();
    if (!on) return;
    if ((await oversightOf(person.agent, store))?.length === 0)
      return connection.fault('malformed', 'Statistics are for who oversees queues.', { field: 'type' });
    if (!connection.isOpen) return;
    this.unsubscribe = bus.subscribe(`floor:${person.agent.organization}`, (message) => {
      if (message.kind === 'counted') this.counted(message.queues).catch(failed);
    });
  }

  leave(): void {
    this.unsubscribe?.();
    this.unsubscribe = null;
  }

  /** What they oversee is looked at anew each time, as on the floor. */
  private async counted(queues: readonly QueueId[]): Promise<void> {
    const { connection, person, store } = this.options;
    const oversight = await oversightOf(person.agent, store);
    if (!this.unsubscribe || connection.isCrowded) return;
    if (queues.some((queue) => isOverseen(oversight, { queue }))) connection.send({ type: 'counted' });
  }
}
