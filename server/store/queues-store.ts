import type { ClosingForm } from '../../protocol/agent-frames.ts';
import type { OrganizationId, ProfileId, QueueId } from '../../protocol/ids.ts';
import type { QueueSettings } from '../../protocol/queue-settings.ts';

export interface Organization {
  readonly id: OrganizationId;
  readonly name: string;
  /** In which its days are counted; null is the server's own. */
  readonly timeZone: string | null;
}
export interface Queue {
  readonly id: QueueId;
  readonly organization: OrganizationId;
  readonly name: string;
  /** Time after a chat before the next request. */
  readonly wrapUpMs: number;
  readonly closing: ClosingForm | null;
  readonly settings: QueueSettings;
  /** Takes no more requests; what it had stays readable. */
  readonly retiredAt: number | null;
}
export interface ProfileRecord {
  readonly id: ProfileId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly queues: readonly QueueId[];
}

export type QueueChange = Partial<Pick<Queue, 'name' | 'wrapUpMs' | 'closing' | 'settings' | 'retiredAt'>>;

export interface Queues {
  createOrganization(organization: Pick<Organization, 'id' | 'name'>): Promise<void>;
  organization(id: OrganizationId): Promise<Organization | null>;
  setTimeZone(id: OrganizationId, timeZone: string | null): Promise<void>;
  /** Whether the store was ever set up. */
  anyOrganization(): Promise<boolean>;
  create(queue: Pick<Queue, 'id' | 'organization' | 'name'> & Partial<Queue>): Promise<void>;
  update(organization: OrganizationId, id: QueueId, change: QueueChange): Promise<void>;
  find(id: QueueId): Promise<Queue | null>;
  listOf(organization: OrganizationId): Promise<Queue[]>;
  createProfile(profile: ProfileRecord): Promise<void>;
  updateProfile(profile: ProfileRecord): Promise<boolean>;
  /** Whoever is logged on with it is not any more. */
  deleteProfile(organization: OrganizationId, id: ProfileId): Promise<boolean>;
  profilesOf(organization: OrganizationId): Promise<ProfileRecord[]>;
}
