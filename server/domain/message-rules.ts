import { ended, isWith, no, notFound, notYours, type Rules, yes } from './decision.ts';
import { parseMessageText } from './message-text.ts';

export const messageRules: Rules<'message'> = {
  message(state, { text: written, audience, files = [] }, { by }) {
    if (state.phase === 'absent') return notFound();
    if (by.kind === 'agent') {
      if (!isWith(state, by.agent)) return notYours(state);
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
