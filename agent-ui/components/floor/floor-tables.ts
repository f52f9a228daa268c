import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { FloorAgent, FloorChat, FloorQueue } from '../../../protocol/floor.ts';
import type { ConversationId } from '../../../protocol/ids.ts';
import '../../primitives/elapsed-time.ts';
import { serviceLevel } from '../../state/floor-rows.ts';
import { plainLine } from '../../state/plain-text.ts';
import { isTextKey, type Texts } from '../../texts.ts';

/** What the tables of the floor are drawn with. */
export interface Drawing {
  readonly texts: Texts;
  /** The server's clock. */
  readonly now: () => number;
}

const elapsed = (since: number, now: () => number) =>
  html`<ui-elapsed-time since=${since} .now=${now}></ui-elapsed-time>`;

export function queueTable(queues: readonly FloorQueue[], { texts, now }: Drawing): TemplateResult {
  const { t } = texts;
  return html`<table>
    <thead>
      <tr>
        <th>${t('floor.queue')}</th>
        <th class="number">${t('floor.waiting')}</th>
        <th class="number">${t('floor.longest')}</th>
        <th class="number">${t('floor.chatting')}</th>
        <th class="number">${t('floor.level')}</th>
        <th class="number">${t('agent.ready')}</th>
        <th class="number">${t('agent.paused')}</th>
        <th class="number">${t('agent.off')}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        queues,
        ({ queue }) => queue.id,
        (row) => html`<tr>
          <th scope="row"><bdi>${row.queue.name}</bdi></th>
          <td class="number big">${row.waiting}</td>
          <td class="number">${row.longestSince === null ? '–' : longest(row.longestSince, row.answerWithinMs, now)}</td>
          <td class="number">${row.active}</td>
          <td class="number">${level(row, texts)}</td>
          <td class="number">${row.ready}</td>
          <td class="number">${row.paused}</td>
          <td class="number">${row.off}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

/** Longer than one should wait: marked, beside the number that says it. */
const longest = (since: number, withinMs: number, now: () => number) =>
  html`<span class=${now() - since > withinMs ? 'late' : ''}>${elapsed(since, now)}</span>`;

function level(row: FloorQueue, { t, locale }: Texts) {
  const seconds = row.answerWithinMs / 1000;
  const share = serviceLevel(row);
  if (share === null) return html`– <span class="small soft">${t('floor.level.none', { seconds })}</span>`;
  const of = t('floor.level.of', { count: row.inTime, all: row.accepted + row.abandoned, seconds });
  return html`${share.toLocaleString(locale, { style: 'percent' })} <span class="small soft">${of}</span>`;
}

export function agentTable(agents: readonly FloorAgent[], drawing: Drawing): TemplateResult {
  const { t } = drawing.texts;
  return html`<table>
    <thead>
      <tr>
        <th>${t('floor.agent')}</th>
        <th>${t('floor.state')}</th>
        <th class="number">${t('floor.since')}</th>
        <th class="number">${t('floor.load')}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        agents,
        ({ agent }) => agent.id,
        (row) => agentRow(row, drawing),
      )}
    </tbody>
  </table>`;
}

function agentRow(row: FloorAgent, { texts, now }: Drawing) {
  const { t } = texts;
  const isWrappingUp = (row.wrapUpUntil ?? 0) > now();
  return html`<tr>
    <th scope="row"><bdi>${row.agent.name}</bdi></th>
    <td>
      <span class="tag ${row.state}">${t(`agent.${row.state}`)}</span>
      ${row.lost ? html`<span class="tag lost">${t('floor.lost')}</span>` : nothing}
      <span class="soft">${isWrappingUp ? t('floor.wrapup') : reasonOf(row, texts)}</span>
    </td>
    <td class="number">${row.since > 0 ? elapsed(row.since, now) : '–'}</td>
    <td class="number">${t('floor.of', { count: row.load, all: row.room })}</td>
  </tr>`;
}

function reasonOf({ pausedBy, reason }: FloorAgent, { t }: Texts): string {
  if (pausedBy === 'missed') return t('floor.missed');
  if (reason === undefined) return '';
  const key = `reason.${reason}`;
  return isTextKey(key) ? t(key) : plainLine(reason);
}

interface ChatTable extends Drawing {
  readonly read: ConversationId | null;
  readonly onRead: (conversation: ConversationId) => void;
}

export function chatTable(chats: readonly FloorChat[], { texts, now, read, onRead }: ChatTable): TemplateResult {
  const { t } = texts;
  return html`<table>
    <thead>
      <tr>
        <th>${t('floor.visitor')}</th>
        <th>${t('floor.queue')}</th>
        <th>${t('floor.state')}</th>
        <th>${t('floor.with')}</th>
        <th class="number">${t('floor.since')}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        chats,
        ({ conversation }) => conversation,
        ({ conversation, visitor, queue, phase, agents, since }) => html`<tr
          aria-current=${conversation === read ? 'true' : nothing}
        >
          <th scope="row">
            <button class="link" type="button" data-chat=${conversation} @click=${() => onRead(conversation)}>
              <bdi>${chatName(visitor, texts)}</bdi>
            </button>
          </th>
          <td><bdi>${queue.name}</bdi></td>
          <td><span class="tag ${phase}">${t(`floor.phase.${phase}`)}</span></td>
          <td><bdi>${agents.map(({ name }) => name).join(', ')}</bdi></td>
          <td class="number">${elapsed(since, now)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

export const chatName = (visitor: string | null, { t }: Texts): string =>
  visitor ? plainLine(visitor).slice(0, 120) : t('visitor.unnamed');
