import { html, nothing, type TemplateResult } from 'lit';
import { FormValues } from '../primitives/form.ts';
import type { Answer, Problem } from '../state/rest.ts';
import type { Texts } from '../texts.ts';
import type { ConsolePage } from './console-page.ts';

type FormState = 'kept' | 'touched' | 'sending' | 'saved';

/**
 * A form that stays where it is once it is sent: holds what was wrong with what was entered, and says that it was saved
 * until something else is entered, which is not lost unasked. Its host draws the form, with `touch` on input, `submit` on submit, and `foot` below.
 */
export class SavingForm {
  readonly #host: ConsolePage;
  readonly #send: (values: FormValues) => Promise<Answer<unknown>>;
  #trouble: Problem | null = null;
  #state: FormState = 'kept';

  constructor(host: ConsolePage, send: (values: FormValues) => Promise<Answer<unknown>>) {
    this.#host = host;
    this.#send = send;
  }

  get trouble(): Problem | null {
    return this.#trouble;
  }

  foot({ t }: Texts): TemplateResult {
    return html`<div class="row end">
      <span role="status" class="soft">${this.#state === 'saved' ? t('form.saved') : nothing}</span>
      <button class="button primary" ?disabled=${this.#state === 'sending'}>${t('form.save')}</button>
    </div>`;
  }

  readonly touch = (): void => this.#become('touched');

  readonly submit = async (event: SubmitEvent): Promise<void> => {
    const values = new FormValues(event);
    this.#become('sending');
    const answer = await this.#send(values);
    this.#trouble = answer.ok ? null : answer.problem;
    // What was entered while it was on its way is not saved with it.
    if (this.#state === 'sending') this.#become(answer.ok ? 'saved' : 'touched');
    this.#host.requestUpdate();
  };

  #become(state: FormState) {
    this.#state = state;
    if (state === 'touched') this.#host.touched();
    if (state === 'saved') this.#host.untouched();
    this.#host.requestUpdate();
  }
}
