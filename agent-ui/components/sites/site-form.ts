import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { SiteChange, SiteView } from '../../../protocol/http.ts';
import type { FormValues } from '../../primitives/form.ts';
import type { Answer, Problem } from '../../state/rest.ts';
import { ConsolePage } from '../console-page.ts';
import { SavingForm } from '../saving-form.ts';

/** One part of a site's settings: a form of its own, which changes what it shows and nothing else. Says `site-change`. */
export abstract class SiteForm extends ConsolePage {
  static override properties: PropertyDeclarations = { site: { attribute: false } };

  declare site: SiteView;
  protected readonly form = new SavingForm(this, (values) => this.#save(values));

  protected abstract fields(trouble: Problem | null): TemplateResult;
  /** What was entered, or what of it can't be sent. */
  protected abstract changeOf(values: FormValues): SiteChange | Problem;

  /** Something was entered in the form. */
  protected entered(_event: Event): void {}

  override render() {
    const { trouble } = this.form;
    return html`<form @submit=${this.form.submit} @input=${this.#onInput}>
      ${this.problem(trouble)} ${this.fields(trouble)} ${this.form.foot(this.texts)}
    </form>`;
  }

  readonly #onInput = (event: Event) => {
    this.form.touch();
    this.entered(event);
  };

  async #save(values: FormValues): Promise<Answer<unknown>> {
    const change = this.changeOf(values);
    if ('code' in change) return { ok: false, problem: change };
    const answer = await this.rest.send('PATCH', `/sites/${this.site.id}`, change);
    if (answer.ok) this.dispatchEvent(new CustomEvent('site-change'));
    return answer;
  }
}
