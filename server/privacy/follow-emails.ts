import { createFollower, type Follower, type FollowerOptions } from '../desk/follower.ts';
import { emailsIn } from '../domain/emails.ts';
import { emailFollower } from '../store/privacy-store.ts';
import type { Store } from '../store/store.ts';

type EmailFollowerOptions = Pick<FollowerOptions, 'bus' | 'clock' | 'log'> & {
  readonly store: Pick<Store, 'log' | 'followers' | 'conversations' | 'privacy'>;
};

/** Notes in which conversations an e-mail address was said, so that its owner's are found when they ask for them. */
export function createEmailFollower({ store, ...rest }: EmailFollowerOptions): Follower {
  return createFollower({
    ...rest,
    store,
    name: emailFollower,
    concerns: ({ body }) => body.type === 'claimed' || body.type === 'verified' || body.type === 'transcript',
    handle: (batches) =>
      store.privacy.recordEmails(
        batches.map(({ organization, conversation, from, memory, events }) => {
          const to = events.at(-1)?.seq ?? from;
          return { organization, conversation, from, to, memory, emails: emailsIn(events) };
        }),
      ),
  });
}
