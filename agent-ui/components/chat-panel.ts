import { html } from 'lit';
import type { AgentRef } from '../../protocol/entities.ts';
import type { Chat } from '../state/chat.ts';
import { type DeskState, isAdrift, sendingIn } from '../state/desk-state.ts';
import type { EarlierState } from '../state/earlier-chats.ts';
import type { Texts } from '../texts.ts';
import './conversation-pane.ts';
import './earlier-pane.ts';
import './invitation-pane.ts';
import './request-pane.ts';
import { nameOf } from './words.ts';

interface ChatPanelOptions {
  readonly chat: Chat;
  readonly desk: DeskState;
  readonly earlier: EarlierState;
  readonly now: () => number;
  readonly me: AgentRef;
  readonly texts: Texts;
}

/** What stands behind a tab. A template, not an element: tab and panel must share one tree. */
export function chatPanel(options: ChatPanelOptions) {
  const name = nameOf(options.chat, options.texts);
  return html`<div class="panel" role="tabpanel" aria-label=${options.texts.t('chat.label', { name })}>
    ${paneOf(options, name)}
  </div>`;
}

function paneOf({ chat, desk, earlier, now, me }: ChatPanelOptions, name: string) {
  const sending = sendingIn(desk, chat.id);
  const others = desk.chats.filter(
    ({ id, stage, unread }) => id !== chat.id && (stage.kind === 'request' || unread > 0),
  ).length;
  if (earlier.reading)
    return html`<balie-earlier-pane .reading=${earlier.reading} .me=${me.id} .now=${now} name=${name}></balie-earlier-pane>`;
  if (chat.stage.kind !== 'request')
    return html`<balie-conversation-pane
      .chat=${chat}
      .me=${me}
      .presets=${desk.presets}
      .sending=${sending}
      .now=${now}
      others=${others}
      ?isAdrift=${isAdrift(desk)}
    ></balie-conversation-pane>`;
  const isAnswered = sending.length > 0;
  if (chat.stage.invitation)
    return html`<balie-invitation-pane
      .chat=${chat}
      .now=${now}
      .me=${me.id}
      others=${others}
      ?isAnswered=${isAnswered}
    ></balie-invitation-pane>`;
  return html`<balie-request-pane
    .chat=${chat}
    .now=${now}
    others=${others}
    ?isAnswered=${isAnswered}
  ></balie-request-pane>`;
}
