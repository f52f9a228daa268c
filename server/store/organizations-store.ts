import type { OrganizationId } from '../../protocol/ids.ts';
import type { Founding } from './founding.ts';
import type { Organization } from './queues-store.ts';

/** Organizations as a whole: how they begin, and how they go. */
export interface Organizations {
  /** Makes one with all that it begins with, or nothing. */
  found(founding: Founding): Promise<void>;
  /** By name. */
  list(): Promise<Pick<Organization, 'id' | 'name'>[]>;
  /** How many of its conversations are under a legal hold. */
  countHeld(id: OrganizationId): Promise<number>;
  /** From then on nobody comes in with anything that they have of it: no cookie, link or key, and no page of a site. */
  shut(id: OrganizationId, at: number): Promise<void>;
  /** What is left of it once its conversations are erased. It goes last, so that what was cut short can be begun again. */
  dissolve(id: OrganizationId): Promise<void>;
}
