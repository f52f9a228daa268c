import { ended, isOverseen, isWith, no, notFound, notYours, type Rules, yes } from './decision.ts';
import { parseMessageText } from './message-text.ts';

export const messageRules: Rules<'message'> = {
  message(state, { text: written, audience, files = [] }, context) {
    const { by } = context;
    if (state.phase === 'absent') return notFound();
    if (by.kind === 'agent') {
      // Who oversees it may whisper from outside, and never speaks to the visitor from there.
      const mayWhisper = audience === 'agents' && state.phase !== 'ended' && isOverseen(state, context);
      if (!isWith(state, by.agent) && !mayWhisper) return notYours(state);
    } else if (audience !== 'everyone') {
      return notFound();
    } else if (state.phase === 'ended') {
      return ended();
    }
    // Files need no words.
    if (written === '' && files.length > 0) return yes({ type: 'message', text: '', audience, files: [...files] });
    const text = parseMessageText(written);
    if (!text.ok) return no(text.refusal.code, text.refusal.message, text.refusal.field);
    return yes({ type: 'message', text: text.text, audience, ...(files.length > 0 && { files: [...files] }) });
  },
};
