import type { ClaimedVariable, VerifiedVariable } from '../../protocol/entities.ts';
import type { LogEvent } from './conversation.ts';
import type { Outcome } from './findable.ts';

/** What a list says of a conversation. */
export interface ChatSummary {
  readonly visitor: string | null;
  /** Until when what is verified is so; 0 where it is not, or not any more. */
  readonly verifiedUntil: number;
  readonly variables: readonly (ClaimedVariable | VerifiedVariable)[];
  readonly category: string | null;
  readonly note: string | null;
  readonly outcome: Outcome;
  /** What the visitor said of it. */
  readonly score: number | null;
  readonly comment: string | null;
  /** By anybody, private ones counted apart as well. */
  readonly messages: number;
  readonly privateMessages: number;
  readonly files: number;
}

export const emptySummary: ChatSummary = {
  visitor: null,
  verifiedUntil: 0,
  variables: [],
  category: null,
  note: null,
  outcome: 'open',
  score: null,
  comment: null,
  messages: 0,
  privateMessages: 0,
  files: 0,
};

/** Reads on from there. */
export const summarize = (events: Iterable<LogEvent>, before = emptySummary): ChatSummary => {
  let summary = before;
  for (const event of events) summary = after(summary, event);
  return summary;
};

function after(summary: ChatSummary, { body }: LogEvent): ChatSummary {
  switch (body.type) {
    case 'claimed':
      return withVariables(summary, body.variables);
    // A token says everything that is verified now.
    case 'verified':
      return withVariables(
        {
          ...summary,
          variables: summary.variables.filter(({ verified }) => !verified),
          verifiedUntil: body.verification.expiresAt,
        },
        body.variables,
      );
    case 'unverified':
      return { ...summary, verifiedUntil: 0 };
    case 'classified':
      return { ...summary, category: body.category ?? summary.category, note: body.note ?? summary.note };
    case 'rated':
      return { ...summary, score: body.score, comment: body.comment ?? null };
    case 'ended':
      return { ...summary, outcome: body.reason };
    case 'message':
      return {
        ...summary,
        messages: summary.messages + 1,
        privateMessages: summary.privateMessages + Number(body.audience === 'agents'),
        files: summary.files + (body.files?.length ?? 0),
      };
    default:
      return summary;
  }
}

/** What was said last of each name; what is verified is not covered by what somebody claims. */
function withVariables(summary: ChatSummary, said: ChatSummary['variables']): ChatSummary {
  const variables = new Map(summary.variables.map((one) => [one.name, one]));
  for (const one of said) if (one.verified || !variables.get(one.name)?.verified) variables.set(one.name, one);
  const name = variables.get('name');
  return {
    ...summary,
    variables: [...variables.values()],
    visitor: name ? String(name.value) : summary.visitor,
  };
}

/** What had a closed lock at this moment: of a chat that is over, when it ended. */
export const verifiedAt = ({ variables, verifiedUntil }: ChatSummary, at: number): ChatSummary['variables'] =>
  at < verifiedUntil ? variables.filter(({ verified }) => verified) : [];

export const isNameVerifiedAt = (summary: ChatSummary, at: number): boolean =>
  verifiedAt(summary, at).some(({ name }) => name === 'name');
