import { createTyping } from '../../client/typing.ts';
import type { ConversationId } from '../../protocol/ids.ts';
import { limits } from '../../protocol/limits.ts';

interface TypingBookOptions {
  /** Tells the visitor that this agent types. */
  readonly tell: (conversation: ConversationId, on: boolean) => void;
  /** A visitor who said to be typing said nothing more for long. */
  readonly onForgotten: (conversation: ConversationId) => void;
}

/** Who types where: tells of this agent, and forgets visitors who fell silent. */
export function createTypingBook({ tell, onForgotten }: TypingBookOptions) {
  const own = new Map<ConversationId, ReturnType<typeof createTyping>>();
  const visitors = new Map<ConversationId, ReturnType<typeof setTimeout>>();
  const ownIn = (conversation: ConversationId) => {
    const typing = own.get(conversation) ?? createTyping((on) => tell(conversation, on));
    own.set(conversation, typing);
    return typing;
  };

  return {
    write(conversation: ConversationId, text: string, now: number) {
      if (text.trim()) ownIn(conversation).typed(now);
      else ownIn(conversation).stopped();
    },
    visitor(conversation: ConversationId, on: boolean) {
      clearTimeout(visitors.get(conversation));
      visitors.delete(conversation);
      if (on) visitors.set(conversation, setTimeout(onForgotten, limits.typingForgottenMs, conversation));
    },
    forget(conversation: ConversationId) {
      own.delete(conversation);
      this.visitor(conversation, false);
    },
  };
}
