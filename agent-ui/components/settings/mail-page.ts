import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { MailContent, MailsPage, MailView, MailWay } from '../../../protocol/mail.ts';
import { ModalController } from '../../primitives/dialog.ts';
import type { Resource } from '../../state/resource.ts';
import type { Problem } from '../../state/rest.ts';
import { ConsolePage } from '../console-page.ts';
import { pageStyles } from '../page-styles.ts';
import { dayAndTimeOf, timeOf } from '../times.ts';

interface Reading {
  readonly mail: MailView;
  readonly content: MailContent;
}

/** What left by mail, what waits, and why something could not leave; what stays in the data folder is read here. */
export class MailPage extends ConsolePage {
  static override properties = { older: { state: true }, reading: { state: true }, trouble: { state: true } };
  static override styles = pageStyles;

  /** What stands in the pages before the one that is loaded. */
  declare older: readonly MailView[];
  declare reading: Reading | null;
  declare trouble: Problem | null;
  #mails: Resource<MailsPage> | undefined;

  constructor() {
    super();
    this.older = [];
    this.reading = null;
    this.trouble = null;
    new ModalController(this, { isOpen: () => this.reading !== null, onLeave: () => this.#close() });
  }

  override connectedCallback() {
    super.connectedCallback();
    this.#mails ??= this.resource<MailsPage>('/mails');
  }

  override render() {
    const { value, problem, busy } = this.#mails?.store.get() ?? { value: null, problem: null, busy: true };
    const mails = [...this.older, ...(value?.mails ?? [])];
    return html`<div class="page">
        <div class="head">
          <h1>${this.t('mail.title')}</h1>
          <button class="button" type="button" ?disabled=${busy} @click=${this.#refresh}>${this.t('mail.refresh')}</button>
        </div>
        ${value ? html`<p class="soft">${this.t(`mail.about.${value.way}`)}</p>` : nothing}
        ${this.problem(this.trouble ?? problem)}
        ${value && mails.length > 0 ? this.#table(mails, value.way) : busy ? nothing : html`<p class="nothing">${this.t('mail.none')}</p>`}
        ${
          value?.next
            ? html`<button class="button" type="button" ?disabled=${busy} @click=${this.#more}>
                ${this.t('audit.more')}
              </button>`
            : nothing
        }
      </div>
      <dialog class="wide" aria-labelledby="mail-title">${this.reading ? this.#dialog(this.reading) : nothing}</dialog>`;
  }

  #table(mails: readonly MailView[], way: MailWay) {
    return html`<div class="scroll">
      <table>
        <thead>
          <tr>
            <th>${this.t('mail.when')}</th>
            <th>${this.t('mail.kind')}</th>
            <th>${this.t('mail.recipient')}</th>
            <th>${this.t('mail.state')}</th>
            <th><span class="unseen">${this.t('mail.do')}</span></th>
          </tr>
        </thead>
        <tbody>
          ${repeat(
            mails,
            ({ id }) => id,
            (mail) => this.#row(mail, way),
          )}
        </tbody>
      </table>
    </div>`;
  }

  #row(mail: MailView, way: MailWay) {
    const { at, kind, recipient, state } = mail;
    const isKept = state === 'sent' && way === 'folder';
    return html`<tr>
      <td>${dayAndTimeOf(at, Date.now(), this.texts)}</td>
      <td>${this.t(`mail.${kind}`)}</td>
      <td><bdi>${recipient}</bdi></td>
      <td><span class="tag">${this.t(isKept ? 'mail.kept' : `mail.${state}`)}</span>${this.#trouble(mail)}</td>
      <td>
        ${isKept ? this.#deed('mail.read', mail, this.#read) : nothing}
        ${state !== 'sent' && mail.failure !== 'recipient_limit' ? this.#deed('mail.retry', mail, this.#retry) : nothing}
      </td>
    </tr>`;
  }

  #trouble({ failure, detail, tries, nextTryAt, state }: MailView) {
    if (!failure || state === 'sent') return nothing;
    const facts = [
      ...(tries > 0 ? [this.t('mail.tries', { count: tries })] : []),
      ...(nextTryAt === null ? [] : [this.t('mail.next', { time: timeOf(nextTryAt, this.texts) })]),
    ];
    return html`<p class="small">${this.t(`mail.failure.${failure}`)}</p>
      ${detail ? html`<p class="small soft"><code>${detail}</code></p>` : nothing}
      ${facts.length > 0 ? html`<p class="small soft">${facts.join(', ')}</p>` : nothing}`;
  }

  #deed(label: 'mail.read' | 'mail.retry', mail: MailView, act: (mail: MailView) => void) {
    return html`<button
      class="button quiet"
      type="button"
      aria-label=${this.t(`${label}.of`, { address: mail.recipient })}
      @click=${() => act(mail)}
    >
      ${this.t(label)}
    </button>`;
  }

  #dialog({ mail, content }: Reading) {
    return html`<h2 id="mail-title">${content.subject}</h2>
      <div class="stack">
        <p class="soft"><bdi>${this.t('mail.from', { address: content.from })}</bdi></p>
        <pre tabindex="0" role="region" aria-labelledby="mail-title">${content.text}</pre>
        <footer>
          <a class="button" href="/api/mails/${mail.id}/file" download>${this.t('mail.download')}</a>
          <button class="button primary" type="button" data-autofocus @click=${() => this.#close()}>
            ${this.t('form.done')}
          </button>
        </footer>
      </div>`;
  }

  #close() {
    this.reading = null;
  }

  readonly #read = async (mail: MailView) => {
    const answer = await this.rest.read<MailContent>(`/mails/${mail.id}`);
    this.trouble = answer.ok ? null : answer.problem;
    if (answer.ok) this.reading = { mail, content: answer.value };
  };

  readonly #retry = async (mail: MailView) => {
    this.older = [];
    await this.#mails?.change('POST', `/mails/${mail.id}/retry`);
  };

  readonly #refresh = () => {
    this.older = [];
    void this.#mails?.load('/mails');
  };

  readonly #more = async () => {
    const page = this.#mails?.store.get().value;
    if (!page?.next) return;
    const before = this.older;
    this.older = [...before, ...page.mails];
    if (!(await this.#mails?.load(`/mails?before=${page.next}`))) this.older = before;
  };
}

customElements.define('balie-mail-page', MailPage);
