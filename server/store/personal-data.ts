/**
 * Every table, and what of it goes when a conversation or a session is erased. A table that is missing here fails
 * `test/privacy-contract.ts`, so that a new one cannot be forgotten. In this order, since rows refer to others.
 */
export type Holding =
  /** Its rows go with the conversation named in this column. */
  | { readonly conversation: string }
  /** They go with the session, once it has no conversation any more. */
  | { readonly session: string }
  /** Nothing of a visitor's is in it, or it goes by itself. */
  | { readonly kept: string };

const desk = { kept: 'what the organization set up' } as const;
const staff = { kept: 'of people who work here' } as const;

export const holdings: Readonly<Record<string, Holding>> = {
  event: { conversation: 'conversation' },
  follower: { conversation: 'conversation' },
  search_document: { conversation: 'conversation' },
  rating_comment: { conversation: 'conversation' },
  delivery: { conversation: 'conversation' },
  delivery_lane: { conversation: 'conversation' },
  outbox: { conversation: 'conversation' },
  confirmation: { conversation: 'conversation' },
  visitor_email: { conversation: 'conversation' },
  file: { conversation: 'conversation' },
  conversation: { conversation: 'id' },
  session: { session: 'id' },

  ...Object.fromEntries(
    ['', '_config', '_data', '_docsize', '_idx'].map((part) => [
      `search_index${part}`,
      { kept: 'follows `search_document` by triggers, and overwrites what it drops' },
    ]),
  ),
  recent: { kept: 'empty after each erasure: all of it moves to `event` first' },
  doomed_file: { kept: 'ids of bytes that are about to go, and the row with them' },
  erased_session: { kept: 'hashes of ids that were chance' },
  erasure: { kept: 'that and when somebody was erased, and a hash of whom' },
  erasure_target: { kept: 'ids, until the erasure is done' },
  export_link: { kept: 'ids, for a day at most' },

  audit: { kept: 'what people who work here did; names visitors by ids alone' },
  statistic: { kept: 'sums by day' },
  refused_token: { kept: 'which check failed, and no value of the token' },
  script_sighting: { kept: 'addresses of pages’ servers' },

  organization: desk,
  queue: desk,
  profile: desk,
  profile_queue: desk,
  preset: desk,
  saved_offer: desk,
  site: desk,
  site_key: desk,
  webhook: desk,
  api_key: desk,
  agent: staff,
  agent_profile: staff,
  duty: staff,
  staff_session: staff,
  staff_link: staff,

  kysely_migration: { kept: 'which tables there are' },
  kysely_migration_lock: { kept: 'which tables there are' },
};

/** SQL that erases conversations; `list` is how the database takes many ids as one parameter. */
export const eraseConversations = (list: string): string[] => [
  `insert into doomed_file (id) select id from file where conversation ${list} on conflict (id) do nothing`,
  ...Object.entries(holdings).flatMap(([table, holding]) =>
    'conversation' in holding ? `delete from ${table} where ${holding.conversation} ${list}` : [],
  ),
];
