import { type CSSResultGroup, html, type PropertyDeclarations, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { AgentId, ConversationId } from '../../protocol/ids.ts';
import { buttonStyles } from '../primitives/button.ts';
import '../primitives/lock-mark.ts';
import { reset } from '../primitives/reset.ts';
import type { Entry } from '../state/entries.ts';
import { plainLine } from '../state/plain-text.ts';
import type { Progress } from '../state/progress.ts';
import type { VariableRow } from '../state/variables.ts';
import type { TextKey } from '../texts.ts';
import { ConsoleElement } from './console-element.ts';
import './history.ts';
import { paneStyles } from './pane-styles.ts';
import { readingStyles } from './reading-styles.ts';
import { lockWords, type NamedSite, variableLabel, variableText } from './words.ts';

interface ReadParts {
  readonly conversation: ConversationId;
  readonly name: string;
  readonly bar: TemplateResult;
  readonly facts?: readonly TemplateResult[];
  readonly entries: readonly Entry[];
  readonly foot: TemplateResult;
}

/** A chat that is read and not had: a bar, what is known of its visitor, what was said, and what one may do. */
export abstract class ReadingPane extends ConsoleElement {
  static override properties: PropertyDeclarations = { me: {}, now: { attribute: false } };
  static override styles: CSSResultGroup = [reset, buttonStyles, paneStyles, readingStyles];

  declare me: AgentId;
  declare now: () => number;

  protected chat({ conversation, name, bar, facts = [], entries, foot }: ReadParts): TemplateResult {
    const { me, now } = this;
    return html`
      <header class="bar">${bar}</header>
      <dl class="facts">${facts}</dl>
      ${keyed(conversation, html`<balie-history .entries=${entries} .now=${now} name=${name} me=${me}></balie-history>`)}
      ${foot}
    `;
  }

  protected fact(label: string, value: string): TemplateResult {
    return html`<div><dt>${label}</dt><dd><bdi>${plainLine(value)}</bdi></dd></div>`;
  }

  protected variable(row: VariableRow, site: NamedSite): TemplateResult {
    const { shape, label, text, facts } = lockWords(row.lock, site, this.texts);
    return html`<div>
      <dt>${variableLabel(row, this.texts)}</dt>
      <dd>
        <bdi>${plainLine(variableText(row.value, this.texts))}</bdi>
        <ui-lock-mark shape=${shape} label=${label} text=${text} .facts=${facts}></ui-lock-mark>
      </dd>
    </div>`;
  }

  /** What stands under a chat that comes page by page. */
  protected rest(progress: Progress, words: Record<'loading' | 'failed' | 'more', TextKey>, onMore: () => void) {
    return html`<div class="foot" role="status">${
      progress === 'more'
        ? html`<button class="button" type="button" @click=${onMore}>${this.t(words.more)}</button>`
        : progress === 'done'
          ? ''
          : this.t(words[progress])
    }</div>`;
  }
}
