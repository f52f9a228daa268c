import type { ProfileId } from '../../protocol/ids.ts';
import type { DeskApi } from './desk-api.ts';
import type { KeptMessages } from './kept-messages.ts';
import type { LinkOptions } from './link.ts';
import type { News } from './news.ts';
import type { TabMemoryOptions } from './tab-memory.ts';

export interface DeskOptions {
  readonly api: DeskApi;
  readonly socketUrl: string;
  readonly openSocket?: NonNullable<LinkOptions['openSocket']>;
  /** This browser's clock. */
  readonly now: () => number;
  /** Does a person look at the console at this moment? What is shown then counts as read. */
  readonly isWatched: () => boolean;
  readonly onNews: (news: News) => void;
  readonly kept: KeptMessages;
  /** Lasts as long as the browser's tab. */
  readonly storage: TabMemoryOptions['storage'];
  /** The profile chosen last time. */
  readonly profile: { readonly get: () => string | null; readonly set: (profile: ProfileId) => void };
}
