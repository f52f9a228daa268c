import type { DeskState } from './desk-state.ts';
import type { News } from './news.ts';

export interface Alert {
  readonly sound: 'request' | 'message' | null;
  /** Over other windows, for who looks elsewhere. */
  readonly isNotified: boolean;
}

/** How loudly a piece of news is told. What happens before a person's eyes makes no noise. */
export function alertFor(news: News, { selected }: Pick<DeskState, 'selected'>, isWatched: boolean): Alert {
  switch (news.kind) {
    case 'request':
      return { sound: 'request', isNotified: !isWatched };
    case 'message':
    case 'answer':
      return { sound: isWatched && selected === news.chat.id ? null : 'message', isNotified: !isWatched };
    case 'ended':
      return { sound: null, isNotified: false };
    default:
      return news satisfies never;
  }
}
