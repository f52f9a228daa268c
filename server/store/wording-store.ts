import type { OfferContent } from '../../protocol/entities.ts';
import type { AgentId, OrganizationId, PresetId, QueueId, SavedOfferId } from '../../protocol/ids.ts';

/** A message that the administrator wrote beforehand, with placeholders for variables. */
export interface PresetRecord {
  readonly id: PresetId;
  readonly organization: OrganizationId;
  /** Null is for every queue. */
  readonly queue: QueueId | null;
  /** Levels are parted by `/`; empty is the top. */
  readonly folder: string;
  readonly title: string;
  readonly text: string;
  readonly place: number;
}

export interface Presets {
  create(preset: PresetRecord): Promise<void>;
  /** False where there is none. */
  update(preset: PresetRecord): Promise<boolean>;
  delete(organization: OrganizationId, id: PresetId): Promise<boolean>;
  listOf(organization: OrganizationId): Promise<PresetRecord[]>;
}

/** An offer that was kept for reuse. */
export interface SavedOffer {
  readonly id: SavedOfferId;
  readonly organization: OrganizationId;
  readonly name: string;
  readonly content: OfferContent;
  readonly savedBy: AgentId;
  readonly savedAt: number;
}

export interface SavedOffers {
  create(offer: SavedOffer): Promise<void>;
  /** Its name and its content; who saved it stays. False where there is none. */
  update(offer: Pick<SavedOffer, 'id' | 'organization' | 'name' | 'content'>): Promise<boolean>;
  delete(organization: OrganizationId, id: SavedOfferId): Promise<boolean>;
  listOf(organization: OrganizationId): Promise<SavedOffer[]>;
}
